/* The plan: what is wished. Read from YAML, checked against the schema, never changed afterwards. */
#ifndef ZONE_PLAN_PLAN_H
#define ZONE_PLAN_PLAN_H

#include "base/context.h"
#include "base/units.h"

/* Roles of fields that a layer may give. */
enum { ZONE_PLAN_ROLES = 16 };

/* A layer of the plan: where its data are and what its fields mean. */
typedef struct {
    char *key;  /* name in the plan: boundary, zones, landuse, planned, farmland, status, layout_core, … */
    char *data; /* what zone_source_open takes: path (relative to the caller, the plan's folder put before) and layer */
    char *edition; /* code table of its classes: "survey-2019", "use-2023" …; NULL */
    char *fields;  /* roles given in the plan, "id=id,class=DLBM", for zone_source_options.fields; NULL */
    int line;
    int data_line, layer_line, fields_line; /* of its own keys; 0: it has none (data: then those of the plan) */
    int field_lines[ZONE_PLAN_ROLES];       /* of the roles in `fields`, in their order */
} zone_plan_layer;

/* A declared figure: "area: 5.92 km2" of a zone or of the whole. */
typedef struct {
    char *what; /* area, farmland, built, available */
    char *text; /* as written */
    zone_figure figure;
    int line;
} zone_plan_declared;

typedef struct {
    char *id, *name;
    zone_plan_declared *declared;
    size_t declared_count;
    int line;
} zone_plan_zone;

/* A kind of element of the layout or landscape: its layer, how many, and which names. */
typedef struct {
    char *structure; /* layout or landscape */
    char *element;   /* core, ring, axis, corridor, island, node, belt */
    char *layer;     /* key of a plan layer */
    int count;       /* -1: many (at least one) */
    char **names;    /* NULL: not fixed */
    size_t name_count;
    int line;
} zone_plan_element;

/* A layout rule: a named predicate over operands, each "layer" or "layer/id". */
typedef struct {
    char
        *rule; /* near_centroid, within, disjoint, closed, made_of, follows, crosses, meets_inside, leaves_from, passes,
                  touches, links, mixed_use (plan/schema.c has their operands, doc/plan-file.md their meaning) */
    char *of;
    char **operands; /* the others: `in`, `by`, `parts`, … in the order of the schema */
    size_t operand_count;
    double tolerance; /* m; 0 when the rule has none */
    double amount;    /* rule's own number (share 0 to 1, angle in degrees); NAN when the rule has none */
    char *text;       /* the plan's words that the rule stands for; NULL */
    int line;
} zone_plan_rule;

typedef struct {
    char *number, *group, *name, *unit, *kind;
    char *base, *target;             /* as written; base NULL when there is none */
    double base_value, target_value; /* NAN when there is none */
    int line;
} zone_plan_indicator;

/* Which classes of an edition count as construction. */
typedef struct {
    char *edition;
    char **classes; /* codes or prefixes: "07" holds 0701 …; "construction" alone: by the edition's broad class */
    size_t class_count;
} zone_plan_construction;

struct zone_plan {
    char *path, *title, *title_en, *period, *crs, *method, *geometry, *note; /* geometry: "schematic" or "official" */
    int first_year, last_year;                                               /* of the period; 0: it has none */
    int crs_line, method_line, data_line;
    const zone_unit *unit;
    zone_plan_layer *layers;
    size_t layer_count;
    zone_plan_zone whole; /* the boundary, layer "boundary"; id "boundary" */
    zone_plan_zone *zones;
    size_t zone_count;
    char **expansion;     /* ids */
    int *expansion_lines; /* of each */
    size_t expansion_count;
    zone_plan_construction *construction;
    size_t construction_count;
    zone_plan_element *elements;
    size_t element_count;
    zone_plan_rule *rules;
    size_t rule_count;
    zone_plan_indicator *indicators;
    size_t indicator_count;
};

/* By key; NULL when the plan has none. */
const zone_plan_layer *zone_plan_layer_find(const zone_plan *plan, const char *key);

/* The same, but a missing layer is the error ZONE_BAD_PLAN that names `key` as missing under layers. */
zone_status zone_plan_layer_need(zone_context *ctx, const zone_plan *plan, const char *key,
                                 const zone_plan_layer **layer);

/* Where the plan says what turned out wrong with the data of a layer: "town.yaml:24, layers.landuse.data". */
const char *zone_plan_layer_place(zone_context *ctx, const zone_plan *plan, const zone_plan_layer *layer,
                                  const zone_error *error);

/* Does a class of an edition count as construction in this plan? */
bool zone_plan_is_construction(const zone_plan *plan, const char *edition, const char *code);

#endif
