#!/usr/bin/python3
"""Places that no tile covers are counted, and the count is a property of the data alone.

Parcels and zones about the North Pole, where longitude is no polynomial of the plane, and the same shapes far from it.
The provenance must tell how many places went through PROJ: one for each vertex that is read (those that are read again
to find collisions count again), whatever the number of threads and in whatever order the features come; and say nothing
where there are none.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

PROGRAM = os.environ["ZONE_PROGRAM"]
POLE = 2000000.0  # false easting and northing of EPSG:32661
THREADS = (1, 2, 3, 8)


def box(x, y, size):
    x, y = POLE + x, POLE + y
    return [[x, y], [x + size, y], [x + size, y + size], [x + size / 2, y + size * 0.9], [x, y + size], [x, y]]


def write(path, rings):
    features = [{"type": "Feature", "properties": {"id": str(i)},
                 "geometry": {"type": "Polygon", "coordinates": [ring]}} for i, ring in rings]
    with open(path, "w") as out:
        json.dump({"type": "FeatureCollection", "features": features,
                   "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32661"}}}, out)


def ask(folder, question, threads):
    text = subprocess.run([PROGRAM, *question.split(), "--threads", str(threads), "--exact", "--format", "json"],
                          cwd=folder, capture_output=True, check=True, text=True).stdout
    return json.loads(text)


def counted(table):
    rows = [row for row in table["provenance"] if row["item"] == "places through PROJ"]
    return int(rows[0]["value"].split()[0]) if rows else 0


def parcels(rng, scene, away):
    """Apart from one another, or scattered so that many collide."""
    places = [(700.0 * (i % 60) - 20900.0, 800.0 * (i // 60) - 20900.0) if scene == "apart" else
              (rng.uniform(-20000, 20000), rng.uniform(-20000, 20000)) for i in range(3000)]
    return [(i, box(away + x, y, 150.0)) for i, (x, y) in enumerate(places)]


def main():
    rng = random.Random(20261125)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for away, scene, question, expected in (
                (0.0, "apart", "area parcels.geojson", 5 * 3000),
                (0.0, "apart", "tabulate parcels.geojson --zones zones.geojson", 5 * (3000 + 2)),
                (0.0, "scattered", "tabulate parcels.geojson --zones zones.geojson", None),
                (1500000.0, "scattered", "tabulate parcels.geojson --zones zones.geojson", 0)):
            rows = parcels(rng, scene, away)
            write(os.path.join(folder, "zones.geojson"),
                  [(0, box(away - 21000.0, -21000.0, 21000.0)), (1, box(away, -21000.0, 21000.0))])
            answers = []
            for threads in THREADS:
                write(os.path.join(folder, "parcels.geojson"), rows)
                answers.append(counted(ask(folder, question, threads)))
                rng.shuffle(rows)
            if len(set(answers)) != 1 or answers[0] != (answers[0] if expected is None else expected):
                print(f"{question}, {scene}, {away:.0f} m from the pole: {answers} places through PROJ, "
                      f"expected {expected or 'one number'}")
                failed += 1
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
