"""Makes files that no one should have to read: cut short, mislabelled, lying about their coordinates.

`make(directory)` writes them and returns the cases: (data argument, options, exit code, what the message must hold).
Exit code 3 means that `zone area` refuses the file; 0 that it reads it and the findings are on the completeness line.
Run by tests/reference/malformed.py; alone it writes to the directory named on the command line.
"""
import json
import os
import random
import shutil
import sqlite3
import struct
import sys

from osgeo import gdal, ogr, osr

gdal.UseExceptions()

SQUARE = "POLYGON((441000 3218000,441100 3218000,441100 3218100,441000 3218100,441000 3218000))"


def reference(code):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def layer(path, driver, wkts, code=4549, kind=ogr.wkbPolygon, options=(), name="parcels", encoding=None):
    """A layer with two fields; `code` 0 leaves the reference system out."""
    data = ogr.GetDriverByName(driver).CreateDataSource(path)
    made = data.CreateLayer(name, reference(code) if code else None, kind, list(options))
    made.CreateField(ogr.FieldDefn("DLBM", ogr.OFTString))
    made.CreateField(ogr.FieldDefn("TBMJ", ogr.OFTReal))
    for number, wkt in enumerate(wkts):
        feature = ogr.Feature(made.GetLayerDefn())
        feature["DLBM"] = "0101"
        feature["TBMJ"] = 10000.25 + number
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        made.CreateFeature(feature)
    del made, data


def square(x, y, size=100.0):
    return (f"POLYGON(({x!r} {y!r},{x + size!r} {y!r},{x + size!r} {y + size!r},{x!r} {y + size!r},{x!r} {y!r}))")


def squares(count, x=441000.0, y=3218000.0):
    return [square(x + 100 * (i % 50), y + 100 * (i // 50)) for i in range(count)]


def cut(path, share):
    os.truncate(path, int(os.path.getsize(path) * share))


def scribble(path, start, length, seed=1):
    random.seed(seed)
    with open(path, "r+b") as file:
        file.seek(start)
        file.write(bytes(random.randrange(256) for _ in range(length)))


def geojson(path, geometries, crs="urn:ogc:def:crs:EPSG::4549"):
    features = ",".join('{"type":"Feature","properties":{"DLBM":"0101"},"geometry":%s}' % g for g in geometries)
    named = '"crs":{"type":"name","properties":{"name":"%s"}},' % crs if crs else ""
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection",%s"features":[%s]}' % (named, features))


def polygon(*rings):
    return json.dumps({"type": "Polygon", "coordinates": rings})


def missing_and_foreign(put):
    put("nowhere.gpkg", None, 3, "no such file")
    put("nowhere.gpkg:parcels", None, 3, "no such file")
    put("empty.gpkg", lambda p: open(p, "w").close(), 3, "0 bytes")
    put("empty.shp", lambda p: open(p, "w").close(), 3, "0 bytes")
    put("folder", os.mkdir, 3, "a directory without vector data")
    put("noise.gpkg", noise, 3, "noise.gpkg")
    put("noise.shp", noise, 3, "noise.shp")
    put("noise.fgb", noise, 3, "noise.fgb")
    put("noise.geojson", noise, 3, "noise.geojson")
    put("prose.txt", lambda p: open(p, "w").write("This is no map.\n"), 3, "no format that is known")
    put("picture.tif", picture, 3, "a raster (GTiff)")
    put("pipe.geojson", os.mkfifo, 3, "neither a file nor a directory")
    put("elsewhere.vrt", elsewhere, 3, "may touch other files")
    put("/vsicurl/http://127.0.0.1:9/a.gpkg", None, 3, "/vsicurl/")
    put("/vsizip/vsicurl/http://127.0.0.1:9/a.zip", None, 3, "/vsicurl/")


def noise(path):
    random.seed(7)
    with open(path, "wb") as file:
        file.write(bytes(random.randrange(256) for _ in range(5000)))


def picture(path):
    gdal.GetDriverByName("GTiff").Create(path, 4, 4)


def elsewhere(path):
    with open(path, "w") as file:
        file.write('<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
                   "</OGRVRTLayer></OGRVRTDataSource>")


def shapefiles(put):
    def shape(path):
        layer(path, "ESRI Shapefile", squares(200), name=os.path.basename(path)[:-4])

    def without(*extensions):
        def made(path):
            shape(path)
            for extension in extensions:
                os.remove(path[:-3] + extension)
        return made

    def spoilt(change):
        def made(path):
            shape(path)
            change(path)
        return made

    def lie_about_count(path):
        with open(path[:-3] + "dbf", "r+b") as file:
            file.seek(4)
            file.write(struct.pack("<I", 0x7FFFFFFF))

    def lie_about_vertices(path):
        with open(path, "r+b") as file:
            file.seek(100 + 8 + 40)
            file.write(struct.pack("<i", 0x7FFFFFF0))

    put("no_dbf.shp", without("dbf"), 0, "")
    put("no_shx.shp", without("shx"), 3, "put the .shx file beside the .shp file")
    put("no_prj.shp", without("prj"), 3, "EPSG:4549 is 120E")
    put("only.dbf", lambda p: [shape(p[:-3] + "shp"), os.remove(p[:-3] + "shp"), os.remove(p[:-3] + "shx")], 3,
        "a table without geometry")
    put("cut_shp.shp", spoilt(lambda p: cut(p, 0.5)), 3, "number 1")
    put("cut_dbf.shp", spoilt(lambda p: cut(p[:-3] + "dbf", 0.5)), 3, "cut_dbf")
    put("cut_shx.shp", spoilt(lambda p: cut(p[:-3] + "shx", 0.5)), 3, "cut_shx")
    put("header_only.shp", spoilt(lambda p: os.truncate(p, 100)), 3, "header_only")
    put("half_header.shp", spoilt(lambda p: os.truncate(p, 50)), 3, "half_header")
    put("count_lies.shp", spoilt(lie_about_count), None, "")
    put("vertices_lie.shp", spoilt(lie_about_vertices), 3, "number 1")
    put("scribbled.shp", spoilt(lambda p: scribble(p, 2000, 400)), 0, "3 rejected")
    put("pipe_beside.shp", spoilt(lambda p: [os.remove(p[:-3] + "dbf"), os.mkfifo(p[:-3] + "dbf")]), 3,
        "neither a file nor a directory")
    put("no_features.shp", lambda p: layer(p, "ESRI Shapefile", []), 3, "nothing to work on")


def databases(put):
    def database(path):
        layer(path, "GPKG", squares(2000))

    def spoilt(change):
        def made(path):
            database(path)
            change(path)
        return made

    def statement(sql):
        def change(path):
            data = ogr.Open(path, 1)  # GDAL has the functions that the triggers call
            data.ExecuteSQL(sql)
            del data
        return change

    def table_gone(path):
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE parcels")
        connection.commit()
        connection.close()

    def no_layers(path):
        ogr.GetDriverByName("GPKG").CreateDataSource(path)

    def two_layers(path):
        database(path)
        data = ogr.Open(path, 1)
        data.CreateLayer("zones", reference(4549), ogr.wkbPolygon)

    def foreign_table(path):
        database(path)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) VALUES ('table', 'other', "
                           "'other', 0, 'CREATE VIRTUAL TABLE other USING VirtualShape(''/etc/x'', ''UTF-8'', 4549)')")
        connection.commit()
        connection.close()

    put("half.gpkg", spoilt(lambda p: cut(p, 0.5)), 3, "half.gpkg")
    put("tail_lost.gpkg", spoilt(lambda p: cut(p, 0.9)), 3, "tail_lost.gpkg")
    put("no_layers.gpkg", no_layers, 3, "no layer")
    put("parcels.gpkg:plots", lambda p: database(p), 3, "one of: parcels")
    put("two.gpkg", two_layers, 3, "several layers and none named")
    put("no_features.gpkg", lambda p: layer(p, "GPKG", []), 3, "nothing to work on")
    put("no_system.gpkg", lambda p: layer(p, "GPKG", [SQUARE], 0), 3, "EPSG:4549 is 120E")
    put("broken_blob.gpkg", spoilt(statement("UPDATE parcels SET geom = x'00112233' WHERE fid = 5")), 3, "number 5")
    put("table_gone.gpkg", spoilt(table_gone), 3, "table_gone")
    put("foreign.gpkg", foreign_table, 3, "tables that read other files")
    put("view.gpkg", spoilt(statement("CREATE VIEW v AS SELECT ogr_geocode('x') AS g")), 3,
        "without your consent")
    put("truncated.fgb", lambda p: [layer(p, "FlatGeobuf", squares(2000)), cut(p, 0.6)], 3, "truncated.fgb")
    put("scribbled.fgb", lambda p: [layer(p, "FlatGeobuf", squares(2000)), scribble(p, 200000, 20000)], None, "")

    def geodatabase(path):
        layer(path, "OpenFileGDB", squares(500))

    put("cut.gdb", lambda p: [geodatabase(p), [cut(os.path.join(p, f), 0.5) for f in os.listdir(p)
                                               if f.endswith(".gdbtable")]], 3, "cut.gdb")
    put("bare.gdb", os.mkdir, 3, "bare.gdb")


def texts(put):
    def text(content):
        def made(path):
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        return made

    ring = [[441000, 3218000], [441100, 3218000], [441100, 3218100], [441000, 3218100]]
    good = polygon(ring + ring[:1])
    put("cut.geojson", lambda p: [geojson(p, [good] * 100), cut(p, 0.5)], 3, "cut.geojson")
    put("no_features.geojson", lambda p: geojson(p, []), 3, "no_features.geojson")
    put("not_geo.json", text('{"a": 1}'), 3, "not_geo.json")
    put("deep.geojson", text('{"type":"FeatureCollection","features":[' + "[" * 100000), 3, "deep.geojson")
    put("unclosed.geojson", lambda p: geojson(p, [polygon(ring)]), 0, "")
    put("two_points.geojson", lambda p: geojson(p, [polygon(ring[:2]), good]), 0, "1 rejected")
    put("nan.geojson", lambda p: geojson(p, [good, polygon([[441000, float("nan")]] + ring[1:] + [ring[0]])]), None, "")
    put("infinite.geojson", lambda p: geojson(p, [good, good.replace("441100", "1e999")]), 0, "1 rejected")
    put("huge.geojson", lambda p: geojson(p, [good, good.replace("441100", "1e300")]), 3, "1e+300")
    put("points.geojson", lambda p: geojson(p, ['{"type":"Point","coordinates":[441000,3218000]}']), 3, "polygon")
    put("null_geometry.geojson", lambda p: geojson(p, ["null", good]), 0, "1 rejected")
    put("bow_tie.geojson", lambda p: geojson(p, [polygon([ring[0], ring[2], ring[1], ring[3], ring[0]])]), 0,
        "1 repaired")
    put("wkt.csv", text('WKT,DLBM\n"%s",0101\n' % SQUARE), 3, "EPSG:4549 is 120E")
    put("broken_wkt.csv", text('WKT,DLBM\n"POLYGON((1 2,3",0101\n'), 3, "broken_wkt.csv")
    put("no_wkt.csv", text("a,b\n1,2\n"), 3, "a table without geometry")
    put("laughs.kml", text('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + "".join(
        '<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(12)) +
        ']><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&m;</name></Placemark></Document></kml>'),
        3, "laughs.kml")


def coordinates(put):
    def at(code, x, y, size=100.0):
        return lambda p: layer(p, "GPKG", [square(x, y, size)], code)

    put("prefix_missing.gpkg", at(4528, 441000.0, 3218000.0), 3, "--crs EPSG:4549")
    put("prefix_unwanted.gpkg", at(4549, 40441000.0, 3218000.0), 3, "--crs EPSG:4528")
    put("prefix_of_39.gpkg", at(4528, 39441000.0, 3218000.0), 3, "--crs EPSG:4527")
    put("degrees.gpkg", at(4549, 119.4, 29.1, 0.001), 3, "--crs EPSG:4490")
    put("metres.gpkg", at(4490, 441000.0, 3218000.0), 3, "EPSG:4549 is 120E")
    put("swapped.gpkg", at(4549, 3218000.0, 441000.0), 3, "swap the coordinates")
    put("swapped_degrees.gpkg", at(4490, 29.1, 119.4, 0.001), 3, "swap the coordinates")
    put("far_away.gpkg", at(4549, 2441000.0, 3218000.0), 3, "within 10 degrees of the central meridian")
    put("off_the_earth.gpkg", at(4549, 441000.0, 33218000.0), 3, "within 10 degrees of the central meridian")


def make(directory):
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    cases = []

    def put(name, made, code, message):
        data = name if name.startswith("/") else os.path.join(directory, name)
        if made:
            made(data.rsplit(":", 1)[0])
        cases.append((data, code, message))

    for group in (missing_and_foreign, shapefiles, databases, texts, coordinates):
        group(put)
    return cases


if __name__ == "__main__":
    for case in make(sys.argv[1]):
        print(*case, sep="\t")
