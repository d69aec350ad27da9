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

/* A quota: an account for each zone that has an opening balance. */
typedef enum { ZONE_DRAWS_AREA, ZONE_DRAWS_FARMLAND, ZONE_DRAWS_FARMLAND_NET, ZONE_DRAWS_NEW_CONSTRUCTION } zone_draws;

typedef struct {
    char *kind;       /* word of the account: construction, farmland … */
    char *opening;    /* the declared figure of the zone it opens with: area, farmland, built, available */
    bool measured;    /* zones that declare none open with the measured figure; else they have no account */
    zone_draws draws; /* of a site: its area, farmland gross, farmland net, area that is no construction today */
    char *text;       /* the plan's words; NULL */
    int line;
} zone_plan_quota;

typedef enum { ZONE_SEVERITY_NOTE, ZONE_SEVERITY_WARN, ZONE_SEVERITY_REJECT } zone_severity;
typedef enum { ZONE_LIMIT_NONE, ZONE_LIMIT_AREA, ZONE_LIMIT_SHARE, ZONE_LIMIT_WIDTH } zone_limit_kind;

/* How much of what a check measures is still right: "10 m2", "1 %" of the site; for a width the least, "5 m". */
typedef struct {
    zone_limit_kind kind;
    zone_exact area;
    double share; /* 0 to 1 */
    double metres;
    char *text; /* as written; "0 m2" where the plan gives none to a rule that takes an area */
} zone_plan_limit;

/* A kind of site and the planned classes (prefixes, or a broad class) it may lie on. */
typedef struct {
    char *kind;
    char **classes;
    size_t class_count;
} zone_plan_use;

/* Distances of checks of what is near: how many a plan may have, and from where to where, m. */
enum { ZONE_PLAN_DISTANCES = 6 };
#define ZONE_WITHIN_LEAST 0.001
#define ZONE_WITHIN_MOST  10000.0

/* A check of every site: a named rule, its limit, and what follows when it is not met. Which rule has which of these:
 * plan/schema.c; their meaning: doc/plan-file.md. */
typedef struct {
    char *rule;
    char *name; /* tells checks of one rule apart; the rule where the plan gives none */
    char *of;   /* key of a plan layer; NULL */
    char *text; /* the plan's words that the check stands for; NULL */
    zone_severity severity;
    zone_plan_limit limit;
    bool per_piece, net;
    double narrow, within; /* m; 0: not given */
    char **classes;        /* land: prefixes, or a broad class */
    size_t class_count;
    zone_plan_use *uses; /* use */
    size_t use_count;
    char **kinds; /* term: for sites of these kinds only; none: all */
    size_t kind_count;
    char *supply;    /* term: for sites of this supply only; NULL: all */
    double *allowed; /* term: these years only; none: any */
    size_t allowed_count;
    double least, most; /* term: years; NAN where not given */
    char **states;      /* granted: built, under_construction, available; none: all */
    size_t state_count;
    char *quota;         /* quota: kind of one of the plan's quotas */
    const char *edition; /* of the classes of `of`, the layer's; NULL */
    int line;
} zone_plan_check;

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
    zone_plan_quota *quotas;
    size_t quota_count;
    zone_plan_check *checks; /* in the order of the plan */
    size_t check_count;
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

/* Is the class among those that the check of land lists? */
bool zone_plan_counts(const zone_plan_check *check, const char *code);

/* May a site of this kind lie on the planned class? *kind_known: does the check of use name the kind at all? */
bool zone_plan_uses(const zone_plan_check *check, const char *kind, const char *code, bool *kind_known);

/* Does the check of terms speak of sites of this kind and supply (NULL: the site does not say)? And is the term (years)
 * one that it allows? */
bool zone_plan_term_applies(const zone_plan_check *check, const char *kind, const char *supply);
bool zone_plan_term_allowed(const zone_plan_check *check, double years);

/* The years of a term as data write them: "30", "30.5", "30年", "30 年", "30 years". False for all else: numbers in
 * words ("三十年"), dates and "permanent" are for a person to read. */
bool zone_plan_term_read(const char *text, double *years);

#endif
