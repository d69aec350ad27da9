#!/usr/bin/python3
"""Each rule of libzone/doc/plan-file.md both ways, on rectangles whose areas are known without computing: a site that just
meets it and one just beyond, with the verdict, what is measured and the margin; as reject, warn and note; and the ledger."""
import json
import os
import sys
import tempfile

import yaml
from osgeo import ogr
from shapely.geometry import MultiPolygon
from shapely.ops import unary_union

from batches.desk import SITE_FIELDS, findings_of, lines_of, run, save
from batches.surface import box

EAST, NORTH = 440000.0, 3200000.0
failures = []


def expect(condition, *what):
    if not condition:
        failures.append(" ".join(str(part) for part in what))


def at(x, y, width, height):
    """Quarters and eighths of a metre: all areas are exact in doubles."""
    return box(EAST + x, NORTH + y, width, height)


def both(*shapes):
    return MultiPolygon(list(shapes))


def comb(*shapes):
    return unary_union(shapes)


# ---------------------------------------------------------------- the scene

TEXTS = dict.fromkeys(["id", "name", "class", "ridge", "state"], ogr.OFTString)
LAYERS = {
    "boundary": [(at(0, 0, 2000, 1000), {"id": "whole"})],
    "zones": [(at(0, 0, 1000, 1000), {"id": "a"}), (at(1000, 0, 1000, 1000), {"id": "b"})],
    "landuse": [(at(0, 0, 1000, 1000), {"class": "0101"}), (at(1000, 0, 500, 1000), {"class": "0701"}),
                (at(1500, 0, 500, 1000), {"class": "1206"})],
    "planned": [(at(0, 0, 500, 1000), {"class": "100101"}), (at(500, 0, 500, 1000), {"class": "0701"}),
                (at(1000, 0, 1000, 1000), {"class": "0901"})],
    "farmland": [(at(100, 100, 100, 100), {"id": "F1", "class": "0101", "ridge": "0.1"}),
                 (at(200, 100, 100, 100), {"id": "F2", "class": "0103", "ridge": "0.2"}),
                 (at(440, 102, 20, 4), {"id": "F3", "class": "0101"}), (at(740, 98, 20, 6), {"id": "F4", "class": "0101"}),
                 (at(790, 102, 10, 4), {"id": "F5", "class": "0101"}), (at(790, 104, 10, 2), {"id": "F6", "class": "0101"})],
    "redline": [(at(100, 300, 100, 100), {"id": "R1"}), (at(300, 300, 100, 100), {"id": "R2"}),
                (at(500, 300, 100, 100), {"id": "R3"}), (at(550, 300, 100, 100), {"id": "R4"})],
    "status": [(at(100, 500, 100, 100), {"id": "P1", "state": "built"}),
               (at(300, 500, 100, 100), {"id": "P2", "state": "under_construction"}),
               (at(500, 500, 100, 100), {"id": "P3", "state": "available"})],
}
EDITIONS = {"landuse": "survey-2019", "planned": "use-2023", "farmland": "survey-2019"}
ZONES = [{"id": "a", "name": "A", "available": "15 mu", "farmland": "1.5 mu"}, {"id": "b", "name": "B", "available": "3 mu"}]


class Scene:
    def __init__(self, folder):
        self.folder, self.count = folder, 0
        self.data = os.path.join(folder, "scene.gpkg")
        for name, rows in LAYERS.items():
            save(self.data, name, TEXTS, rows)

    def plan(self, checks, quotas=(), zones=None):
        fields = {role: role for role in TEXTS}
        layers = {name: {"layer": name, "fields": dict(fields)} for name in LAYERS}
        for name, edition in EDITIONS.items():
            layers[name]["edition"] = edition
        plan = {"plan": 1, "title": "scene", "crs": "EPSG:4549", "area": "grid", "geometry": "schematic", "data": "scene.gpkg",
                "whole": {"name": "whole"}, "zones": zones or ZONES, "layers": layers,
                "construction": {"survey-2019": "construction"}, "quotas": list(quotas), "checks": checks}
        if not quotas:
            del plan["quotas"]
        self.count += 1
        path = os.path.join(self.folder, f"plan{self.count}.yaml")
        with open(path, "w", encoding="utf-8") as file:
            yaml.safe_dump(plan, file, allow_unicode=True)
        return path

    def sites(self, rows):
        self.count += 1
        path = os.path.join(self.folder, f"sites{self.count}.gpkg")
        given = [(row[0], {"XMBH": f"s{k}", "XMMC": f"site {k}", **(row[1] if len(row) > 1 else {})})
                 for k, row in enumerate(rows, 1)]
        return save(path, "sites", SITE_FIELDS, given)

    def ask(self, plan, sites, *options):
        code, out, _, _ = run("quota", plan, sites, "--all", "--exact", "--format", "jsonl", *options)
        return code, [line for line in lines_of(out) if "site" in line]


# ---------------------------------------------------------------- rules both ways

def case(check, *rows):
    """Rows: site, fields, met, measured, margin, and a word of the remark."""
    return check, rows


def cases():
    industry = {"YDLX": "工业用地"}
    return [
        case({"rule": "inside", "of": "boundary", "limit": "10 m2"},
             (at(-0.125, 700, 50, 80), {}, True, 10, 0), (at(-0.125, 800, 50, 88), {}, False, 11, 1),
             (at(10, 700, 50, 50), {}, True, 0, 10)),
        case({"rule": "inside", "of": "boundary", "limit": "1 %"},
             (at(-1, 700, 100, 100), {}, True, 100, 0), (at(-1.25, 800, 100, 100), {}, False, 125, 25)),
        case({"rule": "inside", "of": "boundary", "limit": "10 m2", "per": "site"},
             (comb(at(0, 700, 50, 80), at(-1, 700, 1, 8), at(-1, 772, 1, 8)), {}, False, 16, 6)),
        case({"rule": "inside", "of": "boundary", "limit": "10 m2", "per": "piece"},
             (comb(at(0, 700, 50, 80), at(-1, 700, 1, 8), at(-1, 772, 1, 8)), {}, True, 8, 2),
             (comb(at(0, 800, 50, 80), at(-1, 800, 1, 12), at(-1, 872, 1, 8)), {}, False, 12, 2)),
        case({"rule": "zones", "limit": "1 %"},
             (at(901, 700, 100, 100), {}, True, 100, 0, "b 1.00 %"), (at(902, 820, 100, 100), {}, False, 200, 100, "a 98.00 %"),
             (at(2100, 700, 100, 100), {}, False, 10000, 9900, "in no zone")),
        case({"rule": "land", "of": "landuse", "classes": ["agricultural"], "limit": "10 m2"},
             (at(999, 700, 40, 10), {}, True, 10, 0), (at(999, 800, 40, 12), {}, False, 12, 2, "0101 12.00 m2, 0701 468.00 m2")),
        case({"rule": "land", "of": "landuse", "classes": ["07", "1206"], "limit": "5 %"},
             (at(905, 700, 100, 10), {}, True, 50, 0), (at(1450, 800, 100, 10), {}, False, 1000, 950)),
        case({"rule": "land", "of": "landuse", "classes": ["07", "1206"], "limit": "600 m2", "per": "piece"},
             (at(1450, 800, 110, 10), {}, True, 600, 0), (at(1450, 700, 111, 10), {}, False, 610, 10)),
        case({"rule": "use", "of": "planned", "limit": "5 %", "kinds": {"工业用地": ["1001"]}},
             (at(405, 700, 100, 10), industry, True, 50, 0), (at(406, 800, 100, 10), industry, False, 60, 10, "0701 60.00 m2")),
        case({"rule": "use", "of": "planned", "limit": "100 m2", "per": "piece", "kinds": {"工业用地": ["1001"]}},
             (both(at(490, 700, 20, 9), at(490, 720, 20, 9)), industry, True, 90, 10),
             (both(at(490, 740, 20, 11), at(490, 760, 20, 9)), industry, False, 110, 10)),
        case({"rule": "farmland", "of": "farmland", "limit": "100 m2"},
             (at(90, 110, 20, 10), {}, True, 100, 0), (at(90, 130, 20, 11), {}, False, 110, 10, "F1 110.00 m2")),
        case({"rule": "farmland", "of": "farmland", "limit": "90 m2", "net": "yes"},
             (at(90, 110, 20, 10), {}, True, 90, 0), (at(90, 130, 20, 11), {}, False, 99, 9),
             (at(190, 150, 20, 5), {}, True, 85, 5)),
        case({"rule": "farmland", "of": "farmland", "limit": "0.15 mu", "per": "piece"},
             (at(190, 150, 20, 10), {}, True, 100, 0), (at(190, 130, 21, 10), {}, False, 110, 10)),
        case({"rule": "apart", "of": "redline", "limit": "0 m2", "narrow": "0.5 m"},
             (at(90, 410, 20, 20), {}, True, 0, 0), (at(50, 310, 50.25, 50), {}, True, 0, 0, "slivers narrower than 0.5 m"),
             (at(50, 370, 51, 1), {}, False, 1, 1, "R1 1.00 m2"), (at(50, 374, 51, 0.875), {}, True, 0, 0, "slivers"),
             (at(50, 380, 50.75, 10), {}, False, 7.5, 7.5)),
        # A sliver and a true overlap with the same feature: the one does not hide the other, nor count with it.
        case({"rule": "apart", "of": "redline", "limit": "0 m2", "narrow": "0.5 m"},
             (comb(at(200, 300, 90, 100), at(199.875, 300, 1, 90), at(198, 396, 3, 2)), {}, False, 4, 4, "slivers")),
        case({"rule": "apart", "of": "redline", "limit": "10 %", "per": "piece"},
             (comb(at(290, 310, 20, 10), at(290, 325, 20, 10)), {}, False, 200, 160)),
        # Land that two features cover counts once.
        case({"rule": "apart", "of": "redline", "limit": "1000 m2"},
             (at(550, 310, 50, 20), {}, True, 1000, 0), (at(540, 340, 70, 20), {}, False, 1400, 400)),
        case({"rule": "near", "of": "farmland", "within": "10 m", "limit": "80 m2"},
             (at(400, 110, 100, 20), {}, True, 80, 0), (at(400, 112, 100, 20), {}, True, 80, 0),
             (at(400, 112.25, 100, 20), {}, True, 75, 5), (at(400, 104, 100, 20), {}, True, 40, 40)),
        case({"rule": "near", "of": "farmland", "within": "10 m", "limit": "79 m2"},
             (at(400, 110, 100, 20), {}, False, 80, 1), (at(700, 110, 75, 20), {}, False, 80, 1)),
        # Farmland drawn twice lies near once.
        case({"rule": "near", "of": "farmland", "within": "10 m", "limit": "40 m2"}, (at(770, 110, 60, 20), {}, True, 40, 0)),
        case({"rule": "overlap", "limit": "10 m2", "narrow": "0.5 m"},
             (at(0, 900, 10, 10), {}, True, 10, 0, "s2 10.00 m2"), (at(9, 900, 10, 10), {}, True, 10, 0),
             (at(30, 900, 10, 12), {}, False, 12, 2), (at(39, 900, 10, 12), {}, False, 12, 2),
             (at(60, 900, 10, 50), {}, True, 0, 10, "slivers"), (at(69.75, 900, 10, 50), {}, True, 0, 10, "slivers")),
        # Three on each other: what a site has in common with the others is no more than the site.
        case({"rule": "overlap", "limit": "50 %"},
             (at(0, 950, 10, 10), {}, False, 60, 10), (at(5, 950, 10, 10), {}, True, 50, 0), (at(4, 950, 6, 10), {}, False, 60, 30)),
        case({"rule": "granted", "of": "status", "states": ["built"], "limit": "10 m2"},
             (at(90, 510, 11, 10), {}, True, 10, 0), (at(90, 530, 11, 11), {}, False, 11, 1, "P1 11.00 m2"),
             (at(290, 510, 20, 20), {}, True, 0, 10), (at(490, 510, 20, 20), {}, True, 0, 10)),
        case({"rule": "granted", "of": "status", "limit": "10 m2"},
             (at(490, 510, 20, 20), {}, False, 200, 190), (at(290, 510, 11, 10), {}, True, 10, 0)),
        case({"rule": "claimed", "limit": "0.1 %"},
             (at(0, 0, 100, 100), {"SBMJ": "10010"}, True, 10, 0), (at(200, 0, 100, 100), {"SBMJ": "10011"}, False, 11, 1),
             (at(400, 0, 100, 100), {"SBMJ": "15 mu"}, True, 0, 10), (at(600, 0, 100, 100), {"SBMJ": "1 ha"}, True, 0, 10),
             (at(800, 0, 100, 100), {"SBMJ": "15"}, True, 0, 10, "the number is in mu")),
        case({"rule": "claimed", "limit": "1 m2"},
             (at(0, 0, 100, 100), {"SBMJ": "9999"}, True, 1, 0), (at(200, 0, 100, 100), {"SBMJ": "9998.5"}, False, 1.5, 0.5)),
    ]


def check_area_case(scene, check, rows, severity):
    plan = scene.plan([{**check, "severity": severity}])
    code, lines = scene.ask(plan, scene.sites(rows))
    rejects = any(not row[2] for row in rows) and severity == "reject"
    expect(code == (1 if rejects else 0), check, severity, "exit", code)
    for k, (row, line) in enumerate(zip(rows, lines), 1):
        finding, where = findings_of(line)[check["rule"]], f"{check} {severity} s{k}:"
        _, _, met, measured, margin = row[:5]
        verdict = "met" if met else "note" if severity == "note" else "unmet"
        expect(finding["verdict"] == verdict and finding["severity"] == severity, where, finding)
        expect(abs(finding["area_m2"] - measured) < 2e-6, where, "measured", finding["area_m2"], "by hand", measured)
        expect(abs(float(finding["margin"].split()[0]) - margin) < 0.005001, where, "margin", finding["margin"], margin)
        expect(finding["limit"] == check["limit"] and finding["method"] == "grid", where, finding)
        expect(len(row) < 6 or row[5] in (finding["remark"] or ""), where, "remark", finding["remark"])
        expect(line["verdict"] == ("pass" if met or severity == "note" else severity), where, line["verdict"])
        expect(line["reasons"] == (None if met or severity == "note" else check["rule"]), where, line["reasons"])


def check_numbers(scene):
    """Widths and terms: (met, measured, margin)."""
    terms = {"rule": "term", "kinds": ["工业用地"], "supply": "出让", "allowed": [10, 20, 30]}
    lease = {"rule": "term", "supply": "租赁", "least": 5, "most": 10}
    sold, leased = {"YDLX": "工业用地", "GDFS": "出让"}, {"GDFS": "租赁"}
    for check, site, values, met, measured, margin in [
            ({"rule": "width", "limit": "5 m"}, at(0, 0, 10, 10), {}, True, "5.000000 m", 0),
            ({"rule": "width", "limit": "5 m"}, at(0, 0, 10, 9), {}, False, "4.736842 m", 0.263158),
            ({"rule": "width", "limit": "5 m"}, at(0, 0, 20, 20).difference(at(8, 8, 4, 4)), {}, True, "8.000000 m", 3),
            (terms, at(0, 0, 10, 10), {**sold, "NX": "30"}, True, "30 years", 0),
            (terms, at(0, 0, 10, 10), {**sold, "NX": "25年"}, False, "25 years", 5),
            (terms, at(0, 0, 10, 10), {**sold, "NX": "40 years"}, False, "40 years", 10),
            (lease, at(0, 0, 10, 10), {**leased, "NX": "5"}, True, "5 years", 0),
            (lease, at(0, 0, 10, 10), {**leased, "NX": "4"}, False, "4 years", 1),
            (lease, at(0, 0, 10, 10), {**leased, "NX": "10"}, True, "10 years", 0),
            (lease, at(0, 0, 10, 10), {**leased, "NX": "11"}, False, "11 years", 1),
            (lease, at(0, 0, 10, 10), {**leased, "NX": "7"}, True, "7 years", 2)]:
        for severity in ("reject", "warn", "note"):
            plan = scene.plan([{**check, "severity": severity}])
            code, (line,) = scene.ask(plan, scene.sites([(site, values)]))
            finding = findings_of(line)[check["rule"]]
            verdict = "met" if met else "note" if severity == "note" else "unmet"
            expect(finding["verdict"] == verdict and finding["measured"] == measured, check, values, finding)
            expect(abs(float(finding["margin"].split()[0]) - margin) < 0.6e-6, check, values, finding["margin"], margin)
            expect(code == (not met and severity == "reject"), check, values, "exit", code)


def check_words(scene):
    """What the data do not tell is a warning at most; kinds that a check is not about are noted."""
    term = {"rule": "term", "kinds": ["工业用地"], "allowed": [10]}
    use = {"rule": "use", "of": "planned", "limit": "5 %", "kinds": {"工业用地": ["1001"]}}
    for check, values, verdict, severity in [
            (term, {"YDLX": "工业用地"}, "unmet", "warn"), (term, {"YDLX": "工业用地", "NX": "abc"}, "unmet", "warn"),
            (term, {"YDLX": "住宅用地"}, "note", "note"), (use, {}, "unmet", "warn"), (use, {"YDLX": "别的"}, "unmet", "warn"),
            ({"rule": "claimed", "limit": "1 %"}, {}, "unmet", "warn"),
            ({"rule": "claimed", "limit": "1 %"}, {"SBMJ": "-5"}, "unmet", "warn"),
            ({"rule": "claimed", "limit": "1 %"}, {"SBMJ": "0"}, "unmet", "warn"),
            ({"rule": "claimed", "limit": "1 %"}, {"SBMJ": "five"}, "unmet", "warn")]:
        code, (line,) = scene.ask(scene.plan([check]), scene.sites([(at(0, 0, 10, 10), values)]))
        finding = findings_of(line)[check["rule"]]
        expect((finding["verdict"], finding["severity"]) == (verdict, severity), check, values, finding)
        expect(finding["remark"] and code == 0, check, values, finding, code)


def check_soundness(scene):
    """What was repaired is told at the check's severity; what can't be used is rejected whatever it says."""
    bow = ogr.CreateGeometryFromWkt("POLYGON((440000 3200000,440020 3200020,440020 3200000,440000 3200020,440000 3200000))")
    flat = ogr.CreateGeometryFromWkt("POLYGON((440000 3200000,440020 3200000,440010 3200000,440000 3200000))")
    for severity in ("reject", "warn", "note"):
        code, lines = scene.ask(scene.plan([{"rule": "sound", "severity": severity}]),
                                scene.sites([(at(0, 0, 9, 9),), (bow,), (flat,), (None,)]))
        expect(code == 1, "sound", severity, "exit", code)
        told = [(line["verdict"], findings_of(line)["sound"]["severity"]) for line in lines]
        expect(told == [("pass", severity), ("pass" if severity == "note" else severity, severity), ("reject", "reject"),
                        ("reject", "reject")], "sound", severity, told)
        expect(abs(lines[1]["area_m2"] - 200) < 1e-5, "a bow tie has two halves", lines[1]["area_m2"])
        expect(lines[2]["area_m2"] is None, "a flat site has no area", lines[2])


def check_identity(scene):
    """Id and name are there, and no other site of the batch has the id: each of two twins is told."""
    rows = [({"XMBH": "u"}, True), ({"XMBH": "v"}, False), ({"XMBH": "v"}, False), ({"XMBH": "", "XMMC": "w"}, False),
            ({"XMBH": "x", "XMMC": ""}, False), ({"XMBH": "", "XMMC": ""}, False), ({"XMBH": "y", "XMMC": "site 1"}, True)]
    plan = scene.plan([{"rule": "identity", "severity": "warn"}])
    _, lines = scene.ask(plan, scene.sites([(at(20 * k, 0, 9, 9), v) for k, (v, _) in enumerate(rows)]))
    for (values, met), line in zip(rows, lines):
        finding = findings_of(line)["identity"]
        expect((finding["verdict"] == "met") == met and bool(finding["remark"]) != met, "identity", values, finding)
    expect(len({line["site"] for line in lines}) == len(rows), "two sites of one key", [line["site"] for line in lines])


# ---------------------------------------------------------------- quotas

def ledger_of(scene, plan, sites, *options):
    code, out, _, _ = run("quota", plan, sites, "--all", "--exact", "--format", "json", *options)
    return code, json.loads(out)


def steps(answer, zone, kind):
    return [(row["site"], row["entry"], row["drawn_m2"], row["balance_m2"]) for row in answer["ledger"]
            if row["zone"] == zone and row["kind"] == kind and row["entry"] != "opening"]


def check_quotas(scene):
    land = {"kind": "construction", "opening": "available", "draws": "area"}
    farm = {"kind": "farmland", "opening": "farmland", "draws": "farmland"}
    rows = [(at(300, 800, 60, 100),), (at(400, 800, 60, 100),), (at(500, 800, 40, 100),)]
    strict = scene.plan([{"rule": "quota", "kind": "construction", "severity": "reject"}], [land])
    code, answer = ledger_of(scene, strict, scene.sites(rows))
    expect(code == 1 and steps(answer, "a", "construction") == [
        ("s1", "booked", 6000, 4000), ("s2", "refused", 0, 4000), ("s3", "booked", 4000, 0)], "strict", answer["ledger"])
    told = [(f["verdict"], f["area_m2"], f["limit"], f["margin"]) for f in answer["findings"]]
    expect(told == [("met", 6000, "10000.000000 m2", "4000.000000 m2"), ("unmet", 6000, "4000.000000 m2", "2000.000000 m2"),
                    ("met", 4000, "4000.000000 m2", "0.000000 m2")], "strict", told)
    for severity, verdict in (("warn", "warn"), ("note", "pass")):
        plan = scene.plan([{"rule": "quota", "kind": "construction", "severity": severity}], [land])
        code, answer = ledger_of(scene, plan, scene.sites(rows))
        expect(code == 0 and steps(answer, "a", "construction") == [
            ("s1", "booked", 6000, 4000), ("s2", "booked", 6000, -2000), ("s3", "booked", 4000, -6000)], severity, answer["ledger"])
        expect([row["verdict"] for row in answer["rows"]] == ["pass", verdict, verdict], severity, answer["rows"])
        expect(answer["findings"][2]["margin"] == "6000.000000 m2", severity, answer["findings"][2])
    check_two_zones(scene, strict)
    check_barred(scene, land)
    check_farmland_quota(scene, farm)


def check_two_zones(scene, plan):
    """Both accounts, or neither: zone b has 2000 m² only."""
    code, answer = ledger_of(scene, plan, scene.sites([(at(900, 800, 120, 50),), (at(900, 860, 200, 50),), (at(980, 700, 60, 25),)]))
    expect(steps(answer, "a", "construction") == [("s1", "booked", 5000, 5000), ("s2", "refused", 0, 5000),
                                                  ("s3", "booked", 500, 4500)], "two zones, a", answer["ledger"])
    expect(steps(answer, "b", "construction") == [("s1", "booked", 1000, 1000), ("s2", "refused", 0, 1000),
                                                  ("s3", "booked", 1000, 0)], "two zones, b", answer["ledger"])
    finding = answer["findings"][1]
    expect(code == 1 and finding["margin"] == "4000.000000 m2" and finding["area_m2"] == 5000, "two zones", finding)
    closure = {(row["item"], row["of"]): row["area_m2"] for row in answer["closure"]}
    for zone, drawn in (("a", 5500), ("b", 2000)):
        expect(closure["drawn", f"{zone} construction"] == drawn and closure["residual", f"{zone} construction"] == 0, closure)


def check_barred(scene, land):
    """A site that a check rejects draws nothing; one that is warned of draws."""
    for severity, entries in (("reject", [("s1", "barred", 0, 10000), ("s2", "booked", 9000, 1000)]),
                              ("warn", [("s1", "booked", 6000, 4000), ("s2", "refused", 0, 4000)])):
        plan = scene.plan([{"rule": "apart", "of": "redline", "limit": "0 m2", "severity": severity},
                           {"rule": "quota", "kind": "construction", "severity": "reject"}], [land])
        _, answer = ledger_of(scene, plan, scene.sites([(at(150, 300, 60, 100),), (at(300, 800, 90, 100),)]))
        expect(steps(answer, "a", "construction") == entries, "barred", severity, answer["ledger"])


def check_farmland_quota(scene, farm):
    """Gross and net draws; 1000 m² in zone a, none declared for b: no account there, or the measured one."""
    row = [(at(90, 110, 20, 50),), (at(190, 110, 20, 50),)]
    for draws, first, second in (("farmland", 500, 1000), ("farmland_net", 450, 850)):
        plan = scene.plan([{"rule": "quota", "kind": "farmland", "severity": "warn"}], [{**farm, "draws": draws}])
        _, answer = ledger_of(scene, plan, scene.sites(row))
        expect(steps(answer, "a", "farmland") == [("s1", "booked", first, 1000 - first),
                                                  ("s2", "booked", second, 1000 - first - second)], draws, answer["ledger"])
        expect(not [r for r in answer["ledger"] if r["zone"] == "b"], draws, "zone b has no account")
    plan = scene.plan([{"rule": "quota", "kind": "land", "severity": "warn"}],
                      [{"kind": "land", "opening": "area", "otherwise": "measured", "draws": "new_construction"}])
    _, answer = ledger_of(scene, plan, scene.sites([(at(1400, 0, 200, 10),), (at(1100, 0, 10, 10),)]))
    expect(steps(answer, "b", "land") == [("s1", "booked", 1000, 999000)], "new construction", answer["ledger"])
    expect(answer["rows"][0]["construction_m2"] == 1000, "construction today", answer["rows"][0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        scene, count = Scene(folder), 0
        for check, rows in cases():
            for severity in ("reject", "warn", "note"):
                check_area_case(scene, check, rows, severity)
                count += len(rows)
        check_numbers(scene)
        check_words(scene)
        check_soundness(scene)
        check_identity(scene)
        check_quotas(scene)
    print("\n".join(failures) or f"{count} findings of areas by hand, and widths, terms, words and quotas, both ways")
    return 1 if failures else 0


sys.exit(main())
