"""Curves that look drawn by land and water: splines, uneven shores, warps."""
import math

import numpy as np
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.ops import unary_union


def spline(control, step=25.0, closed=False):
    """A Catmull-Rom curve through control points (centripetal), a vertex about every step metres."""
    p = np.array(control, dtype=float)
    if closed and np.allclose(p[0], p[-1]):
        p = p[:-1]
    n = len(p)
    if closed:
        ring = [p[(i + k) % n] for i in range(n) for k in (-1, 0, 1, 2)]
        quads = [ring[4 * i:4 * i + 4] for i in range(n)]
    else:
        ends = [2 * p[0] - p[1], *p, 2 * p[-1] - p[-2]]
        quads = [ends[i:i + 4] for i in range(n - 1)]
    out = []
    for quad in quads:
        out.extend(_span(quad, step))
    out.append(tuple(p[0]) if closed else tuple(p[-1]))
    return LineString(out)


def _span(quad, step):
    """Points of one span between its second and third control point, the last one left out."""
    t = [0.0]
    for a, b in zip(quad, quad[1:]):
        t.append(t[-1] + max(np.hypot(*(b - a)), 1e-6) ** 0.5)
    count = max(1, int(round(np.hypot(*(quad[2] - quad[1])) / step)))
    return [_barry_goldman(quad, t, t[1] + (t[2] - t[1]) * i / count) for i in range(count)]


def _barry_goldman(p, t, u):
    def between(a, b, i, j):
        return ((t[j] - u) * a + (u - t[i]) * b) / (t[j] - t[i])

    a1, a2, a3 = (between(p[i], p[i + 1], i, i + 1) for i in range(3))
    b1, b2 = between(a1, a2, 0, 2), between(a2, a3, 1, 3)
    return tuple(between(b1, b2, 1, 2))


class Warp:
    """A smooth, one-to-one displacement of the plane: sums of waves with fixed seeds."""

    def __init__(self, seed, waves):
        rng = np.random.RandomState(seed)
        rows = []
        for amplitude, length, count in waves:
            for _ in range(count):
                angle = rng.uniform(0, 2 * math.pi)
                k = 2 * math.pi / (length * rng.uniform(0.8, 1.25))
                rows.append((amplitude * rng.uniform(0.7, 1.0), k * math.cos(angle), k * math.sin(angle),
                             rng.uniform(0, 2 * math.pi), rng.uniform(0, 2 * math.pi)))
        self.rows = rows

    def shift(self, x, y):
        dx, dy = np.zeros_like(x), np.zeros_like(y)
        for amplitude, kx, ky, p, q in self.rows:
            phase = kx * x + ky * y
            dx += amplitude * np.sin(phase + p)
            dy += amplitude * np.sin(phase + q)
        return dx, dy

    def points(self, xy):
        xy = np.asarray(xy, dtype=float)
        x, y = xy[:, 0] - 448000.0, xy[:, 1] - 3228000.0
        dx, dy = self.shift(x, y)
        return np.column_stack([xy[:, 0] + dx, xy[:, 1] + dy])

    def line(self, line, step):
        """The line with vertices at most step apart, warped."""
        return LineString(self.points(densify(line.coords, step)))

    def polygon(self, polygon, step):
        return Polygon(self.points(densify(polygon.exterior.coords, step)),
                       [self.points(densify(r.coords, step)) for r in polygon.interiors])


def densify(coords, step):
    out = []
    coords = [c[:2] for c in coords]
    for a, b in zip(coords, coords[1:]):
        n = max(1, int(math.ceil(math.hypot(b[0] - a[0], b[1] - a[1]) / step)))
        out.extend((a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n))
    out.append(coords[-1])
    return out


def blob(x, y, radius, seed, stretch=1.35, step=18.0):
    """A round shape with an uneven shore: a pond, a village, a lobe of a lake."""
    rng = np.random.RandomState(seed)
    count = max(14, int(2 * math.pi * radius / step))
    theta = np.arange(count) * 2 * math.pi / count
    r = np.ones(count)
    for k in range(2, 8):
        r += rng.uniform(0.0, 0.34 / k) * np.cos(k * theta + rng.uniform(0, 2 * math.pi))
    turn = rng.uniform(0, math.pi)
    s = math.sqrt(rng.uniform(1.0, stretch))
    u, v = radius * r * np.cos(theta) * s, radius * r * np.sin(theta) / s
    return Polygon(np.column_stack([x + u * math.cos(turn) - v * math.sin(turn),
                                    y + u * math.sin(turn) + v * math.cos(turn)])).buffer(0)


def ribbon(line, widths, roughness=0.0, seed=0):
    """A strip of varying width about a line; widths at the control stations are spread evenly along it."""
    xy = np.array(line.coords)
    s = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    at = np.linspace(0, s[-1], len(widths)) if not isinstance(widths, tuple) else np.array(widths[0])
    half = np.interp(s, at, widths if not isinstance(widths, tuple) else widths[1]) / 2
    tangent = np.gradient(xy, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    rng = np.random.RandomState(seed)
    sides = []
    for sign in (1, -1):
        rough = np.zeros(len(s))
        for length in (900.0, 430.0, 210.0, 110.0):
            rough += length / 900.0 * np.sin(2 * math.pi * s / length / rng.uniform(0.8, 1.2) + rng.uniform(0, 6.28))
        sides.append(xy + sign * normal * (half + roughness * rough)[:, None])
    return Polygon(np.vstack([sides[0], sides[1][::-1]])).buffer(0)


def stations(line, control):
    """Distances along the line of the points nearest to the control points."""
    from shapely.geometry import Point
    return [line.project(Point(p)) for p in control]


def polygons(shape, least=0.0):
    """The polygons of any shape, largest area not guaranteed first, those below the least area left out."""
    parts = getattr(shape, "geoms", [shape])
    return [p for part in parts for p in (polygons(part, least) if hasattr(part, "geoms") else [part])
            if p.geom_type == "Polygon" and p.area > least]


def lines(shape):
    if shape.is_empty:
        return []
    if shape.geom_type in ("LineString", "LinearRing"):
        return [LineString(shape.coords)]
    return [piece for part in getattr(shape, "geoms", []) for piece in lines(part)]


def boundary_lines(shapes):
    return MultiLineString([LineString(r.coords) for s in shapes for p in polygons(s)
                            for r in (p.exterior, *p.interiors)])


def smooth(shape, radius):
    """Corners rounded and narrow necks opened."""
    return shape.buffer(-radius).buffer(2 * radius).buffer(-radius)


def union(shapes):
    return unary_union(list(shapes))
