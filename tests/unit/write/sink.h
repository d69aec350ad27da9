/* A sink that keeps what it gets, and a table to write. */
#ifndef ZONE_TEST_SINK_H
#define ZONE_TEST_SINK_H

#include "base/table.h"
#include "test.h"

typedef struct {
    char text[65536];
    size_t length, room; /* refuses bytes beyond room; 0: takes all */
} kept;

static inline int keep(void *user, const char *bytes, size_t count)
{
    kept *out = user;

    if (out->room && out->length + count > out->room)
        return 1;
    if (out->length + count < sizeof out->text)
        memcpy(out->text + out->length, bytes, count);
    out->length += count;
    return 0;
}

static inline zone_table *sample_table(void)
{
    zone_table *table = zone_table_create("test");

    zone_table_set_title(table, "a title");
    int name = zone_table_add_column(table, (zone_column){.name = "name", .heading = "item", .type = ZONE_COLUMN_TEXT});
    int area = zone_table_add_column(
        table, (zone_column){.name = "area", .heading = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    static const char *const names[] = {"水田", "a \"quoted\", one", "line\nbreak \x1b[31m"};
    for (int i = 0; i < 3; i++) {
        size_t row = zone_table_add_row(table);
        zone_table_set_text(table, row, name, names[i]);
        zone_table_set_area(table, row, area, ZONE_EXACT_M2 / 1000 * 335);
    }
    zone_table_add_closure(table, "residual", "here", 0, NULL);
    zone_table_add_provenance(table, "area method", "survey");
    return table;
}

static inline void format(const zone_write_options *options, kept *out)
{
    zone_table *table = sample_table();

    memset(out, 0, sizeof *out);
    EXPECT_INT(zone_table_format(NULL, table, options, keep, out), ZONE_OK);
    zone_table_free(table);
}

#endif
