#!/usr/bin/python3
"""A change whose new date was split into parts is, merged, the change of the whole.

The embedded land use and plan, and random layers with overlaps, bow-ties and features without geometry, within zones (that
overlap, too) and without: the new date is cut into 7 parts, one without features, asked for partials on 1 and 3 threads, and
merged in random order and in trees. Rows must come out byte for byte, counts and margins to the last digit. Parts of another
old date are refused, and so are partials whose sums contradict each other. Seeds are fixed; a failure names its own."""
import json
import os
import random
import re
import sys
import tempfile

from osgeo import ogr

from merge import PARTS, PLAN_DATA, SANITIZED, box, checksum, refused, save, tiling, unsound, zone


def layer_of(name, field):
    data = ogr.Open(PLAN_DATA)
    return [(f.GetField(field), f.GetGeometryRef().ExportToWkt()) for f in data.GetLayer(name)]


def known(answer, overlapping):
    """Completeness, and what must be the same of closure: where features of different parts overlap, what is counted more
    than once is known for the whole only."""
    counts = [[r[k] for k in ("features", "used", "repaired", "rejected", "outside", "change_m2")]
              for r in answer["completeness"]]
    return counts, [(r["item"], r["area_m2"]) for r in answer["closure"]
                    if not overlapping or r["item"] != "counted more than once"]


class Case:
    def __init__(self, folder, name, old, new, question, rng, overlapping=False):
        self.folder, self.name, self.rng, self.overlapping = folder, name, rng, overlapping
        self.old, self.question = save(folder, name + "_old", "DLBM", old), question
        self.whole = save(folder, name + "_new", "DLBM", new)
        split = [[] for _ in range(PARTS)]
        for feature in new:
            split[rng.randrange(PARTS - 1)].append(feature)
        self.parts = [save(folder, f"{name}_{i}", "DLBM", part) for i, part in enumerate(split)]

    def fail(self, what):
        sys.exit(f"{self.name}, change {' '.join(self.question)}: {what}")

    def ask(self, new, *more, old=None):
        return zone("change", old or self.old, new, *self.question, "--quiet", *more)

    def partials(self, *more):
        made = []
        for i, part in enumerate(self.parts):
            made.append(os.path.join(self.folder, f"{self.name}_{i}.part"))
            self.ask(part, *more, "--threads", "13"[i % 2], "--partial", made[-1], "-o", os.devnull)
        return self.rng.sample(made, len(made))

    def tree(self, made):
        """One partial of all, which must not depend on how it was made."""
        flat, left, tree = (os.path.join(self.folder, n) for n in ("flat", "left", "tree"))
        quiet = ["-o", os.devnull, "--quiet"]
        zone("merge", *made, "--partial", flat, *quiet)
        zone("merge", *made[:3], "--partial", left, *quiet)
        zone("merge", *reversed(made[3:]), left, "--partial", tree, *quiet)
        if open(flat, "rb").read() != open(tree, "rb").read():
            self.fail("the merged partial depends on order or tree")
        return tree

    def compare(self, *more):
        made = self.partials(*more)
        tree = self.tree(made)
        for form in (["--format", "csv", "--exact"], ["--format", "jsonl", "--unit", "mu"]):
            whole = self.ask(self.whole, *more, *form)
            for parts in (made, [tree]):
                if zone("merge", *parts, "--quiet", *form) != whole:
                    self.fail(f"the rows of the merged parts differ, {' '.join(form)} {' '.join(more)}")
        whole = json.loads(self.ask(self.whole, *more, "--format", "json", "--exact"))
        merged = json.loads(zone("merge", tree, "--format", "json", "--exact", "--quiet"))
        if whole["totals"] != merged["totals"] or known(whole, self.overlapping) != known(merged, self.overlapping):
            self.fail(f"totals, completeness or closure differ {' '.join(more)}\n{known(whole, self.overlapping)}\n"
                      f"{known(merged, self.overlapping)}")
        return made


def strangers(case, made):
    """Parts of another old date, of other fields, and what contradicts itself."""
    stranger = os.path.join(case.folder, "stranger.part")
    filled = [path for path in made if not path.endswith(f"_{PARTS - 1}.part")]
    for old, more in ((case.parts[0], []), (None, ["--invalid", "reject"]), (None, ["--by-new", "DLBM:name@survey-2019"])):
        case.ask(case.parts[1], *more, "--partial", stranger, "-o", os.devnull, old=old)
        run = zone("merge", filled[0], stranger, fails=True)
        if run.returncode != 2 or "do not belong together" not in run.stderr:
            case.fail(f"{old} {more}: exit {run.returncode}\n{run.stderr}")
    run = zone("merge", *filled, "--control", "1000", fails=True)
    if run.returncode != 2 or "a change is not forced" not in run.stderr:
        case.fail(f"--control: exit {run.returncode}\n{run.stderr}")
    body = open(filled[0], "rb").read()
    body = body[:body.rindex(b'"checksum"')]
    at = body.index(b'"covered": {')
    lies = [(rb'\n\[(\d+), (\d+), (\d+), "', b"\n[99999999, 0, 0, \""), (rb'\n\[(\d+), (\d+), (\d+), "', b"\n[0, 0, 99999999, \""),
            (rb'\n\[(\d+), (\d+), (\d+), "', b"\n[0, 99, \\3, \""), (rb'\n\[(\d+), (\d+), (\d+), "', b"\n[\\1, \\2, 0, \"")]
    for pattern, lie in lies:
        lying = body[:at] + re.sub(pattern, lie, body[at:], count=1)
        refused(case.folder, lying + checksum(lying), f"covered: {lie}")
    for pattern, lie in ((rb'\["old"', b'["data"'), (rb', "(\d+)", "2", ', b', "\\1", "3", '),
                         (rb', "(\d+)", "2", ', b', "7\\1", "2", ')):
        lying, count = re.subn(pattern, lie, body, count=1)
        if count != 1:
            case.fail(f"nothing to lie about: {pattern}")
        refused(case.folder, lying + checksum(lying), f"{pattern} → {lie}")


def bare(case, made):
    """A part without features or fields, as GeoJSON has them, changes nothing."""
    empty = os.path.join(case.folder, "bare.geojson")
    with open(empty, "w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [], "crs": {"type": "name", "properties": '
                   '{"name": "urn:ogc:def:crs:EPSG::4549"}}}')
    case.ask(empty, "--partial", empty + ".part", "-o", os.devnull)
    form = ["--format", "csv", "--exact", "--quiet"]
    if zone("merge", *made, *form) != zone("merge", empty + ".part", *made, *form):
        case.fail("a part without features or fields changes the table")


def main():
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        rng = random.Random(11)
        old, new = layer_of("landuse", "DLBM"), layer_of("planned", "YDYHFLDM")
        levels = ["--by", "DLBM:first@survey-2019,DLBM", "--by-new", "DLBM:broad@use-2023,DLBM"]
        Case(folder, "embedded", old, new, ["--zones", f"{PLAN_DATA}:zones", *levels], rng).compare("--explain")
        compared += 1
        for seed in range(1 if SANITIZED else 2):
            rng = random.Random(seed)
            inside = save(folder, f"zones{seed}", "id", [
                ("a", box(0, 0, 4000, 8000)), ("b", box(4000, 0, 4000, 8000)), ("c", box(1000, 1000, 1500, 1500)),
                ("d", box(90000, 0, 10, 10))])
            for name, old, new, overlapping in (
                    (f"tiling{seed}", tiling(rng, 9, 8000 / 9), tiling(rng, 7, 8000 / 7), False),
                    (f"unsound{seed}", unsound(rng, 60), unsound(rng, 60), True)):
                for zones in ([], ["--zones", inside, "--zone-by", "id"]):
                    case = Case(folder, name, old, new, ["--by", "DLBM", *zones], rng, overlapping)
                    made = case.compare("--area", ("survey", "geodesic", "grid")[compared % 3])
                    compared += 1
        made = case.partials()
        strangers(case, made)
        bare(case, made)
    print(f"{compared} changes of {PARTS} parts as of the whole")


if __name__ == "__main__":
    main()
