"""Workbooks and reports for pipelines, read by programs that did not write them: GDAL's own reader of workbooks and the
XML library of Python. What they find is what csv and json of the same question say, cell for cell."""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile
from decimal import Decimal

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
osr.UseExceptions()

ROOT = os.environ["ZONE_SOURCE_DIR"]
PROGRAM = os.environ["ZONE_PROGRAM"]
PLAN = os.path.join(ROOT, "geodata", "jinlan.yaml")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Texts that a spreadsheet might take for something else.
TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "0101", "1e5", "2024-01-02", "TRUE", "<b>&\"'", " blanks", "a\nb", "_x0041_",
         "水田", "𠀀", "330726199001011234"]
failures = []


def expect(condition, *what):
    if not condition:
        failures.append(" ".join(str(part) for part in what))


def zone(*arguments):
    run = subprocess.run([PROGRAM, *arguments, "--lang", "en", "--quiet"], capture_output=True, timeout=600)
    expect(run.returncode in (0, 1), arguments, run.stderr.decode())
    return run.stdout


class Workbook:
    """The cells of a workbook, by the names of its sheets: (kind, text, format of the number)."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        expect(self.zip.testzip() is None, path, "is damaged")
        for name in self.zip.namelist():
            xml.fromstring(self.zip.read(name))
        styles = xml.fromstring(self.zip.read("xl/styles.xml"))
        codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(MAIN + "numFmt")}
        codes.update({"0": "General", "1": "0", "49": "@"})
        self.codes = [codes[x.get("numFmtId")] for x in styles.find(MAIN + "cellXfs")]
        names = [s.get("name") for s in xml.fromstring(self.zip.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        self.sheets = {name: self.cells(f"xl/worksheets/sheet{i}.xml") for i, name in enumerate(names, 1)}

    def cells(self, part):
        sheet, cells = xml.fromstring(self.zip.read(part)), {}
        for order, row in enumerate(sheet.iter(MAIN + "row"), 1):
            expect(int(row.get("r")) == order, part, "rows out of order")
            for cell in row:
                text = cell.find(f"{MAIN}is/{MAIN}t")
                value = cell.find(MAIN + "v") if text is None else text
                expect(cell.find(MAIN + "f") is None, part, "a formula")
                kind = "text" if cell.get("t") == "inlineStr" else "number"
                decoded = re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), value.text or "")
                cells[cell.get("r")] = kind, decoded, self.codes[int(cell.get("s"))]
        return cells


def letters(column):
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def compare_rows(name, sheet, rows, numbers):
    """Cell for cell what csv says: the same digits, shown with as many decimals."""
    for r, row in enumerate(rows, 2):
        for c, value in enumerate(row):
            kind, text, code = sheet.get(f"{letters(c)}{r}", ("text" if c not in numbers else "number", "", ""))
            expect(text == value, name, f"{letters(c)}{r}: {text!r}, csv {value!r}")
            if not value:
                continue
            expect(kind == ("number" if c in numbers else "text"), name, f"{letters(c)}{r} is a {kind}")
            decimals = len(value.partition(".")[2])
            wanted = "@" if c not in numbers else "0." + "0" * decimals if decimals else "0"
            expect(code == wanted, name, f"{letters(c)}{r} has the format {code}, not {wanted}")


def by_gdal(path, sheet):
    """The rows as GDAL reads them, without the heading."""
    data = ogr.Open(path)
    layer = data.GetLayerByName(sheet)
    types = [field.GetTypeName() for field in layer.schema]
    return [[feature.GetField(i) for i in range(len(types))] for feature in layer], types


def check_areas(folder):
    """Numbers tie: their sum is the total that stands below them, which is the total of json."""
    asked = ["area", PLAN + ":landuse", "--by", "DLBM:first,DLBM:name"]
    for unit, exact in (("mu", []), ("m2", ["--exact"]), ("wanmu", [])):
        path = os.path.join(folder, f"{unit}.xlsx")
        options = [*asked, "--unit", unit, *exact]
        zone(*options, "-o", path)
        rows = list(csv.reader(io.StringIO(zone(*options, "--format", "csv").decode())))[1:]
        book = Workbook(path)
        expect(list(book.sheets) == ["table", "completeness", "closure", "provenance"], list(book.sheets))
        compare_rows(unit, book.sheets["table"], rows, {2, 3})
        total = book.sheets["table"][f"D{len(rows) + 2}"]
        expect(total[0] == "number" and Decimal(total[1]) == sum(Decimal(r[3]) for r in rows), unit, "total", total)
        expect(book.sheets["table"][f"A{len(rows) + 2}"][1] == "total", unit, "no word for the total")
        answer = json.loads(zone(*options, "--format", "json"), parse_float=str)
        expect(answer["totals"][f"area_{unit}"] == total[1], unit, answer["totals"], total)
        read, types = by_gdal(path, "table")
        expect(types == ["String", "String", "Integer", "Real"], unit, types)
        expect([r[:2] for r in read[:-1]] == [r[:2] for r in rows], unit, "GDAL reads other texts")
        expect([r[3] for r in read[:-1]] == [float(r[3]) for r in rows], unit, "GDAL reads other numbers")
        closure = [[v or "" for v in row.values()] for row in answer["closure"]]
        compare_rows(unit + " closure", book.sheets["closure"], closure, {2})
        with open(path, "rb") as once:
            expect(once.read() == zone(*options, "--format", "xlsx"), unit, "other bytes the second time")


def check_texts(folder):
    """Whatever a text looks like, it stays that text."""
    data = os.path.join(folder, "odd.gpkg")
    system = osr.SpatialReference()
    system.ImportFromEPSG(4549)
    made = ogr.GetDriverByName("GPKG").CreateDataSource(data)
    layer = made.CreateLayer("odd", system, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("=name", ogr.OFTString))
    for i, text in enumerate(TEXTS):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, text)
        x = 441000 + 200 * i
        feature.SetGeometry(ogr.CreateGeometryFromWkt(
            f"POLYGON(({x} 3218000,{x + 100} 3218000,{x + 100} 3218100,{x} 3218100,{x} 3218000))"))
        layer.CreateFeature(feature)
    layer = made = None
    path = os.path.join(folder, "odd.xlsx")
    zone("area", data, "--by", "=name", "-o", path)
    sheet = Workbook(path).sheets["table"]
    expect(sheet["A1"][:2] == ("text", "=name"), sheet["A1"])
    rows = range(2, len(TEXTS) + 2)
    expect(sorted(sheet[f"A{r}"][1] for r in rows) == sorted(TEXTS), [sheet[f"A{r}"] for r in rows])
    expect(all(sheet[f"A{r}"][0] == "text" and sheet[f"A{r}"][2] == "@" for r in rows), "a text is none")
    read, types = by_gdal(path, "table")
    expect(types[0] == "String", types)
    expect({"=1+1", "0101", "1e5"} <= {r[0] for r in read}, "GDAL reads other texts")


# What pipelines read of a report: children and attributes of each element.
REPORT = {"testsuites": ({"testsuite"}, set()),
          "testsuite": ({"properties", "testcase", "system-out"}, {"name", "tests", "failures", "errors", "skipped"}),
          "properties": ({"property"}, set()), "property": (set(), {"name", "value"}),
          "testcase": ({"failure", "system-out"}, {"name", "classname"}), "failure": (set(), {"type", "message"}),
          "system-out": (set(), set())}


def check_report(folder):
    """Cases are the rows of json; one line that is not met is one failure."""
    with open(PLAN, encoding="utf-8") as file:
        plan = file.read().replace("\ndata: ", f"\ndata: {ROOT}/geodata/").replace("area: 5.92 km2", "area: 5.93 km2")
    path = os.path.join(folder, "plan.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(plan)
    for command in (["check", path], ["farmland", path]):
        root = xml.fromstring(zone(*command, "--format", "junit"))
        answer = json.loads(zone(*command, "--format", "json"))
        for element in root.iter():
            children, attributes = REPORT[element.tag]
            expect({c.tag for c in element} <= children, command, element.tag, [c.tag for c in element])
            expect(set(element.keys()) == attributes, command, element.tag, element.keys())
        suite, rows = root[0], answer["rows"]
        cases = suite.findall("testcase")
        unmet = [i for i, row in enumerate(rows) if row["verdict"] == "unmet"]
        expect(len(cases) == len(rows) == int(suite.get("tests")), command, len(cases), len(rows))
        expect([i for i, c in enumerate(cases) if c.find("failure") is not None] == unmet, command, unmet)
        expect(int(suite.get("failures")) == len(unmet), command, suite.attrib)
        expect(len({c.get("name") for c in cases}) == len(cases), command, "two cases of one name")
        properties = [(p.get("name"), p.get("value")) for p in suite.iter("property")]
        expect(properties == [(p["item"], p["value"]) for p in answer["provenance"]], command, "other properties")
        if command[0] == "check":
            said = [f for f in suite.iter("failure") if "5.93 km2" in f.get("message") and "5.93 km2" in f.text]
            expect(said, command, "no failure says what was declared")


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_areas(folder)
        check_texts(folder)
        check_report(folder)
    print("\n".join(failures) or "workbooks and reports say what csv and json say")
    return 1 if failures else 0


sys.exit(main())
