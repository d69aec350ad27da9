#include "read/csv_columns.h"

#include "read/fixture.h"

static bool read_heads(const char *line, zone_csv_columns *columns)
{
    static char copy[400];
    static char *heads[ZONE_CSV_MOST];

    snprintf(copy, sizeof copy, "%s", line);
    return zone_csv_read_heads(copy, columns, heads);
}

TEST(cells_may_stand_in_quotes)
{
    char line[] = "a,\"b,\"\"c\"\"\", d ,\"\",";
    char *values[9];

    EXPECT_INT(zone_csv_cut(line, ',', values, 9), 5);
    EXPECT_TEXT(values[0], "a");
    EXPECT_TEXT(values[1], "b,\"c\"");
    EXPECT_TEXT(values[2], "d");
    EXPECT_TEXT(values[3], "");
    EXPECT_TEXT(values[4], "");
    char open[] = "\"never closed, never";
    EXPECT_INT(zone_csv_cut(open, ',', values, 9), 1);
    EXPECT_TEXT(values[0], "never closed, never");
    char many[] = "1,2,3";
    EXPECT_INT(zone_csv_cut(many, ',', values, 2), 2);
}

TEST(columns_are_known_by_their_heads)
{
    static const struct {
        const char *line;
        int site, ring, point, first, second;
        zone_axis_order named;
        bool binding;
        char separator;
    } lines[] = {{"项目编号,圈号,点号,北坐标,东坐标", 0, 1, 2, 3, 4, ZONE_AXES_NORTHING, true, ','},
                 {"点号;横坐标(Y);纵坐标(X);地块编号", 3, -1, 0, 1, 2, ZONE_AXES_EASTING, true, ';'},
                 {"id\tlon\tlat", 0, -1, -1, 1, 2, ZONE_AXES_LONGITUDE, true, '\t'},
                 {"纬度，经度，名称", 2, -1, -1, 0, 1, ZONE_AXES_LATITUDE, true, ','},
                 {"site,ring,X,Y", 0, 1, -1, 2, 3, ZONE_AXES_UNKNOWN, false, ','},
                 {"POINT_X,POINT_Y", -1, -1, -1, 0, 1, ZONE_AXES_UNKNOWN, false, ','},
                 {"X,Y,Northing,Easting,plot", 4, -1, -1, 2, 3, ZONE_AXES_NORTHING, true, ','}};

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        zone_csv_columns columns;
        EXPECT(read_heads(lines[i].line, &columns));
        EXPECT_INT(columns.site, lines[i].site);
        EXPECT_INT(columns.ring, lines[i].ring);
        EXPECT_INT(columns.point, lines[i].point);
        EXPECT_INT(columns.first, lines[i].first);
        EXPECT_INT(columns.second, lines[i].second);
        EXPECT_INT(columns.named, lines[i].named);
        EXPECT(columns.binding == lines[i].binding);
        EXPECT_INT(columns.separator, lines[i].separator);
    }
}

TEST(tables_without_coordinates_and_with_geometries_are_not_meant)
{
    zone_csv_columns columns;

    EXPECT(!read_heads("a,b,c", &columns));
    EXPECT(!read_heads("id,X", &columns));
    EXPECT(!read_heads("WKT,X,Y", &columns));
    EXPECT(!read_heads("几何,lon,lat", &columns));
    EXPECT(!read_heads("lon,Y", &columns));
    EXPECT(!read_heads("", &columns));
}
