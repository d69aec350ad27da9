#!/usr/bin/python3
"""A table of parts that were merged is the table of the whole.

The embedded parcels and random layers are cut into 7 parts (one without features, some that meet no zone), asked for
partials, and merged in random order, all at once and in trees. Rows must come out byte for byte as from the undivided
data, and so must counts and closure; the partials of merges must not depend on order or tree. Damaged partials are
refused, whatever was done to them. Seeds are fixed; a failure names its own."""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()

PROGRAM = os.environ["ZONE_PROGRAM"]
PLAN_DATA = os.path.join(os.environ["ZONE_SOURCE_DIR"], "geodata", "jinlan.gpkg")
EAST, NORTH = 441000.0, 3218000.0
SANITIZED = "asan" in PROGRAM or "tsan" in PROGRAM
PARTS = 7
BETWEEN = "not looked at between parts"


def reference():
    system = osr.SpatialReference()
    system.ImportFromEPSG(4549)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


def save(folder, name, field, features):
    """Features are (text, wkt); both may be None."""
    path = os.path.join(folder, name + ".gpkg")
    data = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = data.CreateLayer("parcels", reference(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    layer.StartTransaction()
    for text, wkt in features:
        feature = ogr.Feature(layer.GetLayerDefn())
        if text is not None:
            feature.SetField(field, text)
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return path


def embedded():
    data = ogr.Open(PLAN_DATA)
    return [(f.GetField("DLBM"), f.GetGeometryRef().ExportToWkt()) for f in data.GetLayer("landuse")]


def polygon(*points):
    ring = [(EAST + x, NORTH + y) for x, y in points]
    return "POLYGON ((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in ring + ring[:1]) + "))"


def box(x, y, width, height):
    return polygon((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def tiling(rng, n, side):
    """n × n quadrilaterals that share their vertices, straight along the frame."""
    def corner(i, j):
        return (side * (i + (rng.uniform(-.3, .3) if 0 < i < n else 0)),
                side * (j + (rng.uniform(-.3, .3) if 0 < j < n else 0)))
    at = [[corner(i, j) for j in range(n + 1)] for i in range(n + 1)]
    return [(rng.choice(["0101", "0201", "1003", "x\"\\\t", None]),
             polygon(at[i][j], at[i + 1][j], at[i + 1][j + 1], at[i][j + 1])) for i in range(n) for j in range(n)]


def unsound(rng, n):
    """Boxes over each other, bow-ties, features without geometry, and some far from every zone."""
    features = []
    for _ in range(n):
        x, y, size = rng.uniform(-500, 2500), rng.uniform(-500, 2500), rng.uniform(1, 400)
        kind = rng.random()
        wkt = box(x, y, size, size) if kind < .8 else \
            polygon((x, y), (x + size, y + size), (x + size, y), (x, y + size / 2)) if kind < .9 else None
        features.append((rng.choice(["0101", "0201", "0301", None]), wkt))
    return features


def zone(*arguments, fails=False):
    run = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    if fails:
        return run
    if run.returncode != 0:
        sys.exit(f"zone {' '.join(arguments)}: exit {run.returncode}\n{run.stderr}")
    return run.stdout


def section_of(answer, overlapping):
    """What must be the same of completeness and closure. Where features of different parts overlap, what is counted
    more than once is known for the whole only."""
    counts = [[r[k] for k in ("features", "used", "repaired", "rejected", "outside", "change_m2")]
              for r in answer["completeness"]]
    known = [r for r in answer["closure"] if not overlapping or
             r["item"] not in ("counted more than once", "covered", "gap", "edge model")]
    return counts, [(r["item"], r["area_m2"]) for r in known]


class Case:
    """An undivided layer and its parts."""

    def __init__(self, folder, name, features, question, rng, overlapping=False, groups="DLBM"):
        self.folder, self.name, self.rng, self.overlapping = folder, name, rng, overlapping
        self.question = [*question, "--by", groups]
        self.whole = save(folder, name, "DLBM", features)
        split = [[] for _ in range(PARTS)]
        for feature in features:
            split[rng.randrange(PARTS - 1)].append(feature)
        self.parts = [save(folder, f"{name}_{i}", "DLBM", part) for i, part in enumerate(split)]

    def ask(self, data, *more):
        return zone(self.question[0], data, *self.question[1:], "--quiet", *more)

    def fail(self, what):
        sys.exit(f"{self.name}, {' '.join(self.question)}: {what}")

    def partials(self, method):
        made = []
        for i, part in enumerate(self.parts):
            made.append(os.path.join(self.folder, f"{self.name}_{i}.part"))
            self.ask(part, *method, "--partial", made[-1], "-o", os.devnull)
        return self.rng.sample(made, len(made))

    def trees(self, made):
        """The same partial of all, made in three ways."""
        flat, left, right, tree = (os.path.join(self.folder, n) for n in ("flat", "left", "right", "tree"))
        quiet = ["-o", os.devnull, "--quiet"]
        zone("merge", *made, "--partial", flat, *quiet)
        zone("merge", *made[:3], "--partial", left, *quiet)
        zone("merge", *made[3:], "--partial", right, *quiet)
        zone("merge", right, left, "--partial", tree, *quiet)
        texts = [open(path, "rb").read() for path in (flat, tree)]
        zone("merge", *reversed(made), "--partial", flat, *quiet)
        if texts[0] != texts[1] or texts[0] != open(flat, "rb").read():
            self.fail("the merged partial depends on order or tree")
        return tree

    def compare(self, *method):
        made = self.partials(method)
        tree = self.trees(made)
        for form in (["--format", "csv", "--exact"], ["--format", "csv", "--unit", "mu"],
                     ["--format", "jsonl", "--unit", "wanmu"]):
            whole = self.ask(self.whole, *method, *form)
            for parts in (made, [tree]):
                if zone("merge", *parts, "--quiet", *form) != whole:
                    self.fail(f"the rows of the merged parts differ, {' '.join(form)} {' '.join(method)}")
        whole = json.loads(self.ask(self.whole, *method, "--format", "json", "--exact"))
        merged = json.loads(zone("merge", *made, "--format", "json", "--exact"))
        self.edges = sum(abs(r["area_m2"]) for r in merged["closure"] if r["item"] == "edge model")
        if whole["rows"] != merged["rows"] or whole["totals"] != merged["totals"]:
            self.fail("the rows of the merged parts differ, json")
        if section_of(whole, self.overlapping) != section_of(merged, self.overlapping):
            self.fail(f"completeness or closure differ {' '.join(method)}\n{section_of(whole, self.overlapping)}\n"
                      f"{section_of(merged, self.overlapping)}")
        zoned = self.question[0] == "tabulate"
        forced = ["--control", f"{whole['totals']['area_m2'] + 3.21:.2f}", "--scheme",
                  "cut" if self.name.startswith(("tiling", "unsound")) else "all"]
        if self.ask(self.whole, *method, *forced, "--format", "csv") != zone("merge", *made, *forced, "--format", "csv",
                                                                             "--quiet"):
            self.fail(f"the merged table is forced to a control area in another way, {' '.join(method)}")
        if zoned and not any(r["detail"] == BETWEEN for r in merged["closure"]):
            self.fail("overlaps between parts are told as if they had been looked for")
        return made


def checksum(body):
    """FNV-1a in 128 bits, as the last line has it."""
    state = 0x6c62272e07bb014262b821756295c58d
    for byte in body:
        state = ((state ^ byte) * ((1 << 88) + 0x13b)) % (1 << 128)
    return b'"checksum": "%032x"\n}\n' % state


def refused(folder, text, what, codes=(3,), others=()):
    path = os.path.join(folder, "hostile.part")
    with open(path, "wb") as file:
        file.write(text)
    run = zone("merge", path, *others, fails=True)
    if run.returncode not in codes or "hostile.part" not in run.stderr or run.stdout or "zone: " not in run.stderr:
        sys.exit(f"{what}: exit {run.returncode}\n{run.stderr[:500]}")


def damage(folder, made, rng):
    """Cut off anywhere, any byte changed; and what a liar with a good checksum would write."""
    text = open(made[0], "rb").read()
    body = text[:text.rindex(b'"checksum"')]
    for _ in range(60):
        at = rng.randrange(len(text))
        refused(folder, text[:at], f"cut at {at}")
        changed = bytes([text[at] ^ (1 << rng.randrange(8))])
        refused(folder, text[:at] + changed + text[at + 1:], f"byte {at} changed")
    lies = [(rb'", "(\d+)", "(\d+)"', b'", "1", "%d"' % 10**40), (rb'", "(\d+)", "(\d+)"', b'", "7", "8"'),
            (rb'\[0, (\d+), ([01]), "', b'[0, -1, 0, "'), (rb'\[0, (\d+), ([01]), "', b'[99, 1, 0, "'),
            (rb'\[0, (\d+), ([01]), "', b'[0, 99999999999999999999, 0, "'), (rb'\[0, (\d+), ([01]), "', b'[0, 1, 2, "'),
            (rb'\[0, (\d+), ([01]), "(\d+)"', b'[0, 1, 0, 3'), (rb'\[0, (\d+)', b"[" * 100000 + b"0"),
            (rb'"groups"', b'"columns"'), (rb'\["method", "survey"', b'["method", "flat"'),
            (rb'\["method", "survey"', b'["zone", "survey"'), (rb'"tabulate"', b'"overlap"'),
            (rb'\["data"', b'["zones"'), (rb'"0101"', b'"\\u0000"'), (rb'"0101"', b'"\xff"'), (rb'"0101"', b'"\\ud800"'),
            (rb'": 2,', b'": 1,'), (rb'": 2,', b'": 02,'), (rb'", "0", "', b'", "-0", "'), (rb'", "0", "', b'", "00", "')]
    for pattern, lie in lies:
        lying, count = re.subn(pattern, lambda _: lie, body, count=1)
        if count != 1:
            sys.exit(f"nothing to lie about: {pattern}")
        refused(folder, lying + checksum(lying), f"{pattern} → {lie[:40]}")
    if text != body + checksum(body):
        sys.exit("the checksum is not FNV-1a")
    return 120 + len(lies)


def strangers(case, made):
    """Partials that do not belong together, and the same part twice."""
    for other in (["--by", "DLBM", "--area", "grid"], ["--by", "DLBM", "--invalid", "reject"],
                  ["--by", "DLBM,DLBM:name@survey-2019"]):
        path = os.path.join(case.folder, "stranger.part")
        zone(*case.question[:1], case.parts[0], *case.question[1:-2], *other, "--partial", path, "-o", os.devnull,
             "--quiet")
        run = zone("merge", *made[1:], path, fails=True)
        if run.returncode != 2 or "do not belong together" not in run.stderr:
            sys.exit(f"{other}: exit {run.returncode}\n{run.stderr}")
    filled = next(m for m in made if not m.endswith(f"_{PARTS - 1}.part"))
    run = zone("merge", *made, filled, fails=True)
    if run.returncode != 2 or "there twice" not in run.stderr:
        sys.exit(f"the same part twice: exit {run.returncode}\n{run.stderr}")


def main():
    compared = refusals = 0
    with tempfile.TemporaryDirectory() as folder:
        rng = random.Random(7)
        zones = ["--zones", f"{PLAN_DATA}:zones"]
        case = Case(folder, "embedded", embedded(), ["tabulate", *zones], rng)
        made = case.compare()
        case.compare("--explain")
        strangers(case, case.partials([]))
        refusals = damage(folder, [m for m in made if "_6" not in m], rng)
        Case(folder, "levels", embedded(), ["tabulate", *zones], rng,
             groups="DLBM:first@survey-2019,DLBM:broad@survey-2019").compare()
        Case(folder, "areas", embedded(), ["area"], rng).compare("--explain")
        compared += 4
        for seed in range(1 if SANITIZED else 2):
            rng = random.Random(seed)
            # two zones of long edges over short-edged parcels, and two over each other
            inside = save(folder, f"zones{seed}", "id", [
                ("a", box(0, 0, 4000, 8000)), ("b", box(4000, 0, 4000, 8000)), ("c", box(1000, 1000, 1500, 1500)),
                ("d", box(90000, 0, 10, 10))])
            for name, features, overlapping in ((f"tiling{seed}", tiling(rng, 9, 8000 / 9), False),
                                                (f"unsound{seed}", unsound(rng, 60), True)):
                case = Case(folder, name, features, ["tabulate", "--zones", inside], rng, overlapping)
                for method in ("survey", "geodesic", "grid"):
                    case.compare("--area", method)
                    compared += 1
                    if not overlapping and (case.edges > 0.0) != (method != "grid"):
                        case.fail(f"edge model of {case.edges} m² with {method}")
    print(f"{compared} tables of {PARTS} parts as of the whole, {refusals} damaged partials refused")


if __name__ == "__main__":
    main()
