"""Control points: small CSV files which a person edits."""
import csv
import os

from osgeo import osr

osr.UseExceptions()

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "control")


def reference(code):
    """A spatial reference with easting (longitude) first, as files hold it."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def rows(name):
    """The rows of a control file as dictionaries, coordinates as floats x, y in EPSG:4549."""
    path = os.path.join(FOLDER, name + ".csv")
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    table = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    if "lon" in table[0]:
        to_plane = osr.CoordinateTransformation(reference(4490), reference(4549))
        for row in table:
            x, y, _ = to_plane.TransformPoint(float(row["lon"]), float(row["lat"]))
            row["x"], row["y"] = round(x, 3), round(y, 3)
    else:
        for row in table:
            row["x"], row["y"] = float(row["easting"]), float(row["northing"])
    return table


def grouped(name, key="id"):
    """Rows of a control file by their id, in the order of the file."""
    groups = {}
    for row in rows(name):
        groups.setdefault(row[key], []).append(row)
    return groups


def points(group):
    return [(row["x"], row["y"]) for row in group]
