"""Planned use: towns are drawn block by block, everything else keeps the use it has."""
import numpy as np
from shapely.geometry import Polygon
from shapely.ops import unary_union

from . import control
from .cover import stack
from .curve import polygons, spline
from .fabric import TOWN_WARP, Fabric
from .land import EDGE_WARP

NAMES = {
    "0101": "水田", "0102": "水浇地", "0103": "旱地", "0201": "果园", "0202": "茶园", "0205": "其他园地", "0301": "乔木林地",
    "0302": "竹林地", "0303": "灌木林地", "0304": "其他林地", "0403": "其他草地", "0506": "内陆滩涂", "0601": "农村道路",
    "0602": "设施农用地", "0701": "城镇住宅用地", "0702": "城镇社区服务设施用地", "0703": "农村宅基地", "0801": "机关团体用地",
    "0802": "科研用地", "0803": "文化用地", "0804": "教育用地", "0805": "体育用地", "0806": "医疗卫生用地",
    "0807": "社会福利用地", "0901": "商业用地", "0902": "商务金融用地", "0903": "娱乐用地", "1001": "工业用地",
    "1101": "物流仓储用地", "1202": "公路用地", "1207": "城镇村道路用地", "1208": "交通场站用地", "1302": "排水用地",
    "1303": "供电用地", "1401": "公园绿地", "1402": "防护绿地", "1403": "广场用地", "1504": "文物古迹用地",
    "1701": "河流水面", "1702": "湖泊水面", "1703": "水库水面", "1704": "坑塘水面", "1705": "沟渠", "1311": "水工设施用地",
    "16": "留白用地", "2306": "裸土地",
}
# Shares of uses by the kind of a block's surroundings: every island mixes living, service and industry.
MIXES = {
    "doushi": {"0701": 9, "0901": 3, "0804": 1.5, "0803": 1, "1001": 1.4, "0702": .6, "1403": .4},
    "jinrong": {"0902": 5, "0701": 5, "0901": 2, "0801": 1, "1001": 1.5, "1403": .4},
    "yunchuang": {"1001": 5, "0802": 3, "0902": 2, "0701": 3.5, "0901": 1, "1303": .3},
    "zhichuang": {"0802": 3, "1001": 5.5, "0701": 3, "0901": 1, "0902": 1, "1101": .7},
    "kechuang": {"0803": 3, "0902": 1.5, "0701": 3, "1001": 2, "0901": 1.5},
    "xuezhi": {"0804": 6, "0701": 3, "0802": 1.5, "0805": .8, "0901": 1, "1001": 1.3},
    "jiankang": {"0806": 3, "0807": 1.5, "0701": 3, "1001": 1.5, "0901": 1},
    "core": {"0901": 3, "0902": 3, "0801": 2, "0803": 3, "1403": 1.2},
    "tourism": {"0901": 4, "0903": 2, "0701": 3, "0803": 1, "1401": 1, "0702": .3},
    "camp": {"0903": 3, "0901": 2, "1401": 2},
    "housing": {"0701": 7, "0901": 1.5, "0804": 1.5, "0806": .6, "1401": .8},
    "industry": {"1001": 11, "1101": 2, "0701": 1.6, "0901": .8, "0802": .8, "1302": .3, "1303": .3, "1208": .3},
}
STREET = 12.0


def _town(region, size, seed, street=STREET):
    """Blocks and streets inside a region."""
    minx, miny, maxx, maxy = region.bounds
    fabric = Fabric((minx - 300, miny - 300, maxx + 300, maxy + 300), lambda x, y: size, size * 2.2, seed, 15.0, TOWN_WARP)
    blocks = []
    for leaf, _ in fabric.leaves:
        if leaf.intersects(region):
            block = leaf.buffer(-street / 2, join_style=2).intersection(region)
            blocks += polygons(block.simplify(0.3), 60.0)
    return blocks


def _choose(mix, rng, used):
    """A use for the next block: the one which is furthest behind its share, with some luck."""
    total = sum(used.values()) + 1.0
    weight = sum(mix.values())
    return max(sorted(mix), key=lambda k: mix[k] / weight - used.get(k, 0.0) / total + rng.uniform(0, 0.07))


class Town:
    """A built-up part of the plan: its blocks with use and surroundings, and what is not blocks."""

    def __init__(self, zone, region):
        self.zone, self.region, self.parts, self.blocks = zone, region, [], []


def _fill(town, blocks, where, rng):
    """Blocks by stack order get uses; crumbs become small greens."""
    used = {}
    for shape in blocks:
        kind = where(shape)
        if shape.area < 1800 or 2 * shape.area / shape.length < 14:
            town.parts.append((shape, {"code": "1401", "kind": "green"}))
            continue
        mix = used.setdefault(kind, {})
        code = _choose(MIXES[kind], rng, mix)
        mix[code] = mix.get(code, 0.0) + shape.area
        town.blocks.append({"shape": shape, "code": code, "kind": kind, "zone": town.zone})


def draw_phase1(frame):
    zone = frame.phase1
    town = Town("phase1", zone)
    ranked = [(frame.main_rivers, {"code": "1701", "kind": "water"}),
              (frame.lakes["shanghu"], {"code": "1702", "kind": "water"}),
              (frame.rivers["yangzi"], {"code": "1701", "kind": "water"})]
    order = sorted(frame.roads, key=lambda r: -r["width"])
    ranked += [(r["line"].buffer(r["width"] / 2, cap_style=2), {"code": "1207", "kind": "road", "id": r["id"]})
               for r in order]
    ranked.append((frame.greenbelt, {"code": "1402", "kind": "green"}))
    ranked += [(c["shape"], {"code": "1401", "kind": "green"}) for c in frame.corridors]
    ranked += [(frame.main_rivers.buffer(38), {"code": "1401", "kind": "green"})]
    fixed = stack(ranked, zone)
    town.parts += [f for f in fixed if f[0].area > 30]
    rest = zone.difference(unary_union([s for s, _ in fixed]))
    islands = [(i["id"], i["shape"]) for i in frame.islands]

    def where(shape):
        point = shape.representative_point()
        if frame.core.contains(point):
            return "core"
        return min(islands, key=lambda i: i[1].distance(point))[0]

    blocks = sorted(_town(rest, 46000, 51), key=lambda b: (round(b.centroid.x / 150), b.centroid.y))
    _fill(town, blocks, where, np.random.RandomState(5))
    frame.towns.append(town)


def draw_cluster(frame, key, rows, seed):
    zone = "jiangnan" if key.startswith("jiangnan") else "resort"
    ring = spline(control.points(rows), 25.0, closed=True)
    region = EDGE_WARP.polygon(Polygon(ring.coords), 25.0).buffer(0)
    region = region.intersection(frame.areas[zone]).difference(frame.main_rivers.buffer(60))
    region = max(polygons(region.difference(unary_union(list(frame.lakes.values())).buffer(25))), key=lambda p: p.area)
    town = Town(zone, region)
    roads = [r for r in frame.roads if r["line"].intersects(region)]
    ranked = []
    for r in sorted(roads, key=lambda r: -r["width"]):
        code = "1202" if r["class"] in ("expressway", "highway") else "1207"
        ranked.append((r["line"].buffer(r["width"] / 2, cap_style=2), {"code": code, "kind": "road", "id": r["id"]}))
    ranked += [(s["line"].buffer(s["width"] / 2, cap_style=2), {"code": "1701", "kind": "water"}) for s in frame.streams]
    ranked += [(r["line"].buffer(r["width"] / 2 + 12, cap_style=2), {"code": "1402", "kind": "green"}) for r in roads
               if r["class"] in ("expressway", "highway")]
    fixed = stack(ranked, region)
    town.parts += fixed
    rest = region.difference(unary_union([s for s, _ in fixed])) if fixed else region
    blocks = sorted(_town(rest, float(rows[0]["block"]), seed), key=lambda b: (round(b.centroid.x / 150), b.centroid.y))
    _fill(town, blocks, lambda shape: rows[0]["kind"], np.random.RandomState(seed))
    frame.towns.append(town)


def draw_planned(frame):
    frame.towns = []
    draw_phase1(frame)
    for seed, (key, rows) in enumerate(control.grouped("clusters").items()):
        draw_cluster(frame, key, rows, 60 + seed)
