/* Closure lines of a cover. */
#include "ask/cover_lines.h"

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
    zone_exact outside = sums->whole - sums->inside, again = -sums->inside, repeat = 0;

    for (size_t z = 0; z < sums->count; z++) {
        zone_exact_add(again, sums->zone[z].sum, &again);
        zone_exact_add(repeat, sums->zone[z].repeat, &repeat);
    }
    zone_table_add_closure(table, "whole", sums->data, sums->whole, NULL);
    zone_table_add_closure(table, "sum of parts", NULL, rows, NULL);
    zone_table_add_closure(table, "outside every zone", sums->data, outside, NULL);
    zone_table_add_closure(table, "counted more than once", sums->zones, again, sums->zone_pairs);
    zone_table_add_closure(table, "residual", NULL, sums->whole - rows - outside + again, NULL);
    zone_table_add_closure(table, "counted more than once", sums->data, repeat,
                           sums->not_looked ? sums->not_looked : sums->data_pairs);
    all_zone_lines(ctx, sums, table);
    zone_table_add_closure(table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}
