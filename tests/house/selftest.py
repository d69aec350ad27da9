#!/usr/bin/python3
"""Breaks each rule of the house once, in a copy, and sees that the rule finds it and named what was broken."""
import os
import pathlib
import shutil
import sys
import tempfile

import check

ROOT = pathlib.Path(os.environ["ZONE_SOURCE_DIR"])
SYMBOLS = "0000000000001000 T {}\n"
OBJECTS = "0000000000078900 l     O {} 0000000000000008              {}\n"
UNDONE = "TO" + "DO"

# rule: what is added to which file (a new file where there is none), or removed (None), and a word of the finding
BREAKS = [
    (check.include_table, "libzone/src/base/exact.c", '#include "ask/keys.h"\n', "ask/keys.h"),
    (check.include_table, "libzone/src/ask/keys.c", "#include <gdal.h>\n", "gdal.h"),
    (check.include_table, "libzone/src/kernel/edge.c", "#include <proj.h>\n", "proj.h"),
    (check.include_table, "libzone/src/write/csv.c", '#include "ask/keys.h"\n', "ask/keys.h"),
    (check.include_table, "libzone/src/extra/more.c", "", "no such room"),
    (check.tools_know_the_public_header, "tools/cmd_area.c", '#include "base/table.h"\n', "base/table.h"),
    (check.tools_know_the_public_header, "tools/cmd_area.c", "#include <gdal.h>\n", "gdal.h"),
    (check.tools_know_the_public_header, "tools/examples/areas.c", "#include <gdal.h>\n", "gdal.h"),
    (check.tools_know_the_public_header, "tools/examples/quota.c", "#include <proj.h>\n", "proj.h"),
    (check.ask_prints_nothing, "libzone/src/ask/keys.c", 'int f(void) { return fputs("x", f); }\n', "keys.c"),
    (check.library_keeps_to_itself, "libzone/src/base/exact.c", 'void f(void) { printf("x"); }\n', "printf"),
    (check.library_keeps_to_itself, "libzone/src/read/crs.c", 'void f(void) { setenv("A", "B", 1); }\n', "setenv"),
    (check.library_keeps_to_itself, "libzone/src/read/crs.c", "void f(void) { exit(1); }\n", "exit"),
    (check.one_file_opens_for_writing, "libzone/src/write/csv.c", 'void f(void) { fopen("a", "wb"); }\n', "fopen"),
    (check.one_file_opens_for_writing, "libzone/src/read/crs.c", "void f(void) { open(a, O_WRONLY); }\n", "open"),
    (check.numbers_know_no_locale, "libzone/src/read/crs.c", "double f(void) { return strtod(a, b); }\n", "strtod"),
    (check.numbers_know_no_locale, "libzone/src/ask/keys.c", 'void f(void) { snprintf(a, 1, "%.2f", b); }\n',
     "keys.c"),
    (check.only_the_overlay_starts_threads, "libzone/src/read/crs.c", "void f(void) { thrd_create(a, b, c); }\n",
     "crs.c"),
    (check.a_unit_test_a_source_file, "libzone/src/base/lonely.c", "", "lonely.c"),
    (check.a_unit_test_a_source_file, "tests/unit/base/test_nothing.c", "", "test_nothing.c"),
    (check.each_command_is_whole, "tools/cmd_sing.c", "", "sing: no tests/cli"),
    (check.each_command_is_whole, "tools/cmd_sing.c", "", "sing: not in the table"),
    (check.each_command_is_whole, "tools/cmd_sing.c", "", "sing: no golden output in zh"),
    (check.each_command_is_whole, "tools/cmd_sing.c", "", "sing: not in tools/man"),
    (check.each_command_is_whole, "tools/cmd_area.c", "\n" * 90, "cmd_area.c: over"),
    (check.every_status_is_tested, "libzone/include/zone.h", "    X(BROKEN_HEART, 3, \"sad\")\n", "BROKEN_HEART"),
    (check.documents_are_true, "README.md", "See `tools/nowhere.c`.\n", "tools/nowhere.c"),
    (check.documents_are_true, "README.zh-CN.md", "```sh\nzone dance\n```\n", "zone dance"),
    (check.sizes, "libzone/src/base/exact.c", "{\n" + "\n" * 80 + "}\n", "a function of"),
    (check.sizes, "tests/unit/test.h", "\n" * 601, "test.h"),
    (check.nothing_left_undone, "tools/zone.c", f"/* {UNDONE}: later */\n", "zone.c"),
    (check.plain_names, "libzone/src/base/string_utils.c", "", "string_utils.c"),
    (check.top_level, "NOTES.md", "", "NOTES.md"),
    (check.top_level, "LICENSE", None, "LICENSE"),
    (check.stands_alone, "README.md", "See .." + "/shared/design.md\n", "README.md"),
]
SAID = [  # what the tools say of a library that breaks a rule
    (check.exported_symbols, dict(symbols=SYMBOLS.format("stray")), "exported, not in zone.h: stray"),
    (check.exported_symbols, dict(symbols=""), "in zone.h, not exported: zone_check"),
    (check.no_writable_globals, dict(objects=OBJECTS.format(".bss", "counter")), "counter"),
    (check.no_writable_globals, dict(objects=OBJECTS.format(".data", "cache.3")), "cache.3"),
]


def copy(folder):
    for name in ("libzone", "tools", "tests"):
        shutil.copytree(ROOT / name, folder / name)
    for name in check.TOP - {"libzone", "tools", "tests", "geodata"}:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "geodata", folder / "geodata", ignore=shutil.ignore_patterns("*.gpkg"))


def broken(rule, folder, name, added):
    path = folder / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    if added is None:
        path.unlink()
    else:
        path.write_bytes((before or b"") + b"\n" + added.encode())
    try:
        return rule(check.House(folder))
    finally:
        if before is not None:
            path.write_bytes(before)
        else:
            path.unlink()


def main():
    missed = [rule.__name__ for rule in check.RULES if rule not in {b[0] for b in BREAKS + SAID}]
    with tempfile.TemporaryDirectory(prefix="zone-house-") as name:
        folder = pathlib.Path(name)
        copy(folder)
        for rule, path, added, word in BREAKS:
            if not any(word in text for text in broken(rule, folder, path, added)):
                missed.append(f"{rule.__name__}: {word!r} in {path} is not found")
        for rule, told, word in SAID:
            if not any(word in text for text in rule(check.House(folder, **told))):
                missed.append(f"{rule.__name__}: {word!r} is not found")
    print("\n".join(missed) or f"{len(BREAKS) + len(SAID)} breaks found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
