/* Parts of a change: what their partials have beside those of other questions. */
#ifndef ZONE_ASK_PARTS_CHANGE_H
#define ZONE_ASK_PARTS_CHANGE_H

#include "ask/covered.h"
#include "ask/parts.h"

/* Do the groups of both dates add up to what the inputs say, and does every old feature that is covered have its group?
 * The rows of a partial whose other tables make sense. */
bool zone_parts_change_agrees(const zone_partial *partial);

/* The old date of both is one: its row of inputs but for its name, its groups, its unknown classes. */
zone_status zone_parts_change_compare(zone_context *ctx, const zone_part *part, const zone_part *first);

/* Is the row of a table (GROUPS or UNKNOWN) of the old date alone, and so the same in all parts? */
bool zone_parts_change_is_old(const zone_partial *partial, zone_partial_part table, size_t row);

/* Adds what the part covers to the list; groups are those into which the parts' groups were merged. */
zone_status zone_parts_change_cover(zone_context *ctx, const zone_partial *partial, zone_groups *groups,
                                    zone_covered *covered);

#endif
