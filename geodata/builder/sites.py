"""Project red lines: sound ones on available blocks, and one of every kind of fault."""
from shapely.geometry import MultiPolygon, Point, Polygon

from . import control, survey
from .curve import blob, polygons
from .snap import grid

NOTES = {
    "farmland": "预设问题：占用永久基本农田", "redline": "预设问题：跨生态保护红线，且不在可用地块上", "outside": "预设问题：在规划范围之外",
    "quota": "预设问题：面积大于本片区可用指标", "term": "预设问题：工业用地年期25年，不在10、20、30年之列",
    "constant": "预设问题：申报面积按1亩=666.67平方米折算", "grid": "预设问题：申报面积为平面面积，非椭球面积",
    "area": "预设问题：申报面积有误", "bowtie": "预设问题：图形自相交", "overlap": "预设问题：与S16重叠",
    "use": "预设问题：规划为居住用地，申报为工业用地", "crossing": "预设问题：跨越金兰创新城一期与兰湖度假区边界",
    "hole": "带洞图形（洞内不计入）", "multipart": "多部件图形", "lease": "预设问题：租期15年，不在5至10年之内",
}


def _inset(shape):
    """The red line keeps a few metres back from the block's edge."""
    inner = max(polygons(shape.buffer(-4.0, join_style=2)), key=lambda p: p.area)
    return grid(inner.simplify(0.4))


def _choose(available, row, used):
    at = Point(row["x"], row["y"])
    for code in row["codes"].split():
        fit = [s for s in available if s["zone"] == row["zone"] and s["code"] == code and s["id"] not in used
               and s["shape"].area > 5000]
        if fit:
            best = min(fit, key=lambda s: s["shape"].distance(at) + 0.002 * abs(s["shape"].area - 22000))
            used.add(best["id"])
            return best
    return None


def _fallback(available, row, used):
    at = Point(row["x"], row["y"])
    fit = [s for s in available if s["zone"] == row["zone"] and s["id"] not in used and s["shape"].area > 5000]
    best = min(fit, key=lambda s: s["shape"].distance(at))
    used.add(best["id"])
    return best


def _free_form(frame, row):
    radius = {"redline": 85.0, "outside": 90.0, "quota": 300.0, "crossing": 70.0}[row["fault"]]
    shape = blob(row["x"], row["y"], radius, 900, 1.3, 14.0)
    return grid(max(polygons(shape), key=lambda p: p.area))


def _on_farmland(frame, code):
    """The block of the right use that holds most basic farmland."""
    taken = {s["shape"].wkb for s in frame.status}
    blocks = [p for p in frame.planned if p["zone"] == "phase1" and p["kind"] == "block" and p["code"] == code
              and p["shape"].wkb not in taken]
    fields = [f for f, kind in frame.farmland if kind == "phase1"]
    best = max(blocks, key=lambda p: sum(p["shape"].intersection(f).area for f in fields if f.intersects(p["shape"])))
    return _inset(best["shape"])


def _bent(shape, fault):
    """Shapes which are faulty or unusual in themselves, made from an inset block."""
    c = shape.centroid
    if fault == "hole":
        return grid(Polygon(shape.exterior.coords, [blob(c.x, c.y, 16.0, 901, 1.2, 8.0).exterior.coords[::-1]]))
    if fault == "bowtie":
        ring = list(shape.exterior.coords)[:-1]
        k = len(ring) // 2
        ring[k], ring[k + 1] = ring[k + 1], ring[k]
        return Polygon(ring + ring[:1])
    if fault == "multipart":
        x0, y0, x1, y1 = shape.bounds
        half = [Polygon([(a, y0 - 1), (b, y0 - 1), (b, y1 + 1), (a, y1 + 1)])
                for a, b in ((x0 - 1, c.x - 6), (c.x + 6, x1 + 1))]
        return grid(MultiPolygon([max(polygons(shape.intersection(h)), key=lambda p: p.area) for h in half]))
    return shape


def _claim(shape, fault):
    true = round(survey.area(shape), 2)
    if fault == "constant":
        return round(round(true * 0.0015, 2) * 666.67, 2)
    if fault == "grid":
        return round(shape.area, 2)
    if fault == "area":
        return round(true * 1.083, 2)
    return true


def draw_sites(frame):
    available = [s for s in frame.status if s["state"] == "available"]
    used, frame.sites, placed = set(), [], {}
    for row in control.rows("projects"):
        fault, code = row["fault"], row["codes"].split()[0]
        if fault == "farmland":
            shape = _on_farmland(frame, code)
        elif fault in ("redline", "outside", "quota", "crossing"):
            shape = _free_form(frame, row)
        elif fault == "overlap":
            x0, y0, x1, y1 = placed["S16"].bounds
            half = Polygon([(x0, y0), ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x0, y1)])
            shape = grid(max(polygons(placed["S16"].intersection(half)), key=lambda p: p.area))
            code = "1001"
        else:
            block = _choose(available, row, used) or _fallback(available, row, used)
            code = block["code"] if fault != "use" else "1001"
            shape = _bent(_inset(block["shape"]), fault)
        placed[row["id"]] = shape
        frame.sites.append((shape, {
            "XMBH": row["id"], "XMMC": row["name"], "YDLX": row["kind"], "YDYHFLDM": code, "GDFS": row["supply"],
            "NX": int(row["term"]), "YDDW": row["owner"], "SBMJ": _claim(shape, fault), "YXJ": int(row["priority"]),
            "SM": NOTES.get(fault, "")}))
