/* The sums of a run as the tables of a partial. */
#include "ask/partial.h"

#include "base/checksum.h"
#include "read/versions.h"

#include <string.h>

static const char *const policies[] = {[ZONE_REPAIR] = "repair", [ZONE_REJECT] = "reject", [ZONE_REFUSE] = "fail"};

static void ask_for(zone_partial *partial, const char *item, const char *value)
{
    zone_table *request = partial->table[ZONE_PARTIAL_REQUEST];
    size_t row = zone_table_add_row(request);

    zone_table_set_text(request, row, ZONE_REQUEST_ITEM, item);
    zone_table_set_text(request, row, ZONE_REQUEST_VALUE, value ? value : "");
}

static void add_request(zone_context *ctx, zone_partial *partial, const zone_partial_run *run)
{
    const zone_crs *crs = zone_source_crs(run->old ? run->old : run->data);
    zone_checksum sum;
    char text[ZONE_CHECKSUM_SIZE];

    zone_checksum_begin(&sum);
    zone_checksum_add(&sum, crs->wkt, strlen(crs->wkt));
    ask_for(partial, "question", run->question);
    ask_for(partial, "grouped by", run->by);
    ask_for(partial, "zones grouped by", run->zone_by);
    ask_for(partial, "invalid geometry", policies[zone_source_invalid(run->data)]);
    ask_for(partial, "reference system", zone_say(ctx, "%s%s%s", crs->code, *crs->code ? " " : "", crs->name));
    ask_for(partial, "checksum of its WKT", zone_checksum_print(&sum, text));
    ask_for(partial, "hash of the zones", run->zones ? zone_source_hash(ctx, run->zones) : "");
    ask_for(partial, "layer of the zones", run->zones ? zone_source_layer(run->zones) : "");
    ask_for(partial, "edge model", run->by_plane ? "told" : "not told");
    if (!run->old)
        return;
    ask_for(partial, "grouped by at date 2", run->by_new);
    ask_for(partial, "invalid geometry of date 1", policies[zone_source_invalid(run->old)]);
    ask_for(partial, "hash of date 1", zone_source_hash(ctx, run->old));
    ask_for(partial, "layer of date 1", zone_source_layer(run->old));
}

static void add_column(zone_partial *partial, const char *role, const char *name, const char *edition, bool broad,
                       bool means)
{
    zone_table *columns = partial->table[ZONE_PARTIAL_COLUMNS];
    size_t row = zone_table_add_row(columns);

    zone_table_set_text(columns, row, ZONE_COLUMNS_ROLE, role);
    zone_table_set_text(columns, row, ZONE_COLUMNS_NAME, name);
    zone_table_set_text(columns, row, ZONE_COLUMNS_EDITION, edition);
    zone_table_set_integer(columns, row, ZONE_COLUMNS_BROAD, broad);
    zone_table_set_integer(columns, row, ZONE_COLUMNS_MEANS, means);
}

static void add_keys(zone_partial *partial, const zone_keys *keys)
{
    for (size_t k = 0; k < keys->count; k++) {
        const zone_key *key = &keys->key[k];
        add_column(partial, "key", key->name, key->edition ? zone_edition_name(key->edition) : NULL,
                   key->level == ZONE_KEY_BROAD, true);
    }
}

zone_status zone_partial_begin(zone_context *ctx, const zone_partial_run *run, zone_partial **partial)
{
    *partial = zone_partial_create();
    if (!*partial)
        return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
    add_request(ctx, *partial, run);
    for (size_t z = 0; z < run->zone_columns; z++)
        add_column(*partial, "zone", run->zone_column[z], NULL, false, true);
    if (run->old)
        add_column(*partial, "key", "coverage", NULL, false, true);
    add_keys(*partial, run->keys);
    if (run->old)
        add_keys(*partial, run->after);
    for (size_t m = 0; m < run->methods->count; m++)
        add_column(*partial, "method", run->methods->method[m].name, NULL, false, run->methods->means[m]);
    if (zone_partial_widen(*partial))
        return ZONE_OK;
    zone_partial_free(*partial);
    *partial = NULL;
    return zone_fail(ctx, ZONE_NO_MEMORY, .what = NULL);
}

void zone_partial_add_input(zone_context *ctx, zone_partial *partial, const char *role, zone_source *source,
                            const zone_books *books, const zone_partial_input *input)
{
    zone_table *inputs = partial->table[ZONE_PARTIAL_INPUTS];
    const zone_crs *crs = zone_source_crs(source);
    const zone_completeness *counts = &books->counts;
    const char *const texts[] = {role,
                                 zone_source_label(source),
                                 zone_source_layer(source),
                                 zone_source_hash(ctx, source),
                                 zone_source_driver(source),
                                 zone_say(ctx, "%s%s%s (%s)", crs->code, *crs->code ? " " : "", crs->name, crs->found),
                                 crs->ellipsoid,
                                 zone_source_encoding(source),
                                 zone_versions(ctx)};
    const uint64_t numbers[] = {counts->features, counts->used,    counts->repaired,
                                counts->rejected, counts->outside, input->looked};
    const zone_exact areas[] = {counts->repaired_change, input->whole, input->inside, input->drawn_whole,
                                input->drawn_outside,    input->sum,   input->repeat};
    const char *const lists[] = {books->repaired, books->rejected, books->outside, input->pairs};
    size_t row = zone_table_add_row(inputs);

    for (int i = 0; i < 9; i++)
        zone_table_set_text(inputs, row, ZONE_INPUTS_ROLE + i, texts[i] ? texts[i] : "");
    for (int i = 0; i < 6; i++)
        zone_table_set_integer(inputs, row, ZONE_INPUTS_FEATURES + i, (int64_t)numbers[i]);
    for (int i = 0; i < 7; i++)
        zone_table_set_area(inputs, row, ZONE_INPUTS_CHANGE + i, areas[i]);
    for (int i = 0; i < 4; i++)
        zone_table_set_text(inputs, row, ZONE_INPUTS_FIRST_REPAIRED + i, lists[i] && *lists[i] ? lists[i] : NULL);
}

void zone_partial_add_zone(zone_partial *partial, const char *label, const zone_cover_zone *zone,
                           const char *const *texts)
{
    zone_table *zones = partial->table[ZONE_PARTIAL_ZONES];
    size_t row = zone_table_add_row(zones);

    zone_table_set_text(zones, row, ZONE_ZONES_LABEL, label);
    zone_table_set_area(zones, row, ZONE_ZONES_AREA, zone->area);
    zone_table_set_area(zones, row, ZONE_ZONES_SUM, zone->sum);
    zone_table_set_area(zones, row, ZONE_ZONES_REPEAT, zone->repeat);
    zone_table_set_area(zones, row, ZONE_ZONES_DRAWN, zone->drawn_area);
    zone_table_set_area(zones, row, ZONE_ZONES_DRAWN_LEFT, zone->drawn);
    zone_table_set_area(zones, row, ZONE_ZONES_DRAWN_REPEAT, zone->drawn_repeat);
    for (size_t i = 0; i < partial->zone_columns; i++)
        zone_table_set_text(zones, row, ZONE_ZONES_TEXTS + (int)i, texts[i]);
}

zone_status zone_partial_add_groups(zone_context *ctx, zone_partial *partial, zone_groups *groups,
                                    const zone_methods *methods)
{
    zone_table *table = partial->table[ZONE_PARTIAL_GROUPS];
    zone_status status = zone_groups_sort(ctx, groups);

    for (size_t g = 0; g < groups->count && !status; g++) {
        const zone_group *group = &groups->group[g];
        size_t row = zone_table_add_row(table);
        zone_table_set_integer(table, row, ZONE_GROUPS_ORDER, (int64_t)group->order);
        zone_table_set_integer(table, row, ZONE_GROUPS_PIECES, (int64_t)group->pieces);
        zone_table_set_integer(table, row, ZONE_GROUPS_CUT, group->cut);
        for (size_t m = 0; m < partial->methods; m++)
            if (methods->means[m])
                zone_table_set_area(table, row, ZONE_GROUPS_AREAS + (int)m, group->sum[m]);
        for (size_t k = 0; k < partial->keys; k++)
            zone_table_set_text(table, row, ZONE_GROUPS_AREAS + (int)(partial->methods + k), group->key[k]);
    }
    return status;
}

zone_status zone_partial_add_unknown(zone_context *ctx, zone_partial *partial, zone_keys *keys, size_t first)
{
    zone_table *table = partial->table[ZONE_PARTIAL_UNKNOWN];
    zone_status status = zone_groups_sort(ctx, &keys->unknown);

    for (size_t g = 0; g < keys->unknown.count && !status; g++) {
        const zone_group *group = &keys->unknown.group[g];
        size_t row = zone_table_add_row(table);
        zone_table_set_integer(table, row, ZONE_UNKNOWN_KEY, (int64_t)(first + group->order));
        zone_table_set_text(table, row, ZONE_UNKNOWN_EDITION, group->key[0]);
        zone_table_set_text(table, row, ZONE_UNKNOWN_CODE, group->key[1]);
        zone_table_set_integer(table, row, ZONE_UNKNOWN_FEATURES, (int64_t)group->pieces);
    }
    return status;
}

zone_partial_input zone_partial_input_of(zone_context *ctx, const zone_cover *cover)
{
    zone_partial_input input = {.whole = cover->whole,
                                .inside = cover->inside,
                                .drawn_whole = cover->drawn_whole,
                                .drawn_outside = cover->drawn_outside,
                                .repeat = cover->repeat,
                                .looked = cover->looked};

    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++)
        zone_exact_add(input.sum, cover->zone[z].sum, &input.sum);
    if (cover->data_pairs.count)
        input.pairs = zone_collisions_text(ctx, &cover->data_pairs, cover->colliding.id);
    return input;
}

bool zone_partial_is_bare(const zone_source *source)
{
    return zone_source_count(source) == 0 && zone_source_field_count(source) == 0;
}

zone_status zone_partial_refuse(zone_context *ctx, const char *by, const char *control)
{
    if (control)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--partial", .what = "a part can't be forced to a control area",
                         .found = "--control", .expected = "a partial without it",
                         .remedy = "zone merge … --control AREA");
    if (!by || !*by)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--partial",
                         .what = "rows of single features are not merged: their ids differ from part to part",
                         .expected = "fields to group by", .remedy = "--by FIELDS");
    return ZONE_OK;
}
