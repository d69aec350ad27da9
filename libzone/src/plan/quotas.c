/* Quotas: reading the accounts of the plan. */
#include "plan/schema.h"

#include <stdlib.h>
#include <string.h>

static bool declares(const zone_plan_zone *zone, const char *what)
{
    for (size_t i = 0; i < zone->declared_count; i++)
        if (strcmp(zone->declared[i].what, what) == 0)
            return true;
    return false;
}

/* An account needs something to open with: a figure that no zone declares would leave a quota without any. */
static zone_status check_opening(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan,
                                 const zone_plan_quota *quota)
{
    for (size_t i = 0; i < plan->zone_count; i++)
        if (declares(&plan->zones[i], quota->opening))
            return ZONE_OK;
    if (quota->measured)
        return ZONE_OK;
    return zone_reader_fail(reader, zone_reader_get(reader, node, "opening"), "opening",
                            "a figure that no zone declares", zone_say(reader->ctx, "%s", quota->opening),
                            "a figure of the zones, or otherwise: measured", "otherwise: measured");
}

/* What is drawn is measured on layers of fixed meaning. */
static zone_status read_draws(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan,
                              zone_plan_quota *quota)
{
    static const char *const words[] = {"area", "farmland", "farmland_net", "new_construction", NULL};
    static const char *const layers[] = {NULL, "farmland", "farmland", "landuse"};
    char *draws = NULL;
    zone_status status = zone_reader_text(reader, node, "draws", true, &draws);

    if (!status)
        status = zone_reader_one_of(reader, node, "draws", draws, words);
    for (int i = 0; words[i] && !status; i++) {
        if (strcmp(words[i], draws) != 0)
            continue;
        quota->draws = (zone_draws)i;
        if (layers[i] && !zone_plan_layer_find(plan, layers[i]))
            status = zone_reader_fail(reader, zone_reader_get(reader, node, "draws"), "draws",
                                      "no such layer in this plan", zone_say(reader->ctx, "%s", layers[i]),
                                      zone_say(reader->ctx, "%s among the layers, for %s", layers[i], draws), NULL);
    }
    free(draws);
    return status;
}

static zone_status refuse_quota_twice(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan)
{
    const zone_plan_quota *last = &plan->quotas[plan->quota_count - 1];

    for (const zone_plan_quota *quota = plan->quotas; quota < last; quota++)
        if (strcmp(quota->kind, last->kind) == 0)
            return zone_reader_fail(reader, zone_reader_get(reader, node, "kind"), "kind", "the same quota twice",
                                    zone_say(reader->ctx, "%s", last->kind), "each kind of quota once", NULL);
    return ZONE_OK;
}

static zone_status quota_item(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item)
{
    static const char *const openings[] = {"area", "farmland", "built", "available", NULL};
    static const char *const others[] = {"measured", NULL};
    zone_plan_quota *quota = item;
    char *otherwise = NULL;
    zone_status status = zone_reader_mapping(reader, node, zone_schema_quota_keys);

    quota->line = zone_reader_line(node);
    if (!status)
        status = zone_reader_text(reader, node, "kind", true, &quota->kind);
    if (!status)
        status = refuse_quota_twice(reader, node, plan);
    if (!status)
        status = zone_reader_text(reader, node, "opening", true, &quota->opening);
    if (!status)
        status = zone_reader_one_of(reader, node, "opening", quota->opening, openings);
    if (!status)
        status = zone_reader_text(reader, node, "otherwise", false, &otherwise);
    if (!status && otherwise)
        status = zone_reader_one_of(reader, node, "otherwise", otherwise, others);
    quota->measured = otherwise != NULL;
    free(otherwise);
    if (!status)
        status = check_opening(reader, node, plan, quota);
    if (!status)
        status = read_draws(reader, node, plan, quota);
    return status ? status : zone_reader_text(reader, node, "text", false, &quota->text);
}

zone_status zone_reader_quotas(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    return zone_reader_items(reader, root, "quotas", plan, (void **)&plan->quotas, &plan->quota_count,
                             sizeof *plan->quotas, quota_item);
}
