"""The schematic geometry of the Jinlan plan, from control points to a GeoPackage."""
