/* The partial of a change. */
#include "ask/change_part.h"

#include "ask/covered.h"

/* What the part covers of old features. Groups were not sorted yet, so each is where it was made. */
static zone_status list_covered(zone_context *ctx, const zone_change_part *part, zone_covered *covered)
{
    const zone_remainders *rest = part->rest;
    const char *key[ZONE_KEYS_MOST];
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < part->features->feature_count; f++)
        for (size_t i = rest->start[f]; i < rest->start[f + 1] && !status; i++) {
            zone_covered_item item = {.feature = f,
                                      .zone = rest->zone[i],
                                      .area = rest->area[i],
                                      .covered = rest->area[i] - rest->left[i * rest->methods]};
            if (item.covered == 0)
                continue;
            uint64_t place = part->zoning->source ? part->zoning->place[item.zone] : 0;
            zone_keys_texts(&part->transition->before, part->features, f, key);
            status = zone_transition_find(ctx, part->transition, place, key, NULL, &item.made);
            if (!status)
                status = zone_covered_add(ctx, covered, &item);
        }
    return status;
}

static void add_zones(const zone_change_part *part, zone_partial *partial)
{
    const char *texts[ZONE_KEYS_MOST];
    char id[32];

    for (size_t z = 0; z < part->zoning->loaded.batch.feature_count; z++) {
        for (size_t c = 0; c < partial->zone_columns; c++)
            texts[c] = zone_zoning_text(part->zoning, z, c, id);
        zone_partial_add_zone(partial, texts[0], &part->cover[1].zone[z], texts);
    }
}

static zone_status add_sums(zone_context *ctx, const zone_change_part *part, zone_covered *covered,
                            zone_partial *partial)
{
    zone_transition *transition = part->transition;
    zone_status status = list_covered(ctx, part, covered);

    if (!status)
        status = zone_partial_add_groups(ctx, partial, &transition->groups, part->methods);
    if (!status)
        status = zone_partial_add_unknown(ctx, partial, &transition->before, 1);
    if (!status)
        status = zone_partial_add_unknown(ctx, partial, &transition->after, 1 + transition->before.count);
    if (!status)
        status = zone_covered_put(ctx, covered, &transition->groups, partial);
    return status ? status : zone_covered_settle(ctx, covered, transition);
}

static void add_inputs(zone_context *ctx, const zone_change_part *part, zone_partial *partial)
{
    const zone_partial_input zones = {.looked = true, .pairs = part->zone_pairs};

    if (part->zoning->source)
        zone_partial_add_input(ctx, partial, "zones", part->zoning->source, &part->zoning->loaded.books, &zones);
    for (int date = 0; date < 2; date++) {
        zone_partial_input known = zone_partial_input_of(ctx, &part->cover[date]);
        known.repeat = part->repeat[date];
        zone_partial_add_input(ctx, partial, date == 0 ? "old" : "data", date == 0 ? part->old : part->new,
                               part->books[date], &known);
    }
}

zone_status zone_change_part_make(zone_context *ctx, const zone_change_part *part, zone_table *table)
{
    const char *columns[ZONE_KEYS_MOST];
    const zone_partial_run asked = {.question = "change",
                                    .by = part->by,
                                    .by_new = part->by_new,
                                    .zone_by = part->zone_by,
                                    .data = part->new,
                                    .old = part->old,
                                    .zones = part->zoning->source,
                                    .methods = part->methods,
                                    .keys = &part->transition->before,
                                    .after = &part->transition->after,
                                    .zone_columns = zone_zoning_columns(part->zoning),
                                    .zone_column = columns,
                                    .by_plane = part->cover[0].by_plane && part->cover[1].by_plane};
    zone_partial *partial = NULL;
    zone_covered covered = {0};

    for (size_t c = 0; c < asked.zone_columns; c++)
        columns[c] = zone_zoning_column(part->zoning, c);
    zone_status status = zone_partial_begin(ctx, &asked, &partial);
    if (status)
        return status;
    zone_table_set_partial(table, partial);
    add_inputs(ctx, part, partial);
    add_zones(part, partial);
    status = add_sums(ctx, part, &covered, partial);
    zone_covered_free(&covered);
    return status;
}
