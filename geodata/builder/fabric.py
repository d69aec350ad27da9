"""The fabric of fields and blocks: rectangles split again and again, then warped so that nothing stays straight.

All corners lie on a lattice and every edge has a vertex at each lattice step, so a T-junction is a vertex of both
sides before and after the warp: the fabric is a coverage by construction.
"""
import numpy as np
from shapely.geometry import LineString, Polygon

from .curve import Warp

COUNTRY_WARP = [(72.0, 2600.0, 4), (13.0, 640.0, 4), (3.0, 170.0, 4)]
TOWN_WARP = [(60.0, 2900.0, 3), (6.0, 700.0, 3)]


class Fabric:
    """Leaves: (polygon, number of the quarter they lie in). Quarters: the cells of the first, coarse level, whose
    edges are kept as lines for lanes and ditches."""

    def __init__(self, bounds, size, quarter, seed, step=15.0, waves=None, lane=None):
        self.rng = np.random.RandomState(seed)
        self.warp = Warp(seed + 1, waves or COUNTRY_WARP)
        self.size, self.quarter, self.step = size, quarter, step
        self.leaves, self.lanes, self.quarters = [], [], 0
        x0, y0, x1, y1 = (int(round(v / step)) for v in bounds)
        self._split(x0, y0, x1, y1, None)

    def _split(self, x0, y0, x1, y1, quarter):
        w, h = x1 - x0, y1 - y0
        area = w * h * self.step ** 2
        if quarter is None and area < self.quarter * self.rng.uniform(0.7, 1.6):
            quarter, self.quarters = self.quarters, self.quarters + 1
        centre = self.warp.points([((x0 + x1) / 2 * self.step, (y0 + y1) / 2 * self.step)])[0]
        if quarter is not None and area < self.size(*centre) * self.rng.uniform(0.55, 1.7):
            self._leaf(x0, y0, x1, y1, quarter)
            return
        long_side = max(w, h)
        if long_side < 4:
            self._leaf(x0, y0, x1, y1, quarter if quarter is not None else -1)
            return
        cut = int(round(long_side * self.rng.uniform(0.36, 0.64)))
        cut = min(max(cut, 2), long_side - 2)
        if w >= h:
            self._lane(x0 + cut, y0, x0 + cut, y1, quarter)
            self._split(x0, y0, x0 + cut, y1, quarter)
            self._split(x0 + cut, y0, x1, y1, quarter)
        else:
            self._lane(x0, y0 + cut, x1, y0 + cut, quarter)
            self._split(x0, y0, x1, y0 + cut, quarter)
            self._split(x0, y0 + cut, x1, y1, quarter)

    def _walk(self, corners):
        """Lattice points from corner to corner, warped."""
        out = []
        for (ax, ay), (bx, by) in zip(corners, corners[1:]):
            n = max(abs(bx - ax), abs(by - ay))
            out.extend((ax + (bx - ax) * i // n, ay + (by - ay) * i // n) for i in range(n))
        out.append(corners[-1])
        return self.warp.points(np.array(out, dtype=float) * self.step)

    def _lane(self, x0, y0, x1, y1, quarter):
        if quarter is None:
            self.lanes.append(LineString(self._walk([(x0, y0), (x1, y1)])))

    def _leaf(self, x0, y0, x1, y1, quarter):
        ring = self._walk([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
        self.leaves.append((Polygon(ring), quarter))
