#!/usr/bin/python3
"""Rebuilds geodata/jinlan.gpkg from its control points, compares it with the committed file feature by feature, and
verifies the facts it is made to hold, by another way than the builder: areas by a shoelace sum in PROJ's equal-area
cylindrical plane, tilings by edges that cancel. Exit 1 with the first differences, 0 with the figures.

usage: rebuild_geodata.py [--facts-only]
"""
import math
import os
import subprocess
import sys
import tempfile
import warnings

import shapely.wkb
from osgeo import ogr, osr
from shapely.ops import unary_union
from shapely.strtree import STRtree

warnings.filterwarnings("ignore")
ogr.UseExceptions()
osr.UseExceptions()
ROOT = os.environ.get("ZONE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMMITTED = os.path.join(ROOT, "geodata", "jinlan.gpkg")
MU = 2000.0 / 3.0
ZONES = {"phase1": 5.92e6, "resort": 19.42e6, "jiangnan": 4.20e6}
NEED = {"phase1": 1590.0, "resort": 270.0, "jiangnan": 914.0}
COUNTS = {"boundary": 1, "zones": 3, "expansion": 4, "layout_core": 1, "layout_rings": 2, "layout_axes": 3,
          "layout_corridors": 5, "layout_islands": 7, "landscape_core": 1, "landscape_belts": 2, "landscape_corridors": 6,
          "districts": 3, "rivers": 4, "greenbelt": 1, "sites": 40}
problems = []


def expect(good, text):
    print(("ok   " if good else "FAIL ") + text)
    if not good:
        problems.append(text)


# Comparison -----------------------------------------------------------------------------------------------------------

def vertices(geometry):
    if geometry is None:
        return []
    if geometry.GetGeometryCount():
        return [v for i in range(geometry.GetGeometryCount()) for v in [None] + vertices(geometry.GetGeometryRef(i))]
    return list(geometry.GetPoints() or [])


def same_geometry(a, b):
    first, second = vertices(a), vertices(b)
    if len(first) != len(second):
        return False
    return all((p is None) == (q is None) and (p is None or math.dist(p[:2], q[:2]) <= 1e-6) for p, q in zip(first, second))


def differences(rebuilt, limit=12):
    found = []
    names = [[d.GetLayer(i).GetName() for i in range(d.GetLayerCount())] for d in (rebuilt, COMMITTED_DATA)]
    if names[0] != names[1]:
        return [f"layers: rebuilt {names[0]}, committed {names[1]}"]
    for name in names[0]:
        new, old = rebuilt.GetLayer(name), COMMITTED_DATA.GetLayer(name)
        if new.GetFeatureCount() != old.GetFeatureCount():
            found.append(f"{name}: rebuilt {new.GetFeatureCount()} features, committed {old.GetFeatureCount()}")
            continue
        for a, b in zip(new, old):
            if a.GetFID() != b.GetFID() or a.items() != b.items():
                found.append(f"{name} {b.GetFID()}: attributes {a.items()} instead of {b.items()}")
            elif not same_geometry(a.GetGeometryRef(), b.GetGeometryRef()):
                found.append(f"{name} {b.GetFID()}: geometry differs")
            if len(found) >= limit:
                return found
    return found


# Facts ----------------------------------------------------------------------------------------------------------------

def equal_area_plane():
    plane, cylinder = osr.SpatialReference(), osr.SpatialReference()
    plane.ImportFromEPSG(4549)
    plane.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    cylinder.ImportFromProj4("+proj=cea +lat_ts=0 +lon_0=119.5 +ellps=GRS80 +units=m +no_defs")
    return osr.CoordinateTransformation(plane, cylinder)


TO_CYLINDER = equal_area_plane()


def area(shape):
    total = 0.0
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for k, ring in enumerate((part.exterior, *part.interiors)):
            p = TO_CYLINDER.TransformPoints([list(c[:2]) for c in ring.coords])
            x0, y0 = p[0][0], p[0][1]
            twice = math.fsum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in zip(p, p[1:]))
            total += abs(twice) / 2 * (1 if k == 0 else -1)
    return total


def rows(name):
    return [(shapely.wkb.loads(bytes(f.GetGeometryRef().ExportToWkb())), f.items()) for f in COMMITTED_DATA.GetLayer(name)]


def open_edges(shapes):
    """Directed edges that no neighbour takes back, and how many are met twice in one direction."""
    edges, twice = set(), 0
    for shape in shapes:
        for ring in (shape.exterior, *shape.interiors):
            for a, b in zip(ring.coords, ring.coords[1:]):
                if (b, a) in edges:
                    edges.remove((b, a))
                elif (a, b) in edges:
                    twice += 1
                else:
                    edges.add((a, b))
    return edges, twice


def check_areas(zones, boundary):
    for key, target in ZONES.items():
        value = area(zones[key])
        expect(abs(value - target) < 0.01, f"zone {key}: {value:.4f} m2, declared {target:.0f}")
    value = area(boundary)
    expect(abs(value - 29.54e6) < 0.02, f"boundary: {value:.4f} m2, declared 29540000")


def check_tilings(zones, boundary, landuse, planned):
    expansion = [s for s, _ in rows("expansion")]
    for name, parts, whole in (("zones on boundary", list(zones.values()), [boundary]),
                               ("landuse on zones and expansion", [s for s, _ in landuse], list(zones.values()) + expansion),
                               ("planned on zones", [s for s, _ in planned], list(zones.values()))):
        ours, twice = open_edges(parts)
        theirs, _ = open_edges(whole)
        expect(ours == theirs and not twice, f"{name}: outer edges {len(ours)}, not shared {len(ours ^ theirs)}, twice {twice}")
        expect(all(p.is_valid for p in parts), f"{name}: all valid")


def is_construction(code):
    return "07" <= code[:2] <= "16" or code.startswith("2301")


def check_farmland(zones, planned, farmland, status):
    fields = [s for s, _ in farmland]
    tree = STRtree(fields)
    need = dict.fromkeys(ZONES, 0.0)
    for shape, values in planned:
        if is_construction(values["YDYHFLDM"]):
            key = next(k for k, z in zones.items() if z.contains(shape.representative_point()))
            need[key] += sum(area(shape.intersection(f)) for f in tree.query(shape) if f.intersects(shape))
    for key, target in NEED.items():
        expect(abs(need[key] / MU - target) < 0.05, f"farmland to adjust in {key}: {need[key] / MU:.4f} mu, declared {target:.0f}")
    both = sum(tree_area(tree, s) for s, _ in status)
    expect(both == 0.0, f"farmland on project land: {both} m2")
    red = sum(tree_area(tree, s) for s, _ in rows("redline"))
    expect(red == 0.0, f"farmland in the ecological red line: {red} m2")
    within = sum(f.intersection(o).area for f in fields for o in tree.query(f) if o is not f)
    expect(within < 0.01, f"farmland on itself: {within:.6f} m2")
    expect(all(f.is_valid for f in fields), "farmland valid")


def tree_area(tree, shape):
    return sum(shape.intersection(other).area for other in tree.query(shape) if other.intersects(shape))


def check_status(status, planned):
    sums = {}
    for shape, values in status:
        key = values["zone"], values["state"]
        sums[key] = sums.get(key, 0.0) + area(shape) / MU
    built = sums["phase1", "built"] + sums["phase1", "under_construction"]
    expect(abs(built - 2322) < 0.05, f"built or under construction in phase1: {built:.4f} mu, declared 2322")
    free = sums["phase1", "available"]
    expect(abs(free - 1942) < 0.05, f"available in phase1: {free:.4f} mu, declared 1942")
    shapes = [s for s, _ in status]
    tree = STRtree(shapes)
    twice = sum(s.intersection(o).area for s in shapes for o in tree.query(s) if o is not s)
    expect(twice == 0.0, f"project land on itself: {twice} m2")
    codes = {s.wkb: v["YDYHFLDM"] for s, v in planned}
    expect(all(is_construction(codes.get(s.wkb, "")) for s in shapes), "project land is planned construction land, block by block")


def check_landuse(landuse):
    villages, wrong, ridge = {}, 0, 0
    for shape, v in landuse:
        villages.setdefault(v["ZLDWDM"], []).append((shape, v["TBMJ"]))
        wrong += round(v["TBMJ"] * 100) != round(v["KCMJ"] * 100) + round(v["TBDLMJ"] * 100)
        ridge += bool(v["KCXS"]) and not (v["DLBM"].startswith("01") and v["KCDLBM"] == "1203")
    expect(not wrong and not ridge, f"ridge deduction: {wrong} rows do not add up, {ridge} outside cultivated land")
    off = worst = 0
    for members in villages.values():
        control = math.floor(math.fsum(area(s) for s, _ in members) * 100 + 0.5)
        off += control != sum(round(t * 100) for _, t in members)
        worst = max(worst, max(abs(area(s) - t) for s, t in members))
    expect(not off, f"villages whose TBMJ do not add up to the control area: {off} of {len(villages)}")
    expect(worst < 0.025, f"largest adjustment of a parcel: {worst:.4f} m2")
    expect(4000 <= len(landuse) <= 7000, f"landuse: {len(landuse)} parcels")


def check_sites(zones, status, farmland):
    free = [s for s, v in status if v["state"] == "available"]
    tree, fields = STRtree(free), STRtree([s for s, _ in farmland])
    sound = faulty = 0
    for shape, v in rows("sites"):
        if v["SM"]:
            faulty += 1
            continue
        sound += 1
        good = any(s.contains(shape) for s in tree.query(shape)) and tree_area(fields, shape) == 0.0
        good = good and abs(area(shape) - v["SBMJ"]) < 0.006 and any(z.contains(shape) for z in zones.values())
        expect(good, f"site {v['XMBH']} {v['XMMC']}: sound")
    expect(sound >= 20 and faulty >= 11, f"sites: {sound} sound, {faulty} with a note")


def check_layout(zones):
    core, rings = rows("layout_core")[0][0], {v["id"]: s for s, v in rows("layout_rings")}
    away = core.centroid.distance(zones["phase1"].centroid)
    expect(away < 150 and zones["phase1"].contains(core), f"core: {away:.1f} m from the centroid of phase1")
    rivers = {v["id"]: s for s, v in rows("rivers")}
    water = unary_union([rivers["qu"], rivers["jinhua"], rows("greenbelt")[0][0]])
    expect(rings["eco"].is_ring and rings["eco"].difference(water.buffer(0.001)).length == 0, "ecological ring: closed, in rivers and belt")
    on_ring = {p[:2] for p in rings["living"].coords}
    expect(rings["living"].is_ring and all(s.coords[0][:2] in on_ring for s, _ in rows("layout_nodes")), "living ring: closed, through all nodes")
    axes = {v["id"]: s for s, v in rows("layout_axes")}
    crossing = axes["city"].intersection(axes["link"])
    expect(crossing.geom_type == "Point" and core.contains(crossing), f"axes meet in the core: {crossing.geom_type}")
    expect(all(len(getattr(axes["link"].intersection(rivers[k].boundary), "geoms", [])) == 2 for k in ("qu", "jinhua")),
           "link axis: bank to bank over both rivers")
    expect(all(any(c.intersects(rivers[k]) for k in ("qu", "jinhua")) and c.intersects(core) for c, _ in rows("layout_corridors")),
           "corridors: from a river to the core")


def check_facts():
    zones = {v["id"]: s for s, v in rows("zones")}
    boundary = rows("boundary")[0][0]
    landuse, planned, farmland, status = (rows(n) for n in ("landuse", "planned", "farmland", "status"))
    for name, count in COUNTS.items():
        expect(COMMITTED_DATA.GetLayer(name).GetFeatureCount() == count, f"{name}: {count}")
    check_areas(zones, boundary)
    check_tilings(zones, boundary, landuse, planned)
    check_farmland(zones, planned, farmland, status)
    check_status(status, planned)
    check_landuse(landuse)
    check_sites(zones, status, farmland)
    check_layout(zones)


def main():
    if "--facts-only" not in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "jinlan.gpkg")
            subprocess.run([os.path.join(ROOT, "geodata", "build"), path], check=True, stdout=subprocess.DEVNULL)
            found = differences(ogr.Open(path))
        for line in found:
            print(line)
        expect(not found, "rebuilt file equals the committed one")
    check_facts()
    if problems:
        print(f"{len(problems)} of the facts do not hold")
    return 1 if problems else 0


COMMITTED_DATA = ogr.Open(COMMITTED)

if __name__ == "__main__":
    sys.exit(main())
