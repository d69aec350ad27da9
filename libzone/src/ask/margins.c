/* Both margins of a change. */
#include "ask/margins.h"

#include "ask/cover_sums.h"

/* What of a date is counted is the sum of the rows that it covers. */
static void date_lines(const zone_margins *margins, int date, zone_exact rows, zone_table *table)
{
    const zone_margin *margin = &margins->date[date];
    const char *label = margin->label;
    zone_exact outside = 0, edge = 0, again = 0;

    zone_table_add_closure(table, "whole", label, margin->whole, NULL);
    if (margins->zoned) {
        zone_cover_outside(margin->whole, margin->inside, margin->drawn_whole, margin->drawn_outside, margin->by_plane,
                           &outside, &edge);
        again = margin->sum - margin->inside;
        zone_table_add_closure(table, "outside every zone", label, outside, NULL);
        zone_table_add_closure(table, "edge model", label, edge, NULL);
        zone_table_add_closure(table, "in more than one zone", label, again, margins->zone_pairs);
    }
    zone_table_add_closure(table, "sum of parts", label, rows, NULL);
    zone_table_add_closure(table, "residual", label, margin->whole - outside - edge + again - rows, NULL);
    zone_table_add_closure(table, "counted more than once", label, margin->repeat,
                           margin->not_looked ? margin->not_looked : margin->pairs);
}

/* Land that one date covers twice is in the rows of both dates twice, so the other date lacks it: its remainders are
 * less by as much, and may be below 0. */
static const char *remainder_detail(zone_context *ctx, const zone_margin *other)
{
    if (other->not_looked || other->repeat != 0)
        return zone_say(ctx, "less what %s counts more than once on it; below 0 where that is more", other->label);
    return NULL;
}

void zone_margins_lines(zone_context *ctx, const zone_margins *margins, const zone_transition *transition,
                        zone_table *table)
{
    const zone_margin *date = margins->date;
    const zone_exact *sum = transition->sum;

    date_lines(margins, 0, sum[ZONE_BOTH_DATES] + sum[ZONE_NOT_AT_2], table);
    date_lines(margins, 1, sum[ZONE_BOTH_DATES] + sum[ZONE_NOT_AT_1], table);
    zone_table_add_closure(table, "both dates", NULL, sum[ZONE_BOTH_DATES], NULL);
    zone_table_add_closure(table, "not covered at date 1", date[1].label, sum[ZONE_NOT_AT_1],
                           remainder_detail(ctx, &date[0]));
    zone_table_add_closure(table, "not covered at date 2", date[0].label, sum[ZONE_NOT_AT_2],
                           remainder_detail(ctx, &date[1]));
    for (int d = 0; d < 2; d++)
        zone_table_add_closure(table, "repaired", date[d].label, date[d].repaired, NULL);
    zone_table_add_closure(table, "rounding", NULL, 0,
                           zone_tell(ctx, "parts are rounded together and add up to the rounded total"));
}
