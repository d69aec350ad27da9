/* Sections of a table. Completeness, closure and provenance have fixed columns, the others those of their question. */
#include "base/table.h"

static void add(zone_table *table, const char *name, const char *heading, zone_column_type type)
{
    zone_table_add_column(table, (zone_column){.name = name, .heading = heading, .type = type});
}

void zone_table_add_provenance(zone_table *table, const char *item, const char *value)
{
    zone_table *section = zone_table_section_create(table, ZONE_SECTION_PROVENANCE);
    size_t row = zone_table_add_row(section);

    zone_table_set_text(section, row, 0, item);
    zone_table_set_text(section, row, 1, value ? value : "");
}

void zone_table_add_completeness(zone_table *table, const zone_completeness *counts)
{
    zone_table *section = zone_table_section_create(table, ZONE_SECTION_COMPLETENESS);
    const uint64_t numbers[] = {counts->features, counts->used, counts->repaired, counts->rejected, counts->outside};
    const char *first[] = {counts->first_repaired, counts->first_rejected, counts->first_outside};
    size_t row = zone_table_add_row(section);

    zone_table_set_text(section, row, 0, counts->input);
    for (int i = 0; i < 5; i++)
        zone_table_set_integer(section, row, 1 + i, (int64_t)numbers[i]);
    zone_table_set_area(section, row, 6, counts->repaired_change);
    for (int i = 0; i < 3; i++)
        zone_table_set_text(section, row, 7 + i, first[i] && *first[i] ? first[i] : NULL);
}

/* A line of closure; its first line decides what the closure is in. Returns the row. */
static size_t add_line(zone_table *section, const char *amount, zone_column_type type, const char *item, const char *of,
                       const char *detail)
{
    if (zone_table_column_count(section) == 2) {
        add(section, amount, type == ZONE_COLUMN_INTEGER ? "number of points" : amount, type);
        add(section, "detail", "detail", ZONE_COLUMN_TEXT);
    }
    size_t row = zone_table_add_row(section);
    zone_table_set_text(section, row, 0, item);
    zone_table_set_text(section, row, 1, of);
    zone_table_set_text(section, row, 3, detail);
    return row;
}

void zone_table_add_closure(zone_table *table, const char *item, const char *of, zone_exact area, const char *detail)
{
    zone_table *section = zone_table_section_create(table, ZONE_SECTION_CLOSURE);
    size_t row = add_line(section, "area", ZONE_COLUMN_AREA, item, of, detail);

    zone_table_set_area(section, row, 2, area);
}

void zone_table_add_point_closure(zone_table *table, const char *item, const char *of, int64_t points,
                                  const char *detail)
{
    zone_table *section = zone_table_section_create(table, ZONE_SECTION_CLOSURE);
    size_t row = add_line(section, "points", ZONE_COLUMN_INTEGER, item, of, detail);

    zone_table_set_integer(section, row, 2, points);
}

/* The columns a section begins with; called once by zone_table_section_create. */
void zone_table_section_columns(zone_table *section, zone_section kind)
{
    static const char *const counts[][2] = {{"features", "features"},
                                            {"used", "used"},
                                            {"repaired", "repaired"},
                                            {"rejected", "rejected"},
                                            {"outside", "outside"}};

    if (kind == ZONE_SECTION_PROVENANCE) {
        add(section, "item", "item", ZONE_COLUMN_TEXT);
        add(section, "value", "value", ZONE_COLUMN_TEXT);
    } else if (kind == ZONE_SECTION_CLOSURE) {
        zone_table_add_column(
            section, (zone_column){.name = "item", .heading = "item", .type = ZONE_COLUMN_TEXT, .verdict = true});
        add(section, "of", "of", ZONE_COLUMN_TEXT); /* the amount and the detail come with the first line */
    } else if (kind == ZONE_SECTION_COMPLETENESS) {
        add(section, "input", "input", ZONE_COLUMN_TEXT);
        for (int i = 0; i < 5; i++)
            add(section, counts[i][0], counts[i][1], ZONE_COLUMN_INTEGER);
        add(section, "change", "change by repair", ZONE_COLUMN_AREA);
        add(section, "first_repaired", "first repaired", ZONE_COLUMN_TEXT);
        add(section, "first_rejected", "first rejected", ZONE_COLUMN_TEXT);
        add(section, "first_outside", "first outside", ZONE_COLUMN_TEXT);
    }
}
