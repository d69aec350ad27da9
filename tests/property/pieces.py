#!/usr/bin/python3
"""Pieces that are written are the rows of the table: read back by GDAL their areas add up to each row's exact area to the
last digit and their number is the row's; on the grid GEOS measures what the kernel did; they are valid, in the CRS of the
data, and the same for any number of threads. Random tilings and overlapping layers from fixed seeds; a failure names its own.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
PROGRAM = os.environ["ZONE_PROGRAM"]
EAST, NORTH = 441000.0, 3218000.0
SEEDS = range(2)
ENDINGS = ("gpkg", "fgb", "geojson", "json", "shp")
CLOSE = 1e-6  # m², by GEOS of a piece
EPSG = 4549


def corner(rng, side, i, j, west, south):
    return (round(EAST + west + side * (i + rng.uniform(-.3, .3)), 4),
            round(NORTH + south + side * (j + rng.uniform(-.3, .3)), 4))


def tiling(rng, n, side, west, south, names):
    """n × n quadrilaterals that share their vertices; one in ten is left out."""
    at = [[corner(rng, side, i, j, west, south) for j in range(n + 1)] for i in range(n + 1)]
    cells = [[at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]] for i in range(n) for j in range(n)]
    return [(names(k), [ring]) for k, ring in enumerate(cells) if rng.random() > 0.1]


def scattered(rng, count, names):
    """Boxes that lie on each other, some with a hole, some crossing themselves."""
    features = []
    for k in range(count):
        x, y = EAST + rng.uniform(0, 90), NORTH + rng.uniform(0, 90)
        w, h = rng.uniform(5, 40), rng.uniform(5, 40)
        ring = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        if k % 7 == 3:
            ring = [ring[0], ring[2], ring[1], ring[3]]
        hole = [(x + w / 4, y + h / 4), (x + w / 4, y + h / 2), (x + w / 2, y + h / 2)]
        features.append((names(k), [ring, hole] if k % 3 == 1 else [ring]))
    return features


def save(folder, name, key, features):
    rows = [{"type": "Feature", "properties": {key: text, "名称": f"第{k}号"},
             "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1] for ring in rings]}}
            for k, (text, rings) in enumerate(features)]
    path = os.path.join(folder, name + ".geojson")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "name": name, "features": rows,
                   "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{EPSG}"}}}, file)
    return path


def ask(*arguments):
    typed = [PROGRAM, *arguments, "--exact", "--format", "json", "--lang", "en"]
    run = subprocess.run(typed, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(typed)}: exit {run.returncode}\n{run.stderr}")
    return json.loads(run.stdout, parse_float=str)["rows"], run.stderr


def read(path):
    """[(fields, geometry)] of the only layer; its CRS is the data's."""
    data = gdal.OpenEx(path, gdal.OF_VECTOR)
    layer = data.GetLayer(0)
    system = osr.SpatialReference()
    system.ImportFromEPSG(EPSG)
    if not layer.GetSpatialRef().IsSame(system, ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT"]):
        sys.exit(f"{path}: another CRS\n{layer.GetSpatialRef().ExportToWkt()}")
    rows = []
    for feature in layer:
        shape = feature.GetGeometryRef()
        rows.append((feature.items(), shape.Clone() if shape else None))
    return rows


def micro(text):
    """A decimal of six places as an integer."""
    whole, _, rest = str(text).partition(".")
    assert len(rest) == 6, text
    return int(whole + rest)


def tie(what, keys, table, pieces):
    """The sum and the number of the pieces of each row, exactly; `keys` are columns of the table and of the pieces."""
    sums = {}
    for fields, _ in pieces:
        values = list(fields.values())
        key = tuple(values[i] or None for _, i in keys)
        area, count = sums.get(key, (0, 0))
        sums[key] = area + round(fields["area_m2"] * 1e6), count + 1
    expected = {tuple(list(row.values())[i] or None for i, _ in keys): (micro(row["area_m2"]), row.get("pieces", 1))
                for row in table}
    if sums != expected:
        wrong = {key: (sums.get(key), expected.get(key)) for key in set(sums) | set(expected)
                 if sums.get(key) != expected.get(key)}
        sys.exit(f"{what}: pieces do not tie: {wrong}")


def judge(what, pieces, on_grid, thin):
    """Valid shapes of the area that the field says; as many empty ones as were told."""
    empty = 0
    for fields, shape in pieces:
        if shape is None or shape.IsEmpty():
            empty += 1
            continue
        if shape.GetGeometryType() not in (ogr.wkbMultiPolygon, ogr.wkbPolygon) or not shape.IsValid():
            sys.exit(f"{what}: {shape.ExportToWkt()} is invalid")
        if on_grid and abs(shape.GetArea() - fields["area_m2"]) > CLOSE:
            sys.exit(f"{what}: {fields} measures {shape.GetArea():.9f}\n{shape.ExportToWkt()}")
    if empty != thin:
        sys.exit(f"{what}: {empty} empty, {thin} told")


def thin_in(told):
    lines = [line for line in told.splitlines() if "empty geometry" in line]
    return int(lines[0].rsplit(":", 1)[1]) if lines else 0


def content(path, pieces):
    """What must not depend on threads: the bytes, but of a GeoPackage, which holds the time."""
    if path.endswith(".gpkg"):
        return [(sorted(fields.items(), key=str), shape.ExportToWkb() if shape else None) for fields, shape in pieces]
    with open(path, "rb") as file:
        return file.read()


def compare(folder, seed, question, keys, arguments, counted=lambda row: True):
    """One question with each format and method; returns how many pieces were seen."""
    seen = 0
    for method, endings in (("grid", ENDINGS), ("survey", ENDINGS[:1]), ("geodesic", ENDINGS[-1:])):
        for ending in endings:
            what, contents = f"seed {seed}, {question}, {method}, {ending}", []
            for threads in (1, 3) if question == "tabulate" else (0,):
                path = os.path.join(folder, f"pieces.{ending}")
                table, told = ask(question, *arguments, "--area", method, "--pieces", path,
                                  *(["--threads", str(threads)] if threads else []))
                pieces = read(path)
                tie(what, keys, [row for row in table if counted(row)], pieces)
                judge(what, pieces, method == "grid", thin_in(told))
                contents.append(content(path, pieces))
                seen += len(pieces)
            if contents[0] != contents[-1]:
                sys.exit(f"{what}: threads change the file")
    return seen


def same(count):
    return [(column, column) for column in range(count)]


def main():
    seen = 0
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        os.mkdir(out)
        for seed in SEEDS:
            rng = random.Random(seed)
            parcels = save(folder, "parcels", "DLBM", tiling(rng, 24, 6, 0, 0, lambda _: rng.choice("abc")))
            later = save(folder, "later", "DLBM", tiling(rng, 13, 11, 4, -5, lambda _: rng.choice("bcd")))
            heap = save(folder, "heap", "DLBM", scattered(rng, 40, lambda _: rng.choice("abc")))
            zones = save(folder, "zones", "zone", tiling(rng, 3, 45, 6, 9, lambda k: f"z{k % 7}"))
            within = ["--zones", zones, "--zone-by", "zone", "--by", "DLBM"]
            seen += compare(out, seed, "tabulate", same(2), [parcels, *within])
            seen += compare(out, seed, "tabulate", same(2), [heap, *within])
            seen += compare(out, seed, "tabulate", same(2),
                            [parcels, "--zones", heap, "--zone-by", "DLBM", "--by", "DLBM"])
            seen += compare(out, seed, "overlap", ((2, 0), (4, 2)), [heap, "--by", "DLBM"],
                            lambda row: row["finding"] == "overlap")
            seen += compare(out, seed, "change", same(3), [parcels, later, "--by", "DLBM"])
            seen += compare(out, seed, "change", same(4), [parcels, later, *within])
        left = sorted(name for name in os.listdir(out) if not name.startswith("pieces."))
        if left:
            sys.exit(f"left behind: {left}")
    print(f"{seen} pieces tie with their rows, in {len(SEEDS)} scenes")


if __name__ == "__main__":
    main()
