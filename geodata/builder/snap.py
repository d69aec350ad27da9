"""Noding of lines on a fixed grid, so that every layer shares its nodes to the last digit."""
import ctypes

from shapely.geometry import MultiLineString
from shapely.geometry.base import geom_factory
from shapely.geos import lgeos

from .curve import lines

GRID = 1e-4

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
