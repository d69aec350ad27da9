"""Rivers, zones and roads: the frame that everything else is fitted into."""
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, unary_union

from . import control, survey
from .curve import Warp, blob, polygons, ribbon, smooth, spline, stations
from .snap import node

TARGETS = {"phase1": 5.92e6, "resort": 19.42e6, "jiangnan": 4.20e6}
NAMES = {"phase1": "金兰创新城一期", "resort": "兰湖省级旅游度假区", "jiangnan": "经济开发区江南片",
         "phase2": "金兰创新城二期", "phase3": "金兰创新城三期", "shanghua": "上华街道工业地块",
         "lingdong": "灵洞乡工业地块"}
SHORE = 32.0            # the zones reach so far into the river: shoals and near water belong to them
EDGE_WARP = Warp(11, [(9.0, 420.0, 3), (3.0, 150.0, 3)])
MEANDER = Warp(12, [(30.0, 1900.0, 2), (12.0, 800.0, 2)])


class Frame:
    """What the build knows about the place before it draws parcels."""


def _river(rows, inset=0.0, seed=0):
    bends = MEANDER.points(control.points(rows)).tolist()
    line = MEANDER.line(spline(control.points(rows), 30.0), 60.0)
    widths = [float(r["width"]) - 2 * inset for r in rows]
    return line, ribbon(line, (stations(line, bends), widths), 9.0, seed)


def draw_rivers(frame):
    groups = control.grouped("rivers")
    frame.river_lines, whole, core = {}, {}, {}
    for seed, (key, rows) in enumerate(groups.items()):
        frame.river_lines[key], whole[key] = _river(rows, 0.0, seed)
        core[key] = _river(rows, SHORE, seed)[1]
    # Where two rivers meet, the water belongs to the larger: 兰江 begins at the meeting.
    whole["jinhua"] = max(polygons(whole["jinhua"].difference(whole["qu"])), key=lambda p: p.area)
    water = smooth(unary_union([whole["qu"], whole["jinhua"], whole["lan"]]), 45.0)
    whole["lan"] = max(polygons(water.difference(whole["qu"].union(whole["jinhua"]))), key=lambda p: p.area)
    rows = control.rows("canal")
    frame.canal_line = EDGE_WARP.line(spline(control.points(rows), 25.0), 25.0)
    canal = frame.canal_line.buffer(float(rows[0]["width"]) / 2, cap_style=2)
    main = unary_union(list(whole.values()))
    whole["yangzi"] = max(polygons(canal.difference(main)), key=lambda p: p.area)
    frame.rivers = whole
    frame.river_core = unary_union([core[k] for k in ("qu", "jinhua", "lan")])
    frame.main_rivers = main


def _divider(rows, dx=0.0, dy=0.0, road=False):
    """A border through shifted control points; one that is a road keeps its even curve."""
    line = spline([(x + dx, y + dy) for x, y in control.points(rows)], 25.0)
    return line if road else EDGE_WARP.line(line, 25.0)


def _face(lines, inside):
    for face in polygonize(unary_union(lines)):
        if face.contains(Point(inside)):
            return face
    raise RuntimeError(f"no face around {inside}")


def _bisect(measure, low, high, target, tolerance=0.05):
    """The shift at which measure meets its target; measure must be monotonous between low and high."""
    rising = measure(high) > measure(low)
    for _ in range(60):
        middle = (low + high) / 2
        value = measure(middle)
        if abs(value - target) < tolerance:
            return middle
        if (value < target) == rising:
            low = middle
        else:
            high = middle
    raise RuntimeError(f"no shift meets {target}: {measure(low)} .. {measure(high)}")


def draw_zones(frame):
    """The three zones meet their declared areas by shifting one border of each; expansion areas take what is left."""
    b = control.grouped("borders")
    seeds = {"phase1": (448100, 3229600), "resort": (445500, 3226800), "jiangnan": (448600, 3223200),
             "phase2": (449000, 3227300), "phase3": (449500, 3225900), "shanghua": (449000, 3224600)}
    banks = frame.river_core.boundary
    d1 = _bisect(lambda s: survey.area(_face([banks, _divider(b["d1"], 0, s, True)], seeds["phase1"])),
                 -300, 300, TARGETS["phase1"])
    frame.d1 = _divider(b["d1"], 0, d1, True)
    d2, d3, south = _divider(b["d2"]), _divider(b["d3"]), lambda s: _divider(b["south"], 0, s)
    d4 = _divider(b["d4"])
    shift = _bisect(lambda s: survey.area(_face([banks, frame.d1, d2, d3, d4, south(s)], seeds["resort"])),
                    -300, 600, TARGETS["resort"])
    south = south(shift)
    shift = _bisect(lambda s: survey.area(_face([banks, frame.d1, d2, d3, south, _divider(b["d5"], s, -s)],
                                                seeds["jiangnan"])), -400, 400, TARGETS["jiangnan"])
    frame.d5 = _divider(b["d5"], shift, -shift)
    edges = [banks, frame.d1, d2, d3, d4, south, frame.d5, _divider(b["d6"]), _divider(b["d7"])]
    frame.areas = {key: _face(edges, at) for key, at in seeds.items()}
    ring = spline(control.points(b["lingdong"]), 25.0, closed=True)
    frame.areas["lingdong"] = EDGE_WARP.polygon(Polygon(ring.coords), 25.0).difference(frame.main_rivers)
    county = LineString(control.points(control.rows("county")))
    for key, shape in frame.areas.items():
        if shape.crosses(county):
            raise RuntimeError(f"{key} crosses the county line")


def draw_roads(frame):
    frame.roads = []
    for key, rows in control.grouped("roads").items():
        closed = (rows[0]["x"], rows[0]["y"]) == (rows[-1]["x"], rows[-1]["y"])
        line = spline(control.points(rows), 25.0, closed=closed)
        frame.roads.append({"id": key, "name": rows[0]["name"], "width": float(rows[0]["width"]),
                            "class": rows[0]["class"], "line": line})
    frame.roads.append({"id": "guihuananer", "name": "规划南二路", "width": 40.0, "class": "main", "line": frame.d1})
    frame.road = {r["id"]: r for r in frame.roads}


def draw_waters(frame):
    frame.streams = [{"id": key, "name": rows[0]["name"], "width": float(rows[0]["width"]),
                      "line": EDGE_WARP.line(spline(control.points(rows), 25.0), 25.0)}
                     for key, rows in control.grouped("streams").items()]
    frame.lakes = {}
    for key, rows in control.grouped("lakes").items():
        lobes = [blob(r["x"], r["y"], float(r["radius"]), 100 + i) for i, r in enumerate(rows)]
        frame.lakes[key] = max(polygons(smooth(unary_union(lobes), 14.0)), key=lambda p: p.area).simplify(0.5)
    frame.villages = [dict(r, shape=blob(r["x"], r["y"], float(r["radius"]), 300 + i, 1.8))
                      for i, r in enumerate(control.rows("villages"))]
    frame.works = [blob(r["x"], r["y"], float(r["radius"]), 400 + i, 1.9)
                   for i, r in enumerate(control.rows("works"))]
    frame.hills = [(r["x"], r["y"], float(r["radius"]), float(r["height"])) for r in control.rows("hills")]


def draw_frame():
    frame = Frame()
    draw_rivers(frame)
    draw_zones(frame)
    draw_roads(frame)
    draw_waters(frame)
    frame.phase1 = frame.areas["phase1"]
    frame.extent = unary_union(list(frame.areas.values()))
    noded = node([shape.boundary for shape in frame.areas.values()])
    frame.area_lines = noded
    return frame
