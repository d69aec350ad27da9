#!/usr/bin/python3
"""Would another area method, or the last digit of the coordinates, turn the verdict? Limits are put between what two
methods measure of the same piece, and just beyond both: a finding must name the methods that turn it and no other.

`grid` is GEOS's area; `ellipsoid` the survey area of the piece with edges split to a metre, which is known to 1e-4 m² a
kilometre of border; geodesic edges of a few hundred metres differ from those drawn by less than 2e-5 m² a metre, so where
the limit is farther than that from `ellipsoid` both turn or neither does."""
import json
import math
import os
import sys
import tempfile

import yaml

from batches.desk import SITE_FIELDS, lines_of, run, save
from batches.judge import Judge, Layer
from batches.sites import random_sites, read_sites
from batches.surface import fine_area, polygons

ROOT = os.environ["ZONE_SOURCE_DIR"]
PLAN = os.path.join(ROOT, "geodata", "jinlan.yaml")
SEED = int(os.environ.get("ZONE_SEED", 20261125))
SANITIZED = "asan" in os.environ["ZONE_PROGRAM"] or "tsan" in os.environ["ZONE_PROGRAM"]
SITES, EACH = (40, 3) if SANITIZED else (160, 12)
RULES = {"inside": {"of": "boundary"}, "zones": {}, "farmland": {"of": "farmland"}, "net": {"of": "farmland", "net": True},
         "apart": {"of": "redline"}, "near": {"of": "farmland", "within": "10 m"}, "overlap": {},
         "granted": {"of": "status"}, "land": {"of": "landuse", "classes": ["agricultural"]}}
DIGIT = "the last digit of the coordinates"
failures, counts = [], {"turned": 0, "not turned": 0, "by a digit": 0, "too close to tell": 0}


def areas_of(judge, check, site, others):
    """By method; None where nothing is measured."""
    found = judge.measure(check, site, others)
    if found.area < 5:
        return None
    parts = [(piece[1], judge.kept(piece[0])) for piece in found.pieces] if check.get("net") else [(found.shape, 1.0)]
    return {"survey": found.area, "bound": found.bound,
            "grid": sum(p.area * kept for shape, kept in parts for p in polygons(shape)),
            "ellipsoid": sum(fine_area(judge.surface, shape) * kept for shape, kept in parts),
            "border": sum(shape.length for shape, _ in parts)}


def limits_of(areas):
    """Between each two methods, beyond all on both sides, far beyond."""
    values = sorted((areas["survey"], areas["grid"], areas["ellipsoid"]))
    spread = values[2] - values[0]
    between = [(a + b) / 2 for a, b in zip(values, values[1:])]
    return [round(v, 4) for v in between + [values[0] - spread / 2, values[2] + spread / 2, values[2] + 20] if v > 0]


def expected(areas, limit):
    """{method: turns?}, without those that are too close to tell."""
    met, turns = areas["survey"] <= limit, {}
    slack = {"grid": 1e-4 + 1e-7 * areas["border"], "ellipsoid": 1e-3 + 1e-6 * areas["border"]}
    for method in ("grid", "ellipsoid"):
        if abs(areas[method] - limit) > slack[method]:
            turns[method] = (areas[method] <= limit) != met
    if abs(areas["ellipsoid"] - limit) > 1e-2 + 2e-5 * areas["border"]:
        turns["geodesic"] = (areas["ellipsoid"] <= limit) != met
    return turns if abs(areas["survey"] - limit) > areas["bound"] + 1e-4 else {}


def compare(site, name, areas, limit, finding):
    told = (finding["turned_by"] or "").split(", ")
    for method, turns in expected(areas, limit).items():
        counts["turned" if turns else "not turned"] += 1
        if turns != (method in told):
            failures.append(f"{site.id} {name} limit {limit}: {method} {'turns' if turns else 'does not turn'} it, told "
                            f"{told}: {areas}")
    reach, margin = site.shape.length * site.step / math.sqrt(2), abs(areas["survey"] - limit)
    if abs(margin - reach) < areas["bound"] + 1e-4:
        counts["too close to tell"] += 1
    elif (DIGIT in told) != (margin < reach):
        failures.append(f"{site.id} {name} limit {limit}: a digit's reach is {reach}, the margin {margin}, told {told}")
    counts["by a digit"] += DIGIT in told


def main():
    print(f"seed {SEED}; to repeat: ZONE_SEED={SEED}")
    judge, checks, wanted = Judge(PLAN), [], []
    with tempfile.TemporaryDirectory() as folder:
        sites = read_sites(save(os.path.join(folder, "random.gpkg"), "sites", SITE_FIELDS,
                                random_sites(judge, SEED, SITES)), "sites")
        others = Layer(sites)
        for rule, keys in RULES.items():
            taken = 0
            for site in sites:
                site.step = 0.001
                check = {"rule": "farmland" if rule == "net" else rule, **keys}
                areas = areas_of(judge, check, site, others) if taken < EACH else None
                for limit in limits_of(areas) if areas else []:
                    name = f"check {len(checks)}"
                    checks.append({**check, "name": name, "limit": f"{limit} m2", "severity": "reject",
                                   **({"net": "yes"} if "net" in check else {})})
                    wanted.append((site, name, areas, limit))
                taken += areas is not None
            if taken == 0:
                failures.append(f"no site for {rule}")
        with open(PLAN, encoding="utf-8") as file:
            plan = yaml.safe_load(file)
        plan["data"], plan["checks"] = os.path.join(ROOT, "geodata", "jinlan.gpkg"), checks
        del plan["quotas"]
        path = os.path.join(folder, "plan.yaml")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(plan, file, ensure_ascii=False)  # JSON is YAML, without aliases
        _, out, _, _ = run("quota", path, os.path.join(folder, "random.gpkg"), "--all", "--exact", "--format", "jsonl")
    said = {(f["site"], f["rule"]): f for line in lines_of(out) if "site" in line for f in line["findings"]}
    for site, name, areas, limit in wanted:
        compare(site, name, areas, limit, said[site.id, name])
    print("\n".join(failures[:40]) or f"{len(wanted)} findings; {counts}")
    return 1 if failures else 0


sys.exit(main())
