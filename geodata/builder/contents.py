"""Which layers the file has, under which names and with which fields."""
from osgeo import ogr
from shapely.geometry import Point
from shapely.strtree import STRtree

from . import control, landuse, planned, survey, villages
from .assemble import EXPANSION, ZONES
from .land import NAMES
from .snap import grid

NOTE = "示意数据，非官方图件 (schematic, not an official map)"


def _named(store, name, title, description, kind, extra, rows):
    fields = [("id", "s"), ("name", "s")] + [(f, "s") for f in extra]
    store.layer(name, title, f"{description}；{NOTE}", kind, fields, [(grid(s), v) for s, v in rows])


def write_frame(frame, store):
    p, line, point = ogr.wkbPolygon, ogr.wkbLineString, ogr.wkbPoint
    _named(store, "boundary", "规划范围", "规划范围，总面积29.54平方公里", p, [],
           [(frame.boundary, {"id": "boundary", "name": "规划范围"})])
    _named(store, "zones", "片区", "规划片区，面积按椭球面积校准", p, [],
           [(frame.zone_shapes[k], {"id": k, "name": NAMES[k]}) for k in ZONES])
    _named(store, "expansion", "规划拓展区", "规划拓展区", p, [],
           [(frame.zone_shapes[k], {"id": k, "name": NAMES[k]}) for k in EXPANSION])
    _named(store, "layout_core", "一芯", "空间布局：一芯", p, ["function"],
           [(frame.core, {"id": "core", "name": "上华芯", "function": "行政、商务、会议、文化、休闲"})])
    _named(store, "layout_rings", "两环", "空间布局：两环", line, [],
           [(frame.eco, {"id": "eco", "name": "生态景观环"}), (frame.living, {"id": "living", "name": "生活服务环"})])
    _named(store, "layout_axes", "三轴", "空间布局：三轴", line, [],
           [(l, {"id": k, "name": n}) for k, (n, l) in frame.axes.items()])
    _named(store, "layout_corridors", "五廊", "空间布局：五廊", p, ["river"],
           [(c["shape"], {k: c[k] for k in ("id", "name", "river")}) for c in frame.corridors])
    _named(store, "layout_islands", "七岛", "空间布局：七岛", p, ["function"],
           [(i["shape"], {k: i[k] for k in ("id", "name", "function")}) for i in frame.islands])
    _named(store, "layout_nodes", "多点", "空间布局：邻里中心", point, ["kind", "zone"],
           [(Point(n["at"]), {"id": n["id"], "name": n["name"], "kind": "邻里中心", "zone": n["zone"]})
            for n in frame.nodes])
    _named(store, "landscape_core", "景观核心", "景观结构：一核", p, [],
           [(frame.lakes["shanghu"], {"id": "shanghu", "name": "尚湖"})])
    _named(store, "landscape_belts", "滨江景观带", "景观结构：两带", p, [],
           [(b["shape"], {"id": b["id"], "name": b["name"]}) for b in frame.belts])
    _named(store, "landscape_corridors", "景观廊", "景观结构：六廊", p, [],
           [(c["shape"], {"id": c["id"], "name": c["name"]}) for c in frame.landscape_corridors])
    _named(store, "landscape_nodes", "景观节点", "景观结构：多点", point, ["kind"], frame.landscape_nodes)
    _named(store, "districts", "联动片区", "三区联动轴所联系的片区", p, [],
           [(s, {"id": k, "name": n}) for k, n, s in frame.districts])
    _named(store, "places", "地点", "地标", point, ["kind"],
           [(Point(r["x"], r["y"]), {k: r[k] for k in ("id", "name", "kind")}) for r in control.rows("places")])
    _named(store, "rivers", "河流", "河流水面", p, [],
           [(frame.rivers[k], {"id": k, "name": n})
            for k, n in (("qu", "衢江"), ("jinhua", "金华江"), ("lan", "兰江"), ("yangzi", "扬子江"))])
    _named(store, "greenbelt", "规划南二路北侧绿化带", "规划南二路北侧绿化带", p, [],
           [(frame.greenbelt, {"id": "greenbelt", "name": "规划南二路北侧绿化带"})])
    store.layer("roads", "道路", f"道路中心线；{NOTE}", line, [("id", "s"), ("name", "s"), ("width", "r"), ("class", "s")],
                [(grid(r["line"]), {k: r[k] for k in ("id", "name", "width", "class")}) for r in frame.roads])


def write_landuse(frame, store):
    text = [("BSM", 18), ("YSDM", 10), ("TBBH", 8), ("DLBM", 5, "DLBM"), ("DLMC", 60), ("QSXZ", 2, "QSXZ"), ("QSDWDM", 19),
            ("QSDWMC", 60), ("ZLDWDM", 19), ("ZLDWMC", 60)]
    fields = [(t[0], "s", *t[1:]) for t in text]
    fields += [("TBMJ", "r"), ("KCDLBM", "s", 5), ("KCXS", "r"), ("KCMJ", "r"), ("TBDLMJ", "r"), ("GDLX", "s", 2),
               ("GDPDJB", "s", 2), ("GDDB", "i"), ("CZCSXM", "s", 4), ("SJNF", "i"), ("MSSM", "s", 2), ("BZ", "s", 255)]
    store.layer("landuse", "地类图斑", f"地类图斑（三调工作分类），平铺各片区与拓展区；{NOTE}", ogr.wkbPolygon, fields,
                [(grid(p["shape"]), villages.fields(p, i)) for i, p in enumerate(frame.parcels, 1)])


def write_planned(frame, store):
    rows, areas = [], survey.areas([p["shape"] for p in frame.planned])
    order = sorted(range(len(frame.planned)), key=lambda i: (ZONES.index(frame.planned[i]["zone"]), i))
    numbers = {}
    for serial, i in enumerate(order, 1):
        item = frame.planned[i]
        numbers[item["zone"]] = numbers.get(item["zone"], 0) + 1
        prefix = {"phase1": "JL", "resort": "LH", "jiangnan": "JN"}[item["zone"]]
        rows.append((grid(item["shape"]), {
            "BSM": f"330781212{serial:09d}", "YDYHFLDM": item["code"], "YDYHFLMC": planned.NAMES[item["code"]],
            "TBMJ": round(float(areas[i]), 2), "block": f"{prefix}-{numbers[item['zone']]:04d}"}))
    store.layer("planned", "规划用地", f"规划用地用海（2023版分类）；{NOTE}", ogr.wkbPolygon,
                [("BSM", "s", 18), ("YDYHFLDM", "s", 10, "YDYHFLDM"), ("YDYHFLMC", "s", 50), ("TBMJ", "r"), ("block", "s", 12)], rows)


def write_farmland(frame, store):
    rows = []
    shapes = [grid(f) for f, _ in frame.farmland]
    parcels = {id(p["shape"]): p for p in frame.parcels}
    tree = STRtree([p["shape"] for p in frame.parcels])
    for serial, (shape, area) in enumerate(zip(shapes, survey.areas(shapes)), 1):
        point = shape.representative_point()
        home = next((parcels[id(s)] for s in tree.query(point) if s.contains(point)), None)
        village = home["village"] if home else frame.villages[0]
        slope = (home or {}).get("slope", "1")
        code = home["code"] if home and home["code"] in ("0101", "0102", "0103") else "0101"
        ridge = villages.RIDGE.get(slope, 0.0)
        gross = round(float(area), 2)
        less = round(gross * ridge + 1e-9, 2)
        rows.append((shape, {
            "BSM": f"330781313{serial:09d}", "YSDM": "2005010300", "YJJBNTTBBH": f"330781YN{serial:06d}", "DLBM": code,
            "DLMC": landuse.NAMES[code], "QSXZ": "30", "ZLDWDM": villages.unit_code(village),
            "ZLDWMC": village["town"] + village["name"], "YJJBNTTBMJ": gross, "KCDLBM": "1203" if ridge else None,
            "KCXS": ridge, "KCMJ": less, "YJJBNTMJ": round(gross - less, 2), "GDPDJB": slope,
            "GDDB": 5 + serial % 4, "SJNF": 2020, "BHKSSJ": "20201231", "WDGD": "1" if slope in "12" else "0"}))
    fields = [("BSM", "s", 18), ("YSDM", "s", 10), ("YJJBNTTBBH", "s", 20), ("DLBM", "s", 5, "DLBM"), ("DLMC", "s", 60), ("QSXZ", "s", 2, "QSXZ"),
              ("ZLDWDM", "s", 19), ("ZLDWMC", "s", 60)]
    fields += [("YJJBNTTBMJ", "r"), ("KCDLBM", "s", 5), ("KCXS", "r"), ("KCMJ", "r"), ("YJJBNTMJ", "r"), ("GDPDJB", "s", 2),
               ("GDDB", "i"), ("SJNF", "i"), ("BHKSSJ", "s", 8), ("WDGD", "s", 1)]
    store.layer("farmland", "永久基本农田保护图斑", f"永久基本农田保护图斑；{NOTE}", ogr.wkbPolygon, fields, rows)


def write_controls(frame, store):
    red = [grid(r[0]) for r in frame.redline]
    store.layer("redline", "生态保护红线", f"生态保护红线；{NOTE}", ogr.wkbPolygon,
                [("BSM", "s", 18), ("HXBM", "s", 12), ("HXMC", "s", 60), ("HXLX", "s", 30), ("MJ", "r")],
                [(s, {"BSM": f"330781414{i:09d}", "HXBM": r[1], "HXMC": r[2], "HXLX": r[3], "MJ": round(survey.area(s), 2)})
                 for i, (s, r) in enumerate(zip(red, frame.redline), 1)])
    store.layer("urban_boundary", "城镇开发边界", f"城镇开发边界；{NOTE}", ogr.wkbPolygon,
                [("BSM", "s", 18), ("GHFQDM", "s", 3), ("GHFQMC", "s", 50), ("MJ", "r")],
                [(grid(s), {"BSM": f"330781515{i:09d}", "GHFQDM": "510" if kind == "集中建设区" else "520", "GHFQMC": kind,
                            "MJ": round(survey.area(grid(s)), 2)}) for i, (s, kind) in enumerate(frame.urban, 1)])
    store.layer("status", "项目用地状态", f"已建、在建与可用的项目用地，不含道路和绿地；{NOTE}", ogr.wkbPolygon,
                [("id", "s"), ("name", "s"), ("zone", "s"), ("state", "s", 20, "state"), ("state_name", "s")],
                [(grid(s["shape"]), {k: s[k] for k in ("id", "name", "zone", "state", "state_name")}) for s in frame.status])
    text = [("XMBH", "s"), ("XMMC", "s"), ("YDLX", "s"), ("YDYHFLDM", "s", 10, "YDYHFLDM"), ("GDFS", "s"), ("NX", "i"),
            ("YDDW", "s"), ("SBMJ", "r"), ("YXJ", "i"), ("SM", "s")]
    store.layer("sites", "项目红线", f"项目红线，部分预设问题供检查；{NOTE}", ogr.wkbUnknown, text, frame.sites)
