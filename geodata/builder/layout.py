"""Layout elements of the plan: core, rings, axes, corridors, islands, nodes, belts, landscape."""
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.ops import substring, unary_union

from . import control
from .curve import blob, polygons, ribbon, smooth, spline

ISLANDS = {
    "doushi": ("都会岛", "都市生活"), "jinrong": ("金融岛", "金融商务"), "yunchuang": ("云创岛", "移动互联网、物联网、电子商务"),
    "zhichuang": ("智创岛", "研发、创业服务、孵化"), "kechuang": ("科创岛", "文创、传媒"), "xuezhi": ("学知岛", "科教、行知学院"),
    "jiankang": ("健康岛", "健康医养、药用种植"),
}
ISLAND_AT = {"doushi": (-0.25, 1.12), "jinrong": (0.33, 1.05), "yunchuang": (0.85, 0.25), "zhichuang": (0.8, -0.65),
             "kechuang": (-0.6, 0.15), "xuezhi": (-0.45, -1.02), "jiankang": (-0.8, -0.42)}
LANDSCAPE = ["海绵示范", "科技创新", "田园休闲", "文化展示", "生态保护", "健康运动"]


def draw_core(frame):
    # 上华芯 lies about the centroid of the first phase and takes in the crossing of the axes and 尚湖.
    c = frame.phase1.centroid
    crossing = frame.road["yingbin"]["line"].intersection(frame.road["yangzi_east"]["line"])
    crossing = crossing if crossing.geom_type == "Point" else Point(frame.road["yangzi_east"]["line"].coords[0])
    frame.crossing = (crossing.x, crossing.y)
    hull = MultiPoint([(c.x, c.y), frame.crossing]).convex_hull.buffer(190)
    shape = hull.union(blob(c.x - 20, c.y, 300, 7, 1.1)).union(frame.lakes["shanghu"].buffer(45))
    frame.core = max(polygons(smooth(shape, 40).intersection(frame.phase1)), key=lambda p: p.area).simplify(0.5)


def draw_corridors(frame):
    frame.corridors = []
    for seed, (key, rows) in enumerate(control.grouped("corridors").items()):
        line = spline(control.points(rows), 20.0)
        widths = [float(rows[0]["width_river"]), float(rows[0]["width_core"])]
        shape = ribbon(line, widths, 7.0, 40 + seed).intersection(frame.phase1)
        shape = max(polygons(shape), key=lambda p: p.area)
        frame.corridors.append({"id": key, "name": rows[0]["name"], "river": rows[0]["river"], "shape": shape,
                                "line": line})


def draw_greenbelt(frame):
    strip = frame.d1.buffer(84).intersection(frame.phase1)
    frame.greenbelt = max(polygons(strip.difference(frame.d1.buffer(20.0))), key=lambda p: p.area)


def draw_rings(frame):
    qu, jinhua = frame.river_lines["qu"], frame.river_lines["jinhua"]
    belt = frame.greenbelt_line = spline(_middle_of_belt(frame), 25.0)
    start = qu.project(Point(belt.coords[0]))
    first = substring(qu, start, qu.length)
    end = jinhua.project(Point(belt.coords[-1]))
    second = substring(jinhua, end, jinhua.length)
    coords = list(first.coords)
    # Both centre lines end in the meeting, which all river polygons share.
    coords = list(first.coords) + list(second.coords)[::-1][1:] + list(belt.coords)[::-1][1:]
    ring = LineString(coords + [coords[0]])
    frame.eco = LineString([(round(x, 4), round(y, 4)) for x, y in ring.coords])
    frame.living = frame.road["chuangxin"]["line"]


def _middle_of_belt(frame):
    """Points in the middle of the green belt from 衢江 to 金华江, beginning and ending in the rivers."""
    line = frame.d1.parallel_offset(52.0, "left")
    if line.coords[0][0] > line.coords[-1][0]:
        line = LineString(line.coords[::-1])
    inside = line.intersection(frame.phase1)
    inside = max(getattr(inside, "geoms", [inside]), key=lambda p: p.length)
    if inside.coords[0][0] > inside.coords[-1][0]:
        inside = LineString(inside.coords[::-1])
    stations = [inside.interpolate(t, normalized=True) for t in (0.002, 0.04, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 0.998)]
    pts = [(p.x, p.y) for p in stations]
    qu = frame.river_lines["qu"]
    jinhua = frame.river_lines["jinhua"]
    a = qu.interpolate(qu.project(Point(pts[0])))
    b = jinhua.interpolate(jinhua.project(Point(pts[-1])))
    return [(a.x, a.y)] + pts + [(b.x, b.y)]


def draw_axes(frame):
    rows = control.rows("axes")
    by = {(k, p): [(r["x"], r["y"]) for r in rows if (r["id"], r["part"]) == (k, p)]
          for k, p in (("link", "west"), ("link", "east"), ("tourism", "east"))}
    west = list(frame.road["yangzi_west"]["line"].coords)
    east = list(frame.road["yangzi_east"]["line"].coords)
    frame.axes = {
        "city": ("城市发展轴", frame.road["yingbin"]["line"]),
        "link": ("三区联动轴", LineString(_approach(by["link", "west"], west) + west + east[1:]
                                    + _approach(by["link", "east"][::-1], east[::-1])[::-1])),
        "tourism": ("文旅体验轴", spline([frame.crossing] + by["tourism", "east"], 40.0)),
    }


def _approach(points, line):
    """A curve through the points that runs smoothly into the start of the line, which it leaves out."""
    curve = spline(points + [line[0], line[1], line[2]], 30.0)
    stop = curve.project(Point(line[0]))
    return list(substring(curve, 0, stop).coords)[:-1]


def draw_islands(frame):
    trunk = frame.road["yingbin"]["line"].buffer(28)
    cut = unary_union([frame.core.buffer(12), frame.greenbelt.buffer(6), frame.main_rivers, frame.d1.buffer(22)]
                      + [c["shape"].buffer(6) for c in frame.corridors])
    rest = frame.phase1.difference(cut).difference(trunk)
    parts = polygons(smooth(rest, 9.0), 20000)
    c = frame.core.centroid
    frame.islands = []
    for key, (dx, dy) in ISLAND_AT.items():
        at = Point(c.x + dx * 1000, c.y + dy * 1000)
        shape = min(parts, key=lambda p: p.distance(at))
        frame.islands.append({"id": key, "name": ISLANDS[key][0], "function": ISLANDS[key][1], "shape": shape})


def draw_nodes(frame):
    """邻里中心: vertices of the living ring, at least one in every island, spread along the ring."""
    frame.nodes = []
    ring = list(frame.living.coords)[:-1]
    for island in frame.islands:
        inside = [p for p in ring if island["shape"].buffer(-25).contains(Point(p))]
        if not inside:
            raise RuntimeError(f"the living ring misses {island['name']}")
        for k, share in enumerate((0.3, 0.78) if len(inside) > 26 else (0.5,)):
            at = inside[int(len(inside) * share)]
            frame.nodes.append({"id": f"{island['id']}{k + 1}", "name": f"{island['name']}邻里中心{'一二'[k]}",
                                "zone": island["id"], "at": at})


def draw_landscape(frame):
    reach = frame.phase1.buffer(60)
    frame.belts = []
    for key, name in (("jinhua", "金华江滨江景观带"), ("qu", "衢江滨江景观带")):
        river = frame.rivers[key]
        strip = river.buffer(85).intersection(reach).difference(
            river.buffer(-45)).difference(frame.main_rivers.difference(river))
        other = frame.rivers["qu" if key == "jinhua" else "jinhua"]
        strip = strip.difference(other.buffer(85.0 if key == "jinhua" else 0.0))
        frame.belts.append({"id": key + "_belt", "name": name, "shape": max(polygons(strip), key=lambda p: p.area)})
    shapes = [smooth(c["shape"].buffer(-16), 4.0) for c in frame.corridors]
    shapes = [max(polygons(s), key=lambda p: p.area) for s in shapes]
    shapes.append(max(polygons(frame.greenbelt.buffer(-8)), key=lambda p: p.area))
    order = [4, 1, 5, 3, 0, 2]
    names = dict(zip([1, 3, 4, 2, 0, 5], LANDSCAPE))
    frame.landscape_corridors = [{"id": f"landscape{i + 1}", "name": names[k], "shape": shapes[k]}
                                 for i, k in enumerate(sorted(order))]


def draw_layout(frame):
    draw_core(frame)
    draw_corridors(frame)
    draw_greenbelt(frame)
    draw_rings(frame)
    draw_axes(frame)
    draw_islands(frame)
    draw_nodes(frame)
    draw_landscape(frame)
    frame.districts = []
    for key, rows in control.grouped("districts").items():
        ring = spline(control.points(rows), 40.0, closed=True)
        shape = Polygon(ring.coords).difference(frame.main_rivers)
        frame.districts.append((key, rows[0]["name"], max(polygons(shape), key=lambda p: p.area)))
    land = unary_union([frame.areas[k] for k in ("phase1", "phase2", "phase3", "shanghua")])
    frame.districts.append(("shanghua", "上华片区", max(polygons(land.difference(frame.main_rivers)), key=lambda p: p.area)))


def draw_landscape_nodes(frame):
    """公园 at the river ends and middles of the corridors, 地标 at the core and the gates of the city."""
    frame.landscape_nodes = []
    for k, corridor in enumerate(frame.corridors, 1):
        at = corridor["line"].interpolate(0.3, normalized=True)
        frame.landscape_nodes.append((at, {"id": f"park{k}", "name": f"{corridor['name']}公园", "kind": "公园"}))
    for k, share in enumerate((0.2, 0.5, 0.8), 1):
        at = frame.greenbelt_line.interpolate(share, normalized=True)
        frame.landscape_nodes.append((at, {"id": f"belt{k}", "name": f"南二路绿带公园{'一二三'[k - 1]}", "kind": "公园"}))
    c = frame.lakes["shanghu"].centroid
    frame.landscape_nodes.append((c, {"id": "shanghu", "name": "尚湖公园", "kind": "公园"}))
    marks = [("core", "创新大厦", Point(frame.crossing[0] + 60, frame.crossing[1] + 45))]
    road = frame.road["yingbin"]["line"]
    inside = road.intersection(frame.phase1)
    inside = max(getattr(inside, "geoms", [inside]), key=lambda p: p.length)
    marks += [("north_gate", "北门户地标", inside.interpolate(0.04, normalized=True)),
              ("south_gate", "南门户地标", inside.interpolate(0.97, normalized=True))]
    frame.landscape_nodes += [(p, {"id": i, "name": n, "kind": "地标"}) for i, n, p in marks]
