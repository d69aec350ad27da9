"""Coverages: cells between noded lines, grouped into parcels that share their borders vertex for vertex."""
from shapely.ops import polygonize, unary_union
from shapely.prepared import prep
from shapely.strtree import STRtree

from .curve import polygons
from .snap import node


class Finder:
    """Which of the shapes holds a point; the first in the list wins."""

    def __init__(self, shapes):
        self.shapes = list(shapes)
        self.tree = STRtree(self.shapes)
        self.index = {id(s): i for i, s in enumerate(self.shapes)}

    def __call__(self, point):
        hits = [self.index[id(s)] for s in self.tree.query(point) if s.contains(point)]
        return min(hits) if hits else None


class Cells:
    """The faces between the given lines inside an extent, and who is whose neighbour."""

    def __init__(self, lines, extent):
        finder = Finder(extent)
        found = [(face, face.representative_point()) for face in polygonize(node(lines))]
        self.shapes, self.points, self.home = [], [], []
        order = sorted(found, key=lambda f: (round(f[1].x, 3), round(f[1].y, 3)))
        for face, point in order:
            home = finder(point)
            if home is not None:
                self.shapes.append(face)
                self.points.append(point)
                self.home.append(home)
        self.area = [s.area for s in self.shapes]
        self.neighbours = [{} for _ in self.shapes]
        self._meet()

    def _meet(self):
        sides = {}
        for i, shape in enumerate(self.shapes):
            for ring in (shape.exterior, *shape.interiors):
                coords = list(ring.coords)
                for a, b in zip(coords, coords[1:]):
                    key = (a, b) if a < b else (b, a)
                    other = sides.pop(key, None)
                    if other is None:
                        sides[key] = i
                    elif other != i:
                        length = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
                        self.neighbours[i][other] = self.neighbours[i].get(other, 0.0) + length
                        self.neighbours[other][i] = self.neighbours[other].get(i, 0.0) + length

    def components(self, keys):
        """Numbers of the connected groups of cells with the same key, and the key of every group."""
        group, names = [-1] * len(self.shapes), []
        for start in range(len(self.shapes)):
            if group[start] >= 0:
                continue
            number = len(names)
            names.append(keys[start])
            stack = [start]
            group[start] = number
            while stack:
                for other in self.neighbours[stack.pop()]:
                    if group[other] < 0 and keys[other] == keys[start]:
                        group[other] = number
                        stack.append(other)
        return group, names

    def absorb(self, group, names, too_small, may_take):
        """Groups which are too small go to the neighbour with the longest common border that may take them."""
        members = {}
        for cell, g in enumerate(group):
            members.setdefault(g, []).append(cell)
        area = {g: sum(self.area[c] for c in cells) for g, cells in members.items()}
        for g in sorted(members, key=lambda g: (area[g], g)):
            rim = {}
            for cell in members[g]:
                for other, length in self.neighbours[cell].items():
                    if group[other] != g:
                        rim[group[other]] = rim.get(group[other], 0.0) + length
            edge = sum(rim.values())
            if not rim or not too_small(names[g], area[g], edge):
                continue
            takers = [(length, -t, t) for t, length in rim.items() if may_take(names[g], names[t])]
            if not takers:
                continue
            taker = max(takers)[2]
            for cell in members[g]:
                group[cell] = taker
            members[taker] += members.pop(g)
            area[taker] += area.pop(g)
        return group

    def parcels(self, group):
        """Polygons of the groups: {number: polygon}, with every vertex of the cells kept."""
        members = {}
        for cell, g in enumerate(group):
            members.setdefault(g, []).append(cell)
        return {g: self.dissolve(cells) for g, cells in members.items()}

    def dissolve(self, cells):
        shape = self.shapes[cells[0]] if len(cells) == 1 else unary_union([self.shapes[c] for c in cells])
        if shape.geom_type != "Polygon":
            raise RuntimeError(f"a parcel of {len(cells)} cells is a {shape.geom_type}")
        return shape


class Taken:
    """Shapes laid so far, filed by squares so that only near ones are looked at."""

    SQUARE = 500.0

    def __init__(self):
        self.shapes, self.squares = [], {}

    def _squares(self, shape):
        x0, y0, x1, y1 = (int(v // self.SQUARE) for v in shape.bounds)
        return [(i, j) for i in range(x0, x1 + 1) for j in range(y0, y1 + 1)]

    def add(self, shape):
        for square in self._squares(shape):
            self.squares.setdefault(square, []).append(len(self.shapes))
        self.shapes.append(shape)

    def rest(self, shape):
        """What of a shape is still free."""
        near = sorted({i for square in self._squares(shape) for i in self.squares.get(square, [])})
        near = [self.shapes[i] for i in near if self.shapes[i].intersects(shape)]
        return shape.difference(unary_union(near)) if near else shape


def stack(layers, within=None):
    """Shapes in order of rank: each loses what an earlier one has taken. Input and output: (shape, tag)."""
    taken, out = Taken(), []
    border = prep(within) if within is not None else None
    for shape, tag in layers:
        if border is not None and not border.contains(shape):
            shape = shape.intersection(within)
        if shape.is_empty:
            continue
        for part in polygons(taken.rest(shape), 1.0):
            taken.add(part)
            out.append((part, tag))
    return out
