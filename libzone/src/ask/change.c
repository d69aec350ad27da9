/* The question "change": land by class before and class after, within zones. The layer of the old date is kept in
 * memory, the new one is read past it. */
#include "ask/change_part.h"
#include "ask/change_pieces.h"
#include "ask/margins.h"

#include <stdlib.h>

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
    zone_remainders rest;
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
    for (int date = 0; date < 2; date++)
        run->cover[date].merges = run->options->partial && run->zones_source;
    return status;
}

static uint64_t place_of(const change_run *run, uint32_t zone)
{
    return run->zoning.source ? run->zoning.place[zone] : 0;
}

/* ---------------------------------------------------------------- the old date */

/* Adds to what only date 1 covers of an old feature in a zone. The feature need not be in the zone by each method: then
 * it is a crumb, and goes straight to its row. */
static zone_status add_rest(change_run *run, size_t member, uint32_t zone, zone_exact area)
{
    zone_exact *left = zone_remainders_find(&run->rest, member, zone);
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
        status = run->method == 0 ? zone_remainders_add(run->ctx, &run->rest, pieces[i].member, pieces[i].area)
                                  : add_rest(run, member, pieces[i].member, pieces[i].area);
    }
    if (run->method == 0)
        zone_remainders_end(&run->rest, member);
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
        status = zone_remainders_reserve(run->ctx, &run->rest, run->old.batch.feature_count);
    for (run->method = 0; run->method < run->methods.count && !status; run->method++) {
        if (!run->methods.projection[run->method])
            continue;
        if (run->method > 0)
            status = zone_layer_move(run->ctx, run->old_layer[run->method], results[next].part);
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

static zone_status take_all_rests(change_run *run)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < run->old.batch.feature_count; f++)
        for (size_t i = run->rest.start[f]; i < run->rest.start[f + 1] && !status; i++)
            status = take_rest(run, f, i);
    return status;
}

/* For a partial: as if the new date covered nothing. */
static zone_status take_old_date(change_run *run)
{
    zone_status status = zone_remainders_keep(run->ctx, &run->rest);

    return status ? status : take_all_rests(run);
}

/* What is left of the old features when all new ones were taken. */
static zone_status take_rests(change_run *run)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < run->old.batch.feature_count && !status; f++)
        if (zone_remainders_leave(&run->rest, f))
            status = zone_change_pieces_name(run->ctx, &run->kept, f);
    if (!status)
        status = zone_change_pieces_find(run->ctx, &run->kept, run->methods.projection[0], run->source[1]);
    return status ? status : take_all_rests(run);
}

/* ---------------------------------------------------------------- the new date */

/* Of an old feature that is not in the zone: its area is in the sums of both dates already. */
static zone_status take_beside(change_run *run, const zone_piece_of_two *piece, const char *const *before)
{
    if (run->method > 0 || !zone_piece_counts(piece->area))
        return ZONE_OK;
    return zone_transition_beside(run->ctx, &run->transition, place_of(run, piece->second), before);
}

static zone_status add_piece(change_run *run, size_t feature, const zone_piece_of_two *piece, const char *const *after)
{
    const char *before[ZONE_KEYS_MOST];

    zone_keys_texts(&run->transition.before, &run->old.batch, piece->first, before);
    zone_status status = zone_transition_add(run->ctx, &run->transition, place_of(run, piece->second), before, after,
                                             run->method, piece->area);
    if (!status && run->method == 0)
        status = zone_change_pieces_both(run->ctx, &run->kept, run->batch, feature, piece);
    if (status)
        return status;
    if (run->options->partial && !zone_remainders_find(&run->rest, piece->first, piece->second))
        return take_beside(run, piece, before);
    return add_rest(run, piece->first, piece->second, -piece->area);
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
    zone_request request = {.fields = run->transition.after.fields,
                            .field_count = zone_partial_is_bare(run->source[1]) ? 0 : run->transition.after.count,
                            .shape = ZONE_SHAPE_AREA};
    zone_pass passes[ZONE_PASSES_MOST];
    size_t count = 0;

    for (size_t m = 0; m < run->methods.count; m++)
        if (run->methods.projection[m])
            passes[count++] = (zone_pass){.projection = run->methods.projection[m],
                                          .layer = run->old_layer[m],
                                          .second = run->zone_layer[m],
                                          .united = m == 0 && run->zoning.source && run->cover[1].zone_pairs.count > 0};
    zone_status status = zone_stream(run->ctx, run->source[1], &request, passes, count, take_new_batch, run);
    if (status || run->options->partial) /* a part may be empty */
        return status;
    return zone_books_refuse(run->ctx, &run->books, run->source[1]);
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

static zone_margin margin_of(change_run *run, int date, const zone_books *books)
{
    const zone_cover *cover = &run->cover[date];
    const zone_partial_input known = zone_partial_input_of(run->ctx, cover);

    return (zone_margin){.label = zone_source_label(run->source[date]),
                         .whole = known.whole,
                         .inside = known.inside,
                         .drawn_whole = known.drawn_whole,
                         .drawn_outside = known.drawn_outside,
                         .sum = known.sum,
                         .repeat = run->repeat[date],
                         .pairs = known.pairs,
                         .not_looked = known.looked ? NULL : zone_tell(run->ctx, "not looked at: too many vertices"),
                         .repaired = books->counts.repaired_change,
                         .by_plane = cover->by_plane};
}

static const char *zone_pairs(change_run *run)
{
    const zone_cover *cover = &run->cover[0];

    return cover->zone_pairs.count ? zone_collisions_text(run->ctx, &cover->zone_pairs, run->zoning.loaded.batch.id)
                                   : NULL;
}

static void closure_lines(change_run *run)
{
    const zone_margins margins = {.date = {margin_of(run, 0, &run->old.books), margin_of(run, 1, &run->books)},
                                  .zoned = run->zoning.source != NULL,
                                  .zone_pairs = zone_pairs(run)};

    zone_margins_lines(run->ctx, &margins, &run->transition, run->table);
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

/* The partial, and then what the part alone comes to. */
static zone_status make_partial(change_run *run)
{
    zone_change_part part = {.old = run->source[0],
                             .new = run->source[1],
                             .by = run->options->by,
                             .by_new = run->options->by_new,
                             .zone_by = run->options->zone_by,
                             .zone_pairs = zone_pairs(run),
                             .methods = &run->methods,
                             .transition = &run->transition,
                             .zoning = &run->zoning,
                             .rest = &run->rest,
                             .features = &run->old.batch,
                             .books = {&run->old.books, &run->books},
                             .cover = run->cover,
                             .repeat = run->repeat};

    return zone_change_part_make(run->ctx, &part, run->table);
}

static zone_status conclude(change_run *run)
{
    zone_status status = run->options->partial ? ZONE_OK : take_rests(run);

    for (int date = 0; date < 2 && !status; date++)
        status = find_repeats(run, date);
    if (status)
        return status;
    run->table = zone_table_create("change");
    zone_table_set_title(run->table,
                         zone_say(run->ctx, "change from %s to %s, method %s", zone_source_label(run->source[0]),
                                  zone_source_label(run->source[1]), run->methods.method[0].name));
    zone_transition_columns(run->ctx, &run->transition, &run->zoning, &run->methods, run->table);
    if (run->options->partial && run->table)
        status = make_partial(run);
    if (!status)
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
    zone_remainders_free(&run->rest);
    free(run->both);
    zone_transition_close(&run->transition);
    zone_zoning_close(&run->zoning);
    zone_unload(&run->nowhere);
    zone_unload(&run->old);
    zone_methods_close(&run->methods);
}

/* A part without features may have no fields: then it is asked for those of the old date. */
static zone_status open_keys(change_run *run)
{
    const zone_change_options *options = run->options;
    bool bare = options->partial && zone_partial_is_bare(run->source[1]);
    zone_status status = zone_transition_open(run->ctx, run->source[0], run->source[bare ? 0 : 1], options->by,
                                              bare ? NULL : options->by_new, &run->transition);

    if (!status && options->partial && run->transition.before.count > ZONE_PARTIAL_CHANGES)
        status = zone_fail(run->ctx, ZONE_BAD_USAGE, .key = "--partial", .expected = "at most 31 fields at each date");
    return status;
}

static zone_status open_inputs(change_run *run)
{
    const zone_crs *crs = zone_source_crs(run->source[0]);
    zone_status status = zone_source_project(run->ctx, run->source[1], crs);

    zone_books_open(&run->old.books, zone_source_label(run->source[0]));
    zone_books_open(&run->books, zone_source_label(run->source[1]));
    if (!status)
        status = zone_methods_open(run->ctx, run->options->method, run->options->explain != 0, crs->wkt, &run->methods);
    run->rest.methods = run->methods.count;
    if (!status)
        status = open_keys(run);
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
    if (run.options->partial && run.options->pieces)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--partial",
                         .what = "what is left of the old date is drawn when all parts are known", .found = "--pieces",
                         .expected = "a partial without it");
    status = open_inputs(&run);
    if (!status)
        status = read_old(&run);
    if (!status && run.options->partial)
        status = take_old_date(&run);
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
