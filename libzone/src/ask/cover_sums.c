/* Gaps, edge model and closure lines of a cover. */
#include "ask/cover_sums.h"

#include <math.h>

/* ---------------------------------------------------------------- the edge model */

static zone_exact missing_in(const zone_cover_zone *zone)
{
    return zone->area - zone->sum + zone->repeat;
}

static zone_exact magnitude(zone_exact area)
{
    return area < 0 ? -area : area;
}

/* In the drawing plane edges with and without vertices between are one line: what is left there is left in any method,
 * and the rest of `left` is the edge model's. The scale between plane and method varies by 1e-4 at most inside a zone,
 * so this can be told only while it is a small part of the whole. Both in the plane are m². */
static void split_left(double plane, double left_in_plane, zone_exact whole, zone_exact *left, zone_exact *edge)
{
    zone_exact real = 0;

    if (!(plane > 0.0) || fabs(left_in_plane) > 1e-6 * plane ||
        !zone_exact_from_m2(left_in_plane * (zone_exact_to_m2(whole) / plane), &real))
        return;
    real = zone_piece_counts(real) ? real : 0;
    *edge = *left - real;
    *left = real;
}

static void split_missing(zone_cover_zone *zone)
{
    split_left((double)zone->drawn_area * 0x1p-61, (double)zone->drawn * 0x1p-61 + zone_exact_to_m2(zone->drawn_repeat),
               zone->area, &zone->gap, &zone->edge);
}

void zone_cover_outside(zone_exact whole, zone_exact inside, zone_int128 drawn_whole, zone_int128 drawn_outside,
                        bool by_plane, zone_exact *outside, zone_exact *edge)
{
    *outside = whole - inside;
    *edge = 0;
    if (by_plane && zone_piece_counts(*outside))
        split_left((double)drawn_whole * 0x1p-61, (double)drawn_outside * 0x1p-61, whole, outside, edge);
}

bool zone_cover_doubtful(const zone_cover_zone *zone, size_t count)
{
    for (size_t z = 0; z < count; z++) {
        zone_exact missing = missing_in(&zone[z]);
        if (zone_piece_counts(missing) && magnitude(missing) < zone[z].area / 20)
            return true;
    }
    return false;
}

void zone_cover_split(zone_cover_zone *zone, size_t count, bool by_plane)
{
    bool splits = by_plane && zone_cover_doubtful(zone, count);

    for (size_t z = 0; z < count; z++) {
        zone[z].gap = missing_in(&zone[z]);
        zone[z].edge = 0;
        if (splits && zone_piece_counts(zone[z].gap))
            split_missing(&zone[z]);
    }
}

/* ---------------------------------------------------------------- closure */

/* Sums over all zones; each zone is named while there are few. */
enum { NAMED_ZONES = 64 };

static void zone_lines(zone_context *ctx, const zone_cover_sums *sums, const zone_cover_zone *zone, const char *name,
                       zone_table *table)
{
    zone_table_add_closure(table, "zone", name, zone->area, NULL);
    zone_table_add_closure(table, "covered", name, zone->sum - zone->repeat, NULL);
    zone_table_add_closure(table, "counted more than once", name, zone->repeat, sums->not_looked);
    zone_table_add_closure(table, "gap", name, zone->gap,
                           sums->not_looked ? zone_tell(ctx, "less what is counted more than once") : NULL);
    zone_table_add_closure(table, "edge model", name, zone->edge, NULL);
}

static void all_zone_lines(zone_context *ctx, const zone_cover_sums *sums, zone_table *table)
{
    zone_cover_zone all = {0};

    for (size_t z = 0; z < sums->count; z++) {
        const zone_cover_zone *zone = &sums->zone[z];
        zone_exact *totals[] = {&all.area, &all.sum, &all.repeat, &all.gap, &all.edge};
        const zone_exact parts[] = {zone->area, zone->sum, zone->repeat, zone->gap, zone->edge};
        for (int i = 0; i < 5; i++)
            zone_exact_add(*totals[i], parts[i], totals[i]);
        if (sums->count <= NAMED_ZONES)
            zone_lines(ctx, sums, zone, sums->names[z], table);
    }
    if (sums->count > NAMED_ZONES)
        zone_lines(ctx, sums, &all, zone_say(ctx, "%zu zones", sums->count), table);
}

void zone_cover_sums_lines(zone_context *ctx, const zone_cover_sums *sums, zone_exact rows, zone_table *table)
{
    zone_exact outside = 0, edge = 0, again = -sums->inside, repeat = 0, edges = 0;

    zone_cover_outside(sums->whole, sums->inside, sums->drawn_whole, sums->drawn_outside, sums->by_plane, &outside,
                       &edge);
    for (size_t z = 0; z < sums->count; z++) {
        zone_exact_add(edges, sums->zone[z].edge, &edges);
        zone_exact_add(again, sums->zone[z].sum, &again);
        zone_exact_add(repeat, sums->zone[z].repeat, &repeat);
    }
    zone_table_add_closure(table, "whole", sums->data, sums->whole, NULL);
    zone_table_add_closure(table, "sum of parts", NULL, rows, NULL);
    zone_table_add_closure(table, "outside every zone", sums->data, outside, NULL);
    zone_table_add_closure(table, "edge model", sums->data, edge, NULL);
    zone_table_add_closure(table, "counted more than once", sums->zones, again, sums->zone_pairs);
    zone_table_add_closure(table, "residual", NULL, sums->whole - rows - outside - edge + again, NULL);
    zone_table_add_closure(table, "counted more than once", sums->data, repeat,
                           sums->not_looked ? sums->not_looked : sums->data_pairs);
    all_zone_lines(ctx, sums, table);
    zone_table_add_closure(table, "edge model", NULL, edges - edge,
                           zone_tell(ctx, "zones less data, on borders they share"));
    zone_table_add_closure(table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}
