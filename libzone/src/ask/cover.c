/* Cover: what of each zone is covered, covered again, and not covered. */
#include "ask/cover_sums.h"

#include <math.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- zones */

zone_status zone_cover_open(zone_context *ctx, zone_cover *cover, zone_projection *projection, zone_loaded *zones)
{
    size_t count = zone_layer_count(zones->layer);

    *cover = (zone_cover){.projection = projection, .zones = zones, .looked = true};
    cover->zone = zone_allocate(ctx, count + 1, sizeof *cover->zone);
    if (!cover->zone)
        return ZONE_NO_MEMORY;
    for (size_t z = 0; z < count; z++) {
        cover->zone[z].area = zone_layer_area(zones->layer, z);
        cover->zone[z].drawn_area = cover->zone[z].drawn = zone_layer_drawn(zones->layer, z);
    }
    return zone_collisions_find(ctx, zones->layer, &cover->zone_pairs);
}

void zone_cover_close(zone_cover *cover)
{
    zone_batch_free(&cover->data);
    zone_batch_free(&cover->colliding);
    zone_collisions_free(&cover->data_pairs);
    zone_collisions_free(&cover->zone_pairs);
    free(cover->zone);
    *cover = (zone_cover){0};
}

/* ---------------------------------------------------------------- features */

zone_pass zone_cover_pass(const zone_cover *cover)
{
    return (zone_pass){
        .projection = cover->projection, .layer = cover->zones->layer, .united = cover->zone_pairs.count > 0};
}

/* No more than can be looked at. */
static zone_status keep_data(zone_context *ctx, zone_cover *cover, const zone_batch *batch)
{
    zone_status status = ZONE_OK;

    cover->vertices += batch->vertex_count;
    if (cover->vertices > ZONE_COVER_VERTICES) {
        zone_batch_free(&cover->data);
        cover->looked = false;
    }
    for (size_t f = 0; f < batch->feature_count && cover->looked && !status; f++)
        status = zone_batch_add_copy(ctx, &cover->data, batch, f);
    return status;
}

/* An area by the method and in the drawing plane. */
typedef struct {
    zone_exact area;
    zone_int128 drawn;
} both_areas;

/* What of a feature lies in the zones together. Where they do not collide it is the sum of its pieces. */
static both_areas find_inside(const zone_cover *cover, const zone_result *result, const zone_piece_list *in_zones,
                              size_t feature)
{
    both_areas sum = {0};

    if (cover->zone_pairs.count)
        return (both_areas){result->inside[feature], result->inside_drawn[feature]};
    for (size_t i = in_zones->start[feature]; i < in_zones->start[feature + 1]; i++) {
        zone_exact_add(sum.area, in_zones->piece[i].area, &sum.area);
        sum.drawn += in_zones->piece[i].drawn;
    }
    return sum;
}

static void take_feature(zone_cover *cover, const zone_result *result, const zone_piece_list *in_zones, size_t feature)
{
    both_areas inside = find_inside(cover, result, in_zones, feature);

    zone_exact_add(cover->whole, result->whole[feature], &cover->whole);
    zone_exact_add(cover->inside, inside.area, &cover->inside);
    cover->drawn_whole += result->drawn[feature];
    cover->drawn_outside += result->drawn[feature] - inside.drawn;
    for (size_t i = in_zones->start[feature]; i < in_zones->start[feature + 1]; i++) {
        const zone_piece *piece = &in_zones->piece[i];
        zone_cover_zone *zone = &cover->zone[piece->member];
        zone_exact_add(zone->sum, piece->area, &zone->sum);
        zone->drawn -= piece->drawn;
    }
}

zone_status zone_cover_batch(zone_context *ctx, zone_cover *cover, const zone_batch *batch, const zone_result *result,
                             const zone_piece_list *in_zones)
{
    for (size_t f = 0; f < batch->feature_count; f++)
        if (batch->state[f] != ZONE_FEATURE_REJECTED)
            take_feature(cover, result, in_zones, f);
    return keep_data(ctx, cover, batch);
}

zone_status zone_cover_take(zone_context *ctx, zone_cover *cover, const zone_batch *batch)
{
    const zone_pass pass = zone_cover_pass(cover);
    zone_result result = {0};
    zone_status status = zone_pass_batch(ctx, &pass, batch, &result);

    if (!status)
        status = zone_cover_batch(ctx, cover, batch, &result, &result.pieces);
    zone_result_free(&result);
    return status;
}

/* ---------------------------------------------------------------- repeats */

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

/* The members of all pairs, once each, sorted; *count of them. NULL without memory. */
static uint32_t *list_members(zone_context *ctx, const zone_collisions *pairs, size_t *count)
{
    uint32_t *members = zone_allocate(ctx, 2 * pairs->count + 1, sizeof *members);

    *count = 0;
    if (!members)
        return NULL;
    for (size_t p = 0; p < pairs->count; p++) {
        members[2 * p] = pairs->pair[p].first;
        members[2 * p + 1] = pairs->pair[p].second;
    }
    qsort(members, 2 * pairs->count, sizeof *members, by_number);
    for (size_t i = 0; i < 2 * pairs->count; i++)
        if (i == 0 || members[i] != members[i - 1])
            members[(*count)++] = members[i];
    return members;
}

static uint32_t rank_of(const uint32_t *members, size_t count, uint32_t member)
{
    const uint32_t *found = bsearch(&member, members, count, sizeof member, by_number);

    return (uint32_t)(found - members);
}

/* Keeps the colliding features; the pairs are renumbered to them. */
static zone_status pick_colliding(zone_context *ctx, zone_cover *cover)
{
    size_t count = 0;
    uint32_t *members = list_members(ctx, &cover->data_pairs, &count);
    zone_status status = members ? ZONE_OK : ZONE_NO_MEMORY;

    for (size_t i = 0; i < count && !status; i++)
        status = zone_batch_add_copy(ctx, &cover->colliding, &cover->data, members[i]);
    for (size_t p = 0; !status && p < cover->data_pairs.count; p++) {
        zone_collision *pair = &cover->data_pairs.pair[p];
        pair->first = rank_of(members, count, pair->first);
        pair->second = rank_of(members, count, pair->second);
    }
    free(members);
    return status;
}

static zone_status add_repeat(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    zone_cover_zone *zone = user;

    (void)feature;
    zone_exact_add(zone[member].repeat, area, &zone[member].repeat);
    return ZONE_OK;
}

static zone_status find_repeats(zone_context *ctx, zone_cover *cover)
{
    zone_layer *layer = NULL;
    zone_status status = ZONE_OK;

    if (!cover->looked)
        return ZONE_OK;
    status = zone_layer_of_batch(ctx, cover->projection, &cover->data, &layer);
    if (!status)
        status = zone_collisions_find(ctx, layer, &cover->data_pairs);
    zone_layer_free(layer);
    if (!status && cover->data_pairs.count)
        status = pick_colliding(ctx, cover);
    zone_batch_free(&cover->data);
    if (status || cover->data_pairs.count == 0)
        return status;
    status = zone_collisions_repeat(ctx, cover->projection, &cover->colliding, &cover->data_pairs, cover->zones->layer,
                                    add_repeat, cover->zone);
    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++)
        zone_exact_add(cover->repeat, cover->zone[z].repeat, &cover->repeat);
    return status;
}

/* ---------------------------------------------------------------- the edge model */

static zone_status add_drawn_repeat(void *user, uint32_t feature, uint32_t member, zone_exact area)
{
    zone_cover_zone *zone = user;

    (void)feature;
    zone_exact_add(zone[member].drawn_repeat, area, &zone[member].drawn_repeat);
    return ZONE_OK;
}

/* From m² to squares of the plane's unit, which may be feet. */
static void bring_to_plane(zone_cover_zone *zone, zone_exact grid_area)
{
    double scale = (double)zone->drawn_area * 0x1p-61 / zone_exact_to_m2(grid_area);

    if (grid_area != 0 && fabs(scale - 1.0) > 1e-6)
        zone_exact_from_m2(zone_exact_to_m2(zone->drawn_repeat) * scale, &zone->drawn_repeat);
}

/* What colliding features repeat in each zone, on the grid. */
static zone_status repeat_on_grid(zone_context *ctx, zone_cover *cover, zone_projection *projection)
{
    zone_layer *zones = NULL;
    zone_status status = zone_layer_of_batch(ctx, projection, &cover->zones->batch, &zones);

    if (!status)
        status = zone_collisions_repeat(ctx, projection, &cover->colliding, &cover->data_pairs, zones, add_drawn_repeat,
                                        cover->zone);
    for (size_t z = 0; z < zone_layer_count(cover->zones->layer) && !status; z++)
        bring_to_plane(&cover->zone[z], zone_layer_area(zones, z));
    zone_layer_free(zones);
    return status;
}

static zone_status look_at_plane(zone_context *ctx, zone_cover *cover, const zone_crs *crs)
{
    zone_projection *projection = NULL;
    zone_method method;
    zone_status status = zone_method_parse(ctx, "grid", &method);

    if (!status)
        status = zone_projection_create(ctx, crs->wkt, &method, &projection);
    cover->by_plane = !status;
    if (!status && cover->data_pairs.count)
        status = repeat_on_grid(ctx, cover, projection);
    zone_projection_free(projection);
    if (status == ZONE_BAD_CRS) {
        zone_context_begin(ctx); /* without a grid it can't be told, and that is no error */
        status = ZONE_OK;
    }
    return status;
}

/* Does so little lie outside the zones that the edge model may have put it there? */
static bool outside_is_doubtful(const zone_cover *cover)
{
    zone_exact outside = cover->whole - cover->inside, size = outside < 0 ? -outside : outside;

    return zone_piece_counts(outside) && size < cover->whole / 20;
}

zone_status zone_cover_finish(zone_context *ctx, zone_cover *cover, const zone_crs *crs)
{
    size_t count = zone_layer_count(cover->zones->layer);
    bool on_grid = zone_projection_method(cover->projection)->kind == ZONE_METHOD_GRID;
    zone_status status = find_repeats(ctx, cover);

    if (!status && !on_grid && (cover->merges || zone_cover_doubtful(cover->zone, count) || outside_is_doubtful(cover)))
        status = look_at_plane(ctx, cover, crs);
    zone_cover_split(cover->zone, count, cover->by_plane);
    return status;
}

/* ---------------------------------------------------------------- closure */

void zone_cover_lines(zone_context *ctx, const zone_cover *cover, zone_source *source, const char *const *names,
                      zone_exact rows, zone_table *table)
{
    const zone_cover_sums sums = {
        .data = zone_source_label(source),
        .zones = zone_source_label(cover->zones->source),
        .names = names,
        .zone = cover->zone,
        .count = zone_layer_count(cover->zones->layer),
        .whole = cover->whole,
        .inside = cover->inside,
        .drawn_whole = cover->drawn_whole,
        .drawn_outside = cover->drawn_outside,
        .by_plane = cover->by_plane,
        .zone_pairs =
            cover->zone_pairs.count ? zone_collisions_text(ctx, &cover->zone_pairs, cover->zones->batch.id) : NULL,
        .data_pairs =
            cover->data_pairs.count ? zone_collisions_text(ctx, &cover->data_pairs, cover->colliding.id) : NULL,
        .not_looked = cover->looked ? NULL : zone_tell(ctx, "not looked at: too many vertices")};

    zone_cover_sums_lines(ctx, &sums, rows, table);
}
