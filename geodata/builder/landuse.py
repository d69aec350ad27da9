"""Present land use: rivers, roads, villages, ponds and fields, and the classes they are surveyed as."""
import math

import numpy as np
from shapely.ops import unary_union
from shapely.prepared import prep

from .cover import stack
from .curve import Warp, blob, boundary_lines, lines, polygons
from .fabric import Fabric

NAMES = {
    "0101": "水田", "0102": "水浇地", "0103": "旱地", "0201": "果园", "0201K": "可调整果园", "0202": "茶园",
    "0202K": "可调整茶园", "0204": "其他园地", "0301": "乔木林地", "0302": "竹林地", "0305": "灌木林地", "0307": "其他林地",
    "0307K": "可调整其他林地", "0404": "其他草地", "05H1": "商业服务业设施用地", "0508": "物流仓储用地", "0601": "工业用地",
    "0701": "城镇住宅用地", "0702": "农村宅基地", "08H1": "机关团体新闻出版用地", "08H2": "科教文卫用地", "08H2A": "高教用地",
    "0809": "公用设施用地", "0810": "公园与绿地", "0810A": "广场用地", "09": "特殊用地", "1003": "公路用地",
    "1004": "城镇村道路用地", "1005": "交通服务场站用地", "1006": "农村道路", "1101": "河流水面", "1102": "湖泊水面",
    "1103": "水库水面", "1104": "坑塘水面", "1104A": "养殖坑塘", "1104K": "可调整养殖坑塘", "1106": "内陆滩涂", "1107": "沟渠", "1107A": "干渠",
    "1109": "水工建筑用地", "1201": "空闲地", "1202": "设施农用地", "1206": "裸土地",
}
FROM_PLANNED = {"0701": "0701", "0702": "0701", "0801": "08H1", "0802": "08H2", "0803": "08H2", "0804": "08H2A",
                "0805": "08H2", "0806": "08H2", "0807": "08H2", "0901": "05H1", "0902": "05H1", "0903": "05H1",
                "1001": "0601", "1101": "0508", "1208": "1005", "1302": "0809", "1303": "0809", "1401": "0810",
                "1403": "0810A"}
TO_PLANNED = {"0101": "0101", "0102": "0102", "0103": "0103", "0201": "0201", "0202": "0202", "0204": "0205",
              "0301": "0301", "0302": "0302", "0305": "0303", "0307": "0304", "0404": "0403", "05H1": "0901", "0601": "1001",
              "0508": "1101", "0701": "0701", "0702": "0703", "08H1": "0801", "08H2": "0804", "0809": "1302", "0810": "1401",
              "0810A": "1403", "09": "1504", "1003": "1202", "1004": "1207", "1005": "1208", "1006": "0601", "1101": "1701",
              "1102": "1702", "1103": "1703", "1104": "1704", "1104A": "1704", "1106": "0506", "1107": "1705",
              "1107A": "1311", "1109": "1311", "1201": "0901", "1202": "0602", "1206": "2306"}
ROUGH = Warp(23, [(0.35, 1300.0, 5), (0.3, 420.0, 4), (0.22, 160.0, 4)])


def height(frame, x, y):
    h = 30.0
    for hx, hy, radius, top in frame.hills:
        h += top * math.exp(-((x - hx) ** 2 + (y - hy) ** 2) / (radius * radius) * 1.3)
    u, v = ROUGH.shift(np.array([x - 448000.0]), np.array([y - 3228000.0]))
    return h + 11.0 * float(u[0]), float(v[0])


def _parcel_size(frame):
    def size(x, y):
        h, _ = height(frame, x, y)
        return 11500.0 if h < 50 else 16000.0 if h < 64 else 30000.0
    return size


def draw_fabric(frame):
    minx, miny, maxx, maxy = frame.extent.bounds
    frame.fabric = Fabric((minx - 700, miny - 700, maxx + 700, maxy + 700), _parcel_size(frame), 150000.0, 31, 20.0)
    frame.village_fabric = Fabric((minx - 700, miny - 700, maxx + 700, maxy + 700), lambda x, y: 6800.0, 40000.0, 37, 12.0)


def _ponds(frame, blocked):
    rng = np.random.RandomState(41)
    minx, miny, maxx, maxy = frame.extent.bounds
    blocked, inside = prep(blocked), prep(frame.extent)
    out, held = [], []
    while len(out) < 150:
        x, y = rng.uniform(minx, maxx), rng.uniform(miny, maxy)
        radius = float(np.exp(rng.normal(3.25, 0.42)))
        h, _ = height(frame, x, y)
        if h > 62 or any(math.hypot(x - a, y - b) < radius + r + 60 for a, b, r in held):
            continue
        pond = blob(x, y, radius, 500 + len(out), 2.0, 9.0)
        if not inside.contains(pond.buffer(12)) or blocked.intersects(pond.buffer(14)):
            held.append((x, y, 1.0))
            continue
        held.append((x, y, radius))
        code = "1104A" if rng.uniform() < 0.16 else "1104K" if rng.uniform() < 0.06 else "1104"
        out.append((pond, {"code": code, "kind": "pond"}))
    return out


def _built(frame):
    """Blocks that stand, the streets between them, and works under construction."""
    rng = np.random.RandomState(43)
    out = []
    blocks = [b for t in frame.towns for b in t.blocks]
    for block in blocks:
        if block["state"] in ("built", "under_construction"):
            code = FROM_PLANNED[block["code"]]
            if block["state"] == "under_construction" and rng.uniform() < 0.45:
                code = "1201"
            out.append((block["shape"], {"code": code, "kind": "built"}))
    stand = unary_union([s for s, _ in out]).buffer(15.0, join_style=2)
    greens = [b for b in blocks if b["state"] is None and b["code"].startswith("14")]
    greens += [{"shape": s, "code": t["code"]} for town in frame.towns for s, t in town.parts if t["kind"] == "green"
               and s.area < 60000]
    for green in greens:
        if stand.intersection(green["shape"]).area > 0.25 * green["shape"].area:
            out.append((green["shape"], {"code": "0810", "kind": "built"}))
    for town in frame.towns:
        held = unary_union([b["shape"] for b in town.blocks] + [s for s, _ in town.parts])
        streets = town.region.difference(held).intersection(stand)
        for piece in polygons(streets.buffer(-1.5).buffer(1.5, join_style=2), 250.0):
            out.append((piece, {"code": "1004", "kind": "road"}))
    return out


def _frame_parts(frame):
    rivers = unary_union([frame.rivers[k] for k in ("qu", "jinhua", "lan")])
    ranked = [(rivers, {"code": "1101", "kind": "shore"}), (frame.lakes["lanhu"], {"code": "1103", "kind": "water"}),
              (frame.lakes["shanghu"], {"code": "1104", "kind": "water"}),
              (frame.rivers["yangzi"], {"code": "1107A", "kind": "water"})]
    town = unary_union([frame.phase1, frame.areas["jiangnan"]])
    for r in sorted(frame.roads, key=lambda r: -r["width"]):
        strip = r["line"].buffer(r["width"] / 2, cap_style=2)
        if r["class"] in ("expressway", "highway"):
            ranked.append((strip, {"code": "1003", "kind": "road"}))
        else:
            ranked.append((strip.intersection(town), {"code": "1004", "kind": "road"}))
            ranked.append((strip.difference(town), {"code": "1003", "kind": "road"}))
    ranked += [(s["line"].buffer(s["width"] / 2, cap_style=2), {"code": "1101", "kind": "water"}) for s in frame.streams]
    return ranked


def _lanes(frame):
    rng = np.random.RandomState(47)
    out = []
    for lane in frame.fabric.lanes:
        middle = lane.interpolate(0.5, normalized=True)
        h, _ = height(frame, middle.x, middle.y)
        luck = rng.uniform()
        if h > 66 and luck < 0.65:
            continue
        code, width = ("1006", rng.uniform(4.2, 6.5)) if luck < 0.62 else ("1107", rng.uniform(3.6, 5.4))
        out.append((lane.buffer(round(width / 2, 2), cap_style=2, join_style=2), {"code": code, "kind": "lane"}))
    return out


def draw_parts(frame):
    """Everything that is laid on the fields, ranked."""
    draw_fabric(frame)
    fixed = _frame_parts(frame)
    built = _built(frame)
    villages = [(v["shape"], {"code": "0702", "kind": "village"}) for v in frame.villages]
    villages += [(shape, {"code": "0601", "kind": "works"}) for shape in frame.works]
    blocked = unary_union([s for s, _ in fixed + built + villages])
    ponds = _ponds(frame, blocked)
    frame.parts = stack(fixed + built + villages + ponds + _lanes(frame), frame.extent)
    taken = unary_union([s for s, t in frame.parts if t["kind"] not in ("village", "works", "shore")])
    hamlets = unary_union([s for s, t in frame.parts if t["kind"] in ("village", "works")])
    fields = boundary_lines([p for p, _ in frame.fabric.leaves]).intersection(frame.extent)
    lots = boundary_lines([p for p, _ in frame.village_fabric.leaves if p.intersects(hamlets)]).intersection(hamlets)
    fields = unary_union(fields).difference(taken.union(hamlets))
    frame.land_lines = [boundary_lines([s for s, _ in frame.parts])] + lines(fields) + lines(unary_union(lots))


def field_class(frame, point, rng):
    """The class of a field by height and roughness of the ground, with the luck of its owner."""
    h, rough = height(frame, point.x, point.y)
    luck = rng.uniform()
    if h > 74:
        table = [("0301", .62), ("0305", .74), ("0302", .86), ("0202", .94), ("0307", .97), ("0404", 1.0)]
    elif h > 60:
        table = [("0202", .30), ("0301", .48), ("0201", .64), ("0103", .74), ("0305", .82), ("0202K", .86), ("0204", .90),
                 ("0307K", .93), ("0404", 1.0)]
    elif h > 48:
        table = [("0103", .24), ("0101", .48), ("0201", .66), ("0202", .78), ("0201K", .84), ("0307", .89), ("0404", .94),
                 ("1202", .955), ("0204", 1.0)]
    else:
        table = [("0101", .74), ("0103", .82), ("0102", .86), ("0201K", .885), ("0307K", .905), ("0201", .93),
                 ("1202", .95), ("0404", .985), ("1206", 1.0)]
    luck = min(0.999, max(0.0, luck * 0.75 + 0.125 + 0.06 * rough))
    return next(code for code, limit in table if luck < limit)


def village_class(rng):
    luck = rng.uniform()
    table = (("0702", .70), ("1004", .75), ("0810", .79), ("08H2", .81), ("08H1", .83), ("0201", .89), ("0103", .94),
             ("09", .95), ("05H1", .97), ("0601", .985), ("1201", 1.0))
    return next(code for code, limit in table if luck < limit)


def works_class(rng):
    luck = rng.uniform()
    table = (("0601", .74), ("0508", .84), ("1201", .89), ("0701", .93), ("0809", .96), ("0404", 1.0))
    return next(code for code, limit in table if luck < limit)
