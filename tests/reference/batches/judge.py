"""The checks of a plan as libzone/doc/plan-file.md words them, judged by GEOS and the closed form."""
import csv
import os
import re

import numpy as np
import yaml
from osgeo import ogr
from shapely import wkb
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

from .desk import ROOT
from .surface import Drawn, Surface, fine_area, mean_width, piece_area, polygons

MU = 2000 / 3
UNITS = {"m2": 1.0, "mu": MU, "km2": 1e6, "ha": 1e4}
AREA_RULES = {"inside", "zones", "land", "use", "farmland", "apart", "near", "overlap", "granted"}


class Feature:
    def __init__(self, number, shape, values):
        self.number, self.shape, self.values, self.drawn = number, shape, values, None


class Layer:
    def __init__(self, features):
        self.features, self.bounds = features, np.array([f.shape.bounds for f in features])

    def near(self, shape):
        west, south, east, north = shape.bounds
        b = self.bounds
        found = np.nonzero((b[:, 0] <= east) & (b[:, 1] <= north) & (b[:, 2] >= west) & (b[:, 3] >= south))[0]
        return [self.features[k] for k in found if self.features[k].shape.intersects(shape)]


def read_layer(path, name):
    data = ogr.Open(path)
    layer = data.GetLayerByName(name)
    names, features = [field.GetName() for field in layer.schema], []
    for number, feature in enumerate(layer):
        shape = feature.GetGeometryRef()
        values = {n: feature.GetFieldAsString(n) if feature.IsFieldSetAndNotNull(n) else None for n in names}
        features.append(Feature(number, wkb.loads(bytes(shape.ExportToWkb())) if shape else None, values))
    return features


def area_of_text(text):
    number, unit = re.fullmatch(r"([\d.]+)\s*(\w*)", text).groups()
    return float(number) * UNITS[unit or "m2"]


class Measured:
    """What a rule measured of a site: its area, how sure, and where."""

    def __init__(self, area, bound, shape, pieces=None, net=False):
        self.area, self.bound, self.shape, self.pieces, self.net = area, bound, shape, pieces or [], net


class Judge:
    def __init__(self, plan, origin=(446000.0, 3226000.0), code=4549):
        with open(plan, encoding="utf-8") as file:
            self.plan = yaml.safe_load(file)
        self.folder, self.layers, self.surface = os.path.dirname(plan), {}, Surface(code, *origin)
        self.broad = {}
        for edition in ("survey-2019", "use-2023"):
            with open(os.path.join(ROOT, "geodata", "classes", edition + ".csv"), encoding="utf-8") as file:
                rows = csv.DictReader(line for line in file if not line.startswith("#"))
                self.broad[edition] = {row["code"]: row["broad"] for row in rows}

    # ------------------------------------------------------------ data

    def layer(self, key):
        if key not in self.layers:
            named = self.plan["layers"][key]
            path = os.path.join(self.folder, named.get("data", self.plan.get("data")))
            self.layers[key] = Layer(read_layer(path, named["layer"]))
        return self.layers[key]

    def value(self, key, feature, role):
        return feature.values.get(self.plan["layers"][key]["fields"].get(role))

    def drawn(self, feature):
        if feature.drawn is None:
            feature.drawn = Drawn(self.surface, feature.shape)
        return feature.drawn

    def is_of(self, key, code, classes):
        edition = self.plan["layers"][key].get("edition")
        return any(code.startswith(c) or self.broad[edition].get(code) == c for c in classes) if code else False

    # ------------------------------------------------------------ pieces

    def wide(self, piece, narrow):
        """Its polygons that are no slivers, and the area of those so near the limit that rounding decides."""
        parts = polygons(piece)
        doubt = sum(p.area for p in parts if abs(mean_width(p) - narrow) < 1e-6) if narrow else 0.0
        return MultiPolygon([p for p in parts if mean_width(p) >= narrow]), doubt

    def cut(self, site, features, narrow=None):
        """Each feature's piece of the site, land of an earlier piece taken off: (feature, piece, area, bound). With
        `narrow`: without slivers; and the area that is in doubt."""
        pieces, before, doubts = [], [], 0.0
        for feature in features:
            piece, doubt = self.wide(site.shape.intersection(feature.shape), narrow or 0.0)
            doubts += doubt
            parents, whole = [self.drawn(site), self.drawn(feature)], piece
            for earlier, shape in before:
                if shape.intersection(piece).area > 0:
                    piece, parents = piece.difference(shape), parents + [self.drawn(earlier)]
            before.append((feature, whole))
            if piece.area > 0:
                pieces.append((feature, piece, *piece_area(self.surface, piece, parents)))
        return pieces if narrow is None else (pieces, doubts)

    def has_sliver(self, site, feature, narrow):
        return any(mean_width(p) < narrow for p in polygons(site.shape.intersection(feature.shape)))

    def edge_model(self, features):
        """Where three others meet, or slivers are left out, the library cuts by GEOS, and a cut edge is another edge: at most what lies between
        an edge straight on the grid and one straight in (L, F), its length cubed × tan B / 12 R."""
        length = np.concatenate([np.hypot(*(self.drawn(f).end - self.drawn(f).begin).T) for f in features])
        return float((length ** 3).sum()) * 7.5e-9

    def counted(self, check, site):
        key, rule = check.get("of"), check["rule"]
        features = self.layer(key).near(site.shape)
        if rule == "land":
            return [f for f in features if self.is_of(key, self.value(key, f, "class"), check["classes"])]
        if rule == "use":
            allowed = check["kinds"].get(site.kind, [])
            return [f for f in features if self.is_of(key, self.value(key, f, "class"), allowed)]
        if rule == "granted" and check.get("states"):
            return [f for f in features if self.value(key, f, "state") in check["states"]]
        return features

    def kept(self, feature):
        text = self.value("farmland", feature, "ridge")
        return 1 - float(text) if text else 1.0

    # ------------------------------------------------------------ rules

    def rest(self, site, pieces):
        area = self.drawn(site).area - sum(p[2] for p in pieces)
        shape = site.shape
        for piece in pieces:
            shape = shape.difference(piece[0].shape)
        return Measured(area, sum(p[3] for p in pieces) + self.slack(site), shape)

    def slack(self, site):
        return 4e-9 * site.shape.length + 2e-6

    def beside(self, check, site):
        # The corners of the arcs depend on the way a ring turns: the library's shells turn left.
        turned = MultiPolygon([orient(p) for p in polygons(site.shape)])
        wide = (turned if len(turned.geoms) > 1 else turned.geoms[0]).buffer(float(check["within"].split()[0]), resolution=32)
        around = Feature(-1, wide, {})
        features = self.layer(check["of"]).near(wide)
        outer, inner = self.cut(around, features), self.cut(site, features)
        shape = unary_union([p[1] for p in outer]).difference(site.shape)
        area = sum(p[2] for p in outer) - sum(p[2] for p in inner)
        # Where an arc begins can differ: by one segment between the arc and its chord, r² (t - sin t) / 2, t = 90° / 32.
        arc = float(check["within"].split()[0]) ** 2 * 1e-5
        found = Measured(area, sum(p[3] for p in outer + inner) + arc, shape)
        found.arc = arc
        return found

    def measure(self, check, site, others):
        rule = check["rule"]
        if rule == "near":
            return self.beside(check, site)
        if rule == "zones":
            pieces = self.cut(site, self.layer("zones").near(site.shape))
            return self.rest(site, [max(pieces, key=lambda p: p[2])] if pieces else [])
        if rule in ("inside", "use"):
            return self.rest(site, self.cut(site, self.counted(check, site)))
        features = [o for o in others.near(site.shape) if o is not site] if rule == "overlap" else self.counted(check, site)
        narrow = float(check["narrow"].split()[0]) if "narrow" in check else 0.0
        pieces, doubt = self.cut(site, features, narrow)
        kept = [self.kept(p[0]) if check.get("net") else 1.0 for p in pieces]
        met = [f for f in features if narrow and site.shape.intersection(f.shape).area > 0]
        if (len(met) > 2 and rule == "overlap") or any(self.has_sliver(site, f, narrow) for f in met):
            doubt += self.edge_model([site, *met])
        return Measured(sum(p[2] * k for p, k in zip(pieces, kept)), sum(p[3] for p in pieces) + 2e-6 + doubt,
                        unary_union([p[1] for p in pieces]) if pieces else Polygon(), pieces, check.get("net", False))

    def limit(self, check, site, area=None):
        text = str(check.get("limit", "0 m2"))
        if text.endswith("%"):
            return float(text[:-1]) / 100 * (self.drawn(site).area if area is None else area)
        return area_of_text(text)

    def by_method(self, method, check, site, measured):
        """What the rule measures by another method, None where net areas are asked for; and the limit."""
        area = {"grid": lambda s: s.area, "ellipsoid": lambda s: fine_area(self.surface, s)}[method]
        return sum(area(p) for p in polygons(measured.shape)), self.limit(check, site, area(site.shape))

    # ------------------------------------------------------------ quotas

    def is_construction(self, key, code):
        listed = self.plan["construction"][self.plan["layers"][key]["edition"]]
        return self.is_of(key, code, [listed] if isinstance(listed, str) else listed)

    def draws(self, quota, site):
        """{zone: (area, bound)} of a site."""
        found = {}
        for zone in self.layer("zones").near(site.shape):
            name, parts = self.value("zones", zone, "id"), []
            if quota["draws"] == "area":
                parts = [(p[2], p[3]) for p in self.cut(site, [zone])]
            else:
                inside = site.shape.intersection(zone.shape)
                for farm in self.layer("farmland").near(inside) if inside.area > 0 else []:
                    piece = inside.intersection(farm.shape)
                    if piece.area > 0:
                        kept = self.kept(farm) if quota["draws"] == "farmland_net" else 1.0
                        parents = [self.drawn(site), self.drawn(zone), self.drawn(farm)]
                        parts.append([a * kept for a in piece_area(self.surface, piece, parents)])
            area, bound = np.sum(parts, axis=0) if parts else (0.0, 0.0)
            if area > 1e-6:
                found[name] = found.get(name, (0.0, 0.0))
                found[name] = (found[name][0] + area, found[name][1] + bound)
        return found
