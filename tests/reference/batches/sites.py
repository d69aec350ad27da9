"""Sites read and made: random ones where layers have their borders."""
import math
import random

from shapely.geometry import Polygon
from shapely.validation import make_valid

from .judge import Feature, read_layer
from .surface import polygons

KINDS = ["工业用地", "仓储用地", "商服用地", "住宅用地", "公共管理与公共服务用地", "别的"]


def from_fields(feature):
    values = feature.values
    feature.id, feature.kind, feature.supply = values["XMBH"], values["YDLX"], values["GDFS"]
    feature.claimed, feature.term, feature.measured = values["SBMJ"], values["NX"], {}
    return feature


def star(rng, x, y, radius, count):
    turn = rng.random()
    return [(round(x + rng.uniform(0.5, 1) * radius * math.cos((k + turn) * 2 * math.pi / count), 3),
             round(y + rng.uniform(0.5, 1) * radius * math.sin((k + turn) * 2 * math.pi / count), 3))
            for k in range(count)]


def strip(rng, x, y):
    """A narrow site, now and then narrower than the plan wants."""
    length, width, angle = rng.uniform(30, 300), rng.uniform(0.3, 9), rng.uniform(0, math.pi)
    c, s = math.cos(angle), math.sin(angle)
    return Polygon([(round(x + u * c - v * s, 3), round(y + u * s + v * c, 3))
                    for u, v in ((0, 0), (length, 0), (length, width), (0, width))])


def random_shape(rng, judge):
    """Where things happen: near the borders of layers; on parcels as they are, or a little larger or smaller."""
    key = rng.choice(["boundary", "urban_boundary", "redline", "zones", "farmland", "planned", "status", "landuse"])
    feature = rng.choice(judge.layer(key).features)
    if key in ("planned", "farmland", "status") and rng.random() < 0.4:
        shape = feature.shape.buffer(rng.choice([0, 0, 0.3, -0.3, 2, -2]), join_style=2)
        return Polygon([(round(x, 3), round(y, 3)) for x, y in shape.exterior.coords]) if polygons(shape) else shape
    border = feature.shape.boundary
    at = border.interpolate(rng.random() * border.length)
    x, y = at.x + rng.gauss(0, 40), at.y + rng.gauss(0, 40)
    form = rng.random()
    if form < 0.2:
        return strip(rng, x, y)
    radius = 10 ** rng.uniform(0.7, 2.5)
    shell = star(rng, x, y, radius, rng.randint(3, 12))
    if form < 0.35:
        return Polygon(shell, [star(rng, x, y, radius / 5, 5)])
    if form < 0.5:
        return Polygon(shell).union(Polygon(star(rng, x + 2.5 * radius, y, radius, 6)))
    return Polygon(shell)


def random_sites(judge, seed, count):
    rng, rows = random.Random(seed), []
    while len(rows) < count:
        shape = random_shape(rng, judge)
        if shape.is_empty or not shape.is_valid or shape.area < 1 or shape.geom_type == "GeometryCollection":
            continue
        number = len(rows) + 1
        area = Feature(0, shape, {})
        claimed = judge.drawn(area).area * rng.choice([1, 1, 1.0005, 0.9995, 1.002, 0.998])
        rows.append((shape, {"XMBH": f"R{number}", "XMMC": f"随机{number}", "YDLX": rng.choice(KINDS),
                             "SBMJ": f"{claimed:.{rng.choice([0, 2, 4])}f}", "NX": rng.choice(["10", "7", "20", "3年", "15"]),
                             "GDFS": rng.choice(["出让", "租赁", "划拨"])}))
    return rows


def read_sites(path, layer):
    """With what their fields say; repaired where they need it."""
    features = [from_fields(feature) for feature in read_layer(path, layer)]
    for feature in features:
        if not feature.shape.is_valid:
            feature.shape = make_valid(feature.shape)
    return features
