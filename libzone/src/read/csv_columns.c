/* Columns of a CSV with a row a vertex. */
#include "read/csv_columns.h"

#include "read/fields.h"
#include "read/lines.h"

#include <cpl_string.h>
#include <string.h>

/* A cell in quotes may hold separators, and quotes written twice. */
static char *cut_quoted(char *cell, char separator, char **next)
{
    char *out = cell, *in = cell + 1;

    for (; *in && !(*in == '"' && in[1] != '"'); in++) {
        in += *in == '"';
        *out++ = *in;
    }
    in += *in == '"';
    in = strchr(in, separator);
    *next = in ? in + 1 : NULL;
    *out = '\0';
    return cell;
}

size_t zone_csv_cut(char *line, char separator, char **values, size_t most)
{
    size_t count = 0;

    for (char *rest = line; rest && count < most;) {
        char *cell = rest + strspn(rest, " ");
        values[count++] = *cell == '"' ? cut_quoted(cell, separator, &rest) : zone_lines_cut(&rest, separator);
    }
    return count;
}

static bool is_one_of(const char *head, const char *const *names)
{
    for (; *names; names++)
        if (EQUAL(head, *names))
            return true;
    return false;
}

static bool has(const char *head, const char *part)
{
    return strstr(head, part) != NULL;
}

/* What a head says of its column. */
typedef enum { OTHER, SHAPE, NORTH, EAST, LATITUDE, LONGITUDE, X, Y, RING, POINT } meaning;

static meaning meaning_of(const char *head)
{
    static const char *const shapes[] = {
        "wkt", "_wkt", "geometry", "geom", "the_geom", "shape", "几何", "图形", "\xBC\xB8\xBA\xCE", "\xCD\xBC\xD0\xCE",
        NULL}; /* the last two are the two before in GBK */
    static const char *const norths[] = {"n", "north", "northing", NULL};
    static const char *const easts[] = {"e", "east", "easting", NULL};
    static const char *const latitudes[] = {"lat", "latitude", NULL};
    static const char *const longitudes[] = {"lon", "lng", "long", "longitude", NULL};
    static const char *const xs[] = {"x", "x坐标", "坐标x", "point_x", "xcoord", "x_coord", "coord_x", NULL};
    static const char *const ys[] = {"y", "y坐标", "坐标y", "point_y", "ycoord", "y_coord", "coord_y", NULL};
    static const char *const rings[] = {"ring", "part", "圈号", "地块圈号", "环号", "环", NULL};
    static const char *const points[] = {"point", "vertex", "point_no", "点号", "界址点号", "界址点", "点名", NULL};

    if (is_one_of(head, shapes))
        return SHAPE;
    if (is_one_of(head, latitudes) || has(head, "纬度"))
        return LATITUDE;
    if (is_one_of(head, longitudes) || has(head, "经度"))
        return LONGITUDE;
    if (is_one_of(head, norths) || has(head, "北坐标") || has(head, "纵坐标"))
        return NORTH;
    if (is_one_of(head, easts) || has(head, "东坐标") || has(head, "横坐标"))
        return EAST;
    if (is_one_of(head, xs))
        return X;
    if (is_one_of(head, ys))
        return Y;
    return is_one_of(head, rings) ? RING : is_one_of(head, points) ? POINT : OTHER;
}

/* The two coordinates: the pair that says most of itself. */
static bool find_pair(const int *column, zone_csv_columns *columns)
{
    static const struct {
        meaning north, east;
        zone_axis_order north_first, east_first;
    } pairs[] = {{NORTH, EAST, ZONE_AXES_NORTHING, ZONE_AXES_EASTING},
                 {LATITUDE, LONGITUDE, ZONE_AXES_LATITUDE, ZONE_AXES_LONGITUDE},
                 {X, Y, ZONE_AXES_UNKNOWN, ZONE_AXES_UNKNOWN}};

    for (size_t i = 0; i < 3; i++) {
        int north = column[pairs[i].north], east = column[pairs[i].east];
        if (north < 0 || east < 0)
            continue;
        columns->first = north < east ? north : east;
        columns->second = north < east ? east : north;
        columns->named = north < east ? pairs[i].north_first : pairs[i].east_first;
        columns->binding = columns->named != ZONE_AXES_UNKNOWN;
        return true;
    }
    return false;
}

/* The field that names sites, by the dictionary of roles: their id, else their name. */
static int find_site(char *const *heads, size_t count)
{
    static const zone_role naming[] = {ZONE_ROLE_ID, ZONE_ROLE_NAME};
    zone_field fields[ZONE_CSV_MOST];

    for (size_t i = 0; i < count; i++)
        fields[i] = (zone_field){.name = heads[i]};
    for (size_t r = 0; r < 2; r++) {
        int found = zone_fields_by_role(fields, count, naming[r]);
        if (found >= 0)
            return found;
    }
    return -1;
}

static char separator_of(const char *line)
{
    static const char separators[] = {',', ';', '\t'};
    size_t most = 0;
    char best = ',';

    for (size_t i = 0; i < sizeof separators; i++) {
        size_t count = 0;
        for (const char *at = line; *at; at++)
            count += *at == separators[i];
        if (count > most) {
            most = count;
            best = separators[i];
        }
    }
    return best;
}

int zone_csv_find_shapes(char *line, char *separator)
{
    char *heads[ZONE_CSV_MOST];

    *separator = separator_of(line);
    size_t count = zone_csv_cut(line, *separator, heads, ZONE_CSV_MOST);
    for (size_t i = 0; i < count; i++)
        if (meaning_of(heads[i]) == SHAPE)
            return (int)i;
    return -1;
}

bool zone_csv_read_heads(char *line, zone_csv_columns *columns, char **heads)
{
    int column[POINT + 1];

    zone_lines_narrow(line);
    *columns = (zone_csv_columns){.separator = separator_of(line), .site = -1, .ring = -1, .point = -1};
    columns->count = zone_csv_cut(line, columns->separator, heads, ZONE_CSV_MOST);
    for (int m = 0; m <= POINT; m++)
        column[m] = -1;
    for (size_t i = 0; i < columns->count; i++) {
        int *place = &column[meaning_of(heads[i])];
        *place = *place < 0 ? (int)i : *place;
    }
    columns->ring = column[RING];
    columns->point = column[POINT];
    if (column[SHAPE] >= 0 || !find_pair(column, columns))
        return false;
    columns->site = find_site(heads, columns->count);
    return true;
}
