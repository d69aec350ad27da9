#!/usr/bin/python3
"""What became of what: two random tilings with gaps, and zones, on the grid against shapely; the dates swapped transpose
the table; the order of features does not matter. Seeds are fixed; a failure names its own."""
import json
import os
import random
import subprocess
import sys
import tempfile

from shapely.geometry import Polygon, box
from shapely.ops import unary_union

PROGRAM = os.environ["ZONE_PROGRAM"]
EAST, NORTH = 441000.0, 3218000.0
SEEDS = range(6)
CLOSE = 1e-4  # m²


def tiling(rng, n, side, west, south, names):
    """n × n quadrilaterals that share their vertices; one in ten is left out."""
    def corner(i, j):
        return (round(EAST + west + side * (i + rng.uniform(-.3, .3)), 6),
                round(NORTH + south + side * (j + rng.uniform(-.3, .3)), 6))
    at = [[corner(i, j) for j in range(n + 1)] for i in range(n + 1)]
    cells = [[at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]] for i in range(n) for j in range(n)]
    return [(names(k), ring) for k, ring in enumerate(cells) if rng.random() > 0.1]


def save(folder, name, key, features):
    rows = [{"type": "Feature", "properties": {key: text},
             "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}} for text, ring in features]
    path = os.path.join(folder, name + ".geojson")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "name": name, "features": rows,
                   "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}}, file)
    return path


def ask(*arguments, form="json"):
    typed = [PROGRAM, "change", *arguments, "--by", "DLBM", "--exact", "--quiet", "--format", form]
    run = subprocess.run(typed, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(typed)}: exit {run.returncode}\n{run.stderr}")
    return run.stdout


def sums(answer):
    """(zone, before, after): area; what a date does not cover is None."""
    return {(row.get("zone"), row["before"], row["after"]): row["area_m2"] for row in json.loads(answer)["rows"]}


def expected(old, new, zones):
    """The same by plain intersections."""
    found = {}

    def add(key, area):
        if area > 1e-7:
            found[key] = found.get(key, 0.0) + area

    def united(features):
        return unary_union([Polygon(ring) for _, ring in features])
    all_old, all_new = united(old), united(new)
    for zone, ring in zones:
        place = Polygon(ring) if ring else box(EAST - 1e4, NORTH - 1e4, EAST + 1e4, NORTH + 1e4)
        before = [(c, Polygon(r).intersection(place)) for c, r in old]
        after = [(c, Polygon(r).intersection(place)) for c, r in new]
        for a, here in before:
            add((zone, a, None), here.difference(all_new).area)
            for b, there in after:
                add((zone, a, b), here.intersection(there).area)
        for b, there in after:
            add((zone, None, b), there.difference(all_old).area)
    return found


def compare(seed, what, one, other, close=CLOSE):
    for key in set(one) | set(other):
        if abs(one.get(key, 0.0) - other.get(key, 0.0)) > close:
            sys.exit(f"seed {seed}, {what}: {key} is {one.get(key)}, should be {other.get(key)}")


def main():
    cells = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            rng = random.Random(seed)
            old = tiling(rng, 11, 12, 0, 0, lambda _: rng.choice("abcd"))
            new = tiling(rng, 9, 15, 4, -5, lambda _: rng.choice("cdef"))
            zones = tiling(rng, 3, 37, 6, 9, lambda k: f"z{k}")
            files = [save(folder, "old", "DLBM", old), save(folder, "new", "DLBM", new)]
            mixed = [save(folder, "old_mixed", "DLBM", rng.sample(old, len(old))),
                     save(folder, "new_mixed", "DLBM", rng.sample(new, len(new)))]
            within = ["--zones", save(folder, "zones", "zone", zones), "--zone-by", "zone"]
            for places, given in (([(None, None)], []), (zones, within)):
                answer = sums(ask(*files, *given, "--area", "grid"))
                compare(seed, "shapely", answer, expected(old, new, places))
                cells += len(answer)
                for method in ("survey", "geodesic"):
                    straight = sums(ask(*files, *given, "--area", method))
                    swapped = sums(ask(*files[::-1], *given, "--area", method))
                    compare(seed, f"swapped, {method}", {(z, a, b): v for (z, b, a), v in swapped.items()}, straight,
                            2e-6)
                    if ask(*files, *given, "--area", method, form="csv") != ask(*mixed, *given, "--area", method,
                                                                                  form="csv"):
                        sys.exit(f"seed {seed}, {method}: the order of features matters")
    print(f"{cells} sums as shapely has them, in {len(SEEDS)} pairs of tilings")


if __name__ == "__main__":
    main()
