"""Villages, and the survey fields of parcels: numbers, areas, adjustment to the control area of the village."""
import math

import numpy as np

from . import landuse, survey

COUNTY, TOWNS = "330781", {"上华街道": "007", "灵洞乡": "010"}
STATE_OWNED = ("0601", "0701", "0508", "05H1", "08H1", "08H2", "08H2A", "0809", "0810", "0810A", "1003", "1004", "1005",
               "1101", "1103", "1106", "1107A", "1109", "1201")
RIDGE = {"2": 0.0412, "3": 0.0857, "4": 0.1263}


def _cents(area):
    """Hundredths of a square metre, half away from zero."""
    return int(math.floor(area * 100 + 0.5))


def unit_code(village):
    return COUNTY + TOWNS[village["town"]] + village["code"] + "0000000"


def nearest(frame, point, home):
    villages = [v for v in frame.villages if (v["town"] == "灵洞乡") == (home == "lingdong")]
    return min(villages, key=lambda v: ((v["x"] - point.x) ** 2 + (v["y"] - point.y) ** 2) / (float(v["radius"]) + 60.0))


def adjust(control, cents):
    """平差: the difference in whole hundredths goes to the parcels, the larger first."""
    d = control - sum(cents)
    each, rest = divmod(abs(d), len(cents))
    sign = 1 if d > 0 else -1
    order = sorted(range(len(cents)), key=lambda i: (-cents[i], i))
    out = list(cents)
    for rank, i in enumerate(order):
        out[i] += sign * (each + (1 if rank < rest else 0))
    return out


def slope(frame, point):
    """Slope class of cultivated land from the schematic hills, 1 (to 2 degrees) to 4."""
    d = 40.0
    h = [landuse.height(frame, point.x + dx, point.y + dy)[0] for dx, dy in ((d, 0), (-d, 0), (0, d), (0, -d))]
    degrees = math.degrees(math.atan(math.hypot(h[0] - h[1], h[2] - h[3]) / (2 * d)))
    return "1" if degrees <= 2 else "2" if degrees <= 6 else "3" if degrees <= 15 else "4"


def number_parcels(frame):
    """Parcels in the order of villages and from north to south, with their adjusted areas."""
    parcels = list(frame.land.values())
    for parcel, area in zip(parcels, survey.areas([p["shape"] for p in parcels])):
        parcel["area"] = float(area)
        parcel["village"] = nearest(frame, parcel["at"], parcel["home"])
        if parcel["code"][:2] == "01":
            parcel["slope"] = slope(frame, parcel["at"])
    parcels.sort(key=lambda p: (p["village"]["town"], p["village"]["code"], -round(p["at"].y / 200),
                                round(p["at"].x, 2), round(p["at"].y, 2)))
    by_village = {}
    for parcel in parcels:
        by_village.setdefault(unit_code(parcel["village"]), []).append(parcel)
    frame.village_sums = {}
    for code, members in by_village.items():
        control = _cents(math.fsum(p["area"] for p in members))
        for number, (p, cents) in enumerate(zip(members, adjust(control, [_cents(p["area"]) for p in members])), 1):
            p["cents"], p["number"] = cents, number
        frame.village_sums[code] = control
    frame.parcels = parcels


def fields(parcel, serial):
    """The row of a parcel in the layer 地类图斑."""
    code, village = parcel["code"], parcel["village"]
    unit, name = unit_code(village), village["town"] + village["name"]
    ridge = RIDGE.get(parcel.get("slope", "1"), 0.0) if code[:2] == "01" else 0.0
    deducted = int(math.floor(parcel["cents"] * round(ridge * 10000) / 10000 + 0.5))
    state = code in STATE_OWNED and parcel["kind"] in ("built", "road", "water", "shore")
    urban = {"road": "201" if code == "1004" else None, "built": "201", "village": "203"}.get(parcel["kind"])
    if code[:2] not in ("05", "06", "07", "08", "09") and code not in ("1004", "1005", "1201"):
        urban = None
    if code == "09":
        urban = "205"
    elif code == "0601" and parcel["kind"] == "built":
        urban = "201A"
    terraced = parcel.get("slope", "1") != "1"
    return {
        "BSM": f"{COUNTY}211{serial:09d}", "YSDM": "2001010100", "TBBH": f"{parcel['number']:04d}", "DLBM": code,
        "DLMC": landuse.NAMES[code], "QSXZ": "20" if state else "30",
        "QSDWDM": COUNTY + "0000000000000" if state else unit, "QSDWMC": "兰溪市" if state else name + "集体",
        "ZLDWDM": unit, "ZLDWMC": name, "TBMJ": parcel["cents"] / 100,
        "KCDLBM": "1203" if ridge else None, "KCXS": ridge, "KCMJ": deducted / 100,
        "TBDLMJ": (parcel["cents"] - deducted) / 100, "GDLX": "TT" if terraced and "slope" in parcel else None,
        "GDPDJB": parcel.get("slope"),
        "GDDB": 5 + int(parcel["at"].x / 700 + parcel["at"].y / 900) % 4 if code[:2] == "01" else None,
        "CZCSXM": urban, "SJNF": 2021, "MSSM": "00", "BZ": "示意",
    }
