#!/usr/bin/python3
"""Every dialect of 国土TXT means the same plots: areas by an own formula, and the same bytes when written again. Every broken
file says what is wrong and in which line. Files with random faults are read or refused."""
import csv
import io
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
import txt_corpus  # noqa: E402

PROGRAM = os.environ["ZONE_PROGRAM"]


def zone(*arguments):
    return subprocess.run([PROGRAM, *arguments, "--lang", "en"], capture_output=True, text=True, timeout=120, check=False)


def shoelace(ring):
    """Twice the area, in integers of 1e-6 m2."""
    at = [tuple(int(v.replace(".", "")) for v in corner) for corner in ring]
    return abs(sum(a[1] * b[0] - b[1] * a[0] for a, b in zip(at, at[1:] + at[:1])))


def expected_areas():
    areas = []
    for plot in txt_corpus.CANONICAL:
        rings = [shoelace(ring) for ring in plot[5]]
        hole = "含洞" in plot[0]
        areas.append((rings[0] + sum(-r if hole else r for r in rings[1:])) // 2)
    return [f"{a // 10**6}.{a % 10**6:06d}" for a in areas]


def judge_dialects(folder):
    found, written, number = [], None, 0
    areas = expected_areas()
    for number, (name, data) in enumerate(txt_corpus.dialects(), 1):
        path, again = os.path.join(folder, "plots.txt"), os.path.join(folder, "again.txt")
        with open(path, "wb") as file:
            file.write(data)
        told = zone("area", path, "--area", "grid", "--exact", "--format", "csv", "--quiet")
        rows = list(csv.DictReader(io.StringIO(told.stdout)))
        if [r.get("area_m2") for r in rows] != areas:
            found.append(f"{name}: {[r.get('area_m2') for r in rows]}, expected {areas} {told.stderr[:300]}")
            continue
        if [(r["DKBH"], r["DKMC"]) for r in rows] != [(p[1], p[0]) for p in txt_corpus.CANONICAL]:
            found.append(f"{name}: {rows}")
        done = zone("convert", path, again, "--quiet")
        with open(again, "rb") as file:
            bytes_now = file.read()
        written = written or bytes_now
        if done.returncode or bytes_now != written:
            found.append(f"{name}: is written in another way")
    print(f"{number} dialects")
    return found


def judge_broken(folder):
    found, number = [], 0
    for number, (name, data, code, told) in enumerate(txt_corpus.broken(), 1):
        path = os.path.join(folder, "plots.txt")
        with open(path, "wb") as file:
            file.write(data)
        run = zone("area", path, "--area", "grid", "--quiet", "--format", "json")
        text = run.stdout + run.stderr
        lacking = [t for t in told if t.replace('"', '\\"') not in text and t not in text]
        if run.returncode != code or lacking:
            found.append(f"{name}: exit {run.returncode}, expected {code}; lacks {lacking} in {[l for l in text.splitlines() if 'line' in l or 'rejected' in l or 'repaired' in l]}")
    print(f"{number} broken files")
    return found


def judge_mutations(folder):
    found, codes = [], {}
    for number, data in enumerate(txt_corpus.mutations()):
        path = os.path.join(folder, "plots.txt")
        with open(path, "wb") as file:
            file.write(data)
        run = zone("area", path, "--quiet", "--format", "csv")
        codes[run.returncode] = codes.get(run.returncode, 0) + 1
        if run.returncode not in (0, 3):
            found.append(f"mutation {number}: exit {run.returncode} {run.stderr[:300]}")
    print(f"mutations by exit code: {codes}")
    return found


def main():
    with tempfile.TemporaryDirectory() as folder:
        found = judge_dialects(folder) + judge_broken(folder) + judge_mutations(folder)
    print("\n".join(found) or "all as expected")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
