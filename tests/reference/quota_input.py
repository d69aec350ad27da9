#!/usr/bin/python3
"""Sites as offices send them: `zone quota` answers whatever it is given with findings or with an error that says where, in
bounded time and memory, and never with a wrong number."""
import json
import math
import os
import random
import shutil
import struct
import sys
import tempfile

import yaml
from osgeo import ogr, osr

from batches.desk import PROGRAM, ROOT, SITE_FIELDS, findings_of, lines_of, peak_mb, run, save
from batches.judge import Judge
from batches.sites import random_sites
from batches.surface import box, reference

PLAN = os.path.join(ROOT, "geodata", "jinlan.yaml")
DATA = os.path.join(ROOT, "geodata", "jinlan.gpkg")
SEED = int(os.environ.get("ZONE_SEED", 20261125))
SANITIZED = "asan" in PROGRAM or "tsan" in PROGRAM
VERTICES = 100_000 if SANITIZED else 1_000_000
EAST, NORTH = 447000.0, 3228000.0
failures, told = [], []


def expect(condition, *what):
    if not condition:
        failures.append(" ".join(str(part) for part in what))


def ask(name, *arguments, codes=(0, 1)):
    """The lines of the sites; {} and the message where it is an error."""
    code, out, said, seconds = run("quota", *arguments, "--all", "--exact", "--format", "jsonl", expect=None, timeout=300)
    told.append(f"{name}: exit {code}, {seconds:.1f} s")
    expect(code in codes, name, "exit", code, said)
    expect(code <= 2 or ("zone: " in said and "expected:" in said), name, "an error that helps no one:", said)
    return code, {line["site"]: line for line in lines_of(out) if "site" in line}, said


def rows_of(shapes, **values):
    return [(shape, {"XMBH": f"s{k}", "XMMC": f"site {k}", **values}) for k, shape in enumerate(shapes, 1)]


def from_wkt(text):
    return ogr.CreateGeometryFromWkt(text)


def ring_of(points):
    ring, polygon = ogr.Geometry(ogr.wkbLinearRing), ogr.Geometry(ogr.wkbPolygon)
    for x, y in points:
        ring.AddPoint_2D(x, y)
    polygon.AddGeometry(ring)
    return polygon


# ---------------------------------------------------------------- geometries

def check_empty(folder):
    path = save(os.path.join(folder, "empty.gpkg"), "sites", SITE_FIELDS, [])
    _, _, said = ask("a layer without sites", PLAN, path, codes=(3,))
    expect("no sites" in said, said)
    os.mkdir(os.path.join(folder, "nothing"))
    ask("an empty directory", PLAN, os.path.join(folder, "nothing"), codes=(1, 3))
    ask("a pattern of nothing", PLAN, os.path.join(folder, "nothing", "*.shp"), codes=(1, 3))
    ask("no such file", PLAN, os.path.join(folder, "none.gpkg"), codes=(1, 3))


def check_large(folder):
    radius = 300
    points = [(EAST + (radius + 0.01 * (k % 7)) * math.cos(2 * math.pi * k / VERTICES),
               NORTH + (radius + 0.01 * (k % 7)) * math.sin(2 * math.pi * k / VERTICES)) for k in range(VERTICES)]
    shape = ring_of(points + points[:1])
    path = save(os.path.join(folder, "large.gpkg"), "sites", SITE_FIELDS, rows_of([shape]))
    _, lines, _ = ask(f"a site of {VERTICES} vertices", PLAN, path, "--area", "grid")
    expect(abs(lines["s1"]["area_m2"] - shape.GetArea()) < 0.05, lines["s1"]["area_m2"], shape.GetArea())
    county = box(EAST - 40000, NORTH - 40000, 80000, 80000)
    path = save(os.path.join(folder, "county.gpkg"), "sites", SITE_FIELDS, rows_of([county]))
    _, lines, _ = ask("a site over the whole county", PLAN, path, "--area", "grid")
    line = lines["s1"]
    expect(line["verdict"] == "reject" and line["area_m2"] == 6.4e9, line["verdict"], line["area_m2"])
    judge = Judge(PLAN)
    for check, key in (("inside", "boundary"), ("apart", "redline"), ("farmland", "farmland")):
        whole = sum(f.shape.area for f in judge.layer(key).features)
        whole = 6.4e9 - whole if check == "inside" else whole
        expect(abs(findings_of(line)[check]["area_m2"] - whole) < 0.01, check, findings_of(line)[check]["area_m2"], whole)


def check_faults(folder):
    x, y = EAST, NORTH
    # GDAL writes no such numbers: others stand for them, and are turned over in the file.
    odd = {y + 8.0078125: math.nan, y + 8.01171875: math.inf}
    nan, inf = (ring_of([(x, y), (x + 10, y), (x + 10, stand_in), (x, y + 5), (x, y)]) for stand_in in odd)
    shapes = [box(x, y, 10, 10), ring_of([(x, y), (x + 20, y + 20), (x + 20, y), (x, y + 20), (x, y)]),
              ring_of([(x, y), (x + 20, y), (x + 10, y), (x, y)]), nan, inf, None, ogr.Geometry(ogr.wkbPolygon),
              from_wkt(f"POINT({x} {y})"), from_wkt(f"LINESTRING({x} {y},{x + 9} {y})"),
              from_wkt(f"GEOMETRYCOLLECTION(POINT({x} {y}),POLYGON(({x} {y},{x + 5} {y},{x + 5} {y + 5},{x} {y})))"),
              from_wkt(f"CURVEPOLYGON(CIRCULARSTRING({x} {y},{x + 10} {y + 10},{x + 20} {y},{x + 10} {y - 10},{x} {y}))"),
              ring_of([(x, y), (x, y)])]
    path = save(os.path.join(folder, "faults.gpkg"), "sites", SITE_FIELDS, rows_of(shapes))
    with open(path, "rb") as file:
        data = file.read()
    for stand_in, number in odd.items():
        expect(struct.pack("<d", stand_in) in data, "no stand-in for", number)
        data = data.replace(struct.pack("<d", stand_in), struct.pack("<d", number))
    with open(path, "wb") as file:
        file.write(data)
    code, lines, _ = ask("geometries with faults", PLAN, path)
    expect(code == 1 and len(lines) == len(shapes), "a site is missing", len(lines), len(shapes))
    for number in (3, 4, 5, 6, 7, 8, 9, 12):
        line = lines.get(f"s{number}", {"verdict": None, "findings": []})
        sound = findings_of(line).get("sound", {})
        expect(line["verdict"] == "reject" and sound.get("verdict") == "unmet" and sound.get("remark"),
               f"s{number}", line["verdict"], sound)
        expect(line.get("area_m2") is None, f"s{number}", "an area of nothing", line.get("area_m2"))
    expect(abs(lines["s2"]["area_m2"] - 200) < 0.1 and findings_of(lines["s2"])["sound"]["verdict"] == "unmet", lines["s2"])
    expect(abs(lines["s11"]["area_m2"] - math.pi * 100) < 1, "a curve", lines["s11"]["area_m2"])
    for far in (box(1e30, 1e30, 1e29, 1e29), box(x + 3e6, y + 5e6, 10, 10), box(y, x, 10, 10)):
        path = save(os.path.join(folder, f"far{far.bounds[0]:g}.gpkg"), "sites", SITE_FIELDS, rows_of([box(x, y, 10, 10), far]))
        code, lines, _ = ask("a site that is nowhere", PLAN, path)
        unread = [line for line in lines.values() if line["area_m2"] is None]
        expect(code == 1 and (unread or len(lines) == 2), "a site that is nowhere", lines)
        expect("s1" not in lines or abs(lines["s1"]["area_m2"] - 100) < 0.1, "its neighbour", lines.get("s1"))


# ---------------------------------------------------------------- plans

def check_plans(folder):
    path = save(os.path.join(folder, "one.gpkg"), "sites", SITE_FIELDS, rows_of([box(EAST, NORTH, 10, 10)]))
    with open(PLAN, encoding="utf-8") as file:
        text = file.read().replace("\ndata: jinlan.gpkg", f"\ndata: {DATA}")

    def broken(name, old, new, word):
        expect(old in text, "the plan has no", old)
        plan = os.path.join(folder, "broken.yaml")
        with open(plan, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
        _, lines, said = ask(name, plan, path, codes=(3,))
        expect(word in said and not lines, name, "says", said)

    broken("a check of no layer", "rule: apart, of: redline", "rule: apart, of: redlines", "redline")
    broken("a layer that the data lack", "redline: {layer: redline,", "redline: {layer: nothing,", "nothing")
    broken("land use without classes", "landuse: {layer: landuse, edition: survey-2019, fields: {id: BSM, class: DLBM, area: TBMJ, ridge: KCXS}",
           "landuse: {layer: boundary, edition: survey-2019, fields: {id: id}", "class")
    broken("planned land without classes", "planned: {layer: planned, edition: use-2023, fields: {id: BSM, class: YDYHFLDM, area: TBMJ}",
           "planned: {layer: boundary, edition: use-2023, fields: {id: id}", "class")
    broken("a class field that is not there", "class: DLBM, area: TBMJ", "class: NONE, area: TBMJ", "NONE")
    broken("projects without states", "status: {layer: status, fields: {id: id, name: name, state: state}}",
           "status: {layer: boundary, fields: {id: id}}", "state")
    broken("an unknown rule", "rule: apart", "rule: appart", "apart")
    broken("a limit of no unit", "limit: 1 m2, text: 自设：在规划范围内", "limit: 1 square, text: 自设", "limit")
    broken("a severity of no meaning", "severity: note, text: 自设：现状农用地", "severity: fatal, text: 自设", "severity")
    plan = yaml.safe_load(text)
    del plan["checks"]
    with open(os.path.join(folder, "none.yaml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(plan, file, allow_unicode=True)
    ask("a plan without checks", os.path.join(folder, "none.yaml"), path, codes=(3,))


# ---------------------------------------------------------------- reference systems

def moved(shape, code):
    change = osr.CoordinateTransformation(reference(4549), reference(code))
    other = ogr.CreateGeometryFromWkb(shape.wkb)
    other.Transform(change)
    return other


def check_systems(folder):
    """The same sites in degrees, in another zone with its prefix: the same verdicts, areas to what the rounding of the
    coordinates on the way does: 1e-8 m."""
    rows = random_sites(Judge(PLAN), SEED, 20 if SANITIZED else 60)
    path = save(os.path.join(folder, "own.gpkg"), "sites", SITE_FIELDS, rows)
    _, own, _ = ask("sites in the plan's system", PLAN, path)
    for code in (4490, 4528, 4326):
        path = save(os.path.join(folder, f"epsg{code}.gpkg"), "sites", SITE_FIELDS,
                    [(moved(shape, code), values) for shape, values in rows], code)
        _, lines, _ = ask(f"sites in EPSG:{code}", PLAN, path)
        for (shape, values), key in zip(rows, own):
            slack = (1e-4 if code != 4326 else 1e-2) + 2e-7 * shape.length
            expect(abs(lines[key]["area_m2"] - own[key]["area_m2"]) < slack, code, key, lines[key]["area_m2"], own[key]["area_m2"])
            for name, finding in findings_of(own[key]).items():
                other = findings_of(lines[key])[name]
                near = finding["area_m2"] is not None and float(finding["margin"].split()[0]) < 0.02
                expect(near or other["verdict"] == finding["verdict"], code, key, finding, other)
    bare = save(os.path.join(folder, "bare.gpkg"), "sites", SITE_FIELDS, rows, None)
    code, lines, said = ask("sites without a system", PLAN, bare, codes=(1, 3))
    expect(all(line["area_m2"] is None for line in lines.values()) or
           all(abs(lines[k]["area_m2"] - own[k]["area_m2"]) < 1e-5 for k in own), "without a system", list(lines.values())[:1], said)
    _, lines, _ = ask("sites without a system, told", PLAN, bare, "--crs", "EPSG:4549")
    expect(all(abs(lines[k]["area_m2"] - own[k]["area_m2"]) < 1e-5 for k in own), "--crs")


# ---------------------------------------------------------------- names and texts

def check_names(folder):
    spread = [(box(EAST + 30 * (k % 40), NORTH + 30 * (k // 40), 20, 20), {"XMBH": "same", "XMMC": "同名"}) for k in range(1000)]
    _, lines, _ = ask("1000 sites of one name", PLAN, save(os.path.join(folder, "names.gpkg"), "sites", SITE_FIELDS, spread))
    expect(len(lines) == 1000, "keys of twins", len(lines))
    expect(all(findings_of(line)["identity"]["verdict"] == "unmet" for line in lines.values()), "twins that are not told")
    count = 200 if SANITIZED else 1000
    one = [(box(EAST, NORTH, 20, 20), {"XMBH": f"t{k}", "XMMC": "同地"}) for k in range(count)]
    _, lines, _ = ask(f"{count} sites on one place", PLAN, save(os.path.join(folder, "place.gpkg"), "sites", SITE_FIELDS, one))
    expect(len(lines) == count and all(abs(findings_of(line)["overlap"]["area_m2"] - line["area_m2"]) < 1e-6
                                       for line in lines.values()), "sites on one place have themselves in common")


def check_texts(folder):
    odd = ["a\nb", "tab\there", "bell\x07", "esc\x1b[31mred", "\x00", "\u202eright", "\ufeff", "quote\"'", "a,b;c", "=1+1", "{}",
           "x" * 20000, "𠀀", "\\", "/", "</script>", "%s%n%s", " ", "\x7f", "\x85"]
    rows = [(box(EAST + 30 * k, NORTH, 20, 20), {"XMBH": text, "XMMC": text, "YDLX": text, "NX": text, "SBMJ": text, "GDFS": text})
            for k, text in enumerate(odd)]
    path = save(os.path.join(folder, "texts.gpkg"), "sites", SITE_FIELDS, rows)
    _, lines, _ = ask("texts of control characters", PLAN, path)
    expect(len(lines) == len(odd), "lines", len(lines), "of", len(odd))
    for form in ("text", "csv", "json", "junit", "xlsx"):
        code, out, said, _ = run("quota", PLAN, path, "--format", form, expect=None)
        expect(code == 1 and out, form, "exit", code, said)
        expect(form != "text" or b"\x1b[31m" not in out, form, "hands a terminal an escape")
        if form == "json":
            expect(len(json.loads(out)["rows"]) == len(odd), "rows of json")


# ---------------------------------------------------------------- a directory of everything

def write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def check_directory(folder):
    """50 files; those that are whole are judged as they are alone, the others are findings."""
    rng, mixed = random.Random(SEED), os.path.join(folder, "mixed")
    os.mkdir(mixed)
    good = {}
    for k in range(25):
        driver, ending = [("GPKG", "gpkg"), ("GeoJSON", "geojson"), ("ESRI Shapefile", "shp"), ("FlatGeobuf", "fgb")][k % 4]
        x = EAST + 40 * k
        good[f"g{k}"] = save(os.path.join(mixed, f"good{k}.{ending}"), f"good{k}", SITE_FIELDS,
                             [(box(x, NORTH, 20, 20), {"XMBH": f"g{k}", "XMMC": f"good {k}"})], 4490 if driver == "GeoJSON" else 4549,
                             driver) if driver != "GeoJSON" else save(
            os.path.join(mixed, f"good{k}.{ending}"), f"good{k}", SITE_FIELDS,
            [(moved(box(x, NORTH, 20, 20), 4490), {"XMBH": f"g{k}", "XMMC": f"good {k}"})], 4490, driver)
    for k in range(8):  # cut short
        with open(good[f"g{k}"], "rb") as file:
            data = file.read()
        name = f"cut{k}{os.path.splitext(good[f'g{k}'])[1]}"
        write(mixed, name, data[:rng.randrange(1, len(data) // 2)])
    for k in range(8):  # bytes turned over
        with open(good[f"g{k}"], "rb") as file:
            data = bytearray(file.read())
        for _ in range(200):
            data[rng.randrange(len(data))] = rng.randrange(256)
        write(mixed, f"turned{k}{os.path.splitext(good[f'g{k}'])[1]}", bytes(data))
    for name, data in (("zero.gpkg", b""), ("noise.shp", rng.randbytes(5000)), ("noise.gpkg", rng.randbytes(5000)),
                       ("words.geojson", "not json"), ("points.geojson", '{"type":"FeatureCollection","features":[]}'),
                       ("table.csv", "a,b\n1,2\n"), ("read.me", "hello"), ("broken.txt", "[属性描述]\n坐标系=2000国家大地坐标系\n"),
                       ("deep.geojson", "[" * 5000)):
        write(mixed, name, data)
    shutil.copy(PLAN, os.path.join(mixed, "plan.yaml"))
    count = len([n for n in os.listdir(mixed) if not n.endswith((".dbf", ".shx", ".prj", ".cpg"))])
    expect(count >= 50, "files", count)
    _, lines, _ = ask(f"a directory of {count} files", PLAN, mixed)
    for key in good:
        expect(key in lines and abs(lines[key]["area_m2"] - 400) < 0.1, key, lines.get(key))
    broken = [line for key, line in lines.items() if line["area_m2"] is None]
    expect(len(broken) >= 12 and all(line["verdict"] == "reject" for line in broken), "broken files", len(broken))
    expect(all(findings_of(line)["sound"]["remark"] for line in broken), "a broken file says nothing")
    told.append(f"of {count} files: {len(lines)} sites, {len(broken)} unreadable")


def main():
    print(f"seed {SEED}; to repeat: ZONE_SEED={SEED}")
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_empty, check_faults, check_plans, check_systems, check_names, check_texts, check_directory,
                      check_large):
            try:
                check(folder)
            except (KeyError, IndexError) as error:
                expect(False, check.__name__, "lacks", repr(error))
            told.append(f"{check.__name__}: peak so far {peak_mb():.0f} MB")
    print("\n".join(told))
    print("\n".join(failures) or "bad input: findings or errors, and no wrong number")
    return 1 if failures else 0


sys.exit(main())
