/* The tables of a partial. */
#include "base/partial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* T text, I integer, A area: a letter a column. */
static const struct {
    const char *name, *types, *columns[ZONE_INPUTS_COLUMNS];
} shapes[ZONE_PARTIAL_TABLES] = {
    [ZONE_PARTIAL_REQUEST] = {"request", "TT", {"item", "value"}},
    [ZONE_PARTIAL_COLUMNS] = {"columns", "TTTII", {"role", "name", "edition", "broad", "means"}},
    [ZONE_PARTIAL_INPUTS] =
        {"inputs",
         "TTTTTTTTTIIIIIIAAAAAAATTTT",
         {"role",     "label",          "layer",          "hash",          "driver",   "reference system", "ellipsoid",
          "encoding", "versions",       "features",       "used",          "repaired", "rejected",         "outside",
          "looked",   "change",         "whole",          "inside",        "drawn",    "drawn outside",    "in zones",
          "repeat",   "first repaired", "first rejected", "first outside", "overlaps"}},
    [ZONE_PARTIAL_ZONES] = {"zones",
                            "TAAAAAA",
                            {"label", "area", "sum", "repeat", "drawn", "drawn left", "drawn repeat"}},
    [ZONE_PARTIAL_GROUPS] = {"groups", "III", {"order", "pieces", "cut"}},
    [ZONE_PARTIAL_UNKNOWN] = {"unknown classes", "ITTI", {"key", "edition", "code", "features"}},
    [ZONE_PARTIAL_COVERED] = {"covered", "IIIAA", {"feature", "zone", "group", "area", "covered"}},
};

static zone_column_type type_of(char letter)
{
    return letter == 'T' ? ZONE_COLUMN_TEXT : letter == 'I' ? ZONE_COLUMN_INTEGER : ZONE_COLUMN_AREA;
}

const char *zone_partial_name(zone_partial_part part)
{
    return shapes[part].name;
}

zone_partial *zone_partial_create(void)
{
    zone_partial *partial = calloc(1, sizeof *partial);
    bool whole = partial != NULL;

    for (int t = 0; whole && t < ZONE_PARTIAL_TABLES; t++) {
        partial->table[t] = zone_table_create(shapes[t].name);
        whole = partial->table[t] != NULL;
        for (size_t c = 0; whole && shapes[t].types[c]; c++)
            whole = zone_table_add_column(partial->table[t], (zone_column){.name = shapes[t].columns[c],
                                                                           .type = type_of(shapes[t].types[c])}) >= 0;
    }
    if (whole)
        return partial;
    zone_partial_free(partial);
    return NULL;
}

void zone_partial_free(zone_partial *partial)
{
    for (int t = 0; partial && t < ZONE_PARTIAL_TABLES; t++)
        zone_table_free(partial->table[t]);
    free(partial);
}

/* Of one role. */
enum { MOST_COLUMNS = 64 };

static bool count_roles(zone_partial *partial)
{
    const zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS];
    const char *const roles[] = {"zone", "key", "method"};
    size_t *const counts[] = {&partial->zone_columns, &partial->keys, &partial->methods};
    int last = 0;

    for (size_t r = 0; r < zone_table_row_count(columns); r++) {
        const char *role = zone_table_text(columns, r, ZONE_COLUMNS_ROLE);
        int found = 0;
        while (found < 3 && (!role || strcmp(role, roles[found]) != 0))
            found++;
        if (found == 3 || found < last || !zone_table_text(columns, r, ZONE_COLUMNS_NAME))
            return false;
        last = found;
        ++*counts[found];
    }
    return partial->methods > 0 && partial->zone_columns <= MOST_COLUMNS && partial->keys <= MOST_COLUMNS &&
           partial->methods <= MOST_COLUMNS;
}

static void widen(zone_table *table, zone_column_type type, size_t count)
{
    char name[32];

    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%s %zu", type == ZONE_COLUMN_TEXT ? "text" : "area", i + 1);
        zone_table_add_column(table, (zone_column){.name = name, .type = type});
    }
}

bool zone_partial_widen(zone_partial *partial)
{
    if (!count_roles(partial))
        return false;
    widen(partial->table[ZONE_PARTIAL_ZONES], ZONE_COLUMN_TEXT, partial->zone_columns);
    widen(partial->table[ZONE_PARTIAL_GROUPS], ZONE_COLUMN_AREA, partial->methods);
    widen(partial->table[ZONE_PARTIAL_GROUPS], ZONE_COLUMN_TEXT, partial->keys);
    return true;
}

const char *zone_partial_request(const zone_partial *partial, const char *item)
{
    const zone_table *request = partial->table[ZONE_PARTIAL_REQUEST];

    for (size_t r = 0; r < zone_table_row_count(request); r++) {
        const char *name = zone_table_text(request, r, ZONE_REQUEST_ITEM);
        if (name && strcmp(name, item) == 0)
            return zone_table_text(request, r, ZONE_REQUEST_VALUE);
    }
    return NULL;
}
