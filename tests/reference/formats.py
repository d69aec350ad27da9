"""The same parcels in every format, encoding and reference system give the same table.

Coordinates are multiples of 1/16 m, which every format stores without loss; so in one projected system the tables are
equal to the last of six decimals. Brought to another system by PROJ, vertices move by less than 1e-8 m: areas agree to
1e-4 m².
"""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
osr.UseExceptions()

PROGRAM = os.environ.get("ZONE_PROGRAM", "")
failures = []


def expect(condition, *what):
    if not condition:
        failures.append(" ".join(str(part) for part in what))


def reference(code):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def parcels():
    """Number, class, stored area, WKT in EPSG:4549: plain, holed, of two parts, wound the other way, long and thin."""
    x, y = 441000.0, 3218000.0

    def ring(*points):
        return "(" + ",".join(f"{x + a!r} {y + b!r}" for a, b in points + (points[0],)) + ")"

    yield "甲-1", "水田", 9999.14, f"POLYGON({ring((0, 0), (100, 0), (100.0625, 100), (0, 100.5))})"
    yield "甲-2", "旱地", 0.1, (f"POLYGON({ring((100, 0), (200, 0), (200, 100), (100.0625, 100))},"
                            f"{ring((120, 20), (140, 20), (140, 40), (120, 40))})")
    yield "乙-1", "城镇住宅用地", 1234567.89, (f"MULTIPOLYGON(({ring((0, 200), (1000, 200), (1000, 900), (0, 900))}),"
                                         f"({ring((1100, 200), (1300, 200), (1200, 480.3125))}))")
    yield "乙-2", "水田", None, f"POLYGON({ring((0, 1000), (0, 1100), (50, 1100), (50, 1000))})"
    yield "丙", "河流水面", 33.0, f"POLYGON({ring((0, 2000), (5000, 2000), (5000, 2000.125), (0, 2000.125))})"


def brought(wkt, code):
    geometry = ogr.CreateGeometryFromWkt(wkt)
    if code == 4528:
        text = geometry.ExportToWkt()
        return ogr.CreateGeometryFromWkt(text.replace(" 44", " 4044").replace("(44", "(4044").replace(",44", ",4044"))
    if code != 4549:
        geometry.Transform(osr.CoordinateTransformation(reference(4549), reference(code)))
    return geometry


def write(path, driver, code, options=()):
    data = ogr.GetDriverByName(driver).CreateDataSource(path)
    layer = data.CreateLayer(os.path.splitext(os.path.basename(path))[0], reference(code), ogr.wkbMultiPolygon,
                             list(options))
    for name, kind in (("编号", ogr.OFTString), ("地类", ogr.OFTString), ("面积", ogr.OFTReal)):
        field = ogr.FieldDefn(name, kind)
        if kind == ogr.OFTReal and driver == "ESRI Shapefile":
            field.SetWidth(24)
            field.SetPrecision(15)
        layer.CreateField(field)
    for number, land, area, wkt in parcels():
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, number)
        feature.SetField(1, land)
        if area is not None:
            feature.SetField(2, area)
        feature.SetGeometry(ogr.ForceToMultiPolygon(brought(wkt, code)))
        layer.CreateFeature(feature)
    del layer, data
    return path


def shapefile(path, code, encoding, cpg, language):
    write(path, "ESRI Shapefile", code, [f"ENCODING={encoding}"])
    if not cpg:
        os.remove(path[:-3] + "cpg")
    if language is not None:
        with open(path[:-3] + "dbf", "r+b") as file:
            file.seek(29)
            file.write(bytes([language]))
    return path


def run(*arguments):
    result = subprocess.run([PROGRAM, *arguments, "--lang", "en", "--quiet"], capture_output=True, text=True,
                            encoding="utf-8", check=False)
    expect(result.returncode == 0, arguments, "exit code", result.returncode, result.stderr)
    return result.stdout


def table(path, *options):
    return run("area", path, "--by", "编号,地类,面积", "--format", "csv", "--exact", *options)


def areas(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    return {row["编号"]: float(row["area_m2"]) for row in rows}


def facts(path, *options):
    found = {}
    for row in json.loads(run("info", path, "--format", "json", *options))["rows"]:
        found.setdefault(row["item"], []).append(row["value"])
    return found


def check_encodings(directory, expected):
    for name, encoding, cpg, language, note in (
            ("gbk_cpg", "GBK", True, None, "GBK (by .cpg)"),
            ("gbk_bare", "GBK", False, 0x00, "GB18030 (by its bytes, which are not UTF-8)"),
            ("gbk_4d", "GBK", False, 0x4D, "CP936 (by the language byte of the .dbf)"),
            ("gbk_57", "GBK", False, 0x57, "GB18030 (by its bytes, which are not UTF-8)"),
            ("utf8_cpg", "UTF-8", True, None, "UTF-8 (by .cpg)"),
            ("utf8_bare", "UTF-8", False, 0x00, "UTF-8 (by its bytes)")):
        path = shapefile(os.path.join(directory, name + ".shp"), 4549, encoding, cpg, language)
        expect(table(path) == expected, name, "another table:\n", table(path), "\nexpected\n", expected)
        expect(facts(path)["encoding"] == [note], name, facts(path)["encoding"])
    path = os.path.join(directory, "gbk_bare.shp")
    expect(table(path, "--encoding", "GBK") == expected, "asked for GBK: another table")


def check_formats(directory, code, expected):
    exact = code in (4549, 4528)
    # A file geodatabase keeps integers of a grid, 0.1 mm as a rule: fine for multiples of 1/16 m, else a finer one.
    grid = ["XYSCALE=1e13"] if code in (4490, 4326) else ["XYSCALE=1e9", "XORIGIN=0", "YORIGIN=0"]
    made = [write(os.path.join(directory, f"e{code}.shp"), "ESRI Shapefile", code, ["ENCODING=GBK"]),
            write(os.path.join(directory, f"e{code}.gpkg"), "GPKG", code),
            write(os.path.join(directory, f"e{code}.geojson"), "GeoJSON", code, ["SIGNIFICANT_FIGURES=17"]),
            write(os.path.join(directory, f"e{code}.fgb"), "FlatGeobuf", code),
            write(os.path.join(directory, f"e{code}.gdb"), "OpenFileGDB", code, [] if exact else grid)]
    reference_table = table(made[1])
    for path in made:
        text = table(path)
        if exact or not path.endswith("gdb"):
            expect(text == reference_table, path, "another table:\n", text, "\nexpected\n", reference_table)
        compare(path, areas(text), expected)
        known = facts(path)
        expect(known["reference system"][0].startswith(f"EPSG:{code} "), path, known["reference system"])
        expect(known["features"] in (["5"], [5]), path, known["features"])
        expect(any("面积" in field and "area" in field for field in known["field"]), path, known["field"])
    path = write(os.path.join(directory, f"e{code}.csv"), "CSV", code, ["GEOMETRY=AS_WKT"])
    text = table(path, "--crs", f"EPSG:{code}")
    compare(path, areas(text), expected)


def compare(name, found, expected):
    expect(found.keys() == expected.keys(), name, "other parcels:", found.keys())
    for number, area in expected.items():
        expect(abs(found.get(number, 0.0) - area) <= 1e-4, name, number, found.get(number), "is not", area)


def main():
    if not os.path.exists(PROGRAM):
        print("ZONE_PROGRAM names no program")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        text = table(write(os.path.join(directory, "base.gpkg"), "GPKG", 4549))
        expected = areas(text)
        expect(len(expected) == 5, "the base table has", len(expected), "rows")
        expect(all(area > 1.0 for area in expected.values()), expected)
        check_encodings(directory, text)
        for code in (4549, 4528, 4548, 4490, 4326):
            check_formats(directory, code, expected)
    print(*failures, sep="\n")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
