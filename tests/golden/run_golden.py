#!/usr/bin/python3
"""The output of every command on the embedded plan, byte for byte, in both languages: NAME.en.txt and NAME.zh.txt.

    run_golden.py            compares
    run_golden.py --update   writes them anew: read the difference before it is committed

Versions of libraries and the hash of the data file are put aside: the first differ from machine to machine, the second
is the data's, whose test compares it feature by feature."""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ["ZONE_PROGRAM"]
PLAN = "geodata/jinlan.yaml"
DATA = "geodata/jinlan.gpkg"

# name: what is typed after `zone`. A name begins with its command.
CASES = {
    "area-zones": [f"{PLAN}:zones", "--explain", "--unit", "mu"],
    "area-landuse": [f"{PLAN}:landuse", "--by", "DLBM:broad,DLBM:first,DLBM:name", "--unit", "mu"],
    "area-control": [f"{DATA}:zones", "--control", "29540001.00"],
    "area-legacy": [f"{DATA}:zones", "--area", "survey:legacy", "--exact", "--format", "csv"],
    "check": [PLAN],
    "check-csv": [PLAN, "--format", "csv"],
    "check-junit": [PLAN, "--format", "junit"],
    "check-ellipsoid": [PLAN, "--area", "ellipsoid", "--format", "csv"],
    "convert": [f"{PLAN}:sites", "$TMP/sites.gpkg"],
    "convert-area": ["1590 mu"],
    "farmland": [PLAN, "--unit", "mu"],
    "farmland-json": [PLAN, "--explain", "--exact", "--format", "json"],
    "indicators": [PLAN],
    "info-plan": [PLAN],
    "info-layer": [f"{DATA}:landuse"],
    "layout": [PLAN],
    "change": [f"{PLAN}:landuse", f"{PLAN}:planned", "--zones", f"{PLAN}:zones", "--by", "DLBM:broad", "--by-new",
               "YDYHFLDM:broad", "--unit", "mu"],
    "merge": ["$TMP/farmland.part", "$TMP/sites.part", "--unit", "mu"],
    "overlap": [f"{PLAN}:sites", "--by", "YDYHFLDM", "--unit", "mu"],
    "query-point": [PLAN, "--at", "448000,3229500", "--within", "500"],
    "query-plot": [PLAN, "--plot", "POLYGON((447800 3229300,448300 3229350,448250 3229800,447750 3229700,"
                   "447800 3229300))", "--unit", "mu"],
    "quota": [PLAN, f"{PLAN}:sites"],
    "quota-jsonl": [PLAN, f"{PLAN}:sites", "--format", "jsonl", "--exact"],
    "quota-priority": [PLAN, f"{PLAN}:sites", "--order", "priority", "--unit", "mu", "--exact"],
    "quota-what-if": [PLAN, f"{PLAN}:sites", "--without", "S29,S35"],
    "tabulate": [f"{PLAN}:landuse", "--zones", f"{PLAN}:zones", "--by", "DLBM:first", "--unit", "mu"],
    "tabulate-csv": [f"{DATA}:farmland", "--zones", f"{DATA}:zones", "--zone-by", "name", "--exact", "--format", "csv"],
    "tabulate-points": [f"{DATA}:places", "--zones", f"{DATA}:zones", "--by", "kind"],
    "validate-sites": [f"{PLAN}:sites"],
    "validate-zones": [f"{PLAN}:zones"],
}


# What is typed before, for the files in $TMP that a case reads.
BEFORE = {"merge": [["tabulate", f"{DATA}:{layer}", "--zones", f"{DATA}:zones", "--partial", f"$TMP/{layer}.part", "-o",
                     os.devnull] for layer in ("farmland", "sites")]}


def command(name):
    known = ("convert-area", "area", "change", "check", "farmland", "indicators", "info", "layout", "merge", "overlap", "query",
             "quota", "tabulate", "validate", "convert")
    return next(c for c in known if name == c or name.startswith(c + "-"))


def output(name, language):
    typed = [PROGRAM, command(name), *CASES[name], "--lang", language]
    with tempfile.TemporaryDirectory() as folder:
        for arguments in [*BEFORE.get(name, []), typed[1:]]:
            done = subprocess.run([PROGRAM, *(a.replace("$TMP", folder) for a in arguments)], cwd=ROOT,
                                  capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8"))
    shown = "zone " + " ".join(f"'{a}'" if " " in a else a for a in typed[1:])
    text = f"$ {shown}\n{done.stdout}[exit {done.returncode}]\n{done.stderr}"
    text = re.sub(r"\b(libzone|GDAL|GEOS|PROJ) \d[\w.-]*", r"\1 VERSION", text)
    return re.sub(r"xxh3:[0-9a-f]{32}", "xxh3:HASH", text)


def judge(name, language, update):
    path = HERE / f"{name}.{language}.txt"
    text = output(name, language)
    if update:
        path.write_text(text, encoding="utf-8")
        return []
    if not path.exists():
        return [f"{path.name} is missing"]
    return list(difflib.unified_diff(path.read_text(encoding="utf-8").splitlines(), text.splitlines(), path.name,
                                     "now", lineterm=""))


def main():
    update = sys.argv[1:] == ["--update"]
    jobs = [(name, language) for name in CASES for language in ("en", "zh")]
    with ThreadPoolExecutor(2) as pool:
        found = [line for lines in pool.map(lambda job: judge(*job, update), jobs) for line in lines]
    stray = {p.name for p in HERE.glob("*.txt")} - {f"{n}.{lang}.txt" for n, lang in jobs}
    found += [f"{name}: no case makes it" for name in sorted(stray)]
    print("\n".join(found) or f"{len(jobs)} outputs as they were")
    return 1 if found else 0


sys.exit(main())
