"""The plan of the case quota: every rule over layers of up to a million parcels, and its 100 000 sites."""
import csv
import os
import subprocess

LAYERS = {  # file: (from, what of it)
    "farmland.gpkg": ("parcels.gpkg", "SELECT BSM, DLBM, 0.1 AS KCXS, geom FROM data WHERE DLBM IN ('0101', '0102')"),
    "redline.gpkg": ("zones.gpkg", "SELECT BSM, geom FROM data WHERE DLBM = '0101'"),
    "urban.gpkg": ("zones.gpkg", "SELECT BSM, geom FROM data WHERE DLBM > '0200'"),
    "status.gpkg": ("sites.gpkg", "SELECT BSM, 'built' AS state, geom FROM data WHERE fid % 20 = 0"),
}
SITES = ("SELECT BSM AS XMBH, 'P' || BSM AS XMMC, '工业用地' AS YDLX, 20 AS NX, '出让' AS GDFS, CAST(fid % 5 AS INTEGER) AS YXJ, "
         "0.0 AS SBMJ, geom FROM data")
PLAN = """plan: 1
title: bench
crs: EPSG:4549
geometry: schematic
whole: {name: all}
zones:
%s
layers:
  boundary: {data: zones.gpkg, fields: {id: BSM}}
  zones: {data: zones.gpkg, fields: {id: BSM}}
  landuse: {data: parcels.gpkg, edition: survey-2019, fields: {id: BSM, class: DLBM}}
  planned: {data: new.gpkg, edition: use-2023, fields: {id: BSM, class: DLBM}}
  farmland: {data: farmland.gpkg, edition: survey-2019, fields: {id: BSM, class: DLBM, ridge: KCXS}}
  redline: {data: redline.gpkg, fields: {id: BSM}}
  urban_boundary: {data: urban.gpkg, fields: {id: BSM}}
  status: {data: status.gpkg, fields: {id: BSM, state: state}}
construction: {survey-2019: construction}
quotas:
  - {kind: construction, opening: available, draws: area}
  - {kind: farmland, opening: farmland, draws: farmland}
checks:
  - {rule: sound, severity: warn}
  - {rule: identity, severity: warn}
  - {rule: inside, of: boundary, severity: reject, limit: 1 m2}
  - {rule: inside, of: urban_boundary, name: urban, severity: warn, limit: 1 %%}
  - {rule: zones, severity: warn, limit: 1 %%}
  - {rule: land, of: landuse, classes: [agricultural], severity: note}
  - {rule: use, of: planned, severity: warn, limit: 5 %%, kinds: {工业用地: ["01", "02", "03"]}}
  - {rule: farmland, of: farmland, severity: warn, limit: 10 m2}
  - {rule: apart, of: redline, severity: reject, limit: 0 m2, narrow: 0.5 m}
  - {rule: near, of: farmland, within: 10 m, severity: note, limit: 0 m2}
  - {rule: overlap, severity: warn, limit: 1 m2, narrow: 0.5 m}
  - {rule: granted, of: status, states: [built], severity: warn, limit: 1 m2, narrow: 0.5 m}
  - {rule: claimed, severity: warn, limit: 0.1 %%}
  - {rule: width, severity: warn, limit: 5 m}
  - {rule: term, kinds: [工业用地], supply: 出让, allowed: [10, 20, 30], severity: reject}
  - {rule: term, name: lease, supply: 租赁, least: 5, most: 10, severity: reject}
  - {rule: quota, kind: construction, severity: reject}
  - {rule: quota, name: quota_farmland, kind: farmland, severity: reject}
"""


def select(made, source, query, folder):
    if not os.path.exists(os.path.join(folder, made)):
        subprocess.run(["ogr2ogr", "-q", "-f", "GPKG", made, source, "-nln", "data", "-dialect", "SQLite", "-sql", query],
                       check=True, cwd=folder)


def claim(folder, program):
    """Every site claims its area, each hundredth a tenth too much."""
    from osgeo import ogr
    ogr.UseExceptions()
    subprocess.run([program, "area", "sites.gpkg", "--by", "BSM", "--quiet", "-o", "claims.csv"], check=True, cwd=folder)
    with open(os.path.join(folder, "claims.csv"), encoding="utf-8") as file:
        areas = {row["BSM"]: float(row["area_m2"]) for row in csv.DictReader(file)}
    data = ogr.Open(os.path.join(folder, "part.gpkg"), 1)
    layer = data.GetLayer(0)
    layer.StartTransaction()
    for site in layer:
        site["SBMJ"] = round(areas[site["XMBH"]] * (1.1 if site.GetFID() % 100 == 0 else 1.0), 2)
        layer.SetFeature(site)
    layer.CommitTransaction()


def make(folder, program):
    """Makes what is not there yet beside parcels, zones, sites and new."""
    for made, (source, query) in LAYERS.items():
        select(made, source, query, folder)
    if not os.path.exists(os.path.join(folder, "batch.gpkg")):
        select("part.gpkg", "sites.gpkg", SITES, folder)
        claim(folder, program)
        os.rename(os.path.join(folder, "part.gpkg"), os.path.join(folder, "batch.gpkg"))
    zones = "".join(f'  - {{id: "{i:010d}", name: z{i}, available: 4000 mu, farmland: 300 mu}}\n' for i in range(500))
    with open(os.path.join(folder, "quota.yaml"), "w", encoding="utf-8") as file:
        file.write(PLAN % zones)
