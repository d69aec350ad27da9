/* Rules on lines: where they run, what they cross and link, whether they close. */
#include "ask/rule_run.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* met: share ≥ least. */
static void judge_share(zone_rule_run *run, double share, double least)
{
    run->result->met = share >= least;
    run->result->margin = zone_say(run->ctx, "%.2f %%", 100.0 * fabs(share - least));
}

/* Metres of `line` inside `area`. */
static zone_status length_inside(zone_rule_run *run, const zone_geometry *line, const zone_geometry *area,
                                 double *length)
{
    zone_geometry *part = NULL;
    zone_status status = zone_geometry_intersection(run->ctx, line, area, &part);

    *length = part ? zone_geometry_length(part) * run->metres : 0.0;
    zone_geometry_free(part);
    return status;
}

/* Joins what `of` is made of; its ends. *found is false when it stays in parts, which is then what was measured. */
static zone_status find_ends(zone_rule_run *run, double first[2], double last[2], bool *found)
{
    zone_geometry *joined = NULL;
    zone_status status = ZONE_OK;

    *found = zone_geometry_ends(run->shape[0], first, last);
    if (*found)
        return ZONE_OK;
    status = zone_geometry_join_lines(run->ctx, run->shape[0], &joined);
    if (status)
        return status;
    zone_geometry_free(run->shape[0]);
    run->shape[0] = joined;
    *found = zone_geometry_ends(joined, first, last);
    if (!*found)
        run->result->measured =
            zone_say(run->ctx, "a line in %d parts that do not join", zone_geometry_part_count(joined));
    return ZONE_OK;
}

zone_status zone_rule_closed(zone_rule_run *run)
{
    double first[2] = {0.0, 0.0}, last[2] = {0.0, 0.0};
    bool found = false;
    zone_status status = find_ends(run, first, last, &found);

    if (status || !found)
        return status;
    double gap = hypot(first[0] - last[0], first[1] - last[1]) * run->metres;
    run->result->met = zone_geometry_closed(run->shape[0]);
    run->result->measured = zone_say(run->ctx, "ends %.3f m apart", gap);
    run->result->margin = zone_say(run->ctx, "%.3f m", gap);
    zone_rule_say_place(run, first[0], first[1]);
    return ZONE_OK;
}

/* Lies along the union of the parts, and along each of them somewhere. */
zone_status zone_rule_made_of(zone_rule_run *run)
{
    zone_batch all = {0};
    zone_geometry *whole = NULL;
    const char *missing = NULL, *shares = "";
    double length = zone_geometry_length(run->shape[0]) * run->metres, inside = 0.0;
    zone_status status = ZONE_OK;

    for (size_t i = 1; i < run->count && !status; i++) {
        zone_geometry *room = NULL;
        double part = 0.0;
        status = zone_rule_buffer(run, i, &room);
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

zone_status zone_rule_follows(zone_rule_run *run)
{
    zone_geometry *room = NULL;
    double length = zone_geometry_length(run->shape[0]) * run->metres, inside = 0.0;
    zone_status status = zone_rule_buffer(run, 1, &room);

    if (!status)
        status = length_inside(run, run->shape[0], room, &inside);
    double share = length > 0.0 ? inside / length : 0.0;
    judge_share(run, share, run->rule->amount);
    run->result->measured = zone_say(run->ctx, "%.2f %% of %.0f m along it", 100.0 * share, length);
    zone_geometry_free(room);
    return status;
}

/* From side to side: inside somewhere, and both ends outside. */
zone_status zone_rule_crosses(zone_rule_run *run)
{
    double first[2] = {0.0, 0.0}, last[2] = {0.0, 0.0}, least = INFINITY;
    const char *lengths = "";
    bool found = false;
    zone_status status = find_ends(run, first, last, &found);

    if (status || !found)
        return status;
    run->result->met = true;
    for (size_t i = 1; i < run->count && !status; i++) {
        zone_geometry *a = NULL, *b = NULL;
        double inside = 0.0;
        status = length_inside(run, run->shape[0], run->shape[i], &inside);
        if (!status)
            status = zone_rule_point(run, first[0], first[1], &a);
        if (!status)
            status = zone_rule_point(run, last[0], last[1], &b);
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

zone_status zone_rule_meets_inside(zone_rule_run *run)
{
    zone_geometry *meeting = NULL, *point = NULL;
    double x = 0.0, y = 0.0;
    zone_status status = zone_geometry_intersection(run->ctx, run->shape[0], run->shape[1], &meeting);

    if (!status && (!meeting || !zone_geometry_centroid(meeting, &x, &y))) {
        double apart = zone_rule_distance(run, run->shape[0], run->shape[1]);
        run->result->measured = zone_say(run->ctx, "they do not meet: %.1f m apart", apart);
        run->result->margin = zone_say(run->ctx, "%.3f m", apart);
    } else if (!status && !(status = zone_rule_point(run, x, y, &point))) {
        zone_geometry *border = NULL;
        double outside = zone_rule_distance(run, point, run->shape[2]);
        status = zone_geometry_boundary(run->ctx, run->shape[2], &border);
        run->result->met = outside <= 0.0;
        run->result->measured = zone_say(run->ctx, "they meet %.1f m outside", outside);
        run->result->margin = zone_say(run->ctx, "%.3f m", border ? zone_rule_distance(run, point, border) : outside);
        zone_rule_say_place(run, x, y);
        zone_geometry_free(border);
    }
    zone_geometry_free(point);
    zone_geometry_free(meeting);
    return status;
}

/* The end of the line that is nearer to `from`, and the angle between where the line goes and where it should. */
zone_status zone_rule_leaves_from(zone_rule_run *run)
{
    double ends[2][2] = {{0.0, 0.0}, {0.0, 0.0}}, goal[2] = {0.0, 0.0}, distance[2] = {0.0, 0.0};
    bool found = false;
    zone_status status = find_ends(run, ends[0], ends[1], &found);

    if (status || !found)
        return status;
    zone_geometry_centroid(run->shape[2], &goal[0], &goal[1]);
    for (int i = 0; i < 2 && !status; i++) {
        zone_geometry *end = NULL;
        status = zone_rule_point(run, ends[i][0], ends[i][1], &end);
        distance[i] = end ? zone_rule_distance(run, end, run->shape[1]) : INFINITY;
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
    zone_rule_say_place(run, start[0], start[1]);
    return status;
}

/* The member of operand `from` farthest from the shape of operand `to`. */
static void farthest_member(const zone_rule_run *run, size_t from, size_t to, size_t *worst, double *distance)
{
    const zone_operand *operand = &run->operand[from];

    *distance = -1.0;
    *worst = operand->first;
    for (size_t f = operand->first; f < operand->end; f++) {
        double apart = operand->layer->geometry[f]
                           ? zone_rule_distance(run, operand->layer->geometry[f], run->shape[to])
                           : INFINITY;
        if (apart > *distance) {
            *distance = apart;
            *worst = f;
        }
    }
}

zone_status zone_rule_passes(zone_rule_run *run)
{
    size_t worst = 0;
    double distance = 0.0;

    farthest_member(run, 1, 0, &worst, &distance);
    run->result->measured =
        zone_say(run->ctx, "%zu points, the farthest (%s) %.3f m away", run->operand[1].end - run->operand[1].first,
                 zone_element_name(run->operand[1].layer, worst), distance);
    zone_rule_judge_most(run, distance, run->rule->tolerance);
    return ZONE_OK;
}

zone_status zone_rule_links(zone_rule_run *run)
{
    double most = 0.0;
    const char *worst = run->operand[1].text;

    for (size_t i = 1; i < run->count; i++) {
        double distance = zone_rule_distance(run, run->shape[0], run->shape[i]);
        if (!(distance <= most)) {
            most = distance;
            worst = run->operand[i].text;
        }
    }
    run->result->measured = zone_say(run->ctx, "the farthest (%s) %.3f m away", worst, most);
    zone_rule_judge_most(run, most, run->rule->tolerance);
    return ZONE_OK;
}
