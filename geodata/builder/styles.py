"""How the layers look in QGIS, and which values their fields may have."""
from . import landuse, planned
from .status import STATE_NAMES

METADATA = {
    "TITLE": "金兰创新城规划示意数据 / schematic data of the Jinlan plan",
    "DESCRIPTION": "示意数据，非官方图件：规划图未公开，全部图形为示意；面积按规划文本校准。Schematic: the plan's maps are not public; "
                   "all geometry is invented, areas are calibrated to the figures of the plan's text.",
    "CRS": "EPSG:4549 CGCS2000 / 3-degree Gauss-Kruger CM 120E",
}


def add_domains(store):
    store.domain("DLBM", "地类编码（三调工作分类）", landuse.NAMES)
    store.domain("YDYHFLDM", "用地用海分类代码（2023）", planned.NAMES)
    store.domain("state", "项目用地状态", STATE_NAMES)
    store.domain("QSXZ", "权属性质", {"10": "国有土地所有权", "20": "国有土地使用权", "30": "集体土地所有权", "40": "集体土地使用权"})


def add_styles(store):
    pass
