#!/usr/bin/python3
"""A boundary of four long edges over thousands of parcels with short ones: on the grid they are the same land, by survey they
are not. No gap is told and nothing outside; the closure's line for the edge model is the difference of the two legal areas,
to the last digit.
"""
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

import same_bytes

SIDE, N = 20000.0, 60


def parcels():
    def at(i, j):
        return same_bytes.EAST + SIDE * i / N, same_bytes.NORTH + SIDE * j / N
    return [({"DLBM": "0101"}, [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)])
            for i in range(N) for j in range(N)]


def boundary():
    east, north = same_bytes.EAST + SIDE, same_bytes.NORTH + SIDE
    return [({"zone": "z"}, [(same_bytes.EAST, same_bytes.NORTH), (east, same_bytes.NORTH), (east, north),
                             (same_bytes.EAST, north)])]


def ask(question):
    return json.loads(same_bytes.ask(os.environ["ZONE_PROGRAM"], question, "json"), parse_float=Decimal)


def closure(answer, item, of):
    found = [row["area_m2"] for row in answer["closure"] if row["item"] == item and row.get("of") == of]
    if len(found) != 1:
        sys.exit(f"closure has {len(found)} lines '{item}' of {of}: {answer['closure']}")
    return Decimal(found[0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        land = same_bytes.save(folder, "land", parcels())
        zone = same_bytes.save(folder, "zones", boundary())
        for method in same_bytes.METHODS:
            tabulated = ask(["tabulate", land, "--zones", zone, "--zone-by", "zone", "--by", "DLBM", "--area", method])
            whole, parts = [sum(Decimal(row["area_m2"]) for row in ask(["area", data, "--by", by, "--area", method])["rows"])
                            for data, by in ((zone, "zone"), (land, "DLBM"))]
            edge, gap = closure(tabulated, "edge model", None), closure(tabulated, "gap", "z")
            outside = closure(tabulated, "outside every zone", land + ":land")
            if edge != whole - parts or gap != 0 or outside != 0 or closure(tabulated, "residual", None) != 0:
                sys.exit(f"{method}: edge model {edge}, outside {outside}, gap {gap}; boundary {whole} - parcels {parts} = {whole - parts}")
            if (method in ("survey", "geodesic")) != (abs(edge) > 1) or (method == "grid" and edge != 0):
                sys.exit(f"{method}: an edge model of {edge} m²")
            print(f"{method}: {N * N} parcels, edge model {edge} m²")


if __name__ == "__main__":
    main()
