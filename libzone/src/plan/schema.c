/* The schema of plan files as data. doc/plan-file.md says what each key means. */
#include "plan/schema.h"

#include <stdio.h>
#include <string.h>

const char *const zone_schema_plan_keys[] = {"plan",   "title",     "title_en", "period", "crs",          "area",
                                             "unit",   "geometry",  "note",     "data",   "whole",        "zones",
                                             "layers", "expansion", "elements", "rules",  "construction", "indicators",
                                             "quotas", "checks",    NULL};
const char *const zone_schema_zone_keys[] = {"id", "name", "area", "farmland", "built", "available", NULL};
const char *const zone_schema_layer_keys[] = {"data", "layer", "edition", "fields", NULL};
const char *const zone_schema_element_keys[] = {"structure", "element", "layer", "count", "names", NULL};
const char *const zone_schema_indicator_keys[] = {"number", "group", "name", "unit", "base", "target", "kind", NULL};
const char *const zone_schema_quota_keys[] = {"kind", "opening", "draws", "otherwise", "text", NULL};
const char *const zone_schema_roles[] = {"id",         "name",        "class",    "area",   "net_area", "ridge",
                                         "ridge_area", "ridge_class", "place",    "state",  "claimed",  "term",
                                         "kind",       "owner",       "priority", "supply", NULL};

static const zone_schema_rule rules[] = {
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

const zone_schema_rule *zone_schema_rule_find(const char *name)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (strcmp(rules[i].rule, name) == 0)
            return &rules[i];
    return NULL;
}

const char *zone_schema_rule_names(zone_context *ctx)
{
    const char *names = rules[0].rule;

    for (size_t i = 1; i < RULE_COUNT; i++)
        names = zone_say(ctx, "%s, %s", names, rules[i].rule);
    return names;
}

static const zone_schema_check checks[] = {
    {"sound", {NULL}, false, false, NULL},
    {"identity", {NULL}, false, false, NULL},
    {"inside", {"of!", "limit", "per"}, true, false, "0 m2"},
    {"zones", {"limit"}, true, false, "0 m2"},
    {"land", {"of!", "classes!", "limit", "per"}, true, false, "0 m2"},
    {"use", {"of!", "kinds!", "limit", "per"}, true, false, "0 m2"},
    {"farmland", {"of!", "limit", "per", "net"}, true, false, "0 m2"},
    {"apart", {"of!", "limit", "per", "narrow"}, true, false, "0 m2"},
    {"near", {"of!", "within!", "limit", "per"}, true, false, "0 m2"},
    {"overlap", {"limit", "per", "narrow"}, true, false, "0 m2"},
    {"granted", {"of!", "states", "limit", "per", "narrow"}, true, false, "0 m2"},
    {"claimed", {"limit!"}, true, false, NULL},
    {"width", {"limit!"}, false, true, NULL},
    {"term", {"kinds", "supply", "allowed", "least", "most"}, false, false, NULL},
    {"quota", {"kind!"}, false, false, NULL},
};

enum { CHECK_COUNT = sizeof checks / sizeof *checks };

const zone_schema_check *zone_schema_check_at(size_t index)
{
    return index < CHECK_COUNT ? &checks[index] : NULL;
}

const zone_schema_check *zone_schema_check_find(const char *name)
{
    for (size_t i = 0; i < CHECK_COUNT; i++)
        if (strcmp(checks[i].rule, name) == 0)
            return &checks[i];
    return NULL;
}
