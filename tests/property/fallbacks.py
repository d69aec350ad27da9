#!/usr/bin/python3
"""Tiles that can't keep their bound are not used, the user is told how many, and the number is the data's alone.

Parcels and zones about the North Pole, where longitude is no polynomial of the plane, and the same shapes far from it.
The provenance must tell as many tiles as hold vertices there, whatever the number of threads and in whatever order the
features come, and nothing where there are none.
"""
import json
import math
import os
import random
import subprocess
import sys
import tempfile

PROGRAM = os.environ["ZONE_PROGRAM"]
POLE = 2000000.0  # false easting and northing of EPSG:32661
REACH = 100000.0  # no tile within it can be fitted
THREADS = (1, 2, 8)
FEATURES = 9000  # several runs, or there would be one thread


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
    shared = [] if question.startswith("overlap") else ["--threads", str(threads)]
    text = subprocess.run([PROGRAM, *question.split(), *shared, "--exact", "--format", "json"],
                          cwd=folder, capture_output=True, check=True, text=True).stdout
    return json.loads(text)


def counted(table):
    rows = [row for row in table["provenance"] if row["item"] == "tiles without a polynomial"]
    return int(rows[0]["value"].split()[0]) if rows else 0


def tiles(*layers):
    return len({(math.floor(x / 8192.0), math.floor(y / 8192.0)) for rings in layers for _, ring in rings for x, y in ring})


def main():
    rng = random.Random(20261125)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for away in (0.0, 1500000.0):
            zones = [(0, box(away - 21000.0, -21000.0, 21000.0)), (1, box(away, -21000.0, 21000.0))]
            parcels = [(i, box(away + rng.uniform(-40000, 40000), rng.uniform(-40000, 40000), 50.0))
                       for i in range(FEATURES)]
            parcels.sort(key=lambda parcel: parcel[1][0])  # west to east: a thread that takes a run has tiles of its own
            write(os.path.join(folder, "zones.geojson"), zones)
            west_to_east = list(parcels)
            for question, layers in (("area parcels.geojson", [parcels]),
                                     ("overlap parcels.geojson", [parcels]),
                                     ("tabulate parcels.geojson --zones zones.geojson", [parcels, zones])):
                expected = tiles(*layers) if away < REACH else 0
                answers, parcels = [], list(west_to_east)
                for threads in THREADS:
                    write(os.path.join(folder, "parcels.geojson"), parcels)
                    answers.append(counted(ask(folder, question, threads)))
                    if threads == THREADS[-2]:
                        rng.shuffle(parcels)
                if set(answers) != {expected}:
                    print(f"{question}, {away:.0f} m from the pole: {answers} tiles without a polynomial, "
                          f"expected {expected}")
                    failed += 1
    return failed > 0


sys.exit(main())
