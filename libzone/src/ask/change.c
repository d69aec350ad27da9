/* The question "change": land by class before and class after, within zones. The layer of the old date is kept in
 * memory, the new one is read past it. */
#include "ask/change_pieces.h"
#include "ask/cover_sums.h"
#include "ask/transition.h"

#include <stdlib.h>

/* What of an old feature lies in a zone, less what the new date covers of it: by method. */
typedef struct {
    uint32_t *zone;
    zone_exact *left; /* methods side by side */
    size_t count, zone_capacity, left_capacity;
    size_t *start; /* of each old feature's; feature count + 1 */
    size_t start_capacity;
} remainders;

typedef struct {
    zone_context *ctx;
    const zone_change_options *options;
    zone_source *source[2], *zones_source;
    zone_methods methods;
    zone_transition transition;
    zone_loaded old;
    zone_loaded nowhere; /* zones of the covers where there are no zones: only collisions are looked for */
    zone_zoning zoning;
    zone_layer *old_layer[ZONE_GROUP_SUMS], *zone_layer[ZONE_GROUP_SUMS]; /* by method; [0] belongs to the loaded */
    remainders rest;
    zone_cover cover[2];
    zone_exact repeat[2];
    zone_books books;        /* of the new date; the old one's are with what is loaded */
    zone_piece_of_two *both; /* of a feature without zones */
    size_t both_capacity;
    zone_change_pieces kept; /* when asked for */
    zone_table *table;
    /* while a batch goes through one method */
    const zone_batch *batch;
    size_t method;
} change_run;

static const zone_change_options no_options = {.size = sizeof(zone_change_options)};

/* ---------------------------------------------------------------- zones */

static zone_status open_zones(change_run *run)
{
    zone_loaded *zones = run->zones_source ? &run->zoning.loaded : &run->nowhere;
    zone_status status = ZONE_OK;

    if (run->zones_source) {
        status = zone_zoning_open(run->ctx, run->zones_source, run->options->zone_by, zone_source_crs(run->source[0]),
                                  run->methods.projection[0], &run->zoning);
        if (!status)
            status = zone_methods_layers(run->ctx, &run->methods, run->zoning.loaded.layer, &run->zoning.loaded.batch,
                                         run->zone_layer);
    } else {
        status = zone_layer_create(run->ctx, run->methods.projection[0], &run->nowhere.layer);
        if (!status)
            status = zone_layer_finish(run->ctx, run->nowhere.layer);
    }
    for (int date = 0; date < 2 && !status; date++)
        status = zone_cover_open(run->ctx, &run->cover[date], run->methods.projection[0], zones);
    return status;
}

static uint64_t place_of(const change_run *run, uint32_t zone)
{
    return run->zoning.source ? run->zoning.place[zone] : 0;
}

/* ---------------------------------------------------------------- the old date */

/* The remainder of an old feature in a zone; NULL when it has nothing there. */
static zone_exact *find_rest(change_run *run, size_t member, uint32_t zone)
{
    size_t low = run->rest.start[member], end = run->rest.start[member + 1];

    for (size_t high = end; low < high;) { /* pieces came by zone */
        size_t middle = low + (high - low) / 2;
        if (run->rest.zone[middle] < zone)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && run->rest.zone[low] == zone ? run->rest.left + low * run->methods.count : NULL;
}

static zone_status start_rest(change_run *run, uint32_t zone, zone_exact area)
{
    remainders *rest = &run->rest;
    size_t methods = run->methods.count;
    zone_status status =
        zone_grow(run->ctx, (void **)&rest->zone, &rest->zone_capacity, rest->count + 1, sizeof *rest->zone);

    if (!status)
        status = zone_grow(run->ctx, (void **)&rest->left, &rest->left_capacity, (rest->count + 1) * methods,
                           sizeof *rest->left);
    if (status)
        return status;
    rest->zone[rest->count] = zone;
    for (size_t m = 0; m < methods; m++)
        rest->left[rest->count * methods + m] = m == 0 ? area : 0;
    rest->count++;
    return ZONE_OK;
}

/* Adds to what only date 1 covers of an old feature in a zone. The feature need not be in the zone by each method: then
 * it is a crumb, and goes straight to its row. */
static zone_status add_rest(change_run *run, size_t member, uint32_t zone, zone_exact area)
{
    zone_exact *left = find_rest(run, member, zone);
    const char *key[ZONE_KEYS_MOST];

    if (left) {
        left[run->method] += area;
        return ZONE_OK;
    }
    zone_keys_texts(&run->transition.before, &run->old.batch, member, key);
    zone_status status =
        zone_transition_add(run->ctx, &run->transition, place_of(run, zone), key, NULL, run->method, area);
    if (!status && run->method == 0)
        status = zone_change_pieces_beside(run->ctx, &run->kept, member, zone, area);
    return status;
}

static zone_status take_old_feature(change_run *run, size_t member, zone_exact whole, const zone_piece *pieces,
                                    size_t count)
{
    zone_piece everywhere = {.area = whole};
    bool meets = false;
    zone_status status = ZONE_OK;

    if (!run->zoning.source) {
        pieces = &everywhere;
        count = whole != 0;
    }
    for (size_t i = 0; i < count && !status; i++) {
        meets = meets || zone_piece_counts(pieces[i].area);
        status = run->method == 0 ? start_rest(run, pieces[i].member, pieces[i].area)
                                  : add_rest(run, member, pieces[i].member, pieces[i].area);
    }
    if (run->method == 0)
        run->rest.start[member + 1] = run->rest.count;
    if (run->method == 0 && !meets && run->old.batch.state[member] != ZONE_FEATURE_REJECTED)
        zone_books_outside(&run->old.books, run->old.batch.id[member]);
    return status;
}

static zone_status take_old_result(change_run *run, const zone_result *result, size_t first)
{
    const zone_piece_list *pieces = &result->pieces;
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < result->feature_count && !status; f++)
        status = take_old_feature(run, first + f, result->whole[f], pieces->piece + pieces->start[f],
                                  pieces->start[f + 1] - pieces->start[f]);
    return status;
}

/* Results come by method, those that mean nothing here left out. */
static zone_status take_old_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    change_run *run = user;
    size_t first = run->old.batch.feature_count, next = 0;
    zone_status status = zone_loaded_add(run->ctx, &run->old, batch, results[0].part);

    if (!status)
        status = zone_keys_count(run->ctx, &run->transition.before, batch);
    if (!status)
        status = zone_cover_batch(run->ctx, &run->cover[0], batch, &results[0], &results[0].pieces);
    if (!status)
        status = zone_grow(run->ctx, (void **)&run->rest.start, &run->rest.start_capacity,
                           run->old.batch.feature_count + 1, sizeof *run->rest.start);
    for (run->method = 0; run->method < run->methods.count && !status; run->method++) {
        if (!run->methods.projection[run->method])
            continue;
        if (run->method > 0)
            status = zone_layer_append(run->ctx, run->old_layer[run->method], results[next].part);
        if (!status)
            status = take_old_result(run, &results[next++], first);
    }
    return status;
}

static zone_status read_old(change_run *run)
{
    zone_request request = {
        .fields = run->transition.before.fields, .field_count = run->transition.before.count, .shape = ZONE_SHAPE_AREA};
    zone_pass passes[ZONE_PASSES_MOST];
    size_t count = 0;
    zone_status status = ZONE_OK;

    run->old.source = run->source[0];
    run->old.bare = !run->options->pieces; /* pieces are cut from its geometries */
    run->old.batch.field_count = request.field_count;
    for (size_t m = 0; m < run->methods.count && !status; m++) {
        if (!run->methods.projection[m])
            continue;
        passes[count++] = (zone_pass){.projection = run->methods.projection[m],
                                      .layer = run->zone_layer[m],
                                      .united = m == 0 && run->cover[0].zone_pairs.count > 0,
                                      .keep = true};
        status = zone_layer_create(run->ctx, run->methods.projection[m], &run->old_layer[m]);
    }
    run->old.layer = run->old_layer[0];
    if (!status)
        status = zone_stream(run->ctx, run->source[0], &request, passes, count, take_old_batch, run);
    for (size_t m = 0; m < run->methods.count && !status; m++)
        if (run->old_layer[m])
            status = zone_layer_finish(run->ctx, run->old_layer[m]);
    return status ? status : zone_books_refuse(run->ctx, &run->old.books, run->source[0]);
}

/* Is something left of an old feature that counts as a piece, in any zone? */
static bool is_left(const change_run *run, size_t feature)
{
    bool counts = false;

    for (size_t i = run->rest.start[feature]; i < run->rest.start[feature + 1]; i++)
        counts = counts || zone_piece_counts(run->rest.left[i * run->methods.count]);
    return counts;
}

static zone_status take_rest(change_run *run, size_t feature, size_t rest)
{
    const zone_exact *left = run->rest.left + rest * run->methods.count;
    uint32_t zone = run->rest.zone[rest];
    const char *key[ZONE_KEYS_MOST];
    zone_status status = ZONE_OK;

    zone_keys_texts(&run->transition.before, &run->old.batch, feature, key);
    for (size_t m = 0; m < run->methods.count && !status; m++) {
        if (left[m] != 0)
            status = zone_transition_add(run->ctx, &run->transition, place_of(run, zone), key, NULL, m, left[m]);
        if (!status && m == 0)
            status = zone_change_pieces_old(run->ctx, &run->kept, feature, zone, left[m]);
    }
    return status;
}

/* What is left of the old features when all new ones were taken. */
static zone_status take_rests(change_run *run)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < run->old.batch.feature_count && !status; f++)
        if (is_left(run, f))
            status = zone_change_pieces_name(run->ctx, &run->kept, f);
    if (!status)
        status = zone_change_pieces_find(run->ctx, &run->kept, run->methods.projection[0], run->source[1]);
    for (size_t f = 0; f < run->old.batch.feature_count; f++)
        for (size_t i = run->rest.start[f]; i < run->rest.start[f + 1] && !status; i++)
            status = take_rest(run, f, i);
    return status;
}

/* ---------------------------------------------------------------- the new date */

static zone_status add_piece(change_run *run, size_t feature, const zone_piece_of_two *piece, const char *const *after)
{
    const char *before[ZONE_KEYS_MOST];

    zone_keys_texts(&run->transition.before, &run->old.batch, piece->first, before);
    zone_status status = zone_transition_add(run->ctx, &run->transition, place_of(run, piece->second), before, after,
                                             run->method, piece->area);
    if (!status && run->method == 0)
        status = zone_change_pieces_both(run->ctx, &run->kept, run->batch, feature, piece);
    return status ? status : add_rest(run, piece->first, piece->second, -piece->area);
}

/* Zone by zone: the pieces in both, and what of the feature in the zone is in no old one. */
static zone_status add_pieces(change_run *run, size_t feature, const zone_pieces_of_two *pieces)
{
    const char *after[ZONE_KEYS_MOST];
    size_t in_zone = 0, both = 0;
    zone_status status = ZONE_OK;

    zone_keys_texts(&run->transition.after, run->batch, feature, after);
    while (!status && (in_zone < pieces->second_count || both < pieces->both_count)) {
        bool next = in_zone < pieces->second_count &&
                    (both == pieces->both_count || pieces->second[in_zone].member <= pieces->both[both].second);
        uint32_t zone = next ? pieces->second[in_zone].member : pieces->both[both].second;
        zone_exact left = next ? pieces->second[in_zone++].area : 0;
        size_t first = both;
        for (; both < pieces->both_count && pieces->both[both].second == zone && !status; both++) {
            left -= pieces->both[both].area;
            status = add_piece(run, feature, &pieces->both[both], after);
        }
        if (status || left == 0)
            continue;
        status = zone_transition_add(run->ctx, &run->transition, place_of(run, zone), NULL, after, run->method, left);
        if (!status && run->method == 0)
            status = zone_change_pieces_new(run->ctx, &run->kept, run->batch, feature, zone, left, pieces->both + first,
                                            both - first);
    }
    return status;
}

static void note_outside(change_run *run, size_t feature, const zone_piece_list *in_zones)
{
    bool meets = false;

    for (size_t i = in_zones->start[feature]; i < in_zones->start[feature + 1]; i++)
        meets = meets || zone_piece_counts(in_zones->piece[i].area);
    if (!meets)
        zone_books_outside(&run->books, run->batch->id[feature]);
}

/* Without zones all is one place: the pieces in the old features are those in both. */
static zone_status take_everywhere(change_run *run, const zone_result *result, size_t feature)
{
    const zone_piece_list *in_old = &result->pieces;
    zone_piece everywhere = {.area = result->whole[feature]};
    size_t count = in_old->start[feature + 1] - in_old->start[feature];
    zone_status status = zone_grow(run->ctx, (void **)&run->both, &run->both_capacity, count + 1, sizeof *run->both);

    for (size_t i = 0; i < count && !status; i++) {
        const zone_piece *piece = &in_old->piece[in_old->start[feature] + i];
        run->both[i] = (zone_piece_of_two){piece->area, piece->member, 0};
    }
    zone_pieces_of_two all = {
        .second = &everywhere, .both = run->both, .second_count = everywhere.area != 0, .both_count = count};
    return status ? status : add_pieces(run, feature, &all);
}

static zone_status take_in_zones(change_run *run, const zone_result *result, size_t feature)
{
    const zone_piece_list *in_zones = &result->second;
    zone_pieces_of_two pieces = {.second = in_zones->piece + in_zones->start[feature],
                                 .both = result->both + result->both_start[feature],
                                 .second_count = in_zones->start[feature + 1] - in_zones->start[feature],
                                 .both_count = result->both_start[feature + 1] - result->both_start[feature]};

    if (run->method == 0)
        note_outside(run, feature, in_zones);
    return add_pieces(run, feature, &pieces);
}

static zone_status take_new_batch(void *user, const zone_batch *batch, const zone_result *results)
{
    change_run *run = user;
    size_t next = 0;
    zone_status status = zone_cover_batch(run->ctx, &run->cover[1], batch, &results[0], &results[0].second);

    run->batch = batch;
    zone_books_count(&run->books, batch);
    if (!status)
        status = zone_keys_count(run->ctx, &run->transition.after, batch);
    for (run->method = 0; run->method < run->methods.count && !status; run->method++) {
        if (!run->methods.projection[run->method])
            continue;
        for (size_t f = 0; f < batch->feature_count && !status; f++)
            if (batch->state[f] != ZONE_FEATURE_REJECTED)
                status = run->zoning.source ? take_in_zones(run, &results[next], f)
                                            : take_everywhere(run, &results[next], f);
        next++;
    }
    return status;
}

static zone_status read_new(change_run *run)
{
    zone_request request = {
        .fields = run->transition.after.fields, .field_count = run->transition.after.count, .shape = ZONE_SHAPE_AREA};
    zone_pass passes[ZONE_PASSES_MOST];
    size_t count = 0;

    for (size_t m = 0; m < run->methods.count; m++)
        if (run->methods.projection[m])
            passes[count++] = (zone_pass){.projection = run->methods.projection[m],
                                          .layer = run->old_layer[m],
                                          .second = run->zone_layer[m],
                                          .united = m == 0 && run->zoning.source && run->cover[1].zone_pairs.count > 0};
    zone_status status = zone_stream(run->ctx, run->source[1], &request, passes, count, take_new_batch, run);
    return status ? status : zone_books_refuse(run->ctx, &run->books, run->source[1]);
}

/* ---------------------------------------------------------------- counted more than once */

static zone_status add_repeat(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    zone_exact *sum = user;

    (void)feature;
    (void)member;
    zone_exact_add(*sum, area, sum);
    return ZONE_OK;
}

static zone_status find_repeats(change_run *run, int date)
{
    zone_cover *cover = &run->cover[date];
    zone_status status = zone_cover_finish(run->ctx, cover, zone_source_crs(run->source[0]));

    run->repeat[date] = cover->repeat;
    if (status || run->zoning.source || cover->data_pairs.count == 0)
        return status;
    return zone_collisions_repeat(run->ctx, run->methods.projection[0], &cover->colliding, &cover->data_pairs, NULL,
                                  add_repeat, &run->repeat[date]);
}

/* ---------------------------------------------------------------- the answer */

/* A date as the margin of the table: what of it is counted is the sum of the rows that it covers. */
static void margin_lines(change_run *run, int date)
{
    static const zone_dates only[] = {ZONE_NOT_AT_2, ZONE_NOT_AT_1};
    const zone_cover *cover = &run->cover[date];
    const char *label = zone_source_label(run->source[date]);
    zone_exact rows = run->transition.sum[ZONE_BOTH_DATES] + run->transition.sum[only[date]];
    zone_exact outside = 0, edge = 0, again = 0;

    zone_table_add_closure(run->table, "whole", label, cover->whole, NULL);
    if (run->zoning.source) {
        zone_cover_outside(cover->whole, cover->inside, cover->drawn_whole, cover->drawn_outside, cover->by_plane,
                           &outside, &edge);
        again = -cover->inside;
        for (size_t z = 0; z < zone_layer_count(run->zoning.loaded.layer); z++)
            zone_exact_add(again, cover->zone[z].sum, &again);
        zone_table_add_closure(run->table, "outside every zone", label, outside, NULL);
        zone_table_add_closure(run->table, "edge model", label, edge, NULL);
        zone_table_add_closure(run->table, "in more than one zone", label, again,
                               cover->zone_pairs.count
                                   ? zone_collisions_text(run->ctx, &cover->zone_pairs, run->zoning.loaded.batch.id)
                                   : NULL);
    }
    zone_table_add_closure(run->table, "sum of parts", label, rows, NULL);
    zone_table_add_closure(run->table, "residual", label, cover->whole - outside - edge + again - rows, NULL);
    zone_table_add_closure(run->table, "counted more than once", label, run->repeat[date],
                           !cover->looked ? zone_tell(run->ctx, "not looked at: too many vertices")
                           : cover->data_pairs.count
                               ? zone_collisions_text(run->ctx, &cover->data_pairs, cover->colliding.id)
                               : NULL);
}

/* Land that one date covers twice is in the rows of both dates twice, so the other date lacks it: its remainders are
 * less by as much, and may be below 0. */
static const char *remainder_detail(change_run *run, int other)
{
    if (!run->cover[other].looked || run->repeat[other] != 0)
        return zone_say(run->ctx, "less what %s counts more than once on it; below 0 where that is more",
                        zone_source_label(run->source[other]));
    return NULL;
}

static void closure_lines(change_run *run)
{
    const zone_exact *sum = run->transition.sum;

    margin_lines(run, 0);
    margin_lines(run, 1);
    zone_table_add_closure(run->table, "both dates", NULL, sum[ZONE_BOTH_DATES], NULL);
    zone_table_add_closure(run->table, "not covered at date 1", zone_source_label(run->source[1]), sum[ZONE_NOT_AT_1],
                           remainder_detail(run, 0));
    zone_table_add_closure(run->table, "not covered at date 2", zone_source_label(run->source[0]), sum[ZONE_NOT_AT_2],
                           remainder_detail(run, 1));
    zone_table_add_closure(run->table, "repaired", zone_source_label(run->source[0]),
                           run->old.books.counts.repaired_change, NULL);
    zone_table_add_closure(run->table, "repaired", zone_source_label(run->source[1]), run->books.counts.repaired_change,
                           NULL);
    zone_table_add_closure(run->table, "rounding", NULL, 0,
                           zone_tell(run->ctx, "parts are rounded together and add up to the rounded total"));
}

static const char *describe_options(change_run *run)
{
    const zone_change_options *options = run->options;
    const char *text = zone_say(run->ctx, "by=%s", options->by);

    if (options->by_new)
        text = zone_say(run->ctx, "%s by_new=%s", text, options->by_new);
    return run->zoning.source ? zone_say(run->ctx, "%s zone_by=%s", text, options->zone_by ? options->zone_by : "")
                              : text;
}

static void add_sections(change_run *run)
{
    closure_lines(run);
    zone_methods_closure(run->table, &run->methods, run->transition.columns);
    zone_books_close(&run->old.books, run->table);
    zone_books_close(&run->books, run->table);
    if (run->zoning.source)
        zone_books_close(&run->zoning.loaded.books, run->table);
    zone_provenance_run(run->ctx, run->table, &run->methods.method[0], describe_options(run));
    zone_provenance_fallbacks(run->ctx, run->table, run->methods.projection[0]);
    zone_provenance_source(run->ctx, run->table, run->source[0]);
    zone_keys_provenance(run->ctx, &run->transition.before, run->table);
    zone_provenance_source(run->ctx, run->table, run->source[1]);
    zone_keys_provenance(run->ctx, &run->transition.after, run->table);
    if (run->zoning.source)
        zone_provenance_source(run->ctx, run->table, run->zones_source);
}

static zone_status conclude(change_run *run)
{
    zone_status status = take_rests(run);

    for (int date = 0; date < 2 && !status; date++)
        status = find_repeats(run, date);
    if (status)
        return status;
    run->table = zone_table_create("change");
    zone_table_set_title(run->table,
                         zone_say(run->ctx, "change from %s to %s, method %s", zone_source_label(run->source[0]),
                                  zone_source_label(run->source[1]), run->methods.method[0].name));
    zone_transition_columns(run->ctx, &run->transition, &run->zoning, &run->methods, run->table);
    status = zone_transition_rows(run->ctx, &run->transition, &run->zoning, &run->methods, run->table);
    if (!status && (!run->table || run->transition.columns[0] < 0))
        status = zone_fail(run->ctx, ZONE_NO_MEMORY, .what = NULL);
    if (status)
        return status;
    zone_methods_differences(run->table, &run->methods, run->transition.columns);
    add_sections(run);
    return zone_pieces_finish(run->ctx, &run->kept.pieces, run->table, run->transition.columns[0], run->transition.row);
}

static void close_run(change_run *run)
{
    zone_table_free(run->table);
    zone_change_pieces_close(&run->kept);
    for (int date = 0; date < 2; date++)
        zone_cover_close(&run->cover[date]);
    for (size_t m = 1; m < run->methods.count; m++) {
        zone_layer_free(run->old_layer[m]);
        zone_layer_free(run->zone_layer[m]);
    }
    free(run->rest.zone);
    free(run->rest.left);
    free(run->rest.start);
    free(run->both);
    zone_transition_close(&run->transition);
    zone_zoning_close(&run->zoning);
    zone_unload(&run->nowhere);
    zone_unload(&run->old);
    zone_methods_close(&run->methods);
}

static zone_status open_inputs(change_run *run)
{
    const zone_crs *crs = zone_source_crs(run->source[0]);
    zone_status status = zone_source_project(run->ctx, run->source[1], crs);

    zone_books_open(&run->old.books, zone_source_label(run->source[0]));
    zone_books_open(&run->books, zone_source_label(run->source[1]));
    if (!status)
        status = zone_methods_open(run->ctx, run->options->method, run->options->explain != 0, crs->wkt, &run->methods);
    if (!status)
        status = zone_transition_open(run->ctx, run->source[0], run->source[1], run->options->by, run->options->by_new,
                                      &run->transition);
    return status ? status : open_zones(run);
}

zone_status zone_change(zone_context *ctx, zone_source *old_source, zone_source *new_source, zone_source *zones,
                        const zone_change_options *options, zone_table **table)
{
    change_run run = {.ctx = ctx,
                      .source = {old_source, new_source},
                      .zones_source = zones,
                      .options = options ? options : &no_options};
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!old_source || !new_source)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "two sources: the old date and the new one");
    status = open_inputs(&run);
    if (!status)
        status = read_old(&run);
    if (!status && run.options->pieces)
        status =
            zone_change_pieces_open(ctx, &run.transition, &run.zoning, &run.old, run.methods.method[0].name, &run.kept);
    if (!status)
        status = read_new(&run);
    if (!status)
        status = conclude(&run);
    if (!status) {
        status = zone_table_finish(ctx, run.table, table);
        run.table = NULL;
    }
    close_run(&run);
    return status;
}
