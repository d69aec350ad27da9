/* Points in zones: the question "tabulate" where the data are points. */
#ifndef ZONE_ASK_POINTS_H
#define ZONE_ASK_POINTS_H

#include "base/table.h"
#include "read/source.h"

/* As zone_tabulate. ZONE_BAD_USAGE for options that need an area: explain, control. */
zone_status zone_points(zone_context *ctx, zone_source *data, zone_source *zones, const zone_tabulate_options *options,
                        zone_table **table);

#endif
