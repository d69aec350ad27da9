"""Permanent basic farmland: its own fields, cutting across parcels, so that each zone needs what the plan declares."""
import math

import numpy as np
from shapely.geometry import Polygon
from shapely.ops import unary_union
from shapely.prepared import prep

from . import control, survey
from .assemble import ZONES
from .curve import polygons, smooth, spline
from .fabric import COUNTRY_WARP, Fabric
from .snap import sound

NEED = {"phase1": 1590.0, "resort": 270.0, "jiangnan": 914.0}
# From where the farmland spreads over planned construction land, and in which direction its edge moves.
SPREAD = {"phase1": ((448100.0, 3228600.0), 90.0), "resort": ((446300.0, 3226300.0), 80.0),
          "jiangnan": ((446900.0, 3223300.0), 0.0)}


def is_construction(code):
    return "07" <= code[:2] <= "16" or code.startswith("2301")


def _side(zone, t):
    """The half of the plane before the edge, which waves so that it looks like a field border."""
    (x, y), degrees = SPREAD[zone]
    along = np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
    across = np.array([-along[1], along[0]])
    origin = np.array([x, y])
    u = np.arange(-6000.0, 6000.1, 20.0)
    wave = 26.0 * np.sin(u / 170.0) + 11.0 * np.sin(u / 61.0 + 1.0) + 60.0 * np.sin(u / 900.0 + 0.5)
    edge = [tuple(origin + across * v + along * (t + w)) for v, w in zip(u, wave)]
    return Polygon(edge + [tuple(origin + across * v - along * 20000) for v in (6000.0, -6000.0)])


def construction(frame):
    return {zone: [p["shape"] for p in frame.planned if p["zone"] == zone and is_construction(p["code"])]
            for zone in ZONES}


def need(fields, built):
    """Survey area in m2 of the pieces in which fields lie on planned construction land."""
    pieces = []
    prepared = [(f, prep(f), f.bounds) for f in fields]
    for shape in built:
        x0, y0, x1, y1 = shape.bounds
        for field, ready, (a0, b0, a1, b1) in prepared:
            if a0 <= x1 and x0 <= a1 and b0 <= y1 and y0 <= b1 and ready.intersects(shape):
                pieces += polygons(field.intersection(shape))
    return float(survey.areas(pieces).sum())


def _fields(fabric, region, least=900.0):
    ready = prep(region)
    out = []
    for leaf, _ in fabric.leaves:
        if ready.intersects(leaf):
            piece = leaf if ready.contains(leaf) else leaf.intersection(region)
            out += [p for p in sound(piece, least) if 2 * p.area / p.length > 6]
    return out


def _kept_region(frame, zones_built):
    """Good fields that the plan keeps, clear of everything planned to be built."""
    wanted = [l["shape"].buffer(4.0) for l in frame.land.values() if l["code"] in ("0101", "0102", "0103")]
    hard = [l["shape"] for l in frame.land.values() if l["code"] in ("1003", "1004", "1101", "1103", "0702")]
    region = unary_union(wanted).buffer(-4.0).buffer(-14.0).buffer(14.0)
    built = unary_union([s for zone in ZONES for s in zones_built[zone]])
    region = region.difference(built.buffer(5.0)).difference(unary_union(hard).buffer(1.0))
    region = region.difference(unary_union([r[0] for r in frame.redline]).buffer(3.0))
    region = region.difference(frame.main_rivers.buffer(25.0)).difference(frame.phase1.buffer(3.0))
    return unary_union(polygons(region.intersection(frame.extent.buffer(-2.0)), 6000.0))


def draw_limits(frame):
    """生态保护红线 from its control points, 城镇开发边界 about what is planned to be built."""
    frame.redline = [(Polygon(spline(control.points(rows), 25.0, closed=True).coords), key, rows[0]["name"], rows[0]["kind"])
                     for key, rows in control.grouped("redline").items()]
    frame.urban = [(frame.zone_shapes["phase1"], "集中建设区")]
    red = unary_union([r[0] for r in frame.redline]).buffer(10.0)
    for town in frame.towns[1:]:
        shape = smooth(town.region.buffer(30.0), 12.0).intersection(frame.zone_shapes[town.zone]).difference(red)
        frame.urban += [(p, "集中建设区" if town.zone == "jiangnan" else "特别用途区") for p in polygons(shape, 20000.0)]


def draw_farmland(frame):
    built = construction(frame)
    fabric = Fabric(tuple(v + d for v, d in zip(frame.extent.bounds, (-700, -700, 700, 700))),
                    lambda x, y: 30000.0, 160000.0, 83, 20.0, COUNTRY_WARP)
    status = unary_union([s["shape"] for s in frame.status]).buffer(2.5)
    kept = _kept_region(frame, built)
    frame.farmland = [(f, "kept") for f in _fields(fabric, kept)]
    red = unary_union([r[0] for r in frame.redline]).buffer(3.0)
    water = frame.main_rivers.buffer(20.0).union(unary_union(list(frame.lakes.values())).buffer(5.0))
    standing = unary_union([l["shape"] for l in frame.land.values() if l["kind"] in ("road", "built", "village")])
    standing = standing.buffer(2.0)
    frame.needs = {}
    for zone in ZONES:
        shape = frame.zone_shapes[zone]
        free = unary_union(built[zone]).buffer(6.0).intersection(shape.buffer(-3.0))
        if zone == "phase1":
            free = shape.buffer(-3.0)
        free = free.difference(standing).difference(status).difference(red).difference(water).difference(kept.buffer(0.5))
        free = unary_union(polygons(free.buffer(-8.0).buffer(8.0), 1500.0))
        target = NEED[zone] * survey.MU
        low, high = -4500.0, 6000.0
        for _ in range(70):
            t = (low + high) / 2
            fields = _fields(fabric, free.intersection(_side(zone, t)), 60.0)
            value = need(fields, built[zone])
            if abs(value - target) < 0.4:
                break
            low, high = (t, high) if value < target else (low, t)
        if abs(value - target) > 5.0:
            raise RuntimeError(f"{zone}: {value / survey.MU:.2f} mu of farmland on planned construction land")
        frame.needs[zone] = (t, value / survey.MU)
        frame.farmland += [(f, zone) for f in fields]
