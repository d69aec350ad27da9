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

/* An account of 2.00 m² from which both rows draw 0.335 m²: by themselves the cells would not tie in print. */
static inline void add_ledger(zone_table *table)
{
    static const char *const names[] = {"opening", "drawn", "balance"};
    const zone_exact drawn = ZONE_EXACT_M2 / 1000 * 335;
    zone_table *ledger = zone_table_section_create(table, ZONE_SECTION_LEDGER);

    zone_table_add_column(ledger, (zone_column){.name = "step", .type = ZONE_COLUMN_INTEGER});
    for (int i = 0; i < 3; i++)
        zone_table_add_column(ledger, (zone_column){.name = names[i], .type = ZONE_COLUMN_AREA, .between = i == 1});
    for (int i = 0; i < 2; i++) {
        size_t row = zone_table_add_row(ledger);
        zone_table_set_integer(ledger, row, 0, i + 1);
        zone_table_set_area(ledger, row, 1, 2 * ZONE_EXACT_M2 - i * drawn);
        zone_table_set_area(ledger, row, 2, drawn);
        zone_table_set_area(ledger, row, 3, 2 * ZONE_EXACT_M2 - (i + 1) * drawn);
    }
}

/* Three sites with two, no and one finding, one finding of no site, and a ledger. */
static inline zone_table *judged_table(void)
{
    static const char *const sites[][4] = {
        {"0101", "=1+1", "reject", "2"}, {"0102", "<b> & \"c\"", "warn", "0"}, {"0103", NULL, "pass", "1"}};
    static const char *const found[][4] = {{"0101", "inside", "unmet", "12 m2"},
                                           {"0101", "farmland", "met", "0 m2"},
                                           {"0103", "width", "note", "3.1 m"},
                                           {"0999", "sound", "unmet", "no area"}};
    zone_table *table = zone_table_create("quota");
    zone_table *findings = zone_table_section_create(table, ZONE_SECTION_FINDINGS);
    static const char *const columns[] = {"site", "name", "verdict"}, *const of[] = {"site", "rule", "verdict",
                                                                                     "measured"};

    zone_table_set_title(table, "what writers write");
    for (int i = 0; i < 3; i++)
        zone_table_add_column(table, (zone_column){.name = columns[i], .type = ZONE_COLUMN_TEXT, .verdict = i == 2});
    zone_table_add_column(table, (zone_column){.name = "area", .type = ZONE_COLUMN_AREA, .adds = true});
    zone_table_add_column(table, (zone_column){.name = "findings", .type = ZONE_COLUMN_INTEGER});
    for (int i = 0; i < 4; i++)
        zone_table_add_column(findings, (zone_column){.name = of[i], .type = ZONE_COLUMN_TEXT, .verdict = i == 2});
    for (size_t r = 0; r < 3; r++) {
        zone_table_add_row(table);
        for (int i = 0; i < 3; i++)
            zone_table_set_text(table, r, i, sites[r][i]);
        zone_table_set_area(table, r, 3, ZONE_EXACT_M2 / 1000 * 335);
        zone_table_set_integer(table, r, 4, atoi(sites[r][3]));
    }
    for (size_t r = 0; r < 4; r++) {
        zone_table_add_row(findings);
        for (int i = 0; i < 4; i++)
            zone_table_set_text(findings, r, i, found[r][i]);
    }
    add_ledger(table);
    zone_table_set_verdict(table, ZONE_UNMET);
    zone_table_add_provenance(table, "area method", "survey");
    return table;
}

static inline void format_judged(const zone_write_options *options, kept *out)
{
    zone_table *table = judged_table();

    memset(out, 0, sizeof *out);
    EXPECT_INT(zone_table_format(NULL, table, options, keep, out), ZONE_OK);
    zone_table_free(table);
}

static inline void format(const zone_write_options *options, kept *out)
{
    zone_table *table = sample_table();

    memset(out, 0, sizeof *out);
    EXPECT_INT(zone_table_format(NULL, table, options, keep, out), ZONE_OK);
    zone_table_free(table);
}

#endif
