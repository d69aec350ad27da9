"""Which blocks are built, under construction or still available, so that the plan's figures come out."""
import math

import numpy as np
from shapely.geometry import Polygon

from . import survey
from .curve import polygons
from .land import NAMES

# (zone, first built, then under construction, then available), in mu; None: a share of the blocks instead.
FIGURES = {"phase1": (1835.0, 487.0, 1942.0), "resort": (260.0, 120.0, 300.0), "jiangnan": (1240.0, 280.0, 560.0)}
START = {"phase1": (448250.0, 3231200.0), "resort": (446400.0, 3227500.0),
         "jiangnan": (449300.0, 3223500.0)}
CAMP = (442900.0, 3226300.0)    # the second start of the resort: the camp site which the plan names
LEAST = 1500.0          # m2, no part of a block is smaller
STATES = ("built", "under_construction", "available")
STATE_NAMES = {"built": "已建", "under_construction": "在建", "available": "可用"}


def _cut(block, target):
    """The block in two, the first part of the target area, by a slightly curved line across its long side."""
    shape = block["shape"]
    ring = np.array(shape.minimum_rotated_rectangle.exterior.coords)
    a, b = ring[1] - ring[0], ring[2] - ring[1]
    along = a if np.hypot(*a) >= np.hypot(*b) else b
    along = along / np.hypot(*along)
    across = np.array([-along[1], along[0]])
    centre = np.array(shape.centroid.coords[0])

    def side(t):
        v = np.linspace(-1500, 1500, 121)
        edge = [tuple(centre + across * u + along * (t + 4.0 * math.sin(u / 60.0))) for u in v]
        far = [tuple(centre + across * u + along * (-3000)) for u in (1500, -1500)]
        return Polygon(edge + far)

    low, high = -1500.0, 1500.0
    for _ in range(60):
        t = (low + high) / 2
        value = survey.area(shape.intersection(side(t)))
        low, high = (t, high) if value < target else (low, t)
    first = shape.intersection(side(t))
    second = shape.difference(side(t))
    if first.geom_type != "Polygon" or second.geom_type != "Polygon":
        return None
    return [dict(block, shape=first), dict(block, shape=second)]


def _next(queue, areas, left):
    """The next block in line that can be taken whole, or cut so that both parts are worth having."""
    for at, (block, area) in enumerate(zip(queue, areas)):
        if abs(area - left) < 0.5 or area < left - 2 * LEAST:
            return at, block, None
        if area > left + LEAST:
            parts = _cut(block, left)
            if parts is not None:
                return at, parts[0], parts[1]
    raise RuntimeError(f"no blocks left, {left:.0f} m2 missing")


def _allot(zone, blocks):
    """States from the start outwards until each figure is met; the block on the edge is cut."""
    sx, sy = START[zone]
    rng = np.random.RandomState(17)
    for block in blocks:
        c = block["shape"].centroid
        block["rank"] = math.hypot(c.x - sx, c.y - sy) + rng.uniform(-130, 130)
        if zone == "resort":
            block["rank"] = min(block["rank"], 380.0 + math.hypot(c.x - CAMP[0], c.y - CAMP[1]))
    queue = sorted(blocks, key=lambda b: b["rank"])
    areas = list(survey.areas([b["shape"] for b in queue]))
    out = []
    for state, figure in zip(STATES, FIGURES[zone]):
        left = figure * survey.MU
        while left > 0.5:
            at, taken, rest = _next(queue, areas, left)
            queue.pop(at), areas.pop(at)
            out.append(dict(taken, state=state))
            left -= survey.area(taken["shape"])
            if rest is not None:
                queue.insert(at, rest)
                areas.insert(at, survey.area(rest["shape"]))
                left = 0.0
    return out + [dict(b, state=None) for b in queue]


def allot(frame):
    for zone in ("phase1", "resort", "jiangnan"):
        towns = [t for t in frame.towns if t.zone == zone]
        land = [b for t in towns for b in t.blocks if not b["code"].startswith("14")]
        for t in towns:
            t.greens = [dict(b, state=None) for b in t.blocks if b["code"].startswith("14")]
            t.blocks = []
        towns[0].blocks = _allot(zone, land)
        for t in towns:
            t.blocks += t.greens
    for town in frame.towns:
        for block in town.blocks:
            if len(polygons(block["shape"])) != 1:
                raise RuntimeError("a block in parts")


def gather(frame):
    """Status polygons are the planned blocks themselves."""
    frame.status = []
    for item in frame.planned:
        if item["kind"] != "block":
            continue
        block = frame.blocks[item["number"]]
        if block["state"]:
            frame.status.append({"shape": item["shape"], "zone": item["zone"], "state": block["state"],
                                 "code": item["code"]})
    numbers, sums = {}, {}
    for item, area in zip(frame.status, survey.areas([s["shape"] for s in frame.status])):
        item["area"] = float(area)
        numbers[item["zone"]] = numbers.get(item["zone"], 0) + 1
        item["id"] = f"{item['zone']}-{numbers[item['zone']]:03d}"
        item["state_name"] = STATE_NAMES[item["state"]]
        item["name"] = f"{NAMES[item['zone']]}{item['state_name']}用地{numbers[item['zone']]:03d}"
        key = item["zone"], item["state"]
        sums[key] = sums.get(key, 0.0) + float(area) / survey.MU
    frame.status_sums = sums
