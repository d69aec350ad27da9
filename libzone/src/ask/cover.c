/* Cover: what of each zone is covered, covered again, and not covered. */
#include "ask/cover.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- zones */

static zone_status build_layer(zone_context *ctx, zone_projection *projection, const zone_batch *batch,
                               zone_layer **layer)
{
    zone_status status = zone_layer_create(ctx, projection, layer);

    if (!status)
        status = zone_layer_add(ctx, *layer, batch);
    return status ? status : zone_layer_finish(ctx, *layer);
}

/* Where zones collide, what lies in two of them must be taken from the sum of pieces once. Pairs do that; where three
 * meet, the union does. */
static zone_status share_zones(zone_context *ctx, zone_cover *cover)
{
    const zone_layer *zones = cover->zones->layer;

    if (cover->zone_pairs.count == 0)
        return ZONE_OK;
    cover->deep = zone_collisions_deep(&cover->zone_pairs);
    return cover->deep ? zone_layer_unite(ctx, zones, &cover->shared)
                       : zone_layer_intersect(ctx, zones, zones, &cover->shared);
}

zone_status zone_cover_open(zone_context *ctx, zone_cover *cover, zone_projection *projection, zone_loaded *zones)
{
    size_t count = zone_layer_count(zones->layer);
    zone_status status = ZONE_OK;

    *cover = (zone_cover){.projection = projection, .zones = zones, .looked = true};
    cover->zone = zone_allocate(ctx, count + 1, sizeof *cover->zone);
    if (!cover->zone)
        return ZONE_NO_MEMORY;
    for (size_t z = 0; z < count; z++)
        cover->zone[z].area = zone_layer_area(zones->layer, z);
    status = zone_collisions_find(ctx, zones->layer, &cover->zone_pairs);
    if (!status)
        status = share_zones(ctx, cover);
    return status ? status : zone_layer_create(ctx, projection, &cover->data);
}

void zone_cover_close(zone_cover *cover)
{
    zone_layer_free(cover->data);
    zone_layer_free(cover->shared);
    zone_batch_free(&cover->colliding);
    zone_collisions_free(&cover->data_pairs);
    zone_collisions_free(&cover->zone_pairs);
    free(cover->zone);
    *cover = (zone_cover){0};
}

/* ---------------------------------------------------------------- features */

static void take_shared(zone_cover *cover, const zone_piece *piece)
{
    uint32_t pair[2];

    if (cover->deep) {
        zone_exact_add(cover->inside, piece->area, &cover->inside);
        return;
    }
    zone_layer_pair(cover->shared, piece->member, pair);
    if (pair[0] < pair[1])
        zone_exact_add(cover->inside, -piece->area, &cover->inside);
}

zone_pass zone_cover_pass(const zone_cover *cover)
{
    return (zone_pass){cover->projection, cover->shared};
}

/* No more than can be looked at. */
static zone_status keep_data(zone_context *ctx, zone_cover *cover, const zone_batch *batch)
{
    cover->vertices += batch->vertex_count;
    if (cover->vertices > ZONE_COVER_VERTICES) {
        zone_layer_free(cover->data);
        cover->data = NULL;
        cover->looked = false;
    }
    return cover->data ? zone_layer_add(ctx, cover->data, batch) : ZONE_OK;
}

zone_status zone_cover_batch(zone_context *ctx, zone_cover *cover, const zone_batch *batch, const zone_result *shared)
{
    for (size_t f = 0; shared && f < batch->feature_count; f++)
        for (size_t i = shared->start[f]; batch->state[f] != ZONE_FEATURE_REJECTED && i < shared->start[f + 1]; i++)
            take_shared(cover, &shared->piece[i]);
    return keep_data(ctx, cover, batch);
}

zone_status zone_cover_take(zone_context *ctx, zone_cover *cover, const zone_batch *batch)
{
    const zone_pass pass = zone_cover_pass(cover);
    zone_result shared = {0};
    zone_status status = pass.layer ? zone_pass_batch(ctx, &pass, batch, &shared) : ZONE_OK;

    if (!status)
        status = zone_cover_batch(ctx, cover, batch, pass.layer ? &shared : NULL);
    zone_result_free(&shared);
    return status;
}

void zone_cover_feature(zone_cover *cover, zone_exact whole, const zone_piece *pieces, size_t count)
{
    zone_exact_add(cover->whole, whole, &cover->whole);
    for (size_t i = 0; i < count; i++) {
        zone_exact *sum = &cover->zone[pieces[i].member].sum;
        zone_exact_add(*sum, pieces[i].area, sum);
        if (!cover->deep)
            zone_exact_add(cover->inside, pieces[i].area, &cover->inside);
    }
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

/* Reads the source again and keeps the colliding features; the pairs are renumbered to them. */
static zone_status fetch_colliding(zone_context *ctx, zone_cover *cover, zone_source *source)
{
    zone_request request = {.shape = ZONE_SHAPE_AREA};
    size_t count = 0, at = 0, first = 0;
    uint32_t *members = list_members(ctx, &cover->data_pairs, &count);
    zone_batch batch = {0};
    zone_status status = members ? zone_source_rewind(ctx, source, &request) : ZONE_NO_MEMORY;

    while (!status && at < count) {
        status = zone_source_next(ctx, source, &batch);
        if (batch.feature_count == 0)
            break;
        for (; !status && at < count && members[at] < first + batch.feature_count; at++)
            status = zone_batch_add_copy(ctx, &cover->colliding, &batch, members[at] - first);
        first += batch.feature_count;
    }
    if (!status && at < count)
        status = zone_fail(ctx, ZONE_BAD_FILE, .file = zone_source_path(source), .layer = zone_source_layer(source),
                           .found = "fewer features when read again", .expected = "data that nobody changes meanwhile");
    for (size_t p = 0; !status && p < cover->data_pairs.count; p++) {
        zone_collision *pair = &cover->data_pairs.pair[p];
        pair->first = rank_of(members, count, pair->first);
        pair->second = rank_of(members, count, pair->second);
    }
    zone_batch_free(&batch);
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

static zone_status find_repeats(zone_context *ctx, zone_cover *cover, zone_source *source)
{
    zone_status status = ZONE_OK;

    if (!cover->data)
        return ZONE_OK;
    status = zone_layer_finish(ctx, cover->data);
    if (!status)
        status = zone_collisions_find(ctx, cover->data, &cover->data_pairs);
    zone_layer_free(cover->data);
    cover->data = NULL;
    if (status || cover->data_pairs.count == 0)
        return status;
    status = fetch_colliding(ctx, cover, source);
    if (!status)
        status = zone_collisions_repeat(ctx, cover->projection, &cover->colliding, &cover->data_pairs,
                                        cover->zones->layer, add_repeat, cover->zone);
    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++)
        zone_exact_add(cover->repeat, cover->zone[z].repeat, &cover->repeat);
    return status;
}

/* ---------------------------------------------------------------- the edge model */

/* The same cover on the grid, where edges with and without vertices between are one line. */
typedef struct {
    zone_projection *projection;
    zone_layer *zones;
    zone_cover_zone *zone;
} grid_cover;

static zone_status take_grid(void *user, const zone_batch *batch, const zone_result *results)
{
    grid_cover *grid = user;

    for (size_t f = 0; f < batch->feature_count; f++)
        for (size_t i = results->start[f]; batch->state[f] != ZONE_FEATURE_REJECTED && i < results->start[f + 1]; i++) {
            zone_exact *sum = &grid->zone[results->piece[i].member].sum;
            zone_exact_add(*sum, results->piece[i].area, sum);
        }
    return ZONE_OK;
}

static zone_status read_grid(zone_context *ctx, const zone_cover *cover, zone_source *source, grid_cover *grid)
{
    zone_request request = {.shape = ZONE_SHAPE_AREA};
    zone_status status = build_layer(ctx, grid->projection, &cover->zones->batch, &grid->zones);
    zone_pass pass = {grid->projection, grid->zones};

    if (!status)
        status = zone_stream(ctx, source, &request, &pass, 1, take_grid, grid);
    if (!status && cover->data_pairs.count)
        status = zone_collisions_repeat(ctx, grid->projection, &cover->colliding, &cover->data_pairs, grid->zones,
                                        add_repeat, grid->zone);
    return status;
}

static zone_exact missing_in(const zone_cover_zone *zone)
{
    return zone->area - zone->sum + zone->repeat;
}

static zone_exact magnitude(zone_exact area)
{
    return area < 0 ? -area : area;
}

/* What is missing on the grid is a gap in any method; the scale between grid and method varies by 1e-4 at most inside a
 * zone, so this can be told only while the gap is a small part of the zone. */
static void split_missing(zone_cover_zone *zone, const zone_cover_zone *grid, zone_exact grid_area)
{
    zone_exact on_grid = grid_area - grid->sum + grid->repeat, gap = 0;

    zone->gap = missing_in(zone);
    if (grid_area == 0 || magnitude(on_grid) > grid_area / 1000000)
        return;
    double scale = zone_exact_to_m2(zone->area) / zone_exact_to_m2(grid_area);
    if (zone_piece_counts(on_grid) && !zone_exact_from_m2(zone_exact_to_m2(on_grid) * scale, &gap))
        return;
    zone->edge = zone->gap - gap;
    zone->gap = gap;
}

/* Is there a zone of which so little is missing that the edge model may be the cause? Between a line of 20 km from west
 * to east and its half-way vertex lie 4 ha, 0.2 % of a zone of 1 km width. */
static bool doubtful(const zone_cover *cover)
{
    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++) {
        zone_exact missing = missing_in(&cover->zone[z]);
        if (zone_piece_counts(missing) && magnitude(missing) < cover->zone[z].area / 20)
            return true;
    }
    return false;
}

static zone_status split_by_grid(zone_context *ctx, zone_cover *cover, zone_source *source)
{
    size_t count = zone_layer_count(cover->zones->layer);
    grid_cover grid = {0};
    zone_method method;
    zone_status status = zone_method_parse(ctx, "grid", &method);

    if (!status)
        status = zone_projection_create(ctx, zone_source_crs(source)->wkt, &method, &grid.projection);
    if (status == ZONE_BAD_CRS) {
        zone_context_begin(ctx); /* without a grid it can't be told, and that is no error */
        return ZONE_OK;
    }
    grid.zone = zone_allocate(ctx, count + 1, sizeof *grid.zone);
    if (!status && !grid.zone)
        status = ZONE_NO_MEMORY;
    if (!status)
        status = read_grid(ctx, cover, source, &grid);
    for (size_t z = 0; z < count && !status; z++)
        if (zone_piece_counts(missing_in(&cover->zone[z])))
            split_missing(&cover->zone[z], &grid.zone[z], zone_layer_area(grid.zones, z));
    zone_layer_free(grid.zones);
    free(grid.zone);
    zone_projection_free(grid.projection);
    return status;
}

zone_status zone_cover_finish(zone_context *ctx, zone_cover *cover, zone_source *source)
{
    zone_status status = find_repeats(ctx, cover, source);

    if (status)
        return status;
    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++)
        cover->zone[z].gap = missing_in(&cover->zone[z]);
    bool on_grid = zone_projection_method(cover->projection)->kind == ZONE_METHOD_GRID;
    return on_grid || !doubtful(cover) ? ZONE_OK : split_by_grid(ctx, cover, source);
}

/* ---------------------------------------------------------------- closure */

/* Sums over all zones; each zone is named while there are few. */
enum { NAMED_ZONES = 64 };

static void zone_lines(zone_context *ctx, const zone_cover *cover, size_t z, const char *name, zone_table *table)
{
    const zone_cover_zone *zone = &cover->zone[z];

    zone_table_add_closure(table, "zone", name, zone->area, NULL);
    zone_table_add_closure(table, "covered", name, zone->sum - zone->repeat, NULL);
    zone_table_add_closure(table, "counted more than once", name, zone->repeat,
                           cover->looked ? NULL : zone_tell(ctx, "not looked at: too many vertices"));
    zone_table_add_closure(table, "gap", name, zone->gap,
                           cover->looked ? NULL : zone_tell(ctx, "less what is counted more than once"));
    zone_table_add_closure(table, "edge model", name, zone->edge, NULL);
}

static void all_zone_lines(zone_context *ctx, const zone_cover *cover, const char *const *names, zone_table *table)
{
    size_t count = zone_layer_count(cover->zones->layer);
    zone_cover_zone sum = {0}, *all = &sum;

    for (size_t z = 0; z < count; z++) {
        const zone_cover_zone *zone = &cover->zone[z];
        zone_exact *totals[] = {&all->area, &all->sum, &all->repeat, &all->gap, &all->edge};
        const zone_exact parts[] = {zone->area, zone->sum, zone->repeat, zone->gap, zone->edge};
        for (int i = 0; i < 5; i++)
            zone_exact_add(*totals[i], parts[i], totals[i]);
        if (count <= NAMED_ZONES)
            zone_lines(ctx, cover, z, names[z], table);
    }
    if (count > NAMED_ZONES) {
        zone_cover all_of_them = *cover;
        all_of_them.zone = all;
        zone_lines(ctx, &all_of_them, 0, zone_say(ctx, "%zu zones", count), table);
    }
}

void zone_cover_lines(zone_context *ctx, const zone_cover *cover, zone_source *source, const char *const *names,
                      zone_exact rows, zone_table *table)
{
    const char *data = zone_source_label(source), *zones = zone_source_label(cover->zones->source);
    zone_exact outside = cover->whole - cover->inside, again = -cover->inside;

    for (size_t z = 0; z < zone_layer_count(cover->zones->layer); z++)
        zone_exact_add(again, cover->zone[z].sum, &again);
    zone_table_add_closure(table, "whole", data, cover->whole, NULL);
    zone_table_add_closure(table, "sum of parts", NULL, rows, NULL);
    zone_table_add_closure(table, "outside every zone", data, outside, NULL);
    zone_table_add_closure(
        table, "counted more than once", zones, again,
        cover->zone_pairs.count ? zone_collisions_text(ctx, &cover->zone_pairs, cover->zones->batch.id) : NULL);
    zone_table_add_closure(table, "residual", NULL, cover->whole - rows - outside + again, NULL);
    zone_table_add_closure(table, "counted more than once", data, cover->repeat,
                           !cover->looked ? zone_tell(ctx, "not looked at: too many vertices")
                           : cover->data_pairs.count
                               ? zone_collisions_text(ctx, &cover->data_pairs, cover->colliding.id)
                               : NULL);
    all_zone_lines(ctx, cover, names, table);
    zone_table_add_closure(table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}
