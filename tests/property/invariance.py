#!/usr/bin/python3
"""Areas do not depend on how the same land is written down.

Random parcels (holes, parts, neighbours that share borders, overlaps) and random zones are asked for their areas; then the
features are shuffled, rings reversed and started elsewhere, parts and holes permuted. The rows must come out byte for
byte the same in every method. On the grid they must also be what shapely says.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import unary_union

PROGRAM = os.environ["ZONE_PROGRAM"]
EAST, NORTH = 441000.0, 3218000.0
METHODS = ["survey", "survey:split=70", "ellipsoid", "geodesic", "grid"]
SEEDS = range(6)


def ring(points):
    points = [(round(EAST + x, 4), round(NORTH + y, 4)) for x, y in points]
    return points + points[:1]


def bump(rng, x, y, size):
    """A box with one dent, so that it is not convex."""
    dent = rng.uniform(0.1, 0.8) * size
    return [(x, y), (x + size, y), (x + size, y + size), (x + size / 2, y + size - dent / 2), (x, y + size)]


def parcels(rng):
    features, codes = [], ["0101", "0201", "1003", None]
    for column in range(5):
        for row in range(4):
            x, y = 60 * column, 60 * row
            shift = rng.uniform(-20, 20)
            cut = ring([(x, y), (x + 60, y), (x + 60, y + 60), (x + 30 + shift, y + 60), (x, y + 60)])
            rings = [cut]
            if rng.random() < 0.3:
                rings.append(ring(bump(rng, x + 20, y + 20, 15)))
            features.append((rng.choice(codes), [rings]))
    for _ in range(3):
        parts = [[ring(bump(rng, rng.uniform(0, 250), 400 * k + rng.uniform(0, 200), 40))] for k in range(2)]
        features.append((rng.choice(codes), parts))
    return features


def zones(rng):
    middle = rng.uniform(60, 240)
    return [("east", [[ring([(middle, -10), (330, -10), (310, 260), (middle + 7, 250)])]]),
            ("west", [[ring([(-20, 13), (middle, -10), (middle + 7, 250), (10, 230)])]])]


def rewrite(rng, features):
    """The same land, written down differently."""
    def turn(points):
        points = points[:-1]
        start = rng.randrange(len(points))
        points = points[start:] + points[:start]
        if rng.random() < 0.5:
            points = points[::-1]
        return points + points[:1]

    changed = []
    for code, parts in features:
        new = []
        for rings in rng.sample(parts, len(parts)):
            holes = [turn(hole) for hole in rng.sample(rings[1:], len(rings) - 1)]
            new.append([turn(rings[0])] + holes)
        changed.append((code, new))
    return rng.sample(changed, len(changed))


def save(folder, name, key, features):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}
    rows = [{"type": "Feature", "properties": {key: code},
             "geometry": {"type": "MultiPolygon", "coordinates": parts}} for code, parts in features]
    path = os.path.join(folder, name + ".geojson")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "name": name, "crs": crs, "features": rows}, file)
    return path


def ask(*arguments):
    run = subprocess.run([PROGRAM, *arguments, "--exact", "--quiet"], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"zone {' '.join(arguments)}: exit {run.returncode}\n{run.stderr}")
    return run.stdout


def check_shapely(seed, answer, land, inside):
    """Sums by (zone, class) of plain polygon intersections in the plane."""
    expected = {}
    for zone, zone_parts in inside:
        area = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in zone_parts])
        for code, parts in land:
            piece = unary_union([Polygon(rings[0], rings[1:]) for rings in parts]).intersection(area).area
            if piece > 1e-6:
                expected[zone, code] = expected.get((zone, code), 0.0) + piece
    rows = {(row["zone"], row["DLBM"]): row["area_m2"] for row in json.loads(answer)["rows"]}
    if set(rows) != set(expected):
        sys.exit(f"seed {seed}: rows {sorted(map(str, rows))}, shapely has {sorted(map(str, expected))}")
    for key, area in expected.items():
        if abs(rows[key] - area) > 2e-6 + 1e-9 * area:
            sys.exit(f"seed {seed}: {key} is {rows[key]}, shapely has {area}")


def main():
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            rng = random.Random(seed)
            land, inside = parcels(rng), zones(rng)
            zone_file = save(folder, "zones", "zone", inside)
            again = save(folder, "zones_again", "zone", [(z, rewrite(rng, [(z, p)])[0][1]) for z, p in inside])
            first = save(folder, "land", "DLBM", land)
            second = save(folder, "land_again", "DLBM", rewrite(rng, land))
            for method in METHODS:
                common = ["--by", "DLBM", "--area", method, "--format", "csv"]
                for one, two in (((["area", first] + common), (["area", second] + common)),
                                 ((["tabulate", first, "--zones", zone_file, "--zone-by", "zone"] + common),
                                  (["tabulate", second, "--zones", again, "--zone-by", "zone"] + common))):
                    if ask(*one) != ask(*two):
                        sys.exit(f"seed {seed}, {method}: {one[0]} changed with the order\n{ask(*one)}\n{ask(*two)}")
                    compared += 1
            check_shapely(seed, ask("tabulate", first, "--zones", zone_file, "--zone-by", "zone", "--by", "DLBM", "--area",
                                    "grid", "--format", "json"), land, inside)
    print(f"{compared} tables the same, {len(SEEDS)} as shapely has them")


if __name__ == "__main__":
    main()
