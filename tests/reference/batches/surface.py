"""Survey areas of polygons and of pieces of them, by GEOS and the closed form; shares nothing with the library.

The survey area is that of the polygon whose edges are straight in (L, F(B)), F the authalic latitude function. A corner of
a piece that no parent has as a vertex lies on an edge of a parent; its image is the point at the same share of the way
between the images of that edge's ends (libzone/doc/numbers.md). Where borders of two parents are one line the edge is of
either: the area is computed both ways, and half the difference is a part of the bound.
"""
import math

import numpy as np
from osgeo import osr
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

osr.UseExceptions()
SEMI_MAJOR = np.longdouble("6378137")
FLATTENING = 1 / np.longdouble("298.257222101")
ECCENTRICITY2 = FLATTENING * (2 - FLATTENING)
DEGREE = np.longdouble("0.0174532925199432957692369076848861271")
# GEOS knows a crossing in doubles of 3.2e6 m, half a last digit each way, as its inputs are; so a border of a piece is off
# by less than 2e-9 m, and by as much where PROJ brings it to the ellipsoid.
A_METRE_OF_BORDER, LAST_DIGIT = 4e-9, 2e-6
ON_EDGE = 1e-6


def reference(code):
    system = osr.SpatialReference()
    system.ImportFromEPSG(code)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


class Surface:
    """(x, y) of a projected system → (L, F) from a point near by; products of the two are m²."""

    def __init__(self, code, x, y):
        self.transform = osr.CoordinateTransformation(reference(code), reference(4490))
        self.origin = np.zeros(2, np.longdouble)
        self.origin = self.images(np.array([[x, y]]))[0]

    def images(self, points):
        if len(points) == 0:
            return np.zeros((0, 2), np.longdouble)
        degrees = np.array(self.transform.TransformPoints(np.asarray(points, float).tolist()))[:, :2]
        radians = degrees.astype(np.longdouble) * DEGREE
        e, s = np.sqrt(ECCENTRICITY2), np.sin(radians[:, 1])
        f = (SEMI_MAJOR * (1 - FLATTENING)) ** 2 * (s / (1 - ECCENTRICITY2 * s * s) / 2 + np.arctanh(e * s) / (2 * e))
        return np.column_stack([radians[:, 0], f]) - self.origin


def polygons(shape):
    if shape.is_empty:
        return []
    if shape.geom_type == "Polygon":
        return [shape]
    return [p for part in getattr(shape, "geoms", []) for p in polygons(part)]


def ring_area(images):
    l, f = images[:, 0], images[:, 1]
    return float(np.sum((l + np.roll(l, -1)) / 2 * (np.roll(f, -1) - f)))


class Drawn:
    """A polygon as it was drawn: its edges with their images."""

    def __init__(self, surface, shape):
        self.surface, self.shape, begin, end = surface, shape, [], []
        self.area = 0.0
        for polygon in polygons(shape):
            for ring in [polygon.exterior, *polygon.interiors]:
                points = np.asarray(ring.coords)[:, :2]
                begin.append(points[:-1])
                end.append(points[1:])
        self.begin, self.end = np.vstack(begin), np.vstack(end)
        self.begin_image, self.end_image = surface.images(self.begin), surface.images(self.end)
        for polygon in polygons(shape):
            turned = orient(polygon)
            for ring in [turned.exterior, *turned.interiors]:
                self.area += ring_area(surface.images(np.asarray(ring.coords)[:-1, :2]))


def away(edges, points):
    """Of each point (rows) from each edge (columns): its distance, and the share of the way."""
    along = edges.end - edges.begin
    length2 = np.maximum((along ** 2).sum(1), 1e-30)
    offset = points[:, None, :] - edges.begin[None, :, :]
    share = np.clip((offset * along[None]).sum(2) / length2, 0, 1)
    return np.hypot(*np.moveaxis(offset - share[..., None] * along[None], 2, 0)), share


def images_on(surface, ring, parents):
    """The ring's edges as they lie on the parents' edges (the first that has one): images of both ends, in turn."""
    begin, end = ring[:-1], ring[1:]
    images = np.empty((2 * len(begin), 2), np.longdouble)
    images[0::2], images[1::2] = surface.images(begin), surface.images(end)
    open_edges = np.ones(len(begin), bool)
    for parent in parents:
        first, first_share = away(parent, begin)
        second, second_share = away(parent, end)
        both = np.maximum(first, second)
        edge = both.argmin(1)
        row = np.arange(len(begin))
        for k in np.nonzero(open_edges & (both[row, edge] < ON_EDGE))[0]:
            i = edge[k]
            span = parent.end_image[i] - parent.begin_image[i]
            images[2 * k] = parent.begin_image[i] + first_share[k, i] * span
            images[2 * k + 1] = parent.begin_image[i] + second_share[k, i] * span
            open_edges[k] = False
    return images


def piece_area(surface, piece, parents):
    """(area, bound) of a piece cut from the parents."""
    sums, border = [0.0, 0.0], 0.0
    for polygon in polygons(piece):
        turned = orient(polygon)
        border += polygon.length
        for ring in [turned.exterior, *turned.interiors]:
            points = np.asarray(ring.coords)[:, :2]
            for k, order in enumerate((parents, parents[::-1])):
                sums[k] += ring_area(images_on(surface, points, order))
    return (sums[0] + sums[1]) / 2, abs(sums[0] - sums[1]) / 2 + border * A_METRE_OF_BORDER + LAST_DIGIT


def fine_area(surface, shape, step=1.0):
    """The true area of what was drawn: the survey area of edges that are split until that says nothing more."""
    total = 0.0
    for polygon in polygons(shape):
        turned = orient(polygon)
        for ring in [turned.exterior, *turned.interiors]:
            points = []
            for (x, y), (u, v) in zip(ring.coords[:-1], ring.coords[1:]):
                count = max(1, math.ceil(math.hypot(u - x, v - y) / step))
                points += [(x + (u - x) * k / count, y + (v - y) * k / count) for k in range(count)]
            total += ring_area(surface.images(np.array(points)))
    return total


def mean_width(shape):
    return 2 * shape.area / shape.length if shape.length else 0.0


def box(x, y, width, height):
    return Polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
