#!/usr/bin/env python3
"""Benchmarks: makes the data once, runs each case beside its baseline in the same run, and prints one table.

    tests/bench/run.py [--folder FOLDER] [--cases w1,w2,…] [--repeat N] [--program ZONE]

Each figure is the least of N runs (3) of a whole process: seconds, and the largest memory it held. The baselines are
GDAL's scans of the same file and a straightforward program with GEOS (baselines.c), which computes planar areas only.
The case "opening" runs on three polygons in five formats, beside `ogrinfo -al`.
The data take 1.3 GB; with w5, 9 GB. Not part of ctest: nothing here passes or fails.
"""
import argparse
import os
import resource
import shlex
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))

DATA = {  # file: arguments of make_data behind it
    "parcels.gpkg": "tiling {} 1000 1000 8 20 50 1",  # a million parcels of 33 vertices, 50 km × 50 km
    "zones.gpkg": "tiling {} 25 20 64 4 1900 7",      # 500 zones of 257 vertices
    "half.gpkg": "tiling {} 1000 500 8 20 50 3",      # 500 000 parcels
    "ring.gpkg": "ring {} 120000 18000",              # one ring of 120 000 vertices
    "sites.gpkg": "sites {} 100000 50000",            # 100 000 sites of 1 to 8 ha
    "old.gpkg": "tiling {} 714 700 8 20 60 11",       # 499 800 parcels
    "new.gpkg": "tiling {} 656 670 8 20 64 12",       # 439 520 parcels
    "many.gpkg": "tiling {} 4000 2500 8 20 50 1",     # ten million parcels
}
CASES = {  # name: (what, arguments of zone, baselines: (name, arguments of the program))
    "w1": ("1 000 000 parcels × 500 zones by class", "tabulate parcels.gpkg --zones zones.gpkg --by DLBM",
           [("GEOS, planar", "geos parcels.gpkg zones.gpkg"), ("Arrow scan", "arrow parcels.gpkg"),
            ("feature scan", "features parcels.gpkg")]),
    "w2": ("500 000 parcels × a ring of 120 000 vertices", "tabulate half.gpkg --zones ring.gpkg --by DLBM",
           [("GEOS, planar", "geos half.gpkg ring.gpkg"), ("Arrow scan", "arrow half.gpkg")]),
    "w3": ("1 000 000 parcels × 100 000 sites by class", "tabulate parcels.gpkg --zones sites.gpkg --by DLBM",
           [("GEOS, planar", "geos parcels.gpkg sites.gpkg")]),
    "w4": ("change: 499 800 × 439 520 parcels", "change old.gpkg new.gpkg --by DLBM",
           [("GEOS, planar", "geos new.gpkg old.gpkg")]),
    "w5": ("10 000 000 parcels × 500 zones by class", "tabulate many.gpkg --zones zones.gpkg --by DLBM",
           [("Arrow scan", "arrow many.gpkg")]),
}


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
    subprocess.run([program, kind, "part-" + file, *rest[1:]], check=True, cwd=folder)
    os.rename(os.path.join(folder, "part-" + file), os.path.join(folder, file))


def measure(command, folder, repeat):
    """Seconds and MB of the fastest of `repeat` runs."""
    best = (float("inf"), 0.0)
    for _ in range(repeat):
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"{' '.join(command)}: status {status}\n{said.decode(errors='replace')}")
        best = min(best, (time.perf_counter() - begin, usage.ru_maxrss / 1024.0))
    return best


OPENING = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "geojson": "GeoJSON", "fgb": "FlatGeobuf", "csv": "CSV"}


def make_three(folder):
    """Three polygons in each format; returns the folder."""
    text = "id,WKT\n" + "".join(
        f'{i},"POLYGON (({x} 3229000, {x + 100} 3229000, {x + 100} 3229100, {x} 3229100, {x} 3229000))"\n'
        for i, x in enumerate((448000, 448100, 448200)))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "three.csv"), "w") as out:
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
        zone, other = [program, "area", f"three.{extension}", *told], ["ogrinfo", "-al", f"three.{extension}"]
        runs = [(measure(zone, folder, 1), measure(other, folder, 1)) for _ in range(max(25, repeat))]
        (seconds, memory), (least, held) = min(run[0] for run in runs), min(run[1] for run in runs)
        rows += [("opening", f"zone area, three polygons, {extension}", f"{seconds:.3f}", f"{memory:.0f}", ""),
                 ("", f"ogrinfo -al (zone takes {seconds / least:.2f} times as long)", f"{least:.3f}", f"{held:.0f}",
                  f"{least / seconds:.2f}")]
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--folder", default=os.path.join(TOP, "build", "bench"))
    arguments.add_argument("--cases", default="w1,w2,w3,w4")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--program", default=os.path.join(TOP, "build", "release", "tools", "zone"))
    asked = arguments.parse_args()
    folder = os.path.abspath(asked.folder)
    os.makedirs(folder, exist_ok=True)
    maker, baselines = build("make_data", folder), build("baselines", folder)
    rows = []
    for name in asked.cases.split(","):
        if name == "opening":
            rows += opening(asked.program, folder, asked.repeat)
            continue
        what, question, others = CASES[name]
        for file in DATA:
            if file in question.split():
                make(file, folder, maker)
        command = [asked.program, *question.split(), "--quiet", "--format", "csv", "-o", name + ".csv"]
        seconds, memory = measure(command, folder, asked.repeat)
        rows.append((name, "zone, survey: " + what, f"{seconds:.2f}", f"{memory:.0f}", ""))
        for title, call in others:
            other, held = measure([baselines, *call.split()], folder, 1 if "geos" in call else asked.repeat)
            rows.append(("", title, f"{other:.2f}", f"{held:.0f}", f"{other / seconds:.2f}"))
    rows.insert(0, ("case", "work", "seconds", "MB", "× zone"))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        print("  ".join(cell.ljust(width) if i < 2 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
