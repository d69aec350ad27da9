#!/usr/bin/python3
"""Points in zones: random zones that tile, overlap and have holes, against shapely; points on the borders of a tiling are
counted once; neither threads nor the order of points matter. Seeds are fixed; a failure names its own."""
import json
import os
import random
import subprocess
import sys
import tempfile

from shapely.affinity import scale
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.ops import unary_union
from shapely.prepared import prep

PROGRAM = os.environ["ZONE_PROGRAM"]
EAST, NORTH = 441000.0, 3218000.0
SEEDS = range(6)
NEAR = 1e-6  # m: shapely computes in doubles, so what is nearer to a border is left out of the comparison


def tiling(rng, n, side):
    """n × n quadrilaterals on whole metres that share their vertices; they fill a square."""
    def corner(i, j):
        return (EAST + side * i + (rng.randint(-side // 4, side // 4) if 0 < i < n else 0),
                NORTH + side * j + (rng.randint(-side // 4, side // 4) if 0 < j < n else 0))
    at = [[corner(i, j) for j in range(n + 1)] for i in range(n + 1)]
    return [[[at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1]]] for i in range(n) for j in range(n)]


def loose(rng, count, size):
    """Convex polygons on each other, one in three with a hole."""
    found = []
    while len(found) < count:
        x, y = EAST + rng.uniform(0, size), NORTH + rng.uniform(0, size)
        shell = MultiPoint([(x + rng.uniform(-30, 30), y + rng.uniform(-30, 30)) for _ in range(9)]).convex_hull
        hole = scale(shell, .4, .4) if rng.random() < .33 else None
        rings = [list(shell.exterior.coords)[:-1]] + ([list(hole.exterior.coords)[:-1]] if hole else [])
        found.append(rings)
    return found


def save(folder, name, kind, features):
    rows = [{"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
            for properties, coordinates in features]
    path = os.path.join(folder, name + ".geojson")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "name": name, "features": rows,
                   "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}}, file)
    return path


def save_zones(folder, zones):
    return save(folder, "zones", "Polygon", [({"zone": f"z{k}"}, [ring + ring[:1] for ring in rings])
                                             for k, rings in enumerate(zones)])


def save_points(folder, name, features):
    return save(folder, name, "MultiPoint", [({"kind": kind}, points) for kind, points in features])


def ask(points, zones, *more):
    typed = [PROGRAM, "tabulate", points, "--zones", zones, "--zone-by", "zone", "--by", "kind", "--quiet", "--format",
             "json", *more]
    run = subprocess.run(typed, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(typed)}: exit {run.returncode}\n{run.stderr}")
    return json.loads(run.stdout)


def counts(answer):
    return {(row["zone"], row["kind"]): row["points"] for row in answer["rows"]}


def line(answer, item):
    return next(row["points"] for row in answer["closure"] if row["item"] == item)


def against_shapely(seed, folder, zones):
    """Features of one to three points none of which is near a border."""
    rng = random.Random(1000 + seed)
    shapes = [Polygon(rings[0], rings[1:]) for rings in zones]
    borders = unary_union([shape.boundary for shape in shapes])
    held_by = [prep(shape) for shape in shapes]
    features, expected = [], {}
    whole = inside = again = 0
    while len(features) < 500:
        points = [(EAST + rng.uniform(-20, 260), NORTH + rng.uniform(-20, 260)) for _ in range(rng.randint(1, 3))]
        if any(borders.distance(Point(p)) < NEAR for p in points):
            continue
        features.append((rng.choice("abc"), points))
        for point in points:
            held = [k for k, shape in enumerate(held_by) if shape.contains(Point(point))]
            whole, inside, again = whole + 1, inside + bool(held), again + max(0, len(held) - 1)
            for k in held:
                key = (f"z{k}", features[-1][0])
                expected[key] = expected.get(key, 0) + 1
    file, place = save_points(folder, "points", features), save_zones(folder, zones)
    answer = ask(file, place, "--threads", "1")
    if counts(answer) != expected:
        differing = sorted(set(counts(answer).items()) ^ set(expected.items()))
        sys.exit(f"seed {seed}: counts differ from shapely's: {differing[:4]}")
    said = [line(answer, item) for item in ("whole", "sum of parts", "outside every zone", "counted more than once",
                                            "residual")]
    if said != [whole, sum(expected.values()), whole - inside, again, 0]:
        sys.exit(f"seed {seed}: closure {said}, should be {[whole, sum(expected.values()), whole - inside, again, 0]}")
    mixed = save_points(folder, "mixed", rng.sample(features, len(features)))
    if counts(ask(mixed, place)) != expected:
        sys.exit(f"seed {seed}: the order of points matters")
    if ask(file, place, "--threads", "3")["rows"] != answer["rows"]:
        sys.exit(f"seed {seed}: the number of threads matters")
    return whole


def on_borders(seed, folder, n, side):
    """Every whole metre of a tiling, its vertices and the points on its borders among them."""
    zones = tiling(random.Random(seed), n, side)
    points = [(EAST + i, NORTH + j) for i in range(n * side + 1) for j in range(n * side + 1)]
    features = [("a", points[k:k + 7]) for k in range(0, len(points), 7)]
    answer = ask(save_points(folder, "grid", features), save_zones(folder, zones))
    # A tiling is as if moved to the east and north by less than any distance: its own western and southern sides have none.
    if sum(counts(answer).values()) != (n * side) ** 2 or line(answer, "counted more than once") != 0:
        sys.exit(f"seed {seed}: {sum(counts(answer).values())} points in a tiling, should be {(n * side) ** 2}")
    return len(points)


def main():
    points = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            rng = random.Random(seed)
            zones = tiling(rng, 6, 40) if seed % 2 else loose(rng, 40, 240)
            points += against_shapely(seed, folder, zones)
            points += on_borders(seed, folder, 5, 12)
    print(f"{points} points as shapely counts them, or once each on the borders of tilings")


if __name__ == "__main__":
    main()
