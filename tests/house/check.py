#!/usr/bin/python3
"""Holds the rules of the house. Each rule is a function from a House to the list of what breaks it; selftest.py breaks
every rule once and sees it found."""
import os
import pathlib
import re
import subprocess
import sys

ROOMS = {  # room: rooms it may include, foreign headers by file ("*": any file of the room)
    "base": ((), {"context.c": r"unistd\.h",      # the number of cores
                   "memory.c": r"sys/mman\.h"}),  # large pages
    "read": (("base",), {"*": r"(cpl|gdal|ogr)\w*\.h|proj(_experimental)?\.h|geos_c\.h", "hash.c": r"xxhash\.h",
                         "encoding.c": r"iconv\.h", "names.c": r"iconv\.h", "dataset.c": r"sys/stat\.h",
                         "paths.c": r"(fnmatch|sys/stat)\.h"}),
    "kernel": (("base",), {"project.c": r"proj\.h|geodesic\.h|threads\.h", "overlay.c": r"pthread\.h"}),
    "plan": (("base",), {"*": r"yaml\.h", "classes.c": r"embedded_classes\.h"}),
    "ask": (("base", "read", "kernel", "plan"), {}),
    "write": (("base",), {"json.c": r"json-c/json\.h", "file.c": r"(fcntl|unistd|sys/stat)\.h",
                          "target.c": r"(unistd|sys/stat)\.h", "staging.c": r"(dirent|unistd|sys/stat)\.h",
                          "txt.c": r"iconv\.h", "layer.c": r"(cpl|gdal|ogr)\w*\.h|sys/stat\.h", "xlsx.c": r"cpl_(conv|error|vsi)\.h"}),
}
STANDARD = set("assert ctype errno float inttypes limits locale math stdarg stdatomic stdbool stddef stdint stdio stdlib string"
               .split())
TOP = {"libzone", "tools", "geodata", "tests", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
       "README.zh-CN.md"}
FORBIDDEN = r"\b(v?printf|v?fprintf|puts|fputs|putchar|perror|_?exit|abort|setlocale|setenv|putenv|signal|sigaction)\s*\("
OPENS = r"\b(fopen|freopen|open|creat|VSIFOpenL|VSIFOpenExL|mkstemp)\s*\(([^;]*)"
LINKER = {"__bss_start", "_edata", "_end", "__dso_handle", "__TMC_END__", "completed.0",
          "__cpu_model", "__cpu_features2"}  # what the compiler asks of the processor, for base/registers.h
WRITABLE = {"geodesic_once",  # the guard of geodesic.h's own constants
            "interrupt_context", "interrupt_before", "interrupt_changing", "interrupt_users"}  # GEOS has one callback
MOST_FUNCTIONS, FUNCTION_LINES, FILE_LINES, COMMAND_LINES = 60, 80, 600, 80
SOURCES = ("libzone/src/*/*.[ch]", "libzone/include/*.h", "tools/*.[ch]", "tools/examples/*.c", "tests/**/*.[ch]",
           "tests/**/*.py", "geodata/**/*.py")


class House:
    """The repository, and what the tools say of the library that was built from it."""

    def __init__(self, root, symbols="", objects=""):
        self.root, self.symbols, self.objects = pathlib.Path(root), symbols, objects

    def files(self, *patterns):
        return sorted(p for pattern in patterns for p in self.root.glob(pattern))

    def name(self, path):
        return str(path.relative_to(self.root))

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def code(self, path):
        """Without comments and without what stands in quotes, line for line."""
        def blank(match):
            kept = '""' if match.group(0)[0] == '"' else ""
            return kept + "\n" * match.group(0).count("\n")
        return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, self.text(path),
                      flags=re.S)

    def commands(self):
        return [re.sub("_", "-", p.stem[4:]) for p in self.files("tools/cmd_*.c")]

    def functions(self):
        header = re.sub(r"/\*.*?\*/", "", self.text("libzone/include/zone.h"), flags=re.S)
        return set(re.findall(r"^ZONE_API\b[^;(]*?\b(zone_\w+)\s*\(", header, re.M))


def include_table(house):
    found = []
    for path in house.files("libzone/src/*/*.[ch]"):
        room = path.parent.name
        if room not in ROOMS:
            found.append(f"{house.name(path)}: no such room")
            continue
        rooms, foreign = ROOMS[room]
        allowed = "|".join(v for k, v in foreign.items() if k in ("*", path.name)) or "(?!)"
        for kind, header in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', house.text(path), re.M):
            folder = header.split("/")[0]
            if kind == '"':
                known = header in ("zone.h",) or folder == room or folder in rooms
                known = known or re.fullmatch(allowed, header)
            else:
                known = header[:-2] in STANDARD or re.fullmatch(allowed, header)
            if not known:
                found.append(f"{house.name(path)}: includes {header}")
    return found


def tools_know_the_public_header(house):
    """The example of data in memory makes a data set, as a program that calls zone_source_from_dataset has one."""
    found = []
    for path in house.files("tools/*.[ch]", "tools/examples/*.c"):
        own = {p.name for p in house.files("tools/*.h")}
        for kind, header in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', house.text(path), re.M):
            if kind == '"' and header not in own or kind == "<" and header.startswith(("base/", "read/", "kernel/",
                                                                                       "ask/", "write/", "plan/")):
                found.append(f"{house.name(path)}: includes {header}")
            own_data = house.name(path) == "tools/examples/quota.c" and header in ("gdal.h", "ogr_srs_api.h")
            if kind == "<" and re.match(r"gdal|ogr|cpl|geos|proj|yaml|json", header) and not own_data:
                found.append(f"{house.name(path)}: includes {header}")
    return found


def ask_prints_nothing(house):
    return [f"{house.name(p)}: writes or prints" for p in house.files("libzone/src/ask/*.c")
            if re.search(r"\b(fwrite|fputc|fputs|putc|zone_table_write|zone_table_format)\s*\(", house.code(p))]


def library_keeps_to_itself(house):
    found = []
    for path in house.files("libzone/src/*/*.[ch]"):
        for call in re.findall(FORBIDDEN, house.code(path)):
            found.append(f"{house.name(path)}: calls {call}")
    return found


def one_file_opens_for_writing(house):
    found = []
    for path in house.files("libzone/src/*/*.c"):
        if house.name(path) == "libzone/src/write/file.c":
            continue
        for call, rest in re.findall(OPENS, house.text(path)):
            mode = re.search(r'"([rwab+]+)"', rest)
            if not mode or mode.group(1) not in ("r", "rb"):
                found.append(f"{house.name(path)}: {call} not plainly for reading")
    return found


def numbers_know_no_locale(house):
    """Fractions are read and printed by base/number.c, or by GDAL's functions that know only the point."""
    found = []
    for path in house.files("libzone/src/*/*.c"):
        if path.name == "number.c":
            continue
        for call in re.findall(r"(?<![A-Za-z_])(strto(?:d|f|ld)|atof|scanf|sscanf)\s*\([^;]*", house.code(path)):
            if call != "sscanf":
                found.append(f"{house.name(path)}: calls {call}")
        for call in re.findall(r"(?<![A-Za-z_])v?snprintf\s*\([^;]*", house.text(path)):
            if re.search(r'"[^"]*%[-+0-9.*]*l?[fgeFGE]', call):
                found.append(f"{house.name(path)}: prints a fraction by snprintf")
    return found


def only_the_overlay_starts_threads(house):
    return [f"{house.name(p)}: starts a thread" for p in house.files("libzone/src/*/*.c")
            if p.name != "overlay.c" and re.search(r"\b(thrd_create|pthread_create)\s*\(", house.code(p))]


def exported_symbols(house):
    exported = {line.split()[-1].split("@")[0] for line in house.symbols.splitlines()
                if len(line.split()) >= 3 and line.split()[-2] in "TDBRVW"} - LINKER
    declared = house.functions()
    found = [f"exported, not in zone.h: {s}" for s in sorted(exported - declared)]
    found += [f"in zone.h, not exported: {s}" for s in sorted(declared - exported)]
    if len(declared) > MOST_FUNCTIONS:
        found.append(f"zone.h has {len(declared)} functions, at most {MOST_FUNCTIONS}")
    return found


def no_writable_globals(house):
    found = []
    for line in house.objects.splitlines():
        parts = line.split()
        section = next((p for p in parts if re.fullmatch(r"\.(data|bss|tdata|tbss)(\..*)?|\*COM\*", p)), None)
        if section and not section.startswith(".data.rel.ro") and "O" in parts and parts[-1] not in WRITABLE | LINKER:
            found.append(f"writable: {parts[-1]} in {section}")
    return found


def a_unit_test_a_source_file(house):
    found = []
    for path in house.files("libzone/src/*/*.c"):
        if not (house.root / f"tests/unit/{path.parent.name}/test_{path.stem}.c").exists():
            found.append(f"{house.name(path)}: no unit test")
    for path in house.files("tests/unit/*/test_*.c"):
        if not (house.root / f"libzone/src/{path.parent.name}/{path.stem[5:]}.c").exists():
            found.append(f"{house.name(path)}: tests no source file")
    return found


def each_command_is_whole(house):
    """A short file, its row in the table, help and golden output in both languages, and cases of its own."""
    found = []
    table = house.text("tools/zone.c")
    for command in house.commands():
        path = house.root / f"tools/cmd_{command.replace('-', '_')}.c"
        if len(house.text(path).splitlines()) > COMMAND_LINES:
            found.append(f"{house.name(path)}: over {COMMAND_LINES} lines")
        if f'"{command}"' not in table:
            found.append(f"{command}: not in the table of commands")
        if not (house.root / f"tests/cli/{command}.yaml").exists():
            found.append(f"{command}: no tests/cli/{command}.yaml")
        for language in ("en", "zh"):
            if not house.files(f"tests/golden/{command}*.{language}.txt"):
                found.append(f"{command}: no golden output in {language}")
        for page in ("tools/man/zone.1", "tools/man/zh_CN/zone.1", "tools/completion/zone.bash"):
            if not re.search(r"\b" + command.replace("-", r"\\?-") + r"\b", house.text(page)):
                found.append(f"{command}: not in {page}")
    return found


def every_status_is_tested(house):
    names = re.findall(r"^\s*X\((\w+), \d", house.text("libzone/include/zone.h"), re.M)
    tests = "".join(house.text(p) for p in house.files("tests/unit/**/*.c"))
    return [f"ZONE_{n}: no unit test sees it" for n in names if not re.search(rf"\bZONE_{n}\b", tests)]


def documents_are_true(house):
    """Paths in back quotes that start with a folder of ours exist; commands that are shown exist."""
    found, commands = [], set(house.commands()) | {"help"}
    for path in house.files("*.md", "libzone/**/*.md", "geodata/*.md"):
        text = house.text(path)
        for quoted in re.findall(r"`([^`\n]+)`", text):
            word = quoted.split(":")[0].split()[0]
            if re.match(r"(libzone|tools|geodata|tests|\.ci)/", word) and not re.search(r"[*<>…{]", word):
                if not (house.root / word).exists():
                    found.append(f"{house.name(path)}: no {word}")
        for kind, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
            for command in re.findall(r"^(?:\$ )?zone ([a-z][a-z-]*)", block if kind in ("", "sh", "console") else "", re.M):
                if command not in commands:
                    found.append(f"{house.name(path)}: no command zone {command}")
    return found


def sizes(house):
    found = []
    for path in house.files("libzone/src/*/*.[ch]", "libzone/include/*.h", "tools/*.[ch]", "tests/**/*.[ch]"):
        lines = house.text(path).splitlines()
        if len(lines) > FILE_LINES:
            found.append(f"{house.name(path)}: {len(lines)} lines, at most {FILE_LINES}")
        start = None
        for number, line in enumerate(lines, 1):
            if line == "{":
                start = number
            elif line == "}" and start:
                if number - start + 1 > FUNCTION_LINES:
                    found.append(f"{house.name(path)}:{start}: a function of {number - start + 1} lines")
                start = None
    return found


def nothing_left_undone(house):
    words = "TO" + "DO|FIX" + "ME|X" + "XX"
    return [f"{house.name(p)}: a note to oneself" for p in house.files(*SOURCES)
            if re.search(rf"\b({words})\b(?! #\d)", house.text(p))]


def plain_names(house):
    return [f"{house.name(p)}: says nothing" for p in house.files(*SOURCES)
            if re.search(r"(^|_)(utils?|common|helpers?|misc)(_|$)", p.stem)]


def top_level(house):
    extra = sorted(p.name for p in house.root.iterdir() if not p.name.startswith(".") and p.name not in TOP | {"build"})
    missing = sorted(n for n in TOP if not (house.root / n).exists())
    return [f"top level: {n} does not belong" for n in extra] + [f"top level: no {n}" for n in missing]


def stands_alone(house):
    """Nothing points outside the repository."""
    pattern = r"\.\./" + r"shared|/wo" + r"rk/"
    texts = house.files(*SOURCES, "*.md", "libzone/**/*.md", "geodata/*.md", "geodata/*.yaml", "**/CMakeLists.txt",
                        ".ci/*", "tools/run", "tests/run")
    return [f"{house.name(p)}: points outside" for p in texts
            if "build" not in p.relative_to(house.root).parts and re.search(pattern, house.text(p))]


RULES = (include_table, tools_know_the_public_header, ask_prints_nothing, library_keeps_to_itself,
         one_file_opens_for_writing, numbers_know_no_locale, only_the_overlay_starts_threads, exported_symbols, no_writable_globals,
         a_unit_test_a_source_file, each_command_is_whole, every_status_is_tested, documents_are_true, sizes,
         nothing_left_undone, plain_names, top_level, stands_alone)


def built_house():
    root, build = os.environ["ZONE_SOURCE_DIR"], os.environ["ZONE_BUILD_DIR"]
    library = os.path.join(build, "libzone", "libzone.so")

    def told(*command):
        return subprocess.run([*command, library], capture_output=True, text=True, check=True).stdout
    return House(root, told("nm", "-D", "--defined-only"), told("objdump", "-t"))


def main():
    house = built_house()
    found = [f"{rule.__name__}: {text}" for rule in RULES for text in rule(house)]
    print("\n".join(found) or f"{len(RULES)} rules hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
