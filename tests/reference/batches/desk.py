"""Scenes written by GDAL, and the program run on them."""
import json
import os
import resource
import subprocess
import time

from osgeo import gdal, ogr

from .surface import polygons, reference

gdal.UseExceptions()
ogr.UseExceptions()
ROOT, PROGRAM = os.environ["ZONE_SOURCE_DIR"], os.environ["ZONE_PROGRAM"]
SITE_FIELDS = {"XMBH": ogr.OFTString, "XMMC": ogr.OFTString, "YDLX": ogr.OFTString, "SBMJ": ogr.OFTString,
               "NX": ogr.OFTString, "GDFS": ogr.OFTString, "YXJ": ogr.OFTInteger}


def as_ogr(shape):
    return ogr.CreateGeometryFromWkb(shape.wkb) if hasattr(shape, "wkb") else shape


def save(path, layer, fields, rows, code=4549, driver="GPKG"):
    """Rows are (geometry, {field: value}); a geometry of shapely, of OGR, or None."""
    data = gdal.OpenEx(path, gdal.OF_UPDATE) if os.path.exists(path) else ogr.GetDriverByName(driver).CreateDataSource(path)
    made = data.CreateLayer(layer, reference(code) if code else None, ogr.wkbUnknown)
    for name, kind in fields.items():
        made.CreateField(ogr.FieldDefn(name, kind))
    made.StartTransaction()
    for shape, values in rows:
        feature = ogr.Feature(made.GetLayerDefn())
        for name, value in values.items():
            feature.SetField(name, value)
        if shape is not None:
            feature.SetGeometry(as_ogr(shape))
        made.CreateFeature(feature)
    made.CommitTransaction()
    del made, data
    return path


def run(*arguments, expect=(0, 1), timeout=600, settings=("--lang", "en", "--quiet")):
    """(exit code, bytes of stdout, text of stderr, seconds)."""
    began = time.monotonic()
    done = subprocess.run([PROGRAM, *arguments, *settings], capture_output=True, timeout=timeout, check=False)
    said = done.stderr.decode("utf-8", "replace")
    if expect is not None and done.returncode not in expect:
        raise AssertionError(f"{' '.join(arguments)}: exit {done.returncode}\n{said}")
    return done.returncode, done.stdout, said, time.monotonic() - began


def peak_mb():
    """The most memory that any of the programs so far had."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def lines_of(text):
    return [json.loads(line) for line in text.decode().split("\n") if line]


def findings_of(line):
    """{check: finding} of a site's line."""
    return {finding["rule"]: finding for finding in line["findings"]}


def point_of(place):
    return tuple(float(number) for number in place.split())


def is_in(shape, place, slack=2e-3):
    """A place is printed in millimetres."""
    from shapely.geometry import Point
    return any(part.distance(Point(place)) <= slack for part in polygons(shape))
