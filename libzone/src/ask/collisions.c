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

/* A third member that both members of a pair collide with makes the last of the three deep. */
static bool closes_triangle(const zone_collisions *collisions, size_t pair)
{
    const zone_collision *p = &collisions->pair[pair];

    for (size_t next = pair + 1; next < collisions->count && collisions->pair[next].first == p->first; next++)
        if (collide(collisions, p->second, collisions->pair[next].second))
            return true;
    return false;
}

bool zone_collisions_deep(const zone_collisions *collisions)
{
    for (size_t p = 0; p < collisions->count; p++)
        if (closes_triangle(collisions, p))
            return true;
    return false;
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

typedef struct {
    zone_context *ctx;
    zone_projection *projection;
    const zone_batch *batch;
    const zone_collisions *collisions;
    const zone_layer *within;
    zone_repeat_sink sink;
    void *user;
    uint32_t feature; /* whose repeats come in */
    int sign;         /* of pieces: 1 adds, -1 takes away */
} repeating;

static zone_status single_layer(repeating *run, uint32_t feature, zone_layer **layer)
{
    zone_batch one = {0};
    zone_status status = zone_batch_add_copy(run->ctx, &one, run->batch, feature);

    if (!status)
        status = zone_layer_create(run->ctx, run->projection, layer);
    if (!status)
        status = zone_layer_add(run->ctx, *layer, &one);
    if (!status)
        status = zone_layer_finish(run->ctx, *layer);
    zone_batch_free(&one);
    return status;
}

/* The pieces of all members of `what` over `within`, to the sink. */
static zone_status emit_members(repeating *run, const zone_layer *what)
{
    zone_layer *pieces = NULL;
    zone_status status = zone_layer_intersect(run->ctx, what, run->within, &pieces);

    for (size_t m = 0; !status && m < zone_layer_count(pieces); m++) {
        uint32_t pair[2];
        zone_layer_pair(pieces, m, pair);
        status = run->sink(run->user, run->feature, pair[1], zone_layer_area(pieces, m));
    }
    zone_layer_free(pieces);
    return status;
}

/* The intersection of two features, within. */
static zone_status repeat_pair(repeating *run, const zone_collision *pair)
{
    zone_layer *first = NULL, *second = NULL, *common = NULL;
    zone_status status = single_layer(run, pair->first, &first);

    run->feature = pair->second;
    if (!status)
        status = single_layer(run, pair->second, &second);
    if (!status)
        status = zone_layer_intersect(run->ctx, first, second, &common);
    if (!status)
        status = emit_members(run, common);
    zone_layer_free(common);
    zone_layer_free(second);
    zone_layer_free(first);
    return status;
}

/* Takes the earlier ones away from the feature of a run of pairs; *trimmed is what it adds to the union. */
static zone_status trim(repeating *run, const zone_collision *pair, size_t count, zone_geometry **trimmed)
{
    zone_status status = zone_geometry_from_batch(run->ctx, run->batch, pair->second, trimmed);

    for (size_t p = 0; p < count && !status; p++) {
        zone_geometry *earlier = NULL, *less = NULL;
        status = zone_geometry_from_batch(run->ctx, run->batch, pair[p].first, &earlier);
        if (!status)
            status = zone_geometry_difference(run->ctx, *trimmed, earlier, &less);
        zone_geometry_free(earlier);
        if (!status) {
            zone_geometry_free(*trimmed);
            *trimmed = less;
        }
    }
    return status;
}

static zone_status emit_pieces(void *user, size_t feature, zone_exact whole, const zone_piece *pieces, size_t count)
{
    repeating *run = user;
    zone_status status = ZONE_OK;

    (void)feature;
    (void)whole;
    for (size_t i = 0; i < count && !status; i++)
        status = run->sink(run->user, run->feature, pieces[i].member, run->sign > 0 ? pieces[i].area : -pieces[i].area);
    return status;
}

/* Whole pieces less trimmed pieces. */
static zone_status repeat_deep(repeating *run, const zone_collision *pair, size_t count)
{
    zone_geometry *trimmed = NULL;
    zone_batch whole = {0}, rest = {0};
    zone_status status = trim(run, pair, count, &trimmed);

    run->feature = pair->second;
    if (!status)
        status = zone_batch_add_copy(run->ctx, &whole, run->batch, pair->second);
    if (!status && zone_geometry_shape(trimmed) == ZONE_SHAPE_AREA)
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

/* One later feature with all earlier ones that it meets. Deep when two of those meet each other. */
static zone_status repeat_feature(repeating *run, const zone_collision *pair, size_t count)
{
    zone_status status = ZONE_OK;

    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            if (collide(run->collisions, pair[a].first, pair[b].first))
                return repeat_deep(run, pair, count);
    for (size_t p = 0; p < count && !status; p++)
        status = repeat_pair(run, &pair[p]);
    return status;
}

static int by_second(const void *left, const void *right)
{
    const zone_collision *a = left, *b = right;

    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

zone_status zone_collisions_repeat(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                                   const zone_collisions *collisions, const zone_layer *within, zone_repeat_sink sink,
                                   void *user)
{
    repeating run = {ctx, projection, batch, collisions, within, sink, user, 0, 1};
    zone_collision *pairs = zone_allocate(ctx, collisions->count + 1, sizeof *pairs);
    size_t last = 0;
    zone_status status = pairs ? ZONE_OK : ZONE_NO_MEMORY;

    if (!status && collisions->count) {
        memcpy(pairs, collisions->pair, collisions->count * sizeof *pairs);
        qsort(pairs, collisions->count, sizeof *pairs, by_second);
    }
    for (size_t p = 0; p < collisions->count && !status; p = last) {
        for (last = p + 1; last < collisions->count && pairs[last].second == pairs[p].second;)
            last++;
        status = repeat_feature(&run, pairs + p, last - p);
        if (!status)
            status = zone_progress(ctx, p, collisions->count);
    }
    free(pairs);
    return status;
}
