"""PostGIS as a baseline: a cluster of its own in a folder, reached by a socket in that folder and by nothing else.

Needs PostgreSQL 15 with PostGIS (Debian: postgresql-15-postgis-3) and ogr2ogr with its PostgreSQL driver. Started by
root, the server runs as the user postgres. Tables are loaded once and kept; each has a GiST index and is analysed. What
differs from the defaults: shared_buffers 1 GB, work_mem 256 MB, fsync off."""
import getpass
import os
import shutil
import subprocess

PROGRAMS = "/usr/lib/postgresql/15/bin"
SETTINGS = ("shared_buffers=1GB", "work_mem=256MB", "fsync=off", "full_page_writes=off", "max_wal_size=8GB",
            "listen_addresses=")
PIECE = "CASE WHEN ST_Contains(z.geom, p.geom) THEN p.geom ELSE ST_Intersection(z.geom, p.geom) END"
QUERIES = {  # {0}: the table of the zones
    "planar": "SELECT z.bsm, p.dlbm, count(*), sum(ST_Area(" + PIECE + ")) FROM {0} z JOIN parcels p "
              "ON ST_Intersects(z.geom, p.geom) GROUP BY 1, 2",
    "geodesic": "SELECT z.bsm, p.dlbm, count(*), sum(ST_Area(ST_Transform(" + PIECE + ", 4490)::geography)) FROM {0} z "
                "JOIN parcels p ON ST_Intersects(z.geom, p.geom) GROUP BY 1, 2",
    "change": "SELECT o.dlbm, n.dlbm, count(*), sum(ST_Area(ST_Intersection(o.geom, n.geom))) FROM {0} o JOIN {1} n "
              "ON ST_Intersects(o.geom, n.geom) GROUP BY 1, 2",
}


class Cluster:
    """A running server while it is entered. `make` makes a file of the bench that is missing."""

    def __init__(self, folder, make):
        self.bench, self.folder, self.make = folder, os.path.join(folder, "postgis"), make
        self.owner = "postgres" if os.geteuid() == 0 else getpass.getuser()

    def as_owner(self, *command):
        prefix = ["runuser", "-u", self.owner, "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def __enter__(self):
        data = os.path.join(self.folder, "data")
        os.makedirs(self.folder, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.owner)
        new = not os.path.exists(os.path.join(data, "PG_VERSION"))
        if new:
            self.as_owner(f"{PROGRAMS}/initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = " ".join(f"-c {setting}" for setting in SETTINGS) + f" -k {self.folder}"
        self.as_owner(f"{PROGRAMS}/pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"), "-o", options,
                      "start")
        if new:
            self.execute("CREATE DATABASE bench", database="postgres")
            self.execute("CREATE EXTENSION postgis")
        return self

    def __exit__(self, *_):
        self.as_owner(f"{PROGRAMS}/pg_ctl", "-D", os.path.join(self.folder, "data"), "-m", "fast", "stop")

    def psql(self, statement, database="bench"):
        return ["psql", "-X", "-q", "-h", self.folder, "-U", "bench", "-v", "ON_ERROR_STOP=1", "-c", statement, database]

    def execute(self, statement, database="bench"):
        subprocess.run(self.psql(statement, database), check=True)

    def load(self, table):
        done = subprocess.run(self.psql(f"COPY (SELECT to_regclass('{table}_loaded')) TO STDOUT"), check=True,
                              capture_output=True, text=True).stdout
        if table in done:
            return
        self.make(table + ".gpkg")
        self.execute(f"DROP TABLE IF EXISTS {table}")
        subprocess.run(["ogr2ogr", "-f", "PostgreSQL", f"PG:host={self.folder} user=bench dbname=bench",
                        os.path.join(self.bench, table + ".gpkg"), "-nln", table, "-lco", "GEOMETRY_NAME=geom",
                        "-lco", "SPATIAL_INDEX=GIST", "--config", "PG_USE_COPY", "YES"], check=True)
        self.execute(f"ANALYZE {table}")
        self.execute(f"CREATE TABLE {table}_loaded ()")

    def command(self, kind, tables):
        """What to run for a query, its tables loaded."""
        for table in tables if kind == "change" else [*tables, "parcels"]:
            self.load(table)
        return self.psql(f"COPY ({QUERIES[kind].format(*tables)}) TO STDOUT")
