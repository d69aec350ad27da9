#!/usr/bin/python3
"""Every finding of `zone quota` computed again: pieces by GEOS, areas by the closed form (batches/surface.py), the checks as
libzone/doc/plan-file.md words them. The embedded batch, and random sites over the same layers (ZONE_SEED).

Bounds: an area by survey is known to 4e-9 m² a metre of its border and 2e-6 m², and where borders of a site and a layer
are one line, to what lies between the two edge models; that is computed with the area, and printed. By `grid` there is
one model only: 1.5e-8 m² a metre of border (as exact.py has it for GEOS). A verdict may differ only where the margin is
less than the bound, and no site here is so near a limit by chance."""
import json
import os
import sys
import tempfile

from batches.desk import SITE_FIELDS, findings_of, is_in, lines_of, point_of, run, save
from batches.judge import AREA_RULES, Judge, Layer, Measured
from batches.sites import random_sites, read_sites
from batches.surface import mean_width

ROOT = os.environ["ZONE_SOURCE_DIR"]
PLAN = os.path.join(ROOT, "geodata", "jinlan.yaml")
DATA = os.path.join(ROOT, "geodata", "jinlan.gpkg")
SEED = int(os.environ.get("ZONE_SEED", 20261125))
SANITIZED = "asan" in os.environ["ZONE_PROGRAM"] or "tsan" in os.environ["ZONE_PROGRAM"]
RANDOM_SITES = 60 if SANITIZED else 300
PRINTED = 0.005 + 1e-9  # remarks are told in hundredths
DIGITS = 5e-7 + 1e-9  # of margins in JSON
failures, worst = [], {}


def expect(condition, *what):
    if not condition:
        failures.append(" ".join(str(part) for part in what))


def remember(what, difference, bound):
    worst[what] = max(worst.get(what, (0.0, 0.0, 0.0)), (difference / bound, difference, bound))


# ---------------------------------------------------------------- one finding

def compare_area(judge, method, check, site, finding, measured):
    name, where = check.get("name", check["rule"]), f"{site.id} {check.get('name', check['rule'])}"
    limit = judge.limit(check, site, site.shape.area if method == "grid" else None)
    bound = measured.bound + (measured.shape.length + site.shape.length) * 1.5e-8
    difference = abs(finding["area_m2"] - measured.area)
    remember(f"{method} {check['rule']}", difference, bound)
    expect(difference <= bound, where, method, "measured", finding["area_m2"], "GEOS", measured.area, "bound", bound)
    unmet = measured.area > limit
    said = finding["verdict"] == "unmet" or (finding["verdict"] == "note" and check["severity"] == "note")
    sure = abs(measured.area - limit) > bound
    expect(not sure or unmet == said, where, method, finding, "GEOS", measured.area, "limit", limit)
    margin = float(finding["margin"].split()[0])
    expect(abs(margin - abs(limit - measured.area)) <= DIGITS + bound, where, "margin", margin, abs(limit - measured.area))
    told = check["rule"] != "land" or check["severity"] != "note"  # land that is only noted is kept without rings
    if said and sure and told and measured.area > 1e-3:
        expect(finding["place"], where, "no place")
        expect(not finding["place"] or is_in(measured.shape, point_of(finding["place"])), where, "place",
               finding["place"], "outside what was measured")
    return name


def compare_term(check, site, finding):
    where = f"{site.id} {check.get('name', 'term')}"
    applies = (not check.get("kinds") or site.kind in check["kinds"]) and check.get("supply") in (None, site.supply)
    if not applies:
        expect(finding["verdict"] == "note", where, finding)
        return
    years = float(site.term.rstrip("年"))
    met = years in check.get("allowed", [years]) and check.get("least", years) <= years <= check.get("most", years)
    expect(finding["verdict"] == ("met" if met else "unmet"), where, finding)
    expect(finding["measured"] == f"{years:g} years", where, finding["measured"])


def compare_claim(judge, method, check, site, finding):
    where = f"{site.id} {check.get('name', 'claimed')} {method}"
    area = site.shape.area if method == "grid" else judge.drawn(site).area
    difference, limit = abs(float(site.claimed) - area), judge.limit(check, site, area)
    expect(abs(finding["area_m2"] - difference) <= judge.slack(site), where, finding["area_m2"], difference)
    said = finding["verdict"] != "met"
    expect(said == (difference > limit) or abs(difference - limit) < judge.slack(site), where, finding, limit)
    other = site.shape.area if method != "grid" else judge.drawn(site).area
    turned = (abs(float(site.claimed) - other) <= judge.limit(check, site, other)) == said
    close = abs(abs(float(site.claimed) - other) - judge.limit(check, site, other)) < 1e-5
    named = ("survey" if method == "grid" else "grid") in (finding["turned_by"] or "").replace("survey:", "").split(", ")
    expect(close or turned == named, where, "turned by", finding["turned_by"], "other", other, "limit", limit)


def compare_width(judge, check, site, finding):
    width, least = mean_width(site.shape), float(check["limit"].split()[0])
    expect(abs(float(finding["measured"].split()[0]) - width) <= 1e-6, site.id, "width", finding["measured"], width)
    expect((finding["verdict"] == "met") == (width >= least), site.id, "width", finding, width)


def measure(judge, check, site, others, method):
    name = check.get("name", check["rule"])
    if name not in site.measured:
        site.measured[name] = judge.measure(check, site, others)
    found = site.measured[name]
    if method == "survey":
        return found
    bound = 1.5e-8 * (found.shape.length + 2 * site.shape.length) + 2e-6
    if check["rule"] == "near":
        bound += found.arc
    return Measured(found.shape.area, bound, found.shape)


def compare_site(judge, method, site, others, line):
    said = findings_of(line)
    for check in judge.plan["checks"]:
        rule, finding = check["rule"], said.pop(check.get("name", check["rule"]))
        if rule == "use" and site.kind not in check["kinds"]:
            expect(finding["verdict"] == "unmet" and finding["severity"] == "warn", site.id, finding)
        elif rule in AREA_RULES:
            compare_area(judge, method, check, site, finding, measure(judge, check, site, others, method))
        elif rule == "term":
            compare_term(check, site, finding)
        elif rule == "claimed":
            compare_claim(judge, method, check, site, finding)
        elif rule == "width":
            compare_width(judge, check, site, finding)
    expect(not said, site.id, "findings of no check", list(said))
    unmet = [f for f in line["findings"] if f["verdict"] == "unmet"]
    verdict = "reject" if any(f["severity"] == "reject" for f in unmet) else "warn" if unmet else "pass"
    expect(line["verdict"] == verdict and line["unmet"] == len(unmet), site.id, line["verdict"], verdict)


def compare_columns(judge, site, line):
    """Area, farmland, red line and shares of zones of the row."""
    area = judge.drawn(site).area
    expect(abs(line["area_m2"] - area) <= judge.slack(site), site.id, "area", line["area_m2"], area)
    for column, key, net in (("farmland_m2", "farmland", 0), ("farmland_net_m2", "farmland", 1), ("redline_m2", "redline", 0)):
        pieces = judge.cut(site, judge.layer(key).near(site.shape))
        sums = sum(p[2] * (judge.kept(p[0]) if net else 1) for p in pieces)
        expect(abs(line[column] - sums) <= sum(p[3] for p in pieces) + 3e-6, site.id, column, line[column], sums)
    shares = {judge.value("zones", p[0], "id"): 100 * p[2] / area for p in judge.cut(site, judge.layer("zones").near(site.shape))
              if p[2] > 1e-5}
    told = dict(part.rsplit(" ", 2)[:2] for part in (line["zones"] or "").split(", ") if part)
    expect(set(shares) == set(told) and all(abs(shares[z] - float(told[z])) < 0.00501 for z in told), site.id, told, shares)


# ---------------------------------------------------------------- the ledger

def compare_ledger(judge, sites, answer):
    """In the order of the batch: what each draws, and what is left, counted in our own areas."""
    verdicts = {row["site"]: row["verdict"] for row in answer["rows"]}
    barred = {f["site"] for f in answer["findings"] if f["verdict"] == "unmet" and f["severity"] == "reject"
              and not f["rule"].startswith("quota")}
    for quota in judge.plan["quotas"]:
        rows = [row for row in answer["ledger"] if row["kind"] == quota["kind"]]
        for zone in judge.plan["zones"]:
            steps = [row for row in rows if row["zone"] == zone["id"]]
            opening, booked = steps[0]["balance_m2"], {row["site"]: row for row in steps[1:]}
            declared = zone.get(quota["opening"])
            number = float(declared.split()[0]) * 2000 / 3 if declared else opening
            expect(steps[0]["entry"] == "opening" and abs(number - opening) < 1e-6, quota["kind"], zone["id"], steps[0])
            balance, slack = opening, 0.0
            for site in sites:
                area, bound = judge.draws(quota, site).get(zone["id"], (0.0, 0.0))
                step, where = booked.pop(site.id, None), (quota["kind"], zone["id"], site.id)
                if step is None:
                    expect(area <= 1e-3, *where, "draws", area, "but was not booked")
                    continue
                expect(abs(step["opening_m2"] - balance) <= slack + 1e-6, *where, "opens with", step, balance)
                expect(round(step["opening_m2"] - step["drawn_m2"] - step["balance_m2"], 6) == 0, *where, step)
                expect((step["entry"] == "barred") == (site.id in barred), *where, step, "barred")
                expect(step["entry"] != "refused" or verdicts[site.id] == "reject", *where, step)
                if step["entry"] == "booked":
                    expect(abs(step["drawn_m2"] - area) <= bound + 3e-6, *where, step, area, bound)
                    balance, slack = balance - area, slack + bound + 3e-6
                else:
                    wanted = float(step["remark"].split()[1])
                    expect(step["drawn_m2"] == 0 and abs(wanted - area) <= PRINTED + bound, *where, step, area)
            expect(not booked, quota["kind"], zone["id"], "booked for none", list(booked))


# ---------------------------------------------------------------- batches

def compare_batch(path, layer, judge):
    features = read_sites(path, layer)
    pool = Layer(features)
    for method in ("survey", "grid"):
        asked = [PLAN, f"{path}:{layer}", "--all", "--exact", "--area", method]
        lines = {line["site"]: line for line in lines_of(run("quota", *asked, "--format", "jsonl")[1]) if "site" in line}
        expect(len(lines) == len(features), path, "lines", len(lines), "sites", len(features))
        for site in features:
            compare_site(judge, method, site, pool, lines[site.id])
            if method == "survey":
                compare_columns(judge, site, lines[site.id])
    answer = json.loads(run("quota", PLAN, f"{path}:{layer}", "--all", "--exact", "--format", "json")[1])
    compare_ledger(judge, features, answer)
    return len(features)


def main():
    print(f"seed {SEED}; to repeat: ZONE_SEED={SEED}")
    judge = Judge(PLAN)
    with tempfile.TemporaryDirectory() as folder:
        count = compare_batch(DATA, "sites", judge)
        path = save(os.path.join(folder, "random.gpkg"), "sites", SITE_FIELDS, random_sites(judge, SEED, RANDOM_SITES))
        count += compare_batch(path, "sites", judge)
    for what, (share, difference, bound) in sorted(worst.items()):
        print(f"{what}: at most {share:.3f} of the bound ({difference:.3g} of {bound:.3g} m²)")
    print("\n".join(failures[:60]) or f"{count} sites: every finding is what GEOS finds")
    return 1 if failures else 0


sys.exit(main())
