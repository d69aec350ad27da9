#!/usr/bin/python3
"""The C programs in the two READMEs and in zone.h compile without a warning and do what they say."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ZONE_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["ZONE_BUILD_DIR"])
ZONES = "金兰创新城一期 5920000.00\n"


def programs():
    for name in ("README.md", "README.zh-CN.md"):
        blocks = re.findall(r"^```c\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
        if not blocks:
            sys.exit(f"{name}: no program in C")
        for block in blocks:
            yield name, block, ZONES
    manual = (ROOT / "libzone/include/zone.h").read_text(encoding="utf-8")
    lines = re.search(r"A complete program:\n \*\n(.*?) \* Conventions", manual, re.S).group(1)
    yield "zone.h", re.sub(r"^ \* {0,5}", "", lines, flags=re.M), ""


def compile_and_run(name, text, wanted, folder):
    cache = (BUILD / "CMakeCache.txt").read_text()
    compiler = re.search(r"^CMAKE_C_COMPILER:\w+=(.*)$", cache, re.M).group(1)
    sanitizers = [f for f in re.search(r"^CMAKE_C_FLAGS:\w+=(.*)$", cache, re.M).group(1).split() if "sanitize" in f]
    source, program = folder / "example.c", folder / "example"
    source.write_text(text, encoding="utf-8")
    built = subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", *sanitizers,
                            f"-I{ROOT}/libzone/include", source, "-o", program, f"-L{BUILD}/libzone", "-lzone",
                            f"-Wl,-rpath,{BUILD}/libzone"], capture_output=True, text=True)
    if built.returncode:
        sys.exit(f"{name}: does not compile\n{built.stderr}")
    # The example names a file of the repository and may write beside itself: it runs in a folder that only links there.
    if not (folder / "geodata").exists():
        (folder / "geodata").symlink_to(ROOT / "geodata")
    done = subprocess.run([program], cwd=folder, capture_output=True, text=True)
    if done.returncode or wanted not in done.stdout:
        sys.exit(f"{name}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    if not wanted and "5920000.00" not in (folder / "areas.csv").read_text(encoding="utf-8"):
        sys.exit(f"{name}: areas.csv lacks the area of phase1")


def main():
    with tempfile.TemporaryDirectory(prefix="zone-readme-") as folder:
        for name, text, wanted in programs():
            compile_and_run(name, text, wanted, pathlib.Path(folder))


main()
