"""How the layers look in QGIS (table layer_styles), and which values their fields may have (field domains)."""
from xml.sax.saxutils import escape, quoteattr

from . import landuse, planned
from .status import STATE_NAMES
from .store import STAMP

METADATA = {
    "TITLE": "金兰创新城规划示意数据 / schematic data of the Jinlan plan",
    "DESCRIPTION": "示意数据，非官方图件：规划图未公开，全部图形为示意；面积按规划文本校准。Schematic: the plan's maps are not public; "
                   "all geometry is invented, areas are calibrated to the figures of the plan's text.",
    "CRS": "EPSG:4549 CGCS2000 / 3-degree Gauss-Kruger CM 120E",
}
LANDUSE_COLOURS = {
    "0101": "255,247,170", "0102": "255,250,200", "0103": "252,236,160", "02": "207,232,154", "0202": "178,214,120",
    "03": "127,191,123", "04": "217,240,163", "05": "240,130,110", "06": "196,156,120", "07": "246,182,176",
    "0702": "240,200,170", "08": "244,160,200", "0810": "120,200,110", "09": "192,128,192", "10": "187,187,187",
    "11": "142,199,242", "1106": "190,220,230", "12": "221,214,200",
}
PLANNED_COLOURS = {
    "01": "255,247,170", "02": "207,232,154", "03": "127,191,123", "04": "217,240,163", "05": "165,224,208",
    "06": "216,200,160", "07": "255,228,92", "0703": "250,215,150", "08": "244,143,177", "09": "239,74,58",
    "10": "176,127,78", "11": "143,111,176", "12": "201,201,201", "13": "90,143,176", "14": "79,192,79", "15": "192,128,192",
    "16": "255,255,255", "17": "142,199,242", "23": "221,214,200",
}
STATE_COLOURS = {"built": "196,68,68", "under_construction": "238,153,0", "available": "136,221,136"}
FRAMES = {      # layer: (outline colour, width in mm, line style)
    "boundary": ("120,0,0", 0.9, "solid"), "zones": ("170,0,0", 0.6, "dash"), "expansion": ("170,110,0", 0.5, "dash dot"),
    "urban_boundary": ("170,0,170", 0.6, "solid"), "sites": ("255,0,0", 0.5, "solid"), "districts": ("120,120,120", 0.4, "dot"),
}
FILLS = {       # layer: (fill colour, opacity, outline colour)
    "rivers": ("159,208,245", 255, "90,150,210"), "greenbelt": ("74,164,74", 200, "40,110,40"),
    "layout_core": ("255,120,120", 150, "200,40,40"), "layout_corridors": ("120,200,140", 150, "40,140,80"),
    "layout_islands": ("253,219,170", 110, "180,120,40"), "landscape_core": ("120,190,240", 220, "40,110,180"),
    "landscape_belts": ("150,215,150", 150, "80,160,80"), "landscape_corridors": ("110,190,120", 140, "50,130,60"),
}
LINES = {"layout_rings": ("30,140,60", 1.2), "layout_axes": ("220,60,20", 1.4), "roads": ("110,110,110", 0.8)}
POINTS = {"layout_nodes": ("220,60,60", 2.6), "landscape_nodes": ("40,150,60", 2.4), "places": ("60,60,60", 2.0)}


def add_domains(store):
    store.domain("DLBM", "地类编码（三调工作分类）", landuse.NAMES)
    store.domain("YDYHFLDM", "用地用海分类代码（2023）", planned.NAMES)
    store.domain("state", "项目用地状态", STATE_NAMES)
    store.domain("QSXZ", "权属性质", {"10": "国有土地所有权", "20": "国有土地使用权", "30": "集体土地所有权",
                                   "40": "集体土地使用权"})


def _symbol(kind, name, layers):
    body = "".join(f'<layer class="{cls}" enabled="1" locked="0" pass="0"><Option type="Map">'
                   + "".join(f'<Option name="{k}" type="QString" value={quoteattr(str(v))}/>' for k, v in options)
                   + "</Option>" + inner + "</layer>" for cls, options, inner in layers)
    return f'<symbol alpha="1" clip_to_extent="1" force_rhr="0" name="{name}" type="{kind}">{body}</symbol>'


def _fill(colour, outline="90,90,90,255", width=0.1, style="solid", dash="solid"):
    return ("SimpleFill", [("color", colour), ("outline_color", outline), ("outline_style", dash),
                           ("outline_width", width), ("outline_width_unit", "MM"), ("style", style)], "")


def _hatch(colour):
    stroke = ("SimpleLine", [("line_color", colour), ("line_width", 0.2), ("line_width_unit", "MM")], "")
    pattern = [("angle", 45), ("distance", 1.8), ("distance_unit", "MM"), ("line_width", 0.2)]
    return ("LinePatternFill", pattern, _symbol("line", "@0@0", [stroke]))


def _qml(geometry, renderer, label=None):
    labels = ""
    if label:
        labels = ('<labeling type="simple"><settings calloutType="simple"><text-style isExpression="0" '
                  f'fieldName="{label}" fontSize="9" '
                  'fontFamily="Noto Sans CJK SC" textColor="40,40,40,255"><text-buffer bufferDraw="1" '
                  'bufferSize="0.8" bufferColor="255,255,255,255"/></text-style></settings></labeling>')
    return ('<!DOCTYPE qgis PUBLIC \'http://mrcc.com/qgis.dtd\' \'SYSTEM\'>'
            '<qgis version="3.22.0" styleCategories="Symbology|Labeling" '
            f'labelsEnabled="{1 if label else 0}">{renderer}{labels}<layerGeometryType>{geometry}</layerGeometryType></qgis>')


def _single(kind, layers, label=None):
    renderer = ('<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0">'
                f'<symbols>{_symbol(kind, "0", layers)}</symbols></renderer-v2>')
    return _qml({"marker": 0, "line": 1, "fill": 2}[kind], renderer, label)


def _categories(field, names, colour):
    rows = "".join(f'<category render="true" symbol="{i}" type="string" value="{escape(code)}" '
                   f'label={quoteattr(code + " " + name)}/>'
                   for i, (code, name) in enumerate(names.items()))
    symbols = "".join(_symbol("fill", i, [_fill(colour(code) + ",255")]) for i, code in enumerate(names))
    return _qml(2, f'<renderer-v2 type="categorizedSymbol" attr="{field}" symbollevels="0" enableorderby="0">'
                   f'<categories>{rows}</categories><symbols>{symbols}</symbols></renderer-v2>')


def _by_code(table):
    return lambda code: table.get(code[:4]) or table.get(code[:2], "230,230,230")


def styles():
    """{layer: QML}."""
    out = {"landuse": _categories("DLBM", landuse.NAMES, _by_code(LANDUSE_COLOURS)),
           "planned": _categories("YDYHFLDM", planned.NAMES, _by_code(PLANNED_COLOURS)),
           "status": _categories("state", STATE_NAMES, STATE_COLOURS.get),
           "farmland": _single("fill", [_hatch("190,150,0,255"), _fill("0,0,0,0", "190,150,0,255", 0.26, "no")]),
           "redline": _single("fill", [_hatch("0,130,60,255"), _fill("0,0,0,0", "0,130,60,255", 0.5, "no")])}
    for name, (colour, width, dash) in FRAMES.items():
        label = {"sites": "XMMC", "zones": "name", "expansion": "name"}.get(name)
        out[name] = _single("fill", [_fill("0,0,0,0", colour + ",255", width, "no", dash)], label)
    for name, (colour, opacity, edge) in FILLS.items():
        out[name] = _single("fill", [_fill(f"{colour},{opacity}", edge + ",255", 0.2)],
                            "name" if name in ("layout_islands", "rivers", "layout_core") else None)
    for name, (colour, width) in LINES.items():
        stroke = [("line_color", colour + ",255"), ("line_width", width), ("line_width_unit", "MM"),
                  ("capstyle", "round"), ("joinstyle", "round")]
        out[name] = _single("line", [("SimpleLine", stroke, "")], "name")
    for name, (colour, size) in POINTS.items():
        out[name] = _single("marker", [("SimpleMarker", [("color", colour + ",255"), ("name", "circle"), ("size", size),
                                                         ("outline_color", "255,255,255,255")], "")], "name")
    return out


def add_styles(store):
    store.sql("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
              "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), "
              "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
              "update_time DATETIME)")
    for name, qml in sorted(styles().items()):
        text = qml.replace("'", "''")
        store.sql("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
                  f"styleQML, styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', '{name}', 'geom', "
                  f"'{name}', '{text}', '', 1, '示意图样式', '', '{STAMP}')")
    store.sql("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
              f"('layer_styles', 'attributes', 'layer_styles', '图层样式 / layer styles', '{STAMP}')")
