/* Classes: lookups in the code tables that are embedded from geodata/classes. */
#include "plan/classes.h"

#include <stdlib.h>
#include <string.h>

/* A line of a table: its fields in order, the rest NULL. */
typedef struct {
    const char *field[6];
} embedded_row;

typedef struct {
    const char *name;
    const embedded_row *rows;
    size_t count;
} embedded_table;

#include "embedded_classes.h"

struct zone_edition {
    const char *name, *title;
};

static const zone_edition editions[] = {
    {"gbt21010-2017", "GB/T 21010-2017 土地利用现状分类"},
    {"survey-2019", "第三次全国国土调查工作分类"},
    {"use-2020", "用地用海分类（2020 试行）"},
    {"use-2023", "用地用海分类（2023）"},
};

enum { EDITION_COUNT = sizeof editions / sizeof *editions };

const zone_edition *zone_edition_at(size_t index)
{
    return index < EDITION_COUNT ? &editions[index] : NULL;
}

const zone_edition *zone_edition_find(const char *name)
{
    for (size_t i = 0; name && i < EDITION_COUNT; i++)
        if (strcmp(editions[i].name, name) == 0)
            return &editions[i];
    return NULL;
}

const char *zone_edition_name(const zone_edition *edition)
{
    return edition->name;
}

const char *zone_edition_title(const zone_edition *edition)
{
    return edition->title;
}

/* ---------------------------------------------------------------- tables */

static const embedded_table *table_of(const char *name)
{
    for (const embedded_table *table = embedded_tables; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

static const embedded_row *row_of(const char *name, const char *code)
{
    const embedded_table *table = table_of(name);

    for (size_t i = 0; table && i < table->count; i++) {
        const char *own = table->rows[i].field[0];
        if (own[0] == code[0] && own[1] == code[1] && strcmp(own, code) == 0) /* most differ early */
            return &table->rows[i];
    }
    return NULL;
}

static zone_broad broad_of(const char *word)
{
    static const char *const words[] = {"", "agricultural", "construction", "unused", "sea"};

    for (int i = 1; i < 5; i++)
        if (strcmp(word, words[i]) == 0)
            return (zone_broad)i;
    return ZONE_BROAD_UNKNOWN;
}

static bool fill(const embedded_row *row, zone_class *class)
{
    if (!row)
        return false;
    *class = (zone_class){.code = row->field[0],
                          .name = row->field[1],
                          .parent = row->field[2],
                          .level = atoi(row->field[3]),
                          .broad = broad_of(row->field[4])};
    return true;
}

size_t zone_class_count(const zone_edition *edition)
{
    const embedded_table *table = edition ? table_of(edition->name) : NULL;

    return table ? table->count : 0;
}

bool zone_class_at(const zone_edition *edition, size_t index, zone_class *class)
{
    return index < zone_class_count(edition) && fill(&table_of(edition->name)->rows[index], class);
}

/* The code without a trailing K (can be restored to farmland) or A (a sub-kind); false when it has none. */
static bool without_suffix(const char *code, char plain[12])
{
    size_t length = strlen(code);

    if (length < 2 || length >= 12 || (code[length - 1] != 'K' && code[length - 1] != 'A'))
        return false;
    memcpy(plain, code, length - 1);
    plain[length - 1] = '\0';
    return true;
}

bool zone_class_find(const zone_edition *edition, const char *code, zone_class *class)
{
    char plain[12];

    if (!edition || !code)
        return false;
    if (fill(row_of(edition->name, code), class))
        return true;
    return strcmp(edition->name, "survey-2019") == 0 && without_suffix(code, plain) &&
           fill(row_of(edition->name, plain), class);
}

bool zone_class_first(const zone_edition *edition, const char *code, char first[3], zone_class *class)
{
    bool found = zone_class_find(edition, code, class);

    for (int depth = 0; found && *class->parent && depth < 4; depth++)
        found = zone_class_find(edition, class->parent, class);
    const char *digits = found ? class->code : code ? code : "";
    size_t kept = 0;

    /* What is no code may be a name: half a character of it would spoil the text. */
    for (; kept < 2 && digits[kept] && !((unsigned char)digits[kept] & 0x80); kept++)
        first[kept] = digits[kept];
    first[kept] = '\0';
    return found;
}

zone_broad zone_class_broad(const zone_edition *edition, const char *code)
{
    zone_class class;

    /* A class without a broad class of its own has that of the level above. */
    for (bool found = zone_class_find(edition, code, &class); found;
         found = zone_class_find(edition, class.parent, &class)) {
        if (class.broad != ZONE_BROAD_UNKNOWN)
            return class.broad;
        if (!*class.parent)
            break;
    }
    return ZONE_BROAD_UNKNOWN;
}

const char *zone_broad_name(zone_broad broad)
{
    static const char *const names[] = {"unknown", "agricultural", "construction", "unused", "sea"};

    return (size_t)broad < sizeof names / sizeof *names ? names[broad] : names[0];
}

/* ---------------------------------------------------------------- conversions */

const char *zone_class_planned(const char *survey_code, bool *detail)
{
    char plain[12];
    const embedded_row *row = row_of("survey-to-use", survey_code);

    if (!row && without_suffix(survey_code, plain))
        row = row_of("survey-to-use", plain);
    *detail = row && strcmp(row->field[2], "detail") == 0;
    return row ? row->field[1] : NULL;
}

const char *zone_class_2020_to_2023(const char *code)
{
    const embedded_row *row = row_of("use-2020-to-2023", code);

    if (row)
        return row->field[1];
    row = row_of("use-2023", code);
    return row && row_of("use-2020", code) ? row->field[0] : NULL;
}
