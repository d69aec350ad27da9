/* The schema as data: it has the keys, roles and rules that the document of the plan file names, and no others. */
#include "plan/fixture.h"
#include "plan/schema.h"

/* `words` is this list, in any order: a key the schema has and the document has not would be read by nobody. */
static void expect_words(const char *const *words, const char *const *expected)
{
    for (size_t i = 0; expected[i]; i++) {
        size_t found = 0;
        for (size_t k = 0; words[k]; k++)
            found += strcmp(words[k], expected[i]) == 0;
        if (found != 1)
            TEST_FAIL("%s is there %zu times", expected[i], found);
    }
    for (size_t k = 0; words[k]; k++) {
        size_t found = 0;
        for (size_t i = 0; expected[i]; i++)
            found += strcmp(words[k], expected[i]) == 0;
        if (!found)
            TEST_FAIL("%s is not documented", words[k]);
    }
}

TEST(a_plan_has_its_documented_keys)
{
    static const char *const expected[] = {"plan",   "title",    "title_en", "period",       "note",      "crs",
                                           "area",   "unit",     "geometry", "data",         "whole",     "zones",
                                           "rules",  "elements", "layers",   "construction", "expansion", "indicators",
                                           "quotas", "checks",   NULL};

    expect_words(zone_schema_plan_keys, expected);
}

TEST(zones_layers_elements_indicators_and_quotas_have_their_documented_keys)
{
    static const char *const zone[] = {"id", "name", "area", "farmland", "built", "available", NULL};
    static const char *const layer[] = {"data", "layer", "edition", "fields", NULL};
    static const char *const element[] = {"structure", "element", "layer", "count", "names", NULL};
    static const char *const quota[] = {"kind", "opening", "draws", "otherwise", "text", NULL};
    static const char *const indicator[] = {"number", "group", "name", "unit", "base", "target", "kind", NULL};

    expect_words(zone_schema_zone_keys, zone);
    expect_words(zone_schema_layer_keys, layer);
    expect_words(zone_schema_element_keys, element);
    expect_words(zone_schema_indicator_keys, indicator);
    expect_words(zone_schema_quota_keys, quota);
}

TEST(fields_have_their_documented_roles)
{
    static const char *const expected[] = {"id",         "name",        "class",    "area",   "net_area", "ridge",
                                           "ridge_area", "ridge_class", "place",    "state",  "claimed",  "term",
                                           "kind",       "owner",       "priority", "supply", NULL};

    expect_words(zone_schema_roles, expected);
}

/* A rule as the document tells it: operands besides `of`, whether it has a tolerance, and its own number. */
typedef struct {
    const char *rule, *operands[3];
    bool tolerance;
    const char *amount;
} told;

static const told rules[] = {
    {"near_centroid", {"in"}, true, NULL},
    {"within", {"in*"}, true, NULL},
    {"disjoint", {NULL}, false, NULL},
    {"closed", {NULL}, false, NULL},
    {"made_of", {"parts*"}, true, "share"},
    {"follows", {"along"}, true, "share"},
    {"crosses", {"by*"}, false, NULL},
    {"meets_inside", {"with", "in"}, false, NULL},
    {"leaves_from", {"from", "towards"}, true, "angle"},
    {"passes", {"through"}, true, NULL},
    {"touches", {"by*"}, true, NULL},
    {"links", {"areas*"}, true, NULL},
    {"mixed_use", {"by", "groups*"}, false, NULL},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

TEST(a_rule_has_its_operands_tolerance_and_number)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const zone_schema_rule *rule = zone_schema_rule_find(rules[i].rule);
        EXPECT(rule != NULL);
        if (!rule)
            continue;
        EXPECT_TEXT(rule->rule, rules[i].rule);
        EXPECT_INT(rule->tolerance, rules[i].tolerance);
        EXPECT_TEXT(rule->amount ? rule->amount : "none", rules[i].amount ? rules[i].amount : "none");
        for (size_t k = 0; k < 3; k++)
            EXPECT_TEXT(rule->operands[k] ? rule->operands[k] : "none",
                        rules[i].operands[k] ? rules[i].operands[k] : "none");
    }
}

/* A check as the document tells it: what it must have, what it may, and what its limit may be. */
typedef struct {
    const char *rule, *keys, *limits, *limit;
} told_check;

static const told_check told_checks[] = {
    {"sound", "", "", NULL},
    {"identity", "", "", NULL},
    {"inside", "of! limit per", "area", "0 m2"},
    {"zones", "limit", "area", "0 m2"},
    {"land", "of! classes! limit per", "area", "0 m2"},
    {"use", "of! kinds! limit per", "area", "0 m2"},
    {"farmland", "of! limit per net", "area", "0 m2"},
    {"apart", "of! limit per narrow", "area", "0 m2"},
    {"near", "of! within! limit per", "area", "0 m2"},
    {"overlap", "limit per narrow", "area", "0 m2"},
    {"granted", "of! states limit per narrow", "area", "0 m2"},
    {"claimed", "limit!", "area", NULL},
    {"width", "limit!", "width", NULL},
    {"term", "kinds supply allowed least most", "", NULL},
    {"quota", "kind!", "", NULL},
};

enum { TOLD_CHECKS = sizeof told_checks / sizeof *told_checks };

TEST(a_check_has_its_keys_and_limit)
{
    for (size_t i = 0; i < TOLD_CHECKS; i++) {
        const zone_schema_check *check = zone_schema_check_find(told_checks[i].rule);
        char keys[128] = "";
        EXPECT(check != NULL && check == zone_schema_check_at(i));
        if (!check)
            continue;
        for (size_t k = 0; k < sizeof check->keys / sizeof *check->keys && check->keys[k]; k++)
            snprintf(keys + strlen(keys), sizeof keys - strlen(keys), "%s%s", k ? " " : "", check->keys[k]);
        EXPECT_TEXT(keys, told_checks[i].keys);
        EXPECT_TEXT(check->area ? "area" : check->width ? "width" : "", told_checks[i].limits);
        EXPECT_TEXT(check->limit ? check->limit : "none", told_checks[i].limit ? told_checks[i].limit : "none");
    }
    EXPECT(zone_schema_check_at(TOLD_CHECKS) == NULL);
    EXPECT(zone_schema_check_find("within") == NULL);
    EXPECT(zone_schema_check_find("") == NULL);
}

TEST(a_rule_that_is_none_is_not_found)
{
    static const char *const words[] = {"", "inside", "Within", "within ", "wit", "near-centroid"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        EXPECT(zone_schema_rule_find(words[i]) == NULL);
}

/* The names are told one by one with commas, so that a person can pick one. */
TEST(all_rules_are_named_once)
{
    place p;
    size_t commas = 0;

    open_place(&p);
    const char *names = zone_schema_rule_names(p.ctx);
    for (size_t i = 0; i < RULE_COUNT; i++)
        EXPECT_CONTAINS(names, rules[i].rule);
    for (const char *c = names; *c; c++)
        commas += *c == ',';
    EXPECT_INT(commas, RULE_COUNT - 1);
    close_place(&p);
}
