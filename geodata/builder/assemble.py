"""All lines noded together; parcels of land use, planned use, zones and status come from the same cells."""
import numpy as np
from shapely.geometry import Polygon
from shapely.ops import unary_union

from . import landuse, survey
from .cover import Cells, Finder
from .curve import boundary_lines, lines
from .land import TARGETS

ZONES = ("phase1", "resort", "jiangnan")
EXPANSION = ("phase2", "phase3", "shanghua", "lingdong")


def node_everything(frame):
    keys = list(frame.areas)
    blocks = [b for t in frame.towns for b in t.blocks]
    source = [frame.area_lines] + lines(boundary_lines([b["shape"] for b in blocks]))
    for town in frame.towns:
        source += lines(boundary_lines([s for s, _ in town.parts]))
        if town.zone != "phase1":
            source += lines(town.region.boundary)
    source += frame.land_lines
    frame.cells = Cells(source, [frame.areas[k] for k in keys])
    frame.home = [keys[h] for h in frame.cells.home]
    frame.blocks = blocks


def group_landuse(frame):
    cells = frame.cells
    parts = Finder([s for s, _ in frame.parts])
    leaves = Finder([p for p, _ in frame.fabric.leaves])
    lots = Finder([p for p, _ in frame.village_fabric.leaves])
    keys = []
    for point, home in zip(cells.points, frame.home):
        part = parts(point)
        kind = frame.parts[part][1]["kind"] if part is not None else "field"
        if kind in ("field", "shore"):
            keys.append((home, kind, leaves(point) if kind == "field" else 1000000 + (leaves(point) or 0)))
        elif kind in ("village", "works"):
            keys.append((home, kind, lots(point)))
        else:
            keys.append((home, kind, part))
    frame.land_keys = keys
    group, names = cells.components(keys)
    soft = ("field", "village", "works", "shore")

    def too_small(name, area, edge):
        if name[1] in ("road", "lane", "water"):
            return area < 60
        limit = {"field": 620.0, "village": 320.0, "works": 900.0, "shore": 900.0}.get(name[1], 120.0)
        return area < limit or (name[1] in soft and 2 * area / edge < 7.0)

    def may_take(small, large):
        if small[0] != large[0]:
            return False
        return large[1] == small[1] or large[1] in ("field", "village", "works", "pond", "built") or small[1] not in soft

    for _ in range(3):
        group = cells.absorb(group, names, too_small, may_take)
    group = cells.absorb(group, names, lambda name, area, edge: area < 60, lambda small, large: small[0] == large[0])
    frame.land_group, frame.land_names = group, names


def class_landuse(frame):
    """A class for every parcel; fields of a quarter tend to be alike."""
    members = {}
    for cell, g in enumerate(frame.land_group):
        members.setdefault(g, []).append(cell)
    shapes = frame.cells.parcels(frame.land_group)
    rng = np.random.RandomState(71)
    frame.land = {}
    for g in sorted(members):
        kind, number = frame.land_names[g][1], frame.land_names[g][2]
        point = shapes[g].representative_point()
        if kind == "field":
            code = landuse.field_class(frame, point, rng)
            if code in ("1202", "1206") and shapes[g].area > 6000:
                code = "0101"
        elif kind == "village":
            code = landuse.village_class(rng)
        elif kind == "works":
            code = landuse.works_class(rng)
        elif kind == "shore":
            code = "1106" if rng.uniform() < 0.4 else "1101"
        else:
            code = frame.parts[number][1]["code"]
        frame.land[g] = {"shape": shapes[g], "code": code, "kind": kind, "home": frame.land_names[g][0], "at": point,
                         "area": shapes[g].area}


GROWTH = {"0301": 0.75, "0302": 0.7, "0305": 0.7, "0202": 0.55, "0201": 0.3, "0101": 0.13, "0103": 0.2}


def join_fields(frame):
    """Woods and groves of one class grow together, now and then two fields do: parcels are not all four-sided."""
    cells, rng = frame.cells, np.random.RandomState(73)
    members = {}
    for cell, g in enumerate(frame.land_group):
        members.setdefault(g, []).append(cell)
    changed = set()
    for g in sorted(frame.land):
        if g not in frame.land or frame.land[g]["kind"] != "field":
            continue
        item, luck = frame.land[g], rng.uniform()
        if luck > GROWTH.get(item["code"], 0.0):
            continue
        rim = {}
        for cell in members[g]:
            for other, length in cells.neighbours[cell].items():
                rim[frame.land_group[other]] = rim.get(frame.land_group[other], 0.0) + length
        limit = 75000.0 if item["code"][:2] == "03" else 30000.0
        fit = [(length, -t) for t, length in rim.items() if t != g and frame.land[t]["kind"] == "field"
               and frame.land[t]["code"] == item["code"] and frame.land[t]["home"] == item["home"]
               and frame.land[t]["area"] + item["area"] < limit]
        if not fit:
            continue
        taker = -max(fit)[1]
        for cell in members[g]:
            frame.land_group[cell] = taker
        members[taker] += members.pop(g)
        frame.land[taker]["area"] += item["area"]
        del frame.land[g]
        changed.discard(g)
        changed.add(taker)
    for g in sorted(changed):
        frame.land[g]["shape"] = cells.dissolve(members[g])
        frame.land[g]["at"] = frame.land[g]["shape"].representative_point()


def group_planned(frame):
    cells = frame.cells
    town_shapes, tags = [], []
    for t in frame.towns:
        for b in t.blocks:
            town_shapes.append(b["shape"])
            tags.append(("block", b["code"], frame.blocks.index(b)))
        for i, (s, tag) in enumerate(t.parts):
            town_shapes.append(s)
            tags.append((tag["kind"], tag["code"], (frame.towns.index(t), i)))
    finder, regions = Finder(town_shapes), Finder([t.region for t in frame.towns])
    leaf_quarter = [q for _, q in frame.fabric.leaves]
    leaves = Finder([p for p, _ in frame.fabric.leaves])
    keys = []
    for cell, (point, home) in enumerate(zip(cells.points, frame.home)):
        if home not in ZONES:
            keys.append(("none", home))
            continue
        region = regions(point)
        if region is not None:
            hit = finder(point)
            keys.append((home, "street", "1207", region) if hit is None else (home, *tags[hit]))
            continue
        land = frame.land[frame.land_group[cell]]
        code = landuse.TO_PLANNED[land["code"].rstrip("K") if land["code"].endswith("K") else land["code"]]
        number = frame.land_group[cell] if land["kind"] not in ("field",) else leaf_quarter[leaves(point) or 0]
        keys.append((home, "kept", code, number))
    group, names = cells.components(keys)

    def too_small(name, area, edge):
        return name[0] != "none" and name[1] != "block" and (area < 220 or 2 * area / edge < 1.5)

    def may_take(small, large):
        alike = large[1] == small[1] or large[1] in ("kept", "street", "green")
        return small[0] == large[0] and large[1] != "block" and alike

    for _ in range(2):
        group = cells.absorb(group, names, too_small, may_take)
    shapes = cells.parcels(group)
    frame.planned = [{"shape": shapes[g], "zone": names[g][0], "kind": names[g][1], "code": names[g][2],
                      "number": names[g][3]} for g in sorted(shapes) if names[g][0] != "none"]


def gather_zones(frame):
    frame.zone_shapes = {}
    for key in ZONES + EXPANSION:
        shape = unary_union([l["shape"] for l in frame.land.values() if l["home"] == key])
        if shape.geom_type != "Polygon" or shape.interiors:
            raise RuntimeError(f"{key} is not one polygon")
        frame.zone_shapes[key] = shape
    shape = unary_union([frame.zone_shapes[k] for k in ZONES])
    if shape.geom_type != "Polygon":
        raise RuntimeError("the boundary is not one polygon")
    frame.boundary = shape


def trim_zones(frame):
    """The last square centimetres: one vertex of each zone's outer border moves, in every layer that has it."""
    moves = {}
    count = {}
    for shape in frame.cells.shapes:
        for p in set(shape.exterior.coords):
            count[p] = count.get(p, 0) + 1
    outer = set(frame.boundary.exterior.coords)
    others = {p for k in EXPANSION for p in frame.zone_shapes[k].exterior.coords}
    for key in ZONES:
        ring = list(frame.zone_shapes[key].exterior.coords)[:-1]
        missing = TARGETS[key] - survey.area(frame.zone_shapes[key])
        best = None
        for i, p in enumerate(ring):
            if count[p] != 1 or p not in outer or p in others:
                continue
            a, b = ring[i - 1], ring[(i + 1) % len(ring)]
            d = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
            if best is None or d > best[0]:
                best = (d, i, p, a, b)
        d, i, p, a, b = best
        normal = ((b[1] - a[1]) / d, -(b[0] - a[0]) / d)
        before = survey.area(frame.zone_shapes[key])
        probe = list(ring)
        probe[i] = (p[0] + normal[0] * 0.1, p[1] + normal[1] * 0.1)
        rate = (survey.area(Polygon(probe)) - before) / 0.1
        step = missing / rate
        moves[p] = (round(p[0] + normal[0] * step, 4), round(p[1] + normal[1] * step, 4))
        frame.trims = getattr(frame, "trims", []) + [(key, missing, step)]
    _move(frame, moves)


def _move(frame, moves):
    def moved(shape):
        if not any(p in moves for p in shape.exterior.coords):
            return shape
        return Polygon([moves.get(p, p) for p in shape.exterior.coords], [r.coords for r in shape.interiors])

    for item in list(frame.land.values()) + frame.planned:
        item["shape"] = moved(item["shape"])
    frame.zone_shapes = {k: moved(s) for k, s in frame.zone_shapes.items()}
    frame.boundary = moved(frame.boundary)


def assemble(frame):
    node_everything(frame)
    group_landuse(frame)
    class_landuse(frame)
    join_fields(frame)
    group_planned(frame)
    gather_zones(frame)
    trim_zones(frame)
