#!/usr/bin/python3
"""builds.py PRESET…: every build gives the bytes that the first one gives, whatever the compiler, the optimisation and the
sanitizer. A preset that is not built is a failure. Run by .ci/run, not by ctest: one build knows nothing of the others.
"""
import os
import sys
import tempfile

import same_bytes

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main():
    presets = sys.argv[1:]
    programs = {preset: os.path.join(TOP, "build", preset, "tools", "zone") for preset in presets}
    missing = [path for path in programs.values() if not os.access(path, os.X_OK)]
    if missing or len(presets) < 2:
        sys.exit(f"builds: nothing to compare; not built: {' '.join(missing) or 'none'}, asked for: {' '.join(presets)}")
    os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # what leaks and races is for the tests; here only bytes count
    os.environ["TSAN_OPTIONS"] = "report_bugs=0"
    answers = 0
    with tempfile.TemporaryDirectory() as folder:
        files = same_bytes.save_all(folder, same_bytes.draw())
        for question in [*same_bytes.questions(files), *same_bytes.plan_questions()]:
            first = same_bytes.ask(programs[presets[0]], question, "json")
            for preset in presets[1:]:
                same_bytes.expect_same(f"{preset} against {presets[0]}", question, first,
                                       same_bytes.ask(programs[preset], question, "json"))
            answers += 1
    print(f"{answers} answers the same to the byte from the builds {', '.join(presets)}")


if __name__ == "__main__":
    main()
