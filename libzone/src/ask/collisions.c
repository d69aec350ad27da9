/* Collisions: which members overlap, and what of them is counted more than once. */
#include "ask/collisions.h"

#include "base/units.h"
#include "read/geometry.h"

#include <stdlib.h>
#include <string.h>

void zone_collisions_free(zone_collisions *collisions)
{
    free(collisions->pair);
    *collisions = (zone_collisions){0};
}

/* ---------------------------------------------------------------- pairs */

typedef struct {
    zone_context *ctx;
    zone_collisions *collisions;
} finding;

static zone_status note_pair(void *user, uint32_t first, uint32_t second, zone_exact area)
{
    finding *found = user;
    zone_collisions *collisions = found->collisions;

    if (!zone_piece_counts(area))
        return ZONE_OK;
    zone_status status = zone_grow(found->ctx, (void **)&collisions->pair, &collisions->capacity, collisions->count + 1,
                                   sizeof *collisions->pair);
    if (!status)
        collisions->pair[collisions->count++] = (zone_collision){first, second, area};
    return status;
}

zone_status zone_collisions_find(zone_context *ctx, const zone_layer *layer, zone_collisions *collisions)
{
    finding found = {ctx, collisions};

    return zone_overlay_self(ctx, layer, note_pair, &found);
}

static int by_pair(const void *left, const void *right)
{
    const zone_collision *a = left, *b = right;

    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->second < b->second ? -1 : a->second > b->second;
}

static bool collide(const zone_collisions *collisions, uint32_t first, uint32_t second)
{
    zone_collision wanted = {.first = first, .second = second};

    return bsearch(&wanted, collisions->pair, collisions->count, sizeof wanted, by_pair) != NULL;
}

/* Where the pairs of `first` begin in the sorted list, or would. */
static size_t begin_of(const zone_collisions *collisions, uint32_t first)
{
    size_t low = 0, high = collisions->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (collisions->pair[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *zone_collisions_text(zone_context *ctx, const zone_collisions *collisions, const int64_t *ids)
{
    enum { SHOWN = 5 };
    const char *text = "";
    char area[64];

    for (size_t p = 0; p < collisions->count && p < SHOWN; p++) {
        const zone_collision *pair = &collisions->pair[p];
        zone_exact_print(zone_exact_round(pair->area, zone_unit_find(NULL), 2), 2, area, sizeof area);
        text = zone_say(ctx, "%s%s%lld × %lld (%s m²)", text, p ? ", " : "", (long long)ids[pair->first],
                        (long long)ids[pair->second], area);
    }
    return collisions->count > SHOWN ? zone_say(ctx, "%s, …", text) : text;
}

/* ---------------------------------------------------------------- repeats */

/* A feature is deep when two of the earlier ones that it meets meet each other. */
typedef struct {
    zone_context *ctx;
    zone_projection *projection;
    const zone_batch *batch;
    const zone_collisions *collisions;
    const zone_layer *within;
    zone_repeat_sink sink;
    void *user;
    zone_collision *by_second; /* the pairs, sorted by (second, first) */
    bool *deep;                /* by feature */
    zone_geometry *kept;       /* of the feature `kept_feature`: one that lies under many is made once */
    zone_layer *kept_layer;
    uint32_t kept_feature;
    uint32_t feature; /* whose repeats come in */
    int sign;         /* of pieces: 1 adds, -1 takes away */
    zone_exact rest;  /* of a deep feature outside the kept one */
    size_t done;      /* pairs */
} repeating;

static int by_second(const void *left, const void *right)
{
    const zone_collision *a = left, *b = right;

    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Does the first member of a run's first pair meet that of another pair? Looks through the shorter list here too. */
static bool meets_another(const repeating *run, const zone_collision *pair, size_t count)
{
    size_t begin = begin_of(run->collisions, pair->first), end = begin_of(run->collisions, pair->first + 1);

    if (end - begin < count) {
        for (size_t i = begin; i < end; i++) {
            zone_collision wanted = {.first = run->collisions->pair[i].second, .second = pair->second};
            if (bsearch(&wanted, pair, count, sizeof wanted, by_second))
                return true;
        }
        return false;
    }
    for (size_t p = 1; p < count; p++)
        if (collide(run->collisions, pair->first, pair[p].first))
            return true;
    return false;
}

static bool meet_each_other(const repeating *run, const zone_collision *pair, size_t count)
{
    for (size_t p = 0; p + 1 < count; p++)
        if (meets_another(run, pair + p, count - p))
            return true;
    return false;
}

/* The pairs of the same second member as pair `p`. */
static size_t count_earlier(const repeating *run, size_t p)
{
    size_t end = p + 1;

    while (end < run->collisions->count && run->by_second[end].second == run->by_second[p].second)
        end++;
    return end - p;
}

static zone_status find_deep(repeating *run)
{
    size_t pairs = run->collisions->count, count = 0;

    run->by_second = zone_allocate(run->ctx, pairs + 1, sizeof *run->by_second);
    run->deep = zone_allocate(run->ctx, run->batch->feature_count + 1, sizeof *run->deep);
    if (!run->by_second || !run->deep)
        return ZONE_NO_MEMORY;
    memcpy(run->by_second, run->collisions->pair, pairs * sizeof *run->by_second);
    qsort(run->by_second, pairs, sizeof *run->by_second, by_second);
    for (size_t p = 0; p < pairs; p += count) {
        count = count_earlier(run, p);
        run->deep[run->by_second[p].second] = meet_each_other(run, run->by_second + p, count);
    }
    return ZONE_OK;
}

/* ---------------------------------------------------------------- features that are not deep */

/* Replaces *layer by one of a single feature. */
static zone_status make_single(repeating *run, uint32_t feature, zone_layer **layer)
{
    zone_batch one = {0};
    zone_status status = zone_batch_add_copy(run->ctx, &one, run->batch, feature);

    zone_layer_free(*layer);
    *layer = NULL;
    if (!status)
        status = zone_layer_of_batch(run->ctx, run->projection, &one, layer);
    zone_batch_free(&one);
    return status;
}

/* A pair whose second is not deep, seen from its larger feature: the overlays of all pairs of a large feature need its
 * layer once, and the layers of the others cost less than it. */
typedef struct {
    uint32_t hub, other;
    bool hub_later;
} spoke;

static int by_hub(const void *left, const void *right)
{
    const spoke *a = left, *b = right;

    if (a->hub != b->hub)
        return a->hub < b->hub ? -1 : 1;
    if (a->hub_later != b->hub_later)
        return a->hub_later ? 1 : -1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static size_t vertices_of(const zone_batch *batch, uint32_t feature)
{
    return batch->vertex_start[batch->ring_start[feature + 1]] - batch->vertex_start[batch->ring_start[feature]];
}

/* Sorted; *count of them. NULL without memory. */
static spoke *list_spokes(repeating *run, size_t *count)
{
    spoke *spokes = zone_allocate(run->ctx, run->collisions->count + 1, sizeof *spokes);

    *count = 0;
    for (size_t p = 0; p < run->collisions->count && spokes; p++) {
        const zone_collision *pair = &run->collisions->pair[p];
        bool later = vertices_of(run->batch, pair->second) > vertices_of(run->batch, pair->first);
        if (!run->deep[pair->second])
            spokes[(*count)++] = (spoke){later ? pair->second : pair->first, later ? pair->first : pair->second, later};
    }
    if (*count)
        qsort(spokes, *count, sizeof *spokes, by_hub);
    return spokes;
}

/* The intersections of a hub and its others, which are all earlier or all later, within, to the sink. */
static zone_status emit_common(repeating *run, const spoke *spokes, const zone_layer *common)
{
    zone_layer *pieces = NULL;
    uint32_t piece[2], pair[2];
    zone_status status = ZONE_OK;

    if (run->within)
        status = zone_layer_intersect(run->ctx, common, run->within, &pieces);
    const zone_layer *parts = run->within ? pieces : common;
    for (size_t m = 0; !status && m < zone_layer_count(parts); m++) {
        piece[0] = (uint32_t)m;
        piece[1] = 0;
        if (run->within)
            zone_layer_pair(pieces, m, piece);
        zone_layer_pair(common, piece[0], pair);
        uint32_t second = spokes->hub_later ? spokes->hub : spokes[pair[1]].other;
        status = run->sink(run->user, second, piece[1], zone_layer_area(parts, m));
    }
    zone_layer_free(pieces);
    return status;
}

static zone_status repeat_spokes(repeating *run, const spoke *spokes, size_t count, const zone_layer *hub)
{
    zone_batch batch = {0};
    zone_layer *others = NULL, *common = NULL;
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < count && !status; i++)
        status = zone_batch_add_copy(run->ctx, &batch, run->batch, spokes[i].other);
    if (!status)
        status = zone_layer_of_batch(run->ctx, run->projection, &batch, &others);
    if (!status) /* the earlier first, as where the pairs were found */
        status = spokes->hub_later ? zone_layer_intersect(run->ctx, others, hub, &common)
                                   : zone_layer_intersect(run->ctx, hub, others, &common);
    if (!status)
        status = emit_common(run, spokes, common);
    zone_layer_free(common);
    zone_layer_free(others);
    zone_batch_free(&batch);
    return status;
}

static zone_status repeat_all_flat(repeating *run)
{
    size_t count = 0, end = 0;
    spoke *spokes = list_spokes(run, &count);
    zone_layer *hub = NULL;
    zone_status status = spokes ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t i = 0; i < count && !status; i = end) {
        for (end = i + 1;
             end < count && spokes[end].hub == spokes[i].hub && spokes[end].hub_later == spokes[i].hub_later;)
            end++;
        if (i == 0 || spokes[i].hub != spokes[i - 1].hub)
            status = make_single(run, spokes[i].hub, &hub);
        if (!status)
            status = repeat_spokes(run, spokes + i, end - i, hub);
        run->done += end - i;
        if (!status)
            status = zone_progress(run->ctx, run->done, run->collisions->count);
    }
    zone_layer_free(hub);
    free(spokes);
    return status;
}

/* ---------------------------------------------------------------- deep features */

static zone_status take_away(repeating *run, const zone_geometry *earlier, zone_geometry **trimmed)
{
    zone_geometry *less = NULL;
    zone_status status = zone_geometry_difference(run->ctx, *trimmed, earlier, &less);

    if (status)
        return status;
    zone_geometry_free(*trimmed);
    *trimmed = less;
    return ZONE_OK;
}

static zone_status keep(repeating *run, uint32_t feature)
{
    zone_status status = ZONE_OK;

    if (run->kept_layer && run->kept_feature == feature)
        return ZONE_OK;
    zone_geometry_free(run->kept);
    run->kept = NULL;
    run->kept_feature = feature;
    status = make_single(run, feature, &run->kept_layer);
    return status ? status : zone_geometry_from_batch(run->ctx, run->batch, feature, &run->kept);
}

static zone_status take_rest(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    repeating *run = user;

    (void)feature;
    run->rest = whole;
    for (size_t i = 0; i < count; i++)
        run->rest -= pieces[i].area;
    return ZONE_OK;
}

/* A large one costs GEOS all its vertices: it is asked only where the feature is not wholly in it. */
static zone_status take_away_large(repeating *run, uint32_t earlier, const zone_batch *whole, zone_geometry **trimmed)
{
    zone_status status = keep(run, earlier);

    if (!status)
        status = zone_overlay(run->ctx, run->projection, whole, run->kept_layer, take_rest, run);
    if (status)
        return status;
    if (zone_piece_counts(run->rest))
        return take_away(run, run->kept, trimmed);
    zone_geometry_free(*trimmed);
    *trimmed = NULL;
    return ZONE_OK;
}

/* Takes the earlier ones away from the feature of a run of pairs; *trimmed is what it adds to the union, NULL for
 * nothing. Small ones are united first, so that a large feature is cut once. */
static zone_status trim(repeating *run, const zone_collision *pair, size_t count, const zone_batch *whole,
                        zone_geometry **trimmed)
{
    zone_batch small = {0};
    zone_geometry *united = NULL;
    zone_status status = zone_geometry_from_batch(run->ctx, whole, 0, trimmed);

    for (size_t p = 0; p < count && !status && *trimmed; p++) {
        if (vertices_of(run->batch, pair[p].first) <= whole->vertex_count)
            status = zone_batch_add_copy(run->ctx, &small, run->batch, pair[p].first);
        else
            status = take_away_large(run, pair[p].first, whole, trimmed);
        if (!status)
            status = zone_progress(run->ctx, run->done + p, run->collisions->count);
    }
    run->done += count;
    if (!status && *trimmed && small.feature_count) {
        status = zone_geometry_union_batch(run->ctx, &small, &united);
        if (!status)
            status = take_away(run, united, trimmed);
    }
    zone_geometry_free(united);
    zone_batch_free(&small);
    return status;
}

static zone_status emit_pieces(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    repeating *run = user;
    zone_status status = ZONE_OK;

    (void)feature;
    if (!run->within)
        return run->sink(run->user, run->feature, 0, run->sign > 0 ? whole : -whole);
    for (size_t i = 0; i < count && !status; i++)
        status = run->sink(run->user, run->feature, pieces[i].member, run->sign > 0 ? pieces[i].area : -pieces[i].area);
    return status;
}

/* One deep feature with all earlier ones that it meets: whole pieces less trimmed pieces. */
static zone_status repeat_deep(repeating *run, const zone_collision *pair, size_t count)
{
    zone_geometry *trimmed = NULL;
    zone_batch whole = {0}, rest = {0};
    zone_status status = zone_batch_add_copy(run->ctx, &whole, run->batch, pair->second);

    run->feature = pair->second;
    if (!status)
        status = trim(run, pair, count, &whole, &trimmed);
    if (!status && trimmed && zone_geometry_shape(trimmed) == ZONE_SHAPE_AREA)
        status = zone_geometry_to_batch(run->ctx, trimmed, run->batch->id[pair->second], &rest);
    run->sign = 1;
    if (!status)
        status = zone_overlay(run->ctx, run->projection, &whole, run->within, emit_pieces, run);
    run->sign = -1;
    if (!status)
        status = zone_overlay(run->ctx, run->projection, &rest, run->within, emit_pieces, run);
    zone_batch_free(&rest);
    zone_batch_free(&whole);
    zone_geometry_free(trimmed);
    return status;
}

static zone_status repeat_all_deep(repeating *run)
{
    size_t count = 0;
    zone_status status = ZONE_OK;

    for (size_t p = 0; p < run->collisions->count && !status; p += count) {
        count = count_earlier(run, p);
        if (run->deep[run->by_second[p].second])
            status = repeat_deep(run, run->by_second + p, count);
    }
    return status;
}

zone_status zone_collisions_repeat(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                   const zone_collisions *collisions, const zone_layer *within, zone_repeat_sink sink,
                                   void *user)
{
    repeating run = {ctx, projection, batch, collisions, within, sink, user, .sign = 1};
    zone_status status = ZONE_OK;

    if (collisions->count == 0)
        return ZONE_OK;
    status = find_deep(&run);
    if (!status)
        status = repeat_all_flat(&run);
    if (!status)
        status = repeat_all_deep(&run);
    zone_geometry_free(run.kept);
    zone_layer_free(run.kept_layer);
    free(run.deep);
    free(run.by_second);
    return status;
}
