"""Writing the GeoPackage: layers with Chinese descriptions, field domains, styles, fixed dates."""
import os

from osgeo import gdal, ogr

from .control import reference

gdal.UseExceptions()
STAMP = "2026-11-23T00:00:00.000Z"
TYPES = {"s": ogr.OFTString, "i": ogr.OFTInteger, "r": ogr.OFTReal}


class Store:
    """A GeoPackage that is the same, row by row, whenever it is built from the same control points."""

    def __init__(self, path):
        if os.path.exists(path):
            os.remove(path)
        gdal.SetConfigOption("OGR_CURRENT_DATE", STAMP)
        self.path, self.counts = path, {}
        self.data = gdal.GetDriverByName("GPKG").Create(path, 0, 0, 0, gdal.GDT_Unknown, ["VERSION=1.3"])
        self.srs = reference(4549)

    def domain(self, name, description, codes):
        self.data.AddFieldDomain(ogr.CreateCodedFieldDomain(name, description, ogr.OFTString, ogr.OFSTNone, codes))

    def layer(self, name, title, description, kind, fields, rows):
        """fields: (name, type letter[, width or (width, precision)][, domain]); rows: (geometry, dictionary)."""
        layer = self.data.CreateLayer(name, self.srs, kind, [
            "GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES", f"IDENTIFIER={title}", f"DESCRIPTION={description}"])
        for field in fields:
            definition = ogr.FieldDefn(field[0], TYPES[field[1]])
            if field[1] == "s" and len(field) > 2 and field[2]:
                definition.SetWidth(field[2])
            if len(field) > 3:
                definition.SetDomainName(field[3])
            layer.CreateField(definition)
        self.data.StartTransaction()
        for number, (shape, values) in enumerate(rows, 1):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetFID(number)
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shape.wkb))
            for key, value in values.items():
                if value is None:
                    feature.SetFieldNull(key)
                else:
                    feature.SetField(key, value)
            layer.CreateFeature(feature)
        self.data.CommitTransaction()
        self.counts[name] = layer.GetFeatureCount()

    def table(self, name, fields, rows):
        """A table without geometry."""
        layer = self.data.CreateLayer(name, None, ogr.wkbNone, ["FID=id"])
        for field in fields:
            layer.CreateField(ogr.FieldDefn(field[0], TYPES[field[1]]))
        self.data.StartTransaction()
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for key, value in row.items():
                feature.SetField(key, value)
            layer.CreateFeature(feature)
        self.data.CommitTransaction()

    def metadata(self, items):
        self.data.SetMetadata(items)

    def sql(self, statement):
        self.data.ExecuteSQL(statement)

    def close(self):
        self.data.FlushCache()
        self.data = None
