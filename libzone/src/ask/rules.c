/* Rules of the layout. Distances and lengths are metres of the drawing plane, areas come from the kernel. */
#include "ask/rules.h"

#include "ask/rule_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Metres that cutting geometry leaves where borders are the same line. */
static const double plane_noise = 1e-6;

/* ---------------------------------------------------------------- saying what was measured */

void zone_rule_judge_most(zone_rule_run *run, double value, double limit)
{
    run->result->met = value <= limit;
    run->result->margin = zone_say(run->ctx, "%.3f m", fabs(limit - value));
}

void zone_rule_say_place(zone_rule_run *run, double x, double y)
{
    run->result->place = zone_say(run->ctx, "%.3f %.3f", x, y);
}

/* ---------------------------------------------------------------- geometry in small steps */

zone_status zone_rule_buffer(zone_rule_run *run, size_t operand, zone_geometry **out)
{
    return zone_geometry_buffer(run->ctx, run->shape[operand], run->rule->tolerance / run->metres, out);
}

double zone_rule_distance(const zone_rule_run *run, const zone_geometry *a, const zone_geometry *b)
{
    return zone_geometry_distance(a, b) * run->metres;
}

zone_status zone_rule_point(zone_rule_run *run, double x, double y, zone_geometry **point)
{
    return zone_geometry_from_wkt(run->ctx, zone_say(run->ctx, "POINT (%.17g %.17g)", x, y), point);
}

/* ---------------------------------------------------------------- the rules */

static zone_status near_centroid(zone_rule_run *run)
{
    double a[2] = {0.0, 0.0}, b[2] = {0.0, 0.0};

    zone_geometry_centroid(run->shape[0], &a[0], &a[1]);
    zone_geometry_centroid(run->shape[1], &b[0], &b[1]);
    double distance = hypot(a[0] - b[0], a[1] - b[1]) * run->metres;
    run->result->measured = zone_say(run->ctx, "centroids %.1f m apart", distance);
    zone_rule_say_place(run, a[0], a[1]);
    zone_rule_judge_most(run, distance, run->rule->tolerance);
    return ZONE_OK;
}

/* The farthest point of `of` less `room`; ZONE_OK and 0 when nothing remains. */
static zone_status farthest_outside(zone_rule_run *run, const zone_geometry *room, double *distance, double place[2])
{
    zone_geometry *rest = NULL;
    zone_status status = zone_geometry_difference(run->ctx, run->shape[0], room, &rest);

    if (!status)
        status = zone_geometry_farthest(run->ctx, rest, run->shape[1], distance, place);
    zone_geometry_free(rest);
    return status;
}

/* What remains outside the widened room decides: it may be a small part of what is outside. */
static zone_status within(zone_rule_run *run)
{
    zone_geometry *room = NULL;
    double distance = 0.0, place[2] = {0.0, 0.0};
    zone_status status = zone_rule_buffer(run, 1, &room);

    if (!status)
        status = farthest_outside(run, room, &distance, place);
    if (!status && !(distance > 0.0))
        status = farthest_outside(run, run->shape[1], &distance, place);
    zone_geometry_free(room);
    if (status)
        return status;
    run->result->measured = zone_say(run->ctx, "%.3f m outside at most", distance * run->metres);
    zone_rule_judge_most(run, distance * run->metres, run->rule->tolerance + plane_noise);
    if (distance > 0.0)
        zone_rule_say_place(run, place[0], place[1]);
    return ZONE_OK;
}

typedef struct {
    zone_exact most;
    uint32_t first, second;
} worst_pair;

static zone_status keep_worst_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    worst_pair *worst = user;

    if (area > worst->most)
        *worst = (worst_pair){area, first, second};
    return ZONE_OK;
}

/* The areas of `of` for the kernel. */
static zone_status make_members(zone_rule_run *run, zone_layer **members)
{
    zone_batch batch = {0};
    zone_status status = zone_operand_batch(run->ctx, &run->operand[0], &batch);

    if (!status)
        status = zone_layer_of_batch(run->ctx, run->projection, &batch, members);
    zone_batch_free(&batch);
    return status;
}

static const char *member_name(const zone_rule_run *run, size_t member)
{
    return zone_element_name(run->operand[0].layer, run->operand[0].first + member);
}

static zone_status disjoint(zone_rule_run *run)
{
    worst_pair worst = {0};
    zone_layer *members = NULL;
    zone_status status = make_members(run, &members);

    if (!status)
        status = zone_overlay_self(run->ctx, members, keep_worst_pair, &worst);
    zone_layer_free(members);
    run->result->met = !zone_piece_counts(worst.most);
    run->result->measured = run->result->met
                                ? zone_say(run->ctx, "no overlap")
                                : zone_say(run->ctx, "%s and %s overlap by %.2f m²", member_name(run, worst.first),
                                           member_name(run, worst.second), zone_exact_to_m2(worst.most));
    run->result->margin = zone_say(run->ctx, "%.6f m²", zone_exact_to_m2(worst.most));
    return status;
}

/* Every member of `of` comes within the tolerance of one of the others. */
static zone_status touches(zone_rule_run *run)
{
    const zone_operand *operand = &run->operand[0];
    double most = 0.0;
    size_t worst = operand->first;

    for (size_t f = operand->first; f < operand->end; f++) {
        double least = INFINITY;
        for (size_t i = 1; i < run->count && operand->layer->geometry[f]; i++)
            least = fmin(least, zone_rule_distance(run, operand->layer->geometry[f], run->shape[i]));
        if (least > most) {
            most = least;
            worst = f;
        }
    }
    run->result->measured = zone_say(run->ctx, "%zu members, the farthest (%s) %.3f m away",
                                     operand->end - operand->first, zone_element_name(operand->layer, worst), most);
    zone_rule_judge_most(run, most, run->rule->tolerance);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- mixed use */

/* Areas of each group of classes in each member. */
typedef struct {
    const zone_rule_run *run;
    zone_exact *area; /* members × groups */
    size_t groups;
} mix;

/* Does the code begin with one of the blank-separated prefixes? */
static bool in_group(const char *code, const char *prefixes)
{
    while (*prefixes) {
        size_t length = strcspn(prefixes, " ");
        if (length > 0 && strncmp(code, prefixes, length) == 0)
            return true;
        prefixes += length + (prefixes[length] == ' ');
    }
    return false;
}

static zone_status add_to_mix(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    mix *m = user;
    const zone_plan_rule *rule = m->run->rule;
    const char *code = zone_element_class(m->run->operand[1].layer, m->run->operand[1].first + feature);

    (void)whole;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t i = 0; i < count && in_group(code, rule->operands[1 + g]); i++)
            m->area[pieces[i].member * m->groups + g] += pieces[i].area;
    return ZONE_OK;
}

static void judge_mix(zone_rule_run *run, const mix *m, const zone_layer *members)
{
    double least = INFINITY;
    size_t worst = 0, worst_group = 0;

    for (size_t i = 0; i < zone_layer_count(members); i++)
        for (size_t g = 0; g < m->groups; g++) {
            double whole = zone_exact_to_m2(zone_layer_area(members, i));
            double share = whole > 0.0 ? zone_exact_to_m2(m->area[i * m->groups + g]) / whole : 0.0;
            if (share < least) {
                least = share;
                worst = i;
                worst_group = g;
            }
        }
    run->result->met = least > 0.0 && zone_layer_count(members) > 0;
    run->result->measured = zone_say(run->ctx, "least share: %.2f %% of %s for classes %s", 100.0 * least,
                                     member_name(run, worst), run->rule->operands[1 + worst_group]);
    run->result->margin = zone_say(run->ctx, "%.2f %%", 100.0 * least);
}

static zone_status mixed_use(zone_rule_run *run)
{
    mix m = {.run = run, .groups = run->rule->operand_count - 1};
    zone_layer *members = NULL;
    zone_batch uses = {0};
    zone_status status = make_members(run, &members);

    if (!status)
        status = zone_operand_batch(run->ctx, &run->operand[1], &uses);
    if (!status) {
        m.area = zone_allocate(run->ctx, zone_layer_count(members) * m.groups, sizeof *m.area);
        status = m.area ? ZONE_OK : ZONE_NO_MEMORY;
    }
    if (!status)
        status = zone_overlay(run->ctx, run->projection, &uses, members, add_to_mix, &m);
    if (!status)
        judge_mix(run, &m, members);
    free(m.area);
    zone_batch_free(&uses);
    zone_layer_free(members);
    return status;
}

/* ---------------------------------------------------------------- the table of rules */

static const struct {
    const char *name;
    zone_rule_function apply;
    zone_shape of;   /* what `of` must be; NONE: anything */
    size_t operands; /* at least, `of` among them */
    bool areas;      /* measures areas only, which the kernel knows in any reference system */
} functions[] = {
    {"near_centroid", near_centroid, ZONE_SHAPE_NONE, 2, false},
    {"within", within, ZONE_SHAPE_NONE, 2, false},
    {"disjoint", disjoint, ZONE_SHAPE_AREA, 1, true},
    {"closed", zone_rule_closed, ZONE_SHAPE_LINE, 1, false},
    {"made_of", zone_rule_made_of, ZONE_SHAPE_LINE, 2, false},
    {"follows", zone_rule_follows, ZONE_SHAPE_LINE, 2, false},
    {"crosses", zone_rule_crosses, ZONE_SHAPE_LINE, 2, false},
    {"meets_inside", zone_rule_meets_inside, ZONE_SHAPE_LINE, 3, false},
    {"leaves_from", zone_rule_leaves_from, ZONE_SHAPE_LINE, 3, false},
    {"passes", zone_rule_passes, ZONE_SHAPE_LINE, 2, false},
    {"touches", touches, ZONE_SHAPE_NONE, 2, false},
    {"links", zone_rule_links, ZONE_SHAPE_LINE, 2, false},
    {"mixed_use", mixed_use, ZONE_SHAPE_AREA, 2, true},
};

/* Finds the operands; false in *complete, with what is missing as the measurement, when one names nothing. */
static zone_status find_operands(zone_rule_run *run, size_t wanted, bool *complete)
{
    zone_status status = ZONE_OK;

    *complete = true;
    /* Stops at the first that is missing: opening another layer would end the life of the text that says so. */
    for (size_t i = 0; i < wanted && !status && *complete; i++) {
        const char *text = i == 0 ? run->rule->of : run->rule->operands[i - 1];
        status = zone_operand_find(run->ctx, run->elements, text, &run->operand[i]);
        if (!status)
            status = zone_operand_union(run->ctx, &run->operand[i], &run->shape[i]);
        run->count = i + 1;
        if (!status && !run->shape[i]) {
            *complete = false;
            run->result->measured = zone_say(run->ctx, "nothing named %s", text);
        }
    }
    return status;
}

/* Degrees are no distance. */
static zone_status need_metres(zone_rule_run *run)
{
    const zone_plan *plan = run->elements->plan;
    const zone_crs *crs = run->operand[0].layer->loaded.crs;

    run->metres = crs->metres;
    if (crs->kind == ZONE_CRS_PROJECTED)
        return ZONE_OK;
    return zone_fail(run->ctx, ZONE_BAD_PLAN, .what = "a distance needs projected data", .file = plan->path,
                     .line = plan->crs_line, .key = "crs", .found = crs->name,
                     .expected = "a projected reference system", .remedy = "crs: EPSG:4549, for example");
}

zone_status zone_rule_apply(zone_context *ctx, zone_elements *elements, zone_projection *projection,
                            const zone_plan_rule *rule, zone_rule_result *result)
{
    zone_rule_run run = {.ctx = ctx, .elements = elements, .projection = projection, .rule = rule, .result = result};
    size_t which = 0;
    bool complete = false;
    zone_status status = ZONE_OK;

    *result = (zone_rule_result){0};
    while (strcmp(functions[which].name, rule->rule) != 0)
        which++;
    bool classes = functions[which].apply == mixed_use; /* its other operands are classes */
    size_t wanted = classes ? 2 : 1 + rule->operand_count;
    if (wanted > ZONE_RULE_OPERANDS || wanted < functions[which].operands)
        return zone_fail(ctx, ZONE_BAD_PLAN, .file = elements->plan->path, .line = rule->line,
                         .found = zone_say(ctx, "%zu operands", wanted));
    status = find_operands(&run, wanted, &complete);
    if (!status && !functions[which].areas)
        status = need_metres(&run);
    if (!status && complete && functions[which].of != ZONE_SHAPE_NONE &&
        zone_geometry_shape(run.shape[0]) != functions[which].of) {
        complete = false;
        result->measured = zone_say(ctx, "not the kind of geometry that the rule needs");
    }
    if (!status && complete)
        status = functions[which].apply(&run);
    for (size_t i = 0; i < run.count; i++)
        zone_geometry_free(run.shape[i]);
    return status;
}
