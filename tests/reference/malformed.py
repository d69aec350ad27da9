"""Every malformed file gets one clear error, or is read with its faults on the completeness line; nothing crashes."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "data"))
import malformed  # noqa: E402

PROGRAM = os.environ.get("ZONE_PROGRAM", "")
failures = []


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments, "--lang", "en"], capture_output=True, timeout=60)


def expect(condition, data, what, result):
    if not condition:
        failures.append(f"{os.path.basename(data)}: {what}\n{result.stdout.decode(errors='replace')[:400]}"
                        f"{result.stderr.decode(errors='replace')[-1200:]}")


def sound(data, result, codes):
    """Exit code among `codes`; refused means: nothing on stdout, one record on stderr, in UTF-8."""
    expect(result.returncode in codes, data, f"exit code {result.returncode}, not of {codes}", result)
    text = result.stderr.decode("utf-8")  # raises when it is not UTF-8
    expect("Sanitizer" not in text and "runtime error" not in text, data, "a sanitizer spoke", result)
    if result.returncode > 1:
        expect(result.stdout == b"", data, "output in spite of an error", result)
        expect(sum(line.startswith("zone: ") for line in text.splitlines()) == 1, data, "not one record", result)
        expect("  found: " in text or "no such" in text, data, "no word of what was found", result)
    return text


def counts(result):
    row = json.loads(result.stdout)["completeness"][0]
    expect(row["features"] == row["used"] + row["repaired"] + row["rejected"] + row["outside"], "completeness",
           "features in are not features out", result)
    return f'{row["repaired"]} repaired, {row["rejected"]} rejected'


def main():
    if not os.path.exists(PROGRAM):
        print("ZONE_PROGRAM names no program")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        cases = malformed.make(os.path.join(directory, "malformed"))
        for data, code, message in cases:
            area = run("area", data, "--quiet", "--format", "json")
            text = sound(data, area, [code] if code is not None else [0, 3])
            if area.returncode == 0:
                text = counts(area)
            expect(message in text, data, f'"{message}" is not in "{text}"', area)
            sound(data, run("info", data, "--quiet"), [0, 3])
            sound(data, run("validate", data, "--quiet"), [0, 1, 3])
    print(*failures, sep="\n")
    print(f"{len(cases)} files, {len(failures)} failures")
    return 1 if failures or len(cases) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
