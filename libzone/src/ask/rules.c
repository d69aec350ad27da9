/* Rules of the layout. Distances and lengths are in the drawing plane, areas come from the kernel. */
#include "ask/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A rule at work: operands found, the union of each. operand[0] is `of`. */
enum { MOST_OPERANDS = 16 };
typedef struct {
    zone_context *ctx;
    zone_elements *elements;
    zone_projection *projection;
    const zone_plan_rule *rule;
    zone_rule_result *result;
    zone_operand operand[MOST_OPERANDS];
    zone_geometry *shape[MOST_OPERANDS];
    size_t count;
} rule_run;

typedef zone_status (*rule_function)(rule_run *run);

static const double pi = 3.14159265358979323846;

/* ---------------------------------------------------------------- saying what was measured */

/* met: value ≤ limit. */
static void judge_most(rule_run *run, double value, double limit)
{
    run->result->met = value <= limit;
    run->result->margin = zone_say(run->ctx, "%.3f m", fabs(limit - value));
}

/* met: share ≥ least. */
static void judge_share(rule_run *run, double share, double least)
{
    run->result->met = share >= least;
    run->result->margin = zone_say(run->ctx, "%.2f %%", 100.0 * fabs(share - least));
}

static void say_place(rule_run *run, double x, double y)
{
    run->result->place = zone_say(run->ctx, "%.3f %.3f", x, y);
}

/* ---------------------------------------------------------------- geometry in small steps */

static zone_status buffered(rule_run *run, size_t operand, zone_geometry **out)
{
    return zone_geometry_buffer(run->ctx, run->shape[operand], run->rule->tolerance, out);
}

/* Length of `line` inside `area`. */
static zone_status length_inside(rule_run *run, const zone_geometry *line, const zone_geometry *area, double *length)
{
    zone_geometry *part = NULL;
    zone_status status = zone_geometry_intersection(run->ctx, line, area, &part);

    *length = part ? zone_geometry_length(part) : 0.0;
    zone_geometry_free(part);
    return status;
}

static zone_status point_geometry(rule_run *run, double x, double y, zone_geometry **point)
{
    return zone_geometry_from_wkt(run->ctx, zone_say(run->ctx, "POINT (%.17g %.17g)", x, y), point);
}

/* The vertex of a feature that is farthest from `to`. */
static zone_status farthest_vertex(rule_run *run, const zone_batch *batch, size_t feature, const zone_geometry *to,
                                   double worst[3])
{
    zone_status status = ZONE_OK;

    for (size_t r = batch->ring_start[feature]; r < batch->ring_start[feature + 1]; r++)
        for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1] && !status; v++) {
            zone_geometry *point = NULL;
            status = point_geometry(run, batch->x[v], batch->y[v], &point);
            double distance = status ? 0.0 : zone_geometry_distance(point, to);
            if (distance > worst[0]) {
                worst[0] = distance;
                worst[1] = batch->x[v];
                worst[2] = batch->y[v];
            }
            zone_geometry_free(point);
        }
    return status;
}

/* ---------------------------------------------------------------- the rules */

static zone_status near_centroid(rule_run *run)
{
    double a[2] = {0.0, 0.0}, b[2] = {0.0, 0.0};

    zone_geometry_centroid(run->shape[0], &a[0], &a[1]);
    zone_geometry_centroid(run->shape[1], &b[0], &b[1]);
    double distance = hypot(a[0] - b[0], a[1] - b[1]);
    run->result->measured = zone_say(run->ctx, "centroids %.1f m apart", distance);
    say_place(run, a[0], a[1]);
    judge_most(run, distance, run->rule->tolerance);
    return ZONE_OK;
}

static zone_status within(rule_run *run)
{
    zone_geometry *room = NULL, *rest = NULL;
    double worst[3] = {0.0, 0.0, 0.0};
    zone_status status = buffered(run, 1, &room);

    if (!status)
        status = zone_geometry_difference(run->ctx, run->shape[0], room, &rest);
    for (size_t f = run->operand[0].first; f < run->operand[0].end && !status; f++)
        status = farthest_vertex(run, &run->operand[0].layer->loaded.batch, f, run->shape[1], worst);
    if (!status) {
        double outside = rest ? zone_geometry_plane_area(rest) : 0.0;
        run->result->measured = zone_say(run->ctx, "%.3f m outside at most", worst[0]);
        judge_most(run, worst[0], run->rule->tolerance);
        run->result->met = run->result->met && outside <= 0.0;
        if (worst[0] > 0.0)
            say_place(run, worst[1], worst[2]);
    }
    zone_geometry_free(rest);
    zone_geometry_free(room);
    return status;
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

static zone_status disjoint(rule_run *run)
{
    const zone_element_layer *layer = run->operand[0].layer;
    worst_pair worst = {0};
    zone_layer *members = NULL;
    zone_status status = zone_layer_create(run->ctx, run->projection, &members);

    if (!status)
        status = zone_layer_add(run->ctx, members, &layer->loaded.batch);
    if (!status)
        status = zone_layer_finish(run->ctx, members);
    if (!status)
        status = zone_overlay_self(run->ctx, members, keep_worst_pair, &worst);
    zone_layer_free(members);
    run->result->met = !zone_piece_counts(worst.most);
    run->result->measured =
        run->result->met ? zone_say(run->ctx, "no overlap")
                         : zone_say(run->ctx, "%s and %s overlap by %.2f m²", zone_element_name(layer, worst.first),
                                    zone_element_name(layer, worst.second), zone_exact_to_m2(worst.most));
    run->result->margin = zone_say(run->ctx, "%.6f m²", zone_exact_to_m2(worst.most));
    return status;
}

static zone_status closed(rule_run *run)
{
    double first[2] = {0.0, 0.0}, last[2] = {0.0, 0.0};

    zone_geometry_ends(run->shape[0], first, last);
    double gap = hypot(first[0] - last[0], first[1] - last[1]);
    run->result->met = zone_geometry_closed(run->shape[0]);
    run->result->measured = zone_say(run->ctx, "ends %.3f m apart", gap);
    run->result->margin = zone_say(run->ctx, "%.3f m", gap);
    say_place(run, first[0], first[1]);
    return ZONE_OK;
}

/* Lies along the union of the parts, and along each of them somewhere. */
static zone_status made_of(rule_run *run)
{
    zone_batch all = {0};
    zone_geometry *whole = NULL;
    const char *missing = NULL, *shares = "";
    double length = zone_geometry_length(run->shape[0]), inside = 0.0;
    zone_status status = ZONE_OK;

    for (size_t i = 1; i < run->count && !status; i++) {
        zone_geometry *room = NULL;
        double part = 0.0;
        status = buffered(run, i, &room);
        if (!status)
            status = zone_geometry_to_batch(run->ctx, room, (int64_t)i, &all);
        if (!status)
            status = length_inside(run, run->shape[0], room, &part);
        if (!(part > 0.0))
            missing = run->operand[i].text;
        shares = zone_say(run->ctx, "%s%s%s %.1f %%", shares, *shares ? ", " : "", run->operand[i].text,
                          100.0 * part / length);
        zone_geometry_free(room);
    }
    if (!status)
        status = zone_geometry_union_batch(run->ctx, &all, &whole);
    if (!status)
        status = length_inside(run, run->shape[0], whole, &inside);
    double share = length > 0.0 ? inside / length : 0.0;
    judge_share(run, share, run->rule->amount);
    run->result->met = run->result->met && !missing;
    run->result->measured = zone_say(run->ctx, "%.2f %% along its parts (%s)", 100.0 * share, shares);
    zone_geometry_free(whole);
    zone_batch_free(&all);
    return status;
}

static zone_status follows(rule_run *run)
{
    zone_geometry *room = NULL;
    double length = zone_geometry_length(run->shape[0]), inside = 0.0;
    zone_status status = buffered(run, 1, &room);

    if (!status)
        status = length_inside(run, run->shape[0], room, &inside);
    double share = length > 0.0 ? inside / length : 0.0;
    judge_share(run, share, run->rule->amount);
    run->result->measured = zone_say(run->ctx, "%.2f %% of %.0f m along it", 100.0 * share, length);
    zone_geometry_free(room);
    return status;
}

/* From side to side: inside somewhere, and both ends outside. */
static zone_status crosses(rule_run *run)
{
    double first[2] = {0.0, 0.0}, last[2] = {0.0, 0.0}, least = INFINITY;
    const char *lengths = "";
    zone_status status = ZONE_OK;

    zone_geometry_ends(run->shape[0], first, last);
    run->result->met = true;
    for (size_t i = 1; i < run->count && !status; i++) {
        zone_geometry *a = NULL, *b = NULL;
        double inside = 0.0;
        status = length_inside(run, run->shape[0], run->shape[i], &inside);
        if (!status)
            status = point_geometry(run, first[0], first[1], &a);
        if (!status)
            status = point_geometry(run, last[0], last[1], &b);
        bool both_out =
            !status && !zone_geometry_intersects(run->shape[i], a) && !zone_geometry_intersects(run->shape[i], b);
        run->result->met = run->result->met && both_out && inside > 0.0;
        least = inside < least ? inside : least;
        lengths = zone_say(run->ctx, "%s%s%s %.1f m", lengths, *lengths ? ", " : "", run->operand[i].text, inside);
        zone_geometry_free(a);
        zone_geometry_free(b);
    }
    run->result->measured = zone_say(run->ctx, "crosses %s", lengths);
    run->result->margin = zone_say(run->ctx, "%.3f m", least);
    return status;
}

static zone_status meets_inside(rule_run *run)
{
    zone_geometry *meeting = NULL, *point = NULL;
    double x = 0.0, y = 0.0;
    zone_status status = zone_geometry_intersection(run->ctx, run->shape[0], run->shape[1], &meeting);

    if (!status && (!meeting || !zone_geometry_centroid(meeting, &x, &y))) {
        double apart = zone_geometry_distance(run->shape[0], run->shape[1]);
        run->result->measured = zone_say(run->ctx, "they do not meet: %.1f m apart", apart);
        run->result->margin = zone_say(run->ctx, "%.3f m", apart);
    } else if (!status && !(status = point_geometry(run, x, y, &point))) {
        zone_geometry *border = NULL;
        double outside = zone_geometry_distance(point, run->shape[2]);
        status = zone_geometry_boundary(run->ctx, run->shape[2], &border);
        run->result->met = outside <= 0.0;
        run->result->measured = zone_say(run->ctx, "they meet %.1f m outside", outside);
        run->result->margin = zone_say(run->ctx, "%.3f m", border ? zone_geometry_distance(point, border) : outside);
        say_place(run, x, y);
        zone_geometry_free(border);
    }
    zone_geometry_free(point);
    zone_geometry_free(meeting);
    return status;
}

/* The end of the line that is nearer to `from`, and the angle between where the line goes and where it should. */
static zone_status leaves_from(rule_run *run)
{
    double ends[2][2] = {{0.0, 0.0}, {0.0, 0.0}}, goal[2] = {0.0, 0.0}, distance[2] = {0.0, 0.0};
    zone_status status = ZONE_OK;

    zone_geometry_ends(run->shape[0], ends[0], ends[1]);
    zone_geometry_centroid(run->shape[2], &goal[0], &goal[1]);
    for (int i = 0; i < 2 && !status; i++) {
        zone_geometry *end = NULL;
        status = point_geometry(run, ends[i][0], ends[i][1], &end);
        distance[i] = end ? zone_geometry_distance(end, run->shape[1]) : INFINITY;
        zone_geometry_free(end);
    }
    int near = distance[0] <= distance[1] ? 0 : 1;
    double *start = ends[near], *other = ends[1 - near];
    double goes = atan2(other[1] - start[1], other[0] - start[0]),
           should = atan2(goal[1] - start[1], goal[0] - start[0]);
    double angle = fabs(remainder(goes - should, 2.0 * pi)) * 180.0 / pi;
    run->result->met = distance[near] <= run->rule->tolerance && angle <= run->rule->amount;
    run->result->measured = zone_say(run->ctx, "leaves %.1f m from it, %.1f° off the direction", distance[near], angle);
    run->result->margin = zone_say(run->ctx, "%.1f m, %.1f°", fabs(run->rule->tolerance - distance[near]),
                                   fabs(run->rule->amount - angle));
    say_place(run, start[0], start[1]);
    return status;
}

/* The member of operand `from` farthest from the shape of operand `to`. */
static void farthest_member(const rule_run *run, size_t from, size_t to, size_t *worst, double *distance)
{
    const zone_operand *operand = &run->operand[from];

    *distance = -1.0;
    *worst = operand->first;
    for (size_t f = operand->first; f < operand->end; f++) {
        double apart = operand->layer->geometry[f] ? zone_geometry_distance(operand->layer->geometry[f], run->shape[to])
                                                   : INFINITY;
        if (apart > *distance) {
            *distance = apart;
            *worst = f;
        }
    }
}

static zone_status passes(rule_run *run)
{
    size_t worst = 0;
    double distance = 0.0;

    farthest_member(run, 1, 0, &worst, &distance);
    run->result->measured =
        zone_say(run->ctx, "%zu points, the farthest (%s) %.3f m away", run->operand[1].end - run->operand[1].first,
                 zone_element_name(run->operand[1].layer, worst), distance);
    judge_most(run, distance, run->rule->tolerance);
    return ZONE_OK;
}

/* Every member of `of` comes within the tolerance of one of the others. */
static zone_status touches(rule_run *run)
{
    const zone_operand *operand = &run->operand[0];
    double most = 0.0;
    size_t worst = operand->first;

    for (size_t f = operand->first; f < operand->end; f++) {
        double least = INFINITY;
        for (size_t i = 1; i < run->count && operand->layer->geometry[f]; i++)
            least = fmin(least, zone_geometry_distance(operand->layer->geometry[f], run->shape[i]));
        if (least > most) {
            most = least;
            worst = f;
        }
    }
    run->result->measured = zone_say(run->ctx, "%zu members, the farthest (%s) %.3f m away",
                                     operand->end - operand->first, zone_element_name(operand->layer, worst), most);
    judge_most(run, most, run->rule->tolerance);
    return ZONE_OK;
}

static zone_status links(rule_run *run)
{
    double most = 0.0;
    const char *worst = run->operand[1].text;

    for (size_t i = 1; i < run->count; i++) {
        double distance = zone_geometry_distance(run->shape[0], run->shape[i]);
        if (!(distance <= most)) {
            most = distance;
            worst = run->operand[i].text;
        }
    }
    run->result->measured = zone_say(run->ctx, "the farthest (%s) %.3f m away", worst, most);
    judge_most(run, most, run->rule->tolerance);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- mixed use */

/* Areas of each group of classes in each member. */
typedef struct {
    const rule_run *run;
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
    const char *code = zone_element_class(m->run->operand[1].layer, feature);

    (void)whole;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t i = 0; i < count && in_group(code, rule->operands[1 + g]); i++)
            m->area[pieces[i].member * m->groups + g] += pieces[i].area;
    return ZONE_OK;
}

static void judge_mix(rule_run *run, const mix *m, const zone_layer *members)
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
    run->result->measured =
        zone_say(run->ctx, "least share: %.2f %% of %s for classes %s", 100.0 * least,
                 zone_element_name(run->operand[0].layer, worst), run->rule->operands[1 + worst_group]);
    run->result->margin = zone_say(run->ctx, "%.2f %%", 100.0 * least);
}

static zone_status mixed_use(rule_run *run)
{
    mix m = {.run = run, .groups = run->rule->operand_count - 1};
    zone_layer *members = NULL;
    zone_status status = zone_layer_create(run->ctx, run->projection, &members);

    if (!status)
        status = zone_layer_add(run->ctx, members, &run->operand[0].layer->loaded.batch);
    if (!status)
        status = zone_layer_finish(run->ctx, members);
    if (!status) {
        m.area = zone_allocate(run->ctx, zone_layer_count(members) * m.groups, sizeof *m.area);
        status = m.area ? ZONE_OK : ZONE_NO_MEMORY;
    }
    if (!status)
        status = zone_overlay(run->ctx, run->projection, &run->operand[1].layer->loaded.batch, members, add_to_mix, &m);
    if (!status)
        judge_mix(run, &m, members);
    free(m.area);
    zone_layer_free(members);
    return status;
}

/* ---------------------------------------------------------------- the table of rules */

static const struct {
    const char *name;
    rule_function apply;
    zone_shape of;   /* what `of` must be; NONE: anything */
    size_t operands; /* at least, `of` among them */
} functions[] = {
    {"near_centroid", near_centroid, ZONE_SHAPE_NONE, 2},
    {"within", within, ZONE_SHAPE_NONE, 2},
    {"disjoint", disjoint, ZONE_SHAPE_AREA, 1},
    {"closed", closed, ZONE_SHAPE_LINE, 1},
    {"made_of", made_of, ZONE_SHAPE_LINE, 2},
    {"follows", follows, ZONE_SHAPE_LINE, 2},
    {"crosses", crosses, ZONE_SHAPE_LINE, 2},
    {"meets_inside", meets_inside, ZONE_SHAPE_LINE, 3},
    {"leaves_from", leaves_from, ZONE_SHAPE_LINE, 3},
    {"passes", passes, ZONE_SHAPE_LINE, 2},
    {"touches", touches, ZONE_SHAPE_NONE, 2},
    {"links", links, ZONE_SHAPE_LINE, 2},
    {"mixed_use", mixed_use, ZONE_SHAPE_AREA, 2},
};

/* Finds the operands; false in *complete, with what is missing as the measurement, when one names nothing. */
static zone_status find_operands(rule_run *run, size_t wanted, bool *complete)
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

zone_status zone_rule_apply(zone_context *ctx, zone_elements *elements, zone_projection *projection,
                            const zone_plan_rule *rule, zone_rule_result *result)
{
    rule_run run = {.ctx = ctx, .elements = elements, .projection = projection, .rule = rule, .result = result};
    size_t which = 0;
    bool complete = false;
    zone_status status = ZONE_OK;

    *result = (zone_rule_result){0};
    while (strcmp(functions[which].name, rule->rule) != 0)
        which++;
    bool classes = functions[which].apply == mixed_use; /* its other operands are classes */
    size_t wanted = classes ? 2 : 1 + rule->operand_count;
    if (wanted > MOST_OPERANDS || wanted < functions[which].operands)
        return zone_fail(ctx, ZONE_BAD_PLAN, .file = elements->plan->path, .line = rule->line,
                         .found = zone_say(ctx, "%zu operands", wanted));
    status = find_operands(&run, wanted, &complete);
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
