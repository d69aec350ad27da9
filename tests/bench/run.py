#!/usr/bin/env python3
"""Benchmarks: makes the data once, runs each case beside its baselines in the same run, and prints one table.

    tests/bench/run.py [--folder FOLDER] [--cases w1,w2,…] [--repeat N] [--program ZONE] [--postgis]

Each figure is the least of N rounds (3) of a whole process: seconds, seconds of processors (of all threads: it tells
more where others use the machine), and the largest memory it held; of PostGIS only the first, for a server works
behind the process. In a round the
program and its baselines take turns, so that what else the machine does falls on all of them; ratios are to the
program. The baselines are GDAL's scans of the same file and straightforward programs of one thread with GEOS
(baselines.c), which compute planar areas only; with --postgis also queries of PostGIS (postgis.py), in a cluster that
lives in the folder and listens on a socket there. Those of more than a few seconds run in the first round only.

    w1  1 000 000 parcels of 33 vertices × 500 zones of 257 vertices, 20 classes
    w2  500 000 parcels × one ring of 120 000 vertices
    w3  1 000 000 parcels × 100 000 sites of 1 to 8 ha, by site and class: 1.24 million rows
    w4  change between two tilings, 499 800 and 439 520 parcels, 400 pairs of classes
    w5  w1 with 10 000 000 parcels; also prints the memory at each quarter of the run
    w6  change between two tilings of 364 816 and 364 800 faces with 144 vertices each: 53 million edges in all, where a
        border between two faces is counted once (every face stores its own copy of it: 105 million vertices)
    w6-faces  the same maps, a row for each face of the second
    quota     100 000 sites by every rule of a plan, over parcels, planned uses and the rest (quota.py); beside it w3, which
              its sites and parcels are
    points    10 000 000 points × 500 zones
    formats   500 000 parcels × 500 zones from four formats; the ratio of the scan is the share that reading takes
    opening   `zone area` on three polygons in five formats, beside `ogrinfo -al`

The data take 1.5 GB; w5 takes 7 GB more, w6 3 GB, formats 1.5 GB, points 0.6 GB. Not part of ctest: nothing here
passes or fails."""
import argparse
import os
import resource
import shlex
import shutil
import subprocess
import sys
import threading
import time

import quota
from postgis import Cluster

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))

DATA = {  # file: arguments of make_data behind it
    "parcels.gpkg": "tiling {} 1000 1000 8 20 50 1",  # 50 km × 50 km
    "zones.gpkg": "tiling {} 25 20 64 4 1900 7",
    "ring.gpkg": "ring {} 120000 18000",
    "sites.gpkg": "sites {} 100000 50000",
    "old.gpkg": "tiling {} 714 700 8 20 60 11",
    "new.gpkg": "tiling {} 656 670 8 20 64 12",
    "many.gpkg": "tiling {} 4000 2500 8 20 50 1",
    "first.gpkg": "tiling {} 604 604 36 20 80 21",
    "second.gpkg": "tiling {} 640 570 36 20 79.9 22",
    "points.gpkg": "points {} 10000000 38000",
}
FORMATS = ("gpkg", "fgb", "shp", "gdb")
DATA.update({f"half.{form}": "tiling {} 1000 500 8 20 50 3" for form in FORMATS})

CASES = {  # name: (what, arguments of zone, baselines: (name, arguments of the program), queries of PostGIS)
    "w1": ("1 000 000 parcels × 500 zones", "tabulate parcels.gpkg --zones zones.gpkg --by DLBM",
           [("GEOS, planar", "geos parcels.gpkg zones.gpkg"), ("Arrow scan", "arrow parcels.gpkg"),
            ("feature scan", "features parcels.gpkg")], [("planar", "zones"), ("geodesic", "zones")]),
    "w2": ("500 000 parcels × a ring of 120 000 vertices", "tabulate half.gpkg --zones ring.gpkg --by DLBM",
           [("GEOS, planar", "geos half.gpkg ring.gpkg"), ("Arrow scan", "arrow half.gpkg")], []),
    "w3": ("1 000 000 parcels × 100 000 sites", "tabulate parcels.gpkg --zones sites.gpkg --by DLBM",
           [("GEOS, planar", "geos parcels.gpkg sites.gpkg"), ("Arrow scan", "arrow parcels.gpkg")],
           [("planar", "sites")]),
    "w4": ("change, 499 800 × 439 520 parcels", "change old.gpkg new.gpkg --by DLBM",
           [("GEOS, planar", "geos new.gpkg old.gpkg"), ("Arrow scan of the new", "arrow new.gpkg")],
           [("change", "old new")]),
    "w5": ("10 000 000 parcels × 500 zones", "tabulate many.gpkg --zones zones.gpkg --by DLBM",
           [("Arrow scan", "arrow many.gpkg")], []),
    "w6": ("change, two maps of 53 million edges", "change first.gpkg second.gpkg --by DLBM",
           [("Arrow scan of the first", "arrow first.gpkg"), ("Arrow scan of the second", "arrow second.gpkg")], []),
    "w6-faces": ("the same maps, by face of the second",
                 "tabulate first.gpkg --zones second.gpkg --zone-by BSM",
                 [("Arrow scan of the first", "arrow first.gpkg")], []),
    "quota": ("100 000 sites by every rule", "quota quota.yaml batch.gpkg",
              [("zone tabulate, w3", "parcels.gpkg sites.gpkg zones.gpkg new.gpkg")], []),
    "points": ("10 000 000 points × 500 zones", "tabulate points.gpkg --zones zones.gpkg",
               [("GEOS, prepared contains", "points points.gpkg zones.gpkg"), ("Arrow scan", "arrow points.gpkg")], []),
}
for form in FORMATS:
    CASES[f"formats-{form}"] = (f"500 000 parcels × 500 zones, {form}",
                                f"tabulate half.{form} --zones zones.gpkg --by DLBM",
                                [("Arrow scan", f"arrow half.{form}")], [])
GROUPS = {"formats": [f"formats-{form}" for form in FORMATS]}
SLOW = ("geos",)
SAMPLED = ("w5",)


def build(name, folder):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gdal"], capture_output=True, text=True, check=True).stdout
    program = os.path.join(folder, name)
    subprocess.run(["cc", "-O2", "-o", program, os.path.join(HERE, name + ".c"), *shlex.split(flags), "-lgeos_c", "-lm"],
                   check=True)
    return program


def make(file, folder, program):
    if os.path.exists(os.path.join(folder, file)):
        return
    print(f"making {file}", file=sys.stderr)
    kind, *rest = DATA[file].split()
    parts = os.path.join(folder, "part")
    shutil.rmtree(parts, ignore_errors=True)
    os.mkdir(parts)
    subprocess.run([program, kind, file, *rest[1:]], check=True, cwd=parts)
    for made in os.listdir(parts):  # a shapefile is several
        os.rename(os.path.join(parts, made), os.path.join(folder, made))
    os.rmdir(parts)


class Memory(threading.Thread):
    """The resident memory of a process, ten times a second."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.samples = process, []
        self.start()

    def run(self):
        page = resource.getpagesize() / 2**20
        while self.process.returncode is None:
            try:
                with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
                    self.samples.append(int(file.read().split()[1]) * page)
            except OSError:
                return
            time.sleep(0.1)

    def quarters(self):
        count = len(self.samples)
        return [self.samples[count * k // 4 - (k == 4)] for k in range(1, 5)] if count >= 4 else self.samples


def run_once(command, folder, sampled=False):
    """Seconds, those of processors, MB, and of a sampled process the MB at the quarters."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    memory = Memory(process) if sampled else None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1 if "quota" in command else 0):  # 1: sites are rejected
        sys.exit(f"{' '.join(command)}: status {process.returncode}\n{said.decode(errors='replace')}")
    seconds = time.perf_counter() - begin
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024.0, memory.quarters() if memory else []


def measure(commands, folder, repeat, sampled):
    """The best of each command: [(seconds, of processors, MB, quarters)], the program's first. A command is
    (arguments, slow)."""
    best = [(float("inf"),)] * len(commands)
    for turn in range(repeat):
        for i, (command, slow) in enumerate(commands):
            if turn == 0 or not slow:
                best[i] = min(best[i], run_once(command, folder, sampled and i == 0))
    return best


def run_case(name, asked, folder, maker, baselines, cluster):
    what, question, others, queries = CASES[name]
    for file in DATA:
        if file in question.split():
            make(file, folder, maker)
    program = [asked.program, *question.split(), "--quiet", "--format", "csv", "-o", name + ".csv"]
    commands = [(program, False)] + [([baselines, *call.split()], call.startswith(SLOW)) for _, call in others]
    if name == "quota":
        for file in others[0][1].split():
            make(file, folder, maker)
        quota.make(folder, asked.program)
        commands[1] = ([asked.program, *CASES["w3"][1].split(), "--quiet", "-o", "w3.csv"], False)
    titles = ["zone: " + what] + [title for title, _ in others]
    if cluster:
        for kind, tables in queries:
            commands.append((cluster.command(kind, tables.split()), True))
            titles.append("PostGIS, " + kind)
    results = measure(commands, folder, asked.repeat, name in SAMPLED)
    own = results[0][0]
    rows = []
    for i, (title, (seconds, busy, memory, quarters)) in enumerate(zip(titles, results)):
        shown = ("", "") if title.startswith("PostGIS") else (f"{busy:.2f}", f"{memory:.0f}")
        ratio = f"{seconds / own:.2f}" if i else ""
        rows.append((name if i == 0 else "", title, f"{seconds:.2f}", *shown, ratio))
        if quarters:
            rows.append(("", "  MB at each quarter: " + ", ".join(f"{q:.0f}" for q in quarters), "", "", "", ""))
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--folder", default=os.path.join(TOP, "build", "bench"))
    arguments.add_argument("--cases", default="w1,w2,w3,w4")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--program", default=os.path.join(TOP, "build", "release", "tools", "zone"))
    arguments.add_argument("--postgis", action="store_true")
    asked = arguments.parse_args()
    asked.program = os.path.abspath(asked.program)
    folder = os.path.abspath(asked.folder)
    os.makedirs(folder, exist_ok=True)
    maker, baselines = build("make_data", folder), build("baselines", folder)
    names = [case for name in asked.cases.split(",") for case in GROUPS.get(name, [name])]
    rows = [("case", "work", "seconds", "CPU s", "MB", "× zone")]
    with Cluster(folder, lambda file: make(file, folder, maker)) if asked.postgis else NoCluster() as cluster:
        for name in names:
            print(f"{name}: load {os.getloadavg()[0]:.1f}", file=sys.stderr)
            rows += opening(asked.program, folder, asked.repeat) if name == "opening" else \
                run_case(name, asked, folder, maker, baselines, cluster)
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for row in rows:
        print("  ".join(cell.ljust(width) if i < 2 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


OPENING = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "geojson": "GeoJSON", "fgb": "FlatGeobuf", "csv": "CSV"}


def make_three(folder):
    """Three polygons in each format; returns the folder."""
    text = "id,WKT\n" + "".join(
        f'{i},"POLYGON (({x} 3229000, {x + 100} 3229000, {x + 100} 3229100, {x} 3229100, {x} 3229000))"\n'
        for i, x in enumerate((448000, 448100, 448200)))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "three.csv"), "w", encoding="ascii") as out:
        out.write(text)
    for extension, driver in OPENING.items():
        if not os.path.exists(os.path.join(folder, "three." + extension)):
            subprocess.run(["ogr2ogr", "-f", driver, f"three.{extension}", "three.csv", "-a_srs", "EPSG:4549",
                            "-oo", "GEOM_POSSIBLE_NAMES=WKT"], check=True, cwd=folder, stderr=subprocess.DEVNULL)
    return folder


def opening(program, folder, repeat):
    """Rows of whole runs on three polygons: what it costs to open, beside ogrinfo, the two in turn."""
    rows, folder = [], make_three(os.path.join(folder, "opening"))
    for extension in OPENING:
        told = ["--crs", "EPSG:4549"] if extension == "csv" else []
        commands = [([program, "area", f"three.{extension}", *told], False),
                    (["ogrinfo", "-al", f"three.{extension}"], False)]
        own, other = measure(commands, folder, max(25, repeat), False)
        rows += [("opening", f"zone area, three polygons, {extension}", f"{own[0]:.3f}", f"{own[1]:.3f}",
                  f"{own[2]:.0f}", ""),
                 ("", f"ogrinfo -al (zone takes {own[0] / other[0]:.2f} times as long)", f"{other[0]:.3f}",
                  f"{other[1]:.3f}", f"{other[2]:.0f}", f"{other[0] / own[0]:.2f}")]
    return rows


class NoCluster:
    def __enter__(self):
        return None

    def __exit__(self, *_):
        pass


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
