/* 平差: parts forced to a control area, only when asked, and who changed by how much. */
#ifndef ZONE_ASK_CONTROL_H
#define ZONE_ASK_CONTROL_H

#include "base/table.h"

/* Forces the area column of the finished rows to `control` ("1000000.00" in `unit`, NULL m2; its decimals are those of
 * the count) by `scheme`: "all" (NULL) or "cut", which changes only rows with cut[row] (NULL: there are none and "cut"
 * is ZONE_BAD_USAGE). Rows without an area take no part. Adds a text column "adjustment" with the change of each row
 * that has one, and closure lines. NULL control: does nothing. */
zone_status zone_control_apply(zone_context *ctx, zone_table *table, int column, const char *control,
                               const char *scheme, const char *unit, const bool *cut);

#endif
