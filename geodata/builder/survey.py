"""The legal ellipsoidal area (survey method, vertices only), by the closed form and in extended doubles.

Area = sum over edges of the mean longitude times the difference of F(B),
F(B) = b^2 (sin B / (2 (1 - e^2 sin^2 B)) + atanh(e sin B) / (2 e)).  This is the builder's own formula: the library
that will check the data has no part in making it.
"""
import numpy as np
from osgeo import osr

from .control import reference

A = np.longdouble("6378137")
FLATTENING = 1 / np.longdouble("298.257222101")
B2 = (A * (1 - FLATTENING)) ** 2
E2 = FLATTENING * (2 - FLATTENING)
E1 = np.sqrt(E2)
MU = 2000.0 / 3.0

_to_geographic = osr.CoordinateTransformation(reference(4549), reference(4490))


def authalic(latitude):
    """F(B) in m2 per radian, latitude in radians."""
    s = np.sin(latitude)
    return B2 * (s / (2 * (1 - E2 * s * s)) + np.arctanh(E1 * s) / (2 * E1))


def _ring_area(lon, f):
    lon = lon - lon[0]
    return float(np.sum((lon[1:] + lon[:-1]) / 2 * (f[1:] - f[:-1])))


def areas(polygons):
    """Survey areas in m2 of a list of polygons or multipolygons."""
    rings, owners, signs = [], [], []
    for i, shape in enumerate(polygons):
        for part in getattr(shape, "geoms", [shape]):
            if part.geom_type != "Polygon" or part.is_empty:
                continue
            for k, ring in enumerate([part.exterior, *part.interiors]):
                rings.append(np.asarray(ring.coords)[:, :2])
                owners.append(i)
                signs.append(1 if k == 0 else -1)
    result = np.zeros(len(polygons))
    if not rings:
        return result
    flat = np.vstack(rings)
    degrees = np.array(_to_geographic.TransformPoints(flat.tolist()))[:, :2]
    radians = degrees.astype(np.longdouble) * (np.longdouble("3.14159265358979323846264338327950288") / 180)
    f = authalic(radians[:, 1])
    start = 0
    for ring, owner, sign in zip(rings, owners, signs):
        end = start + len(ring)
        result[owner] += sign * abs(_ring_area(radians[start:end, 0], f[start:end]))
        start = end
    return result


def area(polygon):
    return float(areas([polygon])[0])
