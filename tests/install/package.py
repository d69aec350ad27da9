#!/usr/bin/python3
"""Installs the library into an empty folder and links a stranger's program against it: by the CMake package, by
pkg-config and as C++; the installed program runs from there, and nothing installed points back to where it was built."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["ZONE_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["ZONE_BUILD_DIR"])

PROGRAM = r"""
#include <stdio.h>
#include <zone.h>

int main(void)
{
    zone_context *ctx = NULL;
    zone_table *table = NULL;
    zone_status status = zone_context_create(&ctx);

    if (!status)
        status = zone_convert_area(ctx, "1590 mu", "m2", &table);
    if (!status)
        printf("%s %s\n", zone_version(), zone_table_text(table, 0, (size_t)zone_table_column_find(table, "value")));
    zone_table_free(table);
    zone_context_free(ctx);
    return zone_status_exit_code(status);
}
"""

CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(stranger LANGUAGES C)
find_package(libzone @VERSION@ REQUIRED)
add_executable(stranger stranger.c)
target_link_libraries(stranger PRIVATE libzone::zone)
"""


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def build_flags():
    """A sanitizer build installs a library that wants its run-time in the program too."""
    cache = (BUILD / "CMakeCache.txt").read_text()
    flags = re.search(r"^CMAKE_C_FLAGS:\w+=(.*)$", cache, re.M).group(1).split()
    compiler = re.search(r"^CMAKE_C_COMPILER:\w+=(.*)$", cache, re.M).group(1)
    return compiler, [f for f in flags if f.startswith("-fsanitize")]


def version():
    parts = re.findall(r"#define ZONE_VERSION_\w+ (\d+)", (ROOT / "libzone/include/zone.h").read_text())
    return ".".join(parts)


def expect(output, how):
    wanted = f"{version()} 1060000\n"  # 1590 mu × 2000/3 m²
    if output != wanted:
        sys.exit(f"{how}: {output!r}, expected {wanted!r}")


def by_cmake(work, prefix, compiler, flags):
    (work / "CMakeLists.txt").write_text(CMAKE.replace("@VERSION@", version()))
    run("cmake", "-S", work, "-B", work / "build", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_C_COMPILER={compiler}",
        f"-DCMAKE_C_FLAGS={' '.join(flags)}")
    run("cmake", "--build", work / "build")
    expect(run(work / "build/stranger"), "CMake package")


def by_pkg_config(work, prefix, compiler, flags):
    where = next(prefix.rglob("libzone.pc")).parent
    environment = dict(os.environ, PKG_CONFIG_PATH=str(where))
    told = run("pkg-config", "--cflags", "--libs", "libzone", env=environment).split()
    # The flags alone must do: nothing of GDAL, GEOS or PROJ is asked of who links the library.
    if any("gdal" in t or "geos" in t or "proj" in t for t in told):
        sys.exit(f"pkg-config drags in {told}")
    if run("pkg-config", "--modversion", "libzone", env=environment).strip() != version():
        sys.exit("pkg-config tells another version")
    run(compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *flags, work / "stranger.c", "-o",
        work / "linked", *told)
    libraries = os.pathsep.join(str(p) for p in prefix.glob("lib*"))
    expect(run(work / "linked", env=dict(os.environ, LD_LIBRARY_PATH=libraries)), "pkg-config")
    run(compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fsyntax-only", "-include",
        "zone.h", "-x", "c", os.devnull, *told)


def clean_of_build(prefix):
    for path in prefix.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.suffix in (".cmake", ".pc", ".h", ".1"):
            text = path.read_text(encoding="utf-8")
            for bad in (str(ROOT), "zone_objects", "zone_flags", "PkgConfig::"):
                if bad in text:
                    sys.exit(f"{path.name} names {bad}")


def main():
    with tempfile.TemporaryDirectory(prefix="zone-install-") as folder:
        work = pathlib.Path(folder)
        prefix = work / "prefix"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        (work / "stranger.c").write_text(PROGRAM)
        compiler, flags = build_flags()
        clean_of_build(prefix)
        by_cmake(work, prefix, compiler, flags)
        by_pkg_config(work, prefix, compiler, flags)
        out = run(prefix / "bin/zone", "convert-area", "1590 mu", cwd=work)
        if "1060000" not in out:
            sys.exit(f"the installed program: {out!r}")
        dynamic = run("readelf", "-d", next(p for p in prefix.glob("lib*/libzone.so*") if not p.is_symlink()))
        if "libzone.so." + ".".join(version().split(".")[:2]) not in dynamic:
            sys.exit("no SONAME with a version")


main()
