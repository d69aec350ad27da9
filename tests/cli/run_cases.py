#!/usr/bin/python3
"""Runs the rows of a case file as a user would type them, in English and in Chinese; under a sanitizer, which looks at
memory and not at words, in both by turns.

    run_cases.py FILE.yaml        environment: ZONE_PROGRAM, ZONE_SOURCE_DIR

A row:
    run     what is typed (bash). $TMP is the folder it runs in, $ROOT the repository
    exit    exit code (0)
    stdout  a text, or a list of texts, that must be in the output; /…/ is a regular expression
    stderr  the same for messages
    not     texts that neither may hold
    zh      {stdout:, stderr:} for the run in Chinese, in place of the row's
    given   names of scenes (scenes.py) and {file: text} that are in $TMP before
    plan    {old: new}: $TMP/plan.yaml is the embedded plan with these texts replaced; its data are the embedded ones
    leaves  what is in $TMP afterwards beside what was given ([]); `holds: {file: text}` looks into it
    in      root: runs in the repository instead of $TMP

What holds for every row and need not be said: a call that fails (exit 2, 3, 4) writes nothing to stdout and exactly one
record to stderr, in the language of the user; one that does not fail writes none. Nothing is left behind.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

import scenes

ROOT = os.environ["ZONE_SOURCE_DIR"]
PROGRAM = os.environ["ZONE_PROGRAM"]
SANITIZED = "asan" in PROGRAM or "tsan" in PROGRAM
LOCALES = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
KEYS = {"run", "exit", "stdout", "stderr", "not", "zh", "given", "leaves", "holds", "plan", "in", "examples"}
REJECTS = {"quota": 1}  # what the example of a command ends with: some of the embedded sites are faulty on purpose
CJK = re.compile("[\u4e00-\u9fff]")
FAILED = (2, 3, 4)


def environment(folder, language):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "LANGUAGE")}
    # LC_MESSAGES decides; an empty LC_ALL does not count.
    return dict(kept, LC_MESSAGES=LOCALES[language], LC_ALL="", TMP=folder, ROOT=ROOT,
                PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def wanted_texts(value):
    texts = listed(value)
    for text in texts:
        if not isinstance(text, str):
            sys.exit(f"not a text: {text!r} (quote it)")
    return texts


def has(text, wanted):
    if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
        return re.search(wanted[1:-1], text, re.M) is not None
    return wanted.strip() in text


def furnish(folder, given):
    for item in listed(given):
        if isinstance(item, str):
            scenes.build(item, folder)
            continue
        for name, text in item.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())


def write_plan(folder, changes):
    with open(os.path.join(ROOT, "geodata", "jinlan.yaml"), encoding="utf-8") as file:
        text = file.read()
    for old, new in {"\ndata: ": f"\ndata: {ROOT}/geodata/", **changes}.items():
        if old not in text:
            sys.exit(f"the plan has no {old!r}")
        text = text.replace(old, new, 1)
    with open(os.path.join(folder, "plan.yaml"), "w", encoding="utf-8") as file:
        file.write(text)


def contents(folder):
    return {os.path.relpath(os.path.join(base, name), folder) for base, _, files in os.walk(folder) for name in files}


def judge(row, language, run, left):
    expected = dict(row, **(row.get("zh", {}) if language == "zh" else {}))
    if language == "zh":  # English texts are not expected of a Chinese run
        expected = dict(expected, **{k: row.get("zh", {}).get(k) for k in ("stdout", "stderr")})
    code, faults = row.get("exit", 0), []
    if run.returncode != code:
        faults.append(f"exit {run.returncode}, expected {code}")
    for stream, text in (("stdout", run.stdout), ("stderr", run.stderr)):
        faults += [f"{stream} lacks {wanted!r}" for wanted in wanted_texts(expected.get(stream)) if not has(text, wanted)]
        faults += [f"{stream} has {bad!r}" for bad in wanted_texts(row.get("not")) if has(text, bad)]
    records = [line for line in run.stderr.splitlines() if line.startswith("zone: ")]
    if len(records) != (1 if code in FAILED else 0):
        faults.append(f"{len(records)} error records")
    if code in FAILED and run.stdout:
        faults.append("stdout is not empty")
    if code in FAILED and language == "zh" and not any(CJK.search(r) for r in records):
        faults.append("the record is not in Chinese")
    if left != set(listed(row.get("leaves"))):
        faults.append(f"leaves {sorted(left)}")
    return faults


def run_row(row, language):
    folder = tempfile.mkdtemp(prefix="zone-cli-")
    try:
        furnish(folder, row.get("given"))
        if "plan" in row:
            write_plan(folder, row["plan"])
        before = contents(folder)
        run = subprocess.run(["bash", "-c", row["run"]], cwd=ROOT if row.get("in") == "root" else folder,
                             env=environment(folder, language), stdin=subprocess.DEVNULL, capture_output=True,
                             encoding="utf-8", errors="replace", timeout=600, check=False)
        faults = judge(row, language, run, contents(folder) - before)
        for name, wanted in row.get("holds", {}).items():
            path = os.path.join(folder, name)
            text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
            faults += [f"{name} lacks {w!r}" for w in wanted_texts(wanted) if language == "en" and not has(text, w)]
        if faults:
            print(f"FAILED [{language}] {row['run']}\n  " + "\n  ".join(faults))
            print("  stdout: " + run.stdout[:600].replace("\n", "\n    "))
            print("  stderr: " + run.stderr[:1200].replace("\n", "\n    "))
        return not faults
    finally:
        shutil.rmtree(folder)


def example_rows():
    """A row for the example that the help of each command shows, as typed from the repository's root."""
    listing = subprocess.run([PROGRAM, "--help", "--lang", "en"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  ([a-z-]+)  ", listing[listing.index("commands:"):listing.index("operands:")], re.M)
    rows = []
    for name in names:
        text = subprocess.run([PROGRAM, name, "--help", "--lang", "en"], capture_output=True, text=True, check=True).stdout
        example = text[text.index("example:"):].splitlines()[1].strip()
        assert example.startswith("zone " + name) or name == "help", example
        rows.append({"run": example, "in": "root", "exit": REJECTS.get(name, 0), "stdout": "/./", "zh": {"stdout": "/[\u4e00-\u9fff]/"}})
    assert len(rows) >= 11, names
    return rows


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = yaml.safe_load(file)
    if any(row.get("examples") for row in rows):
        rows = [row for row in rows if not row.get("examples")] + example_rows()
    for row in rows:
        unknown = set(row) - KEYS
        if unknown:
            sys.exit(f"{row['run']}: unknown {unknown}")
    runs = [(row, language) for i, row in enumerate(rows) for j, language in enumerate(LOCALES)
            if not SANITIZED or (i + j) % 2 == 0]
    failed = sum(not run_row(row, language) for row, language in runs)
    print(f"{os.path.basename(sys.argv[1])}: {len(rows)} rows, {len(runs)} runs, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
