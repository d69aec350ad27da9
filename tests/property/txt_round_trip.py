#!/usr/bin/python3
"""Random red lines as 国土TXT keep every digit of their coordinates and every name: through TXT, and through every format
that keeps coordinates back to TXT. With more decimals than doubles have, every double. The seed is printed."""
import math
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

PROGRAM = os.environ["ZONE_PROGRAM"]
SEED = int(os.environ.get("ZONE_SEED", 20261125))
FORMATS = ("gpkg", "fgb", "geojson", "shp")
TEXTS, DOUBLES = 12, 4  # files whose texts come back, and whose doubles do
NAMES = ("项目", "一号，二期", "a,b", "Straße", " 有 空 ", "\"引号\"", "面积", "1,面,2", "ＡＢ")


def ring(rng, x, y, radius, decimals, clockwise):
    """A star-shaped ring, corners as texts (northing, easting)."""
    count = rng.choice((3, 4, 5, 17, 200))
    turns = sorted(rng.random() for _ in range(count))
    while len(set(turns)) < count or max(b - a for a, b in zip(turns, turns[1:] + [turns[0] + 1])) > 0.49:
        turns = [(i + 0.6 * rng.random()) / count for i in range(count)]
    at = [(y + radius * rng.uniform(.5, 1) * math.sin(2 * math.pi * t), x + radius * rng.uniform(.5, 1) * math.cos(2 * math.pi * t))
          for t in turns]
    at = at[::-1] if clockwise else at
    return [(f"{n:.{decimals}f}", f"{e:.{decimals}f}") for n, e in at]


def draw(rng, decimals):
    plots = []
    for number in range(rng.randint(1, 8)):
        x, y = rng.uniform(2e5, 8e5), rng.uniform(2e6, 5.9e6) if number == 0 else plots[0]["y"]
        rings = [ring(rng, x, y, 900, decimals, True)]
        if rng.random() < .5:
            rings.append(ring(rng, x, y, 100, decimals, rng.random() < .5))
        if rng.random() < .5:
            rings.append(ring(rng, x + 3000, y, 500, decimals, True))
        plots.append({"name": rng.choice(NAMES) + str(number), "rings": rings, "y": y, "id": f"0{number}",
                      "area": f"{rng.uniform(0, 300):.4f}"})
    return plots


def text(plots, zone):
    lines = ["[属性描述]", "坐标系=2000国家大地坐标系", f"几度分带={3 if zone > 24 else 6}", f"带号={zone}", "[地块坐标]"]
    for plot in plots:
        points = []
        for number, corners in enumerate(plot["rings"], 1):
            points += [f"J{i},{number},{n},{zone}{e.zfill(len(e))}" for i, (n, e) in enumerate(corners + corners[:1])]
        lines += [f"{len(points)},{plot['area']},{plot['id']},{plot['name']},面,H50,工业用地,1001,@"] + points
    return "\n".join(lines)


def read(path, exact=Decimal):
    """(name, id, area, rings of decimals) of each plot, by id, for some formats have an order of their own; a ring begins
    where its least corner is and runs one way."""
    plots = []
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("[地块坐标]")[1].splitlines()[1:]:
            if line.endswith("@"):
                values = line[:-1].rstrip(",").split(",")
                plots.append(((",".join(values[3:-4])).strip(), values[2], Decimal(values[1]), {}))
            elif line:
                _, number, n, e = line.split(",")
                plots[-1][3].setdefault(number, []).append((exact(n), exact(e[2:])))
    return sorted(((name, key, area, sorted(normal(r) for r in rings.values())) for name, key, area, rings in plots),
                  key=lambda plot: plot[1])


def normal(corners):
    corners = corners[:-1] if corners[0] == corners[-1] else corners
    least = corners.index(min(corners))
    there = corners[least:] + corners[:least]
    back = [there[0]] + there[:0:-1]
    return min(there, back)


def convert(*paths):
    run = subprocess.run([PROGRAM, "convert", *paths, "--quiet", "-o", os.devnull], capture_output=True, text=True, check=False)
    return run.stderr if run.returncode else ""


def judge(folder, rng, number):
    decimals = (10, 12)[number % 2] if number >= TEXTS else rng.randint(1, 7)
    exact = float if number >= TEXTS else Decimal
    zone = rng.choice((20, 21, 38, 39, 40, 41))
    source, once = os.path.join(folder, "plots.txt"), os.path.join(folder, "once.txt")
    with open(source, "w", encoding="utf-8") as file:
        file.write(text(draw(rng, decimals), zone))
    failed = convert(source, once)
    wanted = read(source, exact)
    if failed or read(once, exact) != wanted:
        return [f"file {number}: TXT → TXT {failed}"]
    found = []
    for ending in FORMATS:
        layer, back = os.path.join(folder, f"layer.{ending}"), os.path.join(folder, f"{ending}.txt")
        failed = convert(source, layer) or convert(layer, back)
        if failed or read(back, exact) != wanted:
            found.append(f"file {number}: TXT → {ending} → TXT {failed}")
        elif ending in ("gpkg", "geojson") and decimals_of(back) == decimals and not same(back, once):
            found.append(f"file {number}: TXT → {ending} → TXT has other bytes")
    return found


def same(first, second):
    with open(first, "rb") as a, open(second, "rb") as b:
        return a.read() == b.read()


def decimals_of(path):
    with open(path, encoding="utf-8") as file:
        return next(len(line.strip().split(".")[1]) for line in file if line.startswith("精度"))


def main():
    rng = random.Random(SEED)
    print(f"seed {SEED}")
    found = []
    for number in range(TEXTS + DOUBLES):
        with tempfile.TemporaryDirectory() as folder:
            found += judge(folder, rng, number)
    print("\n".join(found) or "every digit and every name came back")
    return 1 if found else 0


sys.exit(main())
