#!/usr/bin/python3
"""Overlaps on the grid against exact rational arithmetic, and against GEOS.

The reference takes the coordinates as the rationals that their doubles are, cuts the plane into slabs between all heights
at which an edge begins, ends or crosses another, and adds up, slab by slab, what lies in both polygons: along the middle
line of a slab nothing is degenerate, so no case is special. It shares nothing with the kernel.

For rings of 100 000 vertices slabs are too many. They lie in general position, which is looked at, so the border of what
they have in common is walked: an edge is inside the other ring or not, and changes where it crosses it. Coordinates are
integers of 2^-SHIFT m, every decision is one of integers, and of each crossing, a rational, the area is kept to
2^-PRECISE of a squared unit: together far less than the last digit.

The bound: snapping to 2^-30 m moves a vertex by at most 0.66e-9 m (half a step each way), its image of 1e-10 m by at
most 0.07e-9 m, and the image of a crossing, rounded from a fraction in double precision, by 0.1e-9 m or less. A border
that moves by d changes the area by no more than its length times d: so |program − exact| ≤ (perimeters of both) × 1e-9 m,
and half a unit of the last digit printed (0.5e-6 m²).
"""
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

from osgeo import gdal, ogr, osr
from shapely.geometry import Polygon
from shapely.ops import unary_union

gdal.UseExceptions()
PROGRAM = os.environ["ZONE_PROGRAM"]
EAST, NORTH, APART = 40400000.0, 3200000.0, 2000.0  # every pair in a cell of its own; eastings above 10^7 m
A_METRE_OF_BORDER, LAST_DIGIT = 1e-9, 0.5e-6
SEED = int(os.environ.get("ZONE_SEED", 20261125))
SANITIZED = "asan" in PROGRAM or "tsan" in PROGRAM
RANDOM_PAIRS = 60 if SANITIZED else 300
LONG = 20_000 if SANITIZED else 100_000


# ---------------------------------------------------------------- exact

def edges_of(shape):
    """Edges that rise, as (x0, y0, x1, y1) in rationals; level ones bound nothing."""
    edges = []
    for part in shape:
        for ring in part:
            points = [(Fraction(x), Fraction(y)) for x, y in ring]
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
                if y0 != y1:
                    edges.append((x0, y0, x1, y1) if y0 < y1 else (x1, y1, x0, y0))
    return edges


def crossing_height(a, b):
    """Of two edges that cross in one point: its height; None else."""
    ax, ay, bx, by = a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1]
    turn = ax * by - ay * bx
    if turn == 0:
        return None
    along = ((b[0] - a[0]) * by - (b[1] - a[1]) * bx) / turn
    across = ((b[0] - a[0]) * ay - (b[1] - a[1]) * ax) / turn
    return a[1] + along * ay if 0 <= along <= 1 and 0 <= across <= 1 else None


def spans(edges, y):
    """Where the line at height y is inside: pairs of x, rising."""
    at = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0) for x0, y0, x1, y1 in edges if y0 < y < y1)
    return list(zip(at[::2], at[1::2]))


def exact_overlap(one, other):
    a, b = edges_of(one), edges_of(other)
    heights = {y for edge in a + b for y in (edge[1], edge[3])}
    for i, p in enumerate(a + b):
        for q in (a + b)[i + 1:]:
            if max(p[1], q[1]) <= min(p[3], q[3]) and max(min(p[0], p[2]), min(q[0], q[2])) <= min(
                    max(p[0], p[2]), max(q[0], q[2])):
                heights.add(crossing_height(p, q))
    heights = sorted(heights - {None})
    area = Fraction(0)
    for low, high in zip(heights, heights[1:]):
        middle = (low + high) / 2
        both = sum(max(Fraction(0), min(p[1], q[1]) - max(p[0], q[0]))
                   for p in spans(a, middle) for q in spans(b, middle))
        area += both * (high - low)
    return area


# ---------------------------------------------------------------- exact, for long rings

SHIFT, PRECISE = 31, 64  # eastings of 4e7 m end at 2^-27 m, northings of 3.2e6 m at 2^-31 m
CELL = 1 << SHIFT  # a metre


def integers(ring):
    points = [(x * 2.0**SHIFT, y * 2.0**SHIFT) for x, y in ring]
    if any(x != int(x) or y != int(y) for x, y in points):
        sys.exit("a coordinate that is no multiple of 2^-31 m")
    return [(int(x), int(y)) for x, y in points]


def side(p, q, point):
    """> 0 left of the line from p to q, < 0 right of it."""
    return (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])


def on(p, q, point, at):
    return at == 0 and all(min(p[k], q[k]) <= point[k] <= max(p[k], q[k]) for k in (0, 1))


def cells(p, q):
    for column in range(min(p[0], q[0]) // CELL, max(p[0], q[0]) // CELL + 1):
        for row in range(min(p[1], q[1]) // CELL, max(p[1], q[1]) // CELL + 1):
            yield column, row


def crossings(one, other):
    """By edge of each: [(numerator, denominator of the fraction, place as numerators)], in order along the edge."""
    index = {}
    for j, (p, q) in enumerate(zip(other, other[1:] + other[:1])):
        for cell_at in cells(p, q):
            index.setdefault(cell_at, []).append(j)
    of_one, of_other = {}, {}
    for i, (p, q) in enumerate(zip(one, one[1:] + one[:1])):
        for j in {j for cell_at in cells(p, q) for j in index.get(cell_at, ())}:
            r, s = other[j], other[(j + 1) % len(other)]
            at_p, at_q, at_r, at_s = side(r, s, p), side(r, s, q), side(p, q, r), side(p, q, s)
            if 0 in (at_p, at_q, at_r, at_s) and any(
                    on(*way) for way in ((r, s, p, at_p), (r, s, q, at_q), (p, q, r, at_r), (p, q, s, at_s))):
                sys.exit("rings that touch: draw others")
            if (at_p > 0) == (at_q > 0) or (at_r > 0) == (at_s > 0):
                continue
            along, across = at_p - at_q, at_r - at_s
            place = (p[0] * along + at_p * (q[0] - p[0]), p[1] * along + at_p * (q[1] - p[1]), along)
            of_one.setdefault(i, []).append((Fraction(at_p, along), place))
            of_other.setdefault(j, []).append((Fraction(at_r, across), place))
    for found in (*of_one.values(), *of_other.values()):
        found.sort()
    return of_one, of_other


def is_inside(ring, point):
    inside = False
    for p, q in zip(ring, ring[1:] + ring[:1]):
        if (p[1] > point[1]) != (q[1] > point[1]):
            inside ^= (side(p, q, point) > 0) == (q[1] > p[1])
    return inside


def under(p, q):
    """Twice the area under the way from p to q, places as (numerator, numerator, denominator), times 2^PRECISE."""
    (px, py, pd), (qx, qy, qd) = p, q
    return ((px * qd + qx * pd) * (qy * pd - py * qd) << PRECISE) // (pd * qd) ** 2


def walk(ring, met, inside):
    area = 0
    for i, (p, q) in enumerate(zip(ring, ring[1:] + ring[:1])):
        here = (*p, 1)
        for _, place in met.get(i, ()):
            area += under(here, place) if inside else 0
            here, inside = place, not inside
        area += under(here, (*q, 1)) if inside else 0
    return area


def exact_overlap_of_rings(one, other):
    """Of two valid shapes of one ring each, counter-clockwise."""
    a, b = integers(one[0][0]), integers(other[0][0])
    if a == b:
        twice = walk(a, {}, True)
    else:
        of_a, of_b = crossings(a, b)
        twice = walk(a, of_a, is_inside(b, a[0])) + walk(b, of_b, is_inside(a, b[0]))
    return Fraction(twice, 1 << (PRECISE + 2 * SHIFT + 1))


def perimeter(shape):
    return sum(math.dist(p, q) for part in shape for ring in part for p, q in zip(ring, ring[1:] + ring[:1]))


# ---------------------------------------------------------------- pairs

def star(rng, x, y, low, high, count, lattice=0.0):
    points = []
    for k in range(count):
        radius, angle = rng.uniform(low, high), 2 * math.pi * k / count
        px, py = x + radius * math.cos(angle), y + radius * math.sin(angle)
        points.append((round(px / lattice) * lattice, round(py / lattice) * lattice) if lattice else (px, py))
    return points


def random_shape(rng, lattice):
    """One or two stars, some with a hole; drawn again until they are valid."""
    while True:
        parts = []
        for k in range(rng.choice((1, 1, 2))):
            x, y = 250 * k + rng.uniform(0, 90), rng.uniform(0, 90)
            part = [star(rng, x, y, 40, 110, rng.randint(3, 14), lattice)]
            if rng.random() < 0.5:
                part.append(star(rng, x, y, 6, 16, rng.randint(3, 6)))
            parts.append(part)
        polygons = [Polygon(part[0], part[1:]) for part in parts]
        if all(p.is_valid and p.area > 1 for p in polygons) and not (len(parts) == 2 and
                                                                      polygons[0].intersects(polygons[1])):
            return parts


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north)]


def nasty():
    """What is special: (name, one, other)."""
    unit, jag = [[box(0, 0, 100, 100)]], [(0, 0), (33, 11), (100, 0), (90, 47), (100, 100), (50, 71), (0, 100), (13, 50)]
    ring = [[box(0, 0, 100, 100), box(30, 30, 70, 70)]]
    slope = [(0, 0), (90, 30), (60, 120), (-30, 90)]
    return [
        ("touch in a vertex", unit, [[box(100, 100, 150, 150)]]),
        ("touch along a side", unit, [[box(100, 0, 200, 100)]]),
        ("share part of a side, from outside", unit, [[box(100, 30, 160, 170)]]),
        ("share part of a side, from inside", unit, [[box(40, 30, 100, 170)]]),
        ("identical", [[jag]], [[jag]]),
        ("identical, written differently", [[jag]], [[jag[3:] + jag[:3]]]),
        ("vertex on an edge", [[slope]], [[[(45, 15), (200, -50), (200, 100)]]]),
        ("vertex on an edge, from inside", [[slope]], [[[(45, 15), (50, 60), (20, 70)]]]),
        ("part of a sloping edge", [[slope]], [[[(30, 10), (60, 20), (40, 80)]]]),
        ("sloping edge and beyond", [[slope]], [[[(-90, -30), (180, 60), (0, 300)]]]),
        ("a hole filled to its rim", ring, [[box(30, 30, 70, 70)]]),
        ("a hole and what overlaps its rim", ring, [[box(50, 30, 90, 70)]]),
        ("a hole that touches its shell", [[[(0, 0), (100, 0), (100, 100), (0, 100)], [(0, 50), (40, 30), (40, 70)]]],
         [[box(-10, 20, 60, 80)]]),
        ("holes of both on each other", ring, [[box(-5, -5, 105, 105), box(30, 30, 70, 70)]]),
        ("an island in a hole", ring, [[box(-10, 40, 20, 60)], [box(45, 45, 55, 55)]]),
        ("sliver of 0.1 mm across", unit, [[[(-50, 20), (150, 70), (150, 70.0001), (-50, 20.0001)]]]),
        ("sliver of 0.1 mm along a side", unit, [[box(99.9999, -10, 200, 110)]]),
        ("sliver along a slope", [[slope]], [[[(0, 0), (90, 30), (90, 30.0001), (0, 0.0001)]]]),
        ("two slivers that cross flatly", [[[(0, 0), (900, 0), (900, 0.0001), (0, 0.0001)]]],
         [[[(0, -0.0004), (900, 0.0005), (900, 0.0006), (0, -0.0003)]]]),
        ("spike", unit, [[[(50, 50), (60, 50), (600, 55), (60, 50.0002), (60, 60), (50, 60)]]]),
        ("spike that ends on a side", [[[(0, 0), (50, 49.9999), (100, 50), (50, 50.0001), (0, 100)]]],
         [[box(100, 0, 150, 100)]]),
        ("vertices on straight sides", [[[(0, 0), (50, 0), (100, 0), (100, 50), (100, 100), (0, 100), (0, 50)]]],
         [[[(0, 0), (25, 0), (100, 0), (100, 100), (75, 100), (0, 100)]]]),
        ("a star over its turned self", [[slope]], [[[(y, x) for x, y in slope]]]),
        ("many teeth, tip to tip", [[[(0, 0)] + [(5 * k, 10 if k % 2 else 50) for k in range(21)] + [(100, 0)]]],
         [[[(0, 100)] + [(5 * k, 90 if k % 2 else 50) for k in range(21)] + [(100, 100)]]]),
    ]


WALKED = ("sliver of 0.1 mm across", "two slivers that cross flatly", "spike")


def moved(shape, x, y):
    return [[[(px + x, py + y) for px, py in ring] for ring in part] for part in shape]


def pairs():
    rng = random.Random(SEED)
    found = nasty()
    for k in range(RANDOM_PAIRS):
        lattice = (0.0, 10.0, 25.0)[k % 3]
        found.append((f"random {k}", random_shape(rng, lattice), random_shape(rng, lattice)))
    # Cells lie at fractions of a metre, so that coordinates use all their digits; those on a lattice keep it.
    return [(name, moved(a, *cell(k)), moved(b, *cell(k))) for k, (name, a, b) in enumerate(found)]


def cell(k):
    return EAST + APART * (k % 30), NORTH + APART * (k // 30)


# ---------------------------------------------------------------- the program

def save(path, name, shapes):
    system = osr.SpatialReference()
    system.ImportFromEPSG(4528)
    data = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = data.CreateLayer(name, system, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    layer.StartTransaction()
    for number, shape in enumerate(shapes):
        whole = ogr.Geometry(ogr.wkbMultiPolygon)
        for part in shape:
            polygon = ogr.Geometry(ogr.wkbPolygon)
            for ring in part:
                line = ogr.Geometry(ogr.wkbLinearRing)
                for x, y in ring + ring[:1]:
                    line.AddPoint_2D(x, y)
                polygon.AddGeometry(line)
            whole.AddGeometry(polygon)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(name, str(number))
        feature.SetGeometry(whole)
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    del layer, data
    return path


def ask(land, land_field, zones, zone_field):
    typed = [PROGRAM, "tabulate", land, "--by", land_field, "--zones", zones, "--zone-by", zone_field, "--area", "grid",
             "--exact", "--quiet", "--format", "json"]
    run = subprocess.run(typed, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(typed)}: exit {run.returncode}\n{run.stderr}")
    return {(row["a"], row["b"]): row["area_m2"] for row in json.loads(run.stdout)["rows"]}


def compare(drawn, expected, slack, reference):
    """The greatest share of the bound that was used."""
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        one = save(os.path.join(folder, "a.gpkg"), "a", [a for _, a, _ in drawn])
        other = save(os.path.join(folder, "b.gpkg"), "b", [b for _, _, b in drawn])
        areas, swapped = ask(one, "a", other, "b"), ask(other, "b", one, "a")
    for number, (name, a, b) in enumerate(drawn):
        area = areas.pop((str(number), str(number)), 0.0)
        bound = (perimeter(a) + perimeter(b)) * slack + LAST_DIGIT
        used = abs(float(Fraction(str(area)) - expected[number])) / bound
        worst = max(worst, used)
        if used > 1:
            sys.exit(f"{name} (ZONE_SEED={SEED}): {area} m², {reference} has {float(expected[number])}, "
                     f"bound {bound:.3g}\n{a}\n{b}")
        back = swapped.pop((str(number), str(number)), 0.0)
        if back != area:
            sys.exit(f"{name} (ZONE_SEED={SEED}): A∩B is {area} m², B∩A {back}\n{a}\n{b}")
    if areas or swapped:
        sys.exit(f"pieces of different cells: {areas} {swapped}")
    return worst


def by_geos(drawn):
    def whole(shape):
        return unary_union([Polygon(part[0], part[1:]) for part in shape])
    return [Fraction(whole(a).intersection(whole(b)).area) for _, a, b in drawn]


def long_rings():
    """Rings of 100 000 vertices: on each other, on themselves, under a box and a sliver."""
    rng = random.Random(SEED + 1)
    first, second = star(rng, 0, 0, 600, 601, LONG), star(rng, 3, 2, 600.2, 600.8, LONG)
    thin = [(-900, 10), (900, 20), (900, 20.0001), (-900, 10.0001)]
    shapes = [("two long rings", first, second), ("a long ring on itself", first, first),
              ("a long ring and a box", first, box(-700, -100, 700, 800)), ("a long ring and a sliver", first, thin)]
    return [(name, moved([[a]], *cell(k)), moved([[b]], *cell(k))) for k, (name, a, b) in enumerate(shapes)]


def main():
    print(f"seed {SEED}; to repeat: ZONE_SEED={SEED}")
    drawn, rings = pairs(), long_rings()
    worst = compare(drawn, [exact_overlap(a, b) for _, a, b in drawn], A_METRE_OF_BORDER, "exact arithmetic")
    # GEOS works in doubles: a coordinate of 4e7 m is known to 7.5e-9 m.
    against_geos = compare(drawn, by_geos(drawn), 1.5e-8, "GEOS")
    # The walk is held against the slabs where both can be had.
    small = [(a, b) for name, a, b in drawn if name in WALKED]
    if [round(exact_overlap_of_rings(a, b), 12) for a, b in small] != [round(exact_overlap(a, b), 12) for a, b in small]:
        sys.exit("two ways to be exact differ")
    of_long = compare(rings, [exact_overlap_of_rings(a, b) for _, a, b in rings], A_METRE_OF_BORDER, "exact arithmetic")
    long_by_geos = compare(rings, by_geos(rings), 1.5e-8, "GEOS")
    print(f"{len(drawn)} pairs within {worst:.2f} of the bound, {of_long:.2f} on rings of {LONG} vertices; "
          f"GEOS {against_geos:.2f} and {long_by_geos:.2f} of its own; A∩B = B∩A in all")


if __name__ == "__main__":
    main()
