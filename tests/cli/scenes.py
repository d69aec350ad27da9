"""Small data sets for the cases: each is a name and what it puts into a folder."""
import os

from osgeo import gdal, ogr, osr

gdal.UseExceptions()

X, Y = 448000, 3229000
CGCS2000_120E = 4549


def square(x, y, width=100, height=100):
    x, y = X + x, Y + y
    return (f"POLYGON (({x} {y}, {x + width} {y}, {x + width} {y + height}, {x} {y + height}, {x} {y}))")


def layer(path, name, rows, epsg=CGCS2000_120E, kind=ogr.wkbPolygon, options=()):
    """Adds a layer; rows are (wkt, {field: value})."""
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}[os.path.splitext(path)[1]]
    old = os.path.exists(path)
    data = ogr.Open(path, 1) if old else ogr.GetDriverByName(driver).CreateDataSource(path)
    system = None
    if epsg:
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    made = data.CreateLayer(name, system, kind, options=list(options))
    for field, value in (rows[0][1] if rows else {"DLBM": ""}).items():
        made.CreateField(ogr.FieldDefn(field, ogr.OFTReal if isinstance(value, float) else ogr.OFTString))
    for wkt, values in rows:
        feature = ogr.Feature(made.GetLayerDefn())
        for field, value in values.items():
            feature.SetField(field, value)
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        made.CreateFeature(feature)
    del made, data


SQUARES = [(square(0, 0), {"DLBM": "0101", "地块": "西"}), (square(100, 0), {"DLBM": "0301", "地块": "中"}),
           (square(200, 0), {"DLBM": "0101", "地块": "东"})]


def several(path):
    layer(path, "one", SQUARES[:1])
    layer(path, "two", SQUARES[1:])


def garbled(path):
    layer(path, "garbled", SQUARES)
    with open(path[:-4] + ".prj", "w", encoding="ascii") as file:
        file.write("GIBBERISH[42]")


BOW = f"POLYGON (({X} {Y + 500}, {X + 100} {Y + 600}, {X + 100} {Y + 500}, {X} {Y + 600}, {X} {Y + 500}))"

SCENES = {
    # three squares of 100 m side in a row, 0101 0301 0101
    "squares.gpkg": lambda path: layer(path, "squares", SQUARES),
    # two zones that halve them: 150 m each
    "halves.gpkg": lambda path: layer(path, "halves", [(square(0, 0, 150), {"id": "west", "name": "西片"}),
                                                       (square(150, 0, 150), {"id": "east", "name": "东片"})]),
    # fields by the names of the columns that tables have of their own
    "own.geojson": lambda path: layer(path, "own", [(square(0, 0), {"zone": "z", "pieces": "3", "area_m2": "8"})]),
    # a field whose name a terminal would act on
    "escape.gpkg": lambda path: layer(path, "escape", [(square(0, 0), {"e\x1b[31mRED": "1", "TBMJ": 1.0})]),
    "several.gpkg": several,
    "empty.gpkg": lambda path: layer(path, "empty", []),
    "lines.gpkg": lambda path: layer(path, "lines", [(f"LINESTRING ({X} {Y}, {X + 90} {Y})", {"name": "路"})],
                                     kind=ogr.wkbLineString),
    # three points, one on the border of halves.gpkg, and a multipoint half outside
    "points.gpkg": lambda path: layer(path, "points", [
        (f"MULTIPOINT ({X + 10} {Y + 10})", {"kind": "井"}), (f"MULTIPOINT ({X + 150} {Y + 50})", {"kind": "井"}),
        (f"MULTIPOINT ({X + 200} {Y + 50})", {"kind": "站"}),
        (f"MULTIPOINT ({X + 20} {Y + 50}, {X + 500} {Y + 50})", {"kind": None})], kind=ogr.wkbMultiPoint),
    "table.gpkg": lambda path: layer(path, "table", [(None, {"name": "x"})], epsg=None, kind=ogr.wkbNone),
    "bow.gpkg": lambda path: layer(path, "bow", [(BOW, {"DLBM": "0101"}), SQUARES[0][:1] + ({"DLBM": "0301"},)]),
    # two squares, and two features without geometry
    "gaps.gpkg": lambda path: layer(path, "gaps", [(None, {"DLBM": "0101"}), (square(0, 0), {"DLBM": "0301"}),
                                                   (None, {"DLBM": "0101"}), (square(100, 0), {"DLBM": "0301"})]),
    "stored.gpkg": lambda path: layer(path, "stored", [(square(0, 0), {"DLBM": "0101", "TBMJ": 9999.41}),
                                                       (square(90, 0), {"DLBM": "0301", "TBMJ": 12.0})]),
    "overlap.gpkg": lambda path: layer(path, "overlap", [(square(0, 0), {"DLBM": "0101"}),
                                                         (square(90, 0), {"DLBM": "0301"})]),
    # three squares over each other: 2500 m2 under all three, 7500 m2 under two
    "stack.gpkg": lambda path: layer(path, "stack", [(square(0, 0), {"DLBM": "0101"}), (square(50, 0), {"DLBM": "0301"}),
                                                     (square(0, 50, 150, 50), {"DLBM": None})]),
    "nocrs.shp": lambda path: layer(path, "nocrs", [(square(0, 0), {"DLBM": "0101"})], epsg=None),
    # metres that a GeoJSON file without a reference system gives out as degrees
    "nocrs.geojson": lambda path: layer(path, "nocrs", [(square(0, 0), {"id": "west", "DLBM": "0101"})], epsg=None),
    "garbled.shp": garbled,
    # a bow-tie 100 ft wide in New York
    "feet.gpkg": lambda path: layer(path, "feet", [("POLYGON ((985000 200000, 985100 200100, 985100 200000, 985000 200100, "
                                                    "985000 200000))", {"name": "x"})], 2263),
    "degrees.geojson": lambda path: layer(
        path, "degrees", [("POLYGON ((119.4 29.1, 119.5 29.1, 119.5 29.2, 119.4 29.1))", {"name": "三角"})], epsg=4326),
    "mercator.gpkg": lambda path: layer(path, "mercator", [
        ("POLYGON ((13300000 3400000, 13300100 3400000, 13300100 3400100, 13300000 3400000))", {"name": "x"})], 3857),
}


def build(name, folder):
    SCENES[name](os.path.join(folder, name))
