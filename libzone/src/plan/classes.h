/* Classes: the code tables of land classifications, by edition; never guessed from a code. */
#ifndef ZONE_PLAN_CLASSES_H
#define ZONE_PLAN_CLASSES_H

#include "base/context.h"

/* Editions: "gbt21010-2017", "survey-2019" (third-survey working classes), "use-2020", "use-2023" (用地用海). */
typedef struct zone_edition zone_edition;

typedef enum {
    ZONE_BROAD_UNKNOWN,
    ZONE_BROAD_AGRICULTURAL,
    ZONE_BROAD_CONSTRUCTION,
    ZONE_BROAD_UNUSED,
    ZONE_BROAD_SEA
} zone_broad;

const zone_edition *zone_edition_find(const char *name); /* NULL when there is none */
const zone_edition *zone_edition_at(size_t index);
const char *zone_edition_name(const zone_edition *edition);
const char *zone_edition_title(const zone_edition *edition); /* Chinese title */

typedef struct {
    const char *code;   /* as in the table, without suffix */
    const char *name;   /* Chinese */
    const char *parent; /* code of the level above, "" on the first */
    int level;          /* 1, 2, 3 */
    zone_broad broad;
} zone_class;

/* The class of a code; third-survey suffixes K and A that the table does not list count in the code without them.
 * False: unknown, to be kept and named. */
bool zone_class_find(const zone_edition *edition, const char *code, zone_class *class);
size_t zone_class_count(const zone_edition *edition);
bool zone_class_at(const zone_edition *edition, size_t index, zone_class *class);

/* First-level class ("00" for wetlands of the third survey). False for an unknown code; then `first` has its first two
 * digits, none where it begins with a name. */
bool zone_class_first(const zone_edition *edition, const char *code, char first[3], zone_class *class);
zone_broad zone_class_broad(const zone_edition *edition, const char *code);
const char *zone_broad_name(zone_broad broad); /* "agricultural" … English key */

/* Survey → planning (基数转换): the 2023 code, or the first-level code when it needs field detail (*detail true). NULL
 * when there is no rule. And trial 2020 → 2023; codes that kept their meaning give themselves. */
const char *zone_class_planned(const char *survey_code, bool *detail);
const char *zone_class_2020_to_2023(const char *code);

#endif
