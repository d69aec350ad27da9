"""Noding of lines on a fixed grid, so that every layer shares its nodes to the last digit."""
import ctypes

from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import geom_factory
from shapely.geometry.polygon import orient
from shapely.geos import lgeos

from .curve import lines, polygons

DIGITS = 4
GRID = 10.0 ** -DIGITS

_union = lgeos._lgeos.GEOSUnaryUnionPrec_r
_union.restype = ctypes.c_void_p
_union.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_double]


def node(collection, grid=GRID):
    """All lines of a collection split where they meet, with coordinates on the grid (snap rounding)."""
    source = MultiLineString([piece for shape in collection for piece in lines(shape)])
    pointer = _union(lgeos.geos_handle, source._geom, grid)
    if not pointer:
        raise RuntimeError("noding failed")
    return geom_factory(pointer)


def grid(shape):
    """Coordinates rounded to the grid, so that what is written is what was measured."""
    if shape.geom_type == "Polygon":
        rings = [[(round(x, DIGITS), round(y, DIGITS)) for x, y, *_ in r.coords]
                 for r in (shape.exterior, *shape.interiors)]
        return orient(Polygon(rings[0], rings[1:]))
    if shape.geom_type == "LineString":
        return LineString([(round(x, DIGITS), round(y, DIGITS)) for x, y, *_ in shape.coords])
    if shape.geom_type == "Point":
        return Point(round(shape.x, DIGITS), round(shape.y, DIGITS))
    return type(shape)([grid(p) for p in shape.geoms])


def sound(shape, least):
    """The valid polygons of a shape on the grid that are not smaller than the least area."""
    out = []
    for part in polygons(shape, least):
        part = grid(part)
        if not part.is_valid:
            part = max((grid(p) for p in polygons(part.buffer(0))), key=lambda p: p.area, default=None)
        if part is not None and part.is_valid and part.area >= least:
            out.append(part)
    return out
