#!/usr/bin/python3
"""The same bytes on any number of threads, with the rows in another order, and from every format that keeps coordinates:
GeoPackage, FlatGeobuf, Shapefile, GeoJSON. Every question, every area method. The seed is printed.

tests/property/builds.py asks the same questions of all builds.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
PLAN = os.path.join(os.environ.get("ZONE_SOURCE_DIR", "."), "geodata", "jinlan.yaml")
EAST, NORTH = 441000.0, 3218000.0
METHODS = ["survey", "survey:split=70", "survey:legacy", "ellipsoid", "geodesic", "grid"]
FORMATS = {"fgb": "FlatGeobuf", "shp": "ESRI Shapefile", "geojson": "GeoJSON"}
LAYERS = ("old", "new", "zones")
SEED = int(os.environ.get("ZONE_SEED", 20261125))


def tiling(rng, n, side, west, south, field, name):
    """n × n quadrilaterals with shared, many-edged borders, one in nine is left out; and three that lie on others."""
    at = [[(EAST + west + side * (i + rng.uniform(-.3, .3)), NORTH + south + side * (j + rng.uniform(-.3, .3)))
           for j in range(n + 1)] for i in range(n + 1)]
    border = {}

    def path(p, q):
        if (q, p) in border:
            return border[q, p][::-1]
        if (p, q) not in border:
            border[p, q] = [p] + [(p[0] + t * (q[0] - p[0]) / 5 + rng.uniform(-.02, .02) * side,
                                   p[1] + t * (q[1] - p[1]) / 5 + rng.uniform(-.02, .02) * side)
                                  for t in range(1, 5)] + [q]
        return border[p, q]

    features = []
    for i in range(n):
        for j in range(n):
            ring = []
            corners = [at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]]
            for p, q in zip(corners, corners[1:] + corners[:1]):
                ring += path(p, q)[:-1]
            if rng.random() > 1 / 9:
                features.append(({field: name(rng, i * n + j)}, ring))
    for _ in range(3):
        x, y = EAST + west + rng.uniform(0, n * side), NORTH + south + rng.uniform(0, n * side)
        features.append(({field: name(rng, len(features))}, [(x, y), (x + side, y + 7), (x + side, y + side), (x, y + 40)]))
    return features


def draw():
    rng = random.Random(SEED)

    def code(chance, _):
        return chance.choice(("0101", "0201", "0301", "1003"))
    return {"old": tiling(rng, 24, 61, 0, 0, "DLBM", code), "new": tiling(rng, 20, 77, -13, 20, "DLBM", code),
            "zones": tiling(rng, 4, 350, 37, 11, "zone", lambda _, k: f"z{k}")}


def draw_many():
    """Layers of more features than a thread takes at once, old and new some five thousand each."""
    rng = random.Random(SEED + 2)

    def code(chance, _):
        return chance.choice(("0101", "0201", "0301", "1003"))
    return {"old": tiling(rng, 76, 61, 0, 0, "DLBM", code), "new": tiling(rng, 72, 65, -13, 20, "DLBM", code),
            "zones": tiling(rng, 4, 1100, 37, 11, "zone", lambda _, k: f"z{k}")}


def save(folder, name, features, form="gpkg"):
    path = os.path.join(folder, f"{name}.{form}")
    field = next(iter(features[0][0]))
    if form == "geojson":  # by hand: GDAL would round
        rows = [{"type": "Feature", "properties": values, "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}}
                for values, ring in features]
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"type": "FeatureCollection", "name": name, "features": rows,
                       "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}}, file)
        return path
    system = osr.SpatialReference()
    system.ImportFromEPSG(4549)
    data = ogr.GetDriverByName("GPKG" if form == "gpkg" else FORMATS[form]).CreateDataSource(path)
    options = ["SPATIAL_INDEX=NO"] if form == "fgb" else []  # an index would sort the zones, and rows are in their order
    layer = data.CreateLayer(name, system, ogr.wkbPolygon, options)
    layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    for values, ring in features:
        line = ogr.Geometry(ogr.wkbLinearRing)
        for x, y in ring + ring[:1]:
            line.AddPoint_2D(x, y)
        polygon = ogr.Geometry(ogr.wkbPolygon)
        polygon.AddGeometry(line)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(field, values[field])
        feature.SetGeometry(polygon)
        layer.CreateFeature(feature)
    del layer, data
    return path


def save_all(folder, drawn, form="gpkg", mix=None):
    """With `mix`, parcels come in another order; zones never, for rows are in the order of the zones."""
    return {name: save(folder, name, mix.sample(rows, len(rows)) if mix and name != "zones" else rows, form)
            for name, rows in drawn.items()}


def questions(files):
    """What is asked: words after the program's name."""
    old, new, zones = (files[name] for name in LAYERS)
    for method in METHODS:
        area = ["--area", method]
        yield ["tabulate", old, "--zones", zones, "--zone-by", "zone", "--by", "DLBM", *area]
        yield ["change", old, new, "--by", "DLBM", *area]
        yield ["change", old, new, "--zones", zones, "--zone-by", "zone", "--by", "DLBM", *area]
        yield ["overlap", new, "--by", "DLBM", *area]
        yield ["area", old, "--by", "DLBM", *area]


def plan_questions():
    yield from (["check", PLAN, "--area", method] for method in METHODS)


def ask(program, question, form, *more):
    typed = [program, *question, "--format", form, "--quiet", *more]
    if question[0] != "check":
        typed.append("--exact")
    run = subprocess.run(typed, capture_output=True, check=False)
    if run.returncode not in (0, 1) or not run.stdout:  # 1: a figure of the plan is not met
        sys.exit(f"{' '.join(typed)}: exit {run.returncode}\n{run.stderr.decode()}")
    return run.stdout


def expect_same(what, question, one, other):
    if one != other:
        lines = [f"  {a.decode()}\n  {b.decode()}" for a, b in zip(one.splitlines(), other.splitlines()) if a != b]
        sys.exit(f"{what} (ZONE_SEED={SEED}): other bytes from {' '.join(question)}\n" + "\n".join(lines[:5]))


def main():
    program, drawn, compared = os.environ["ZONE_PROGRAM"], draw(), 0
    print(f"seed {SEED}; to repeat: ZONE_SEED={SEED}")
    with tempfile.TemporaryDirectory() as top:
        def folder(name):
            os.mkdir(os.path.join(top, name))
            return os.path.join(top, name)
        files = save_all(folder("gpkg"), drawn)
        others = {"shuffled": save_all(folder("mixed"), drawn, mix=random.Random(SEED + 1))}
        others.update({form: save_all(folder(form), drawn, form) for form in FORMATS})
        many = save_all(folder("many"), draw_many())
        for question in [q for q in questions(many) if q[-1] in ("survey", "geodesic")]:
            alone = ask(program, question, "json", "--threads", "1")
            for threads in ("2", "3", "8"):
                expect_same(f"{threads} threads", question, alone, ask(program, question, "json", "--threads", threads))
                compared += 1
        for what, these in others.items():
            for question, again in zip(questions(files), questions(these)):
                if question[0] == "overlap":
                    continue  # its rows name features by their number in the file
                expect_same(what, again, ask(program, question, "csv"), ask(program, again, "csv"))
                compared += 1
    print(f"{compared} answers the same to the byte")


if __name__ == "__main__":
    main()
