/* Partials: what a table is made of before anything is rounded, so that the tables of parts of the data can be merged
 * into the table of the whole. A partial is a handful of plain tables. */
#ifndef ZONE_BASE_PARTIAL_H
#define ZONE_BASE_PARTIAL_H

#include "base/table.h"

#define ZONE_PARTIAL_VERSION "2"

typedef enum {
    ZONE_PARTIAL_REQUEST, /* what was asked; the same in all partials that can be merged */
    ZONE_PARTIAL_COLUMNS, /* of the answer: zone columns, keys, methods, in this order */
    ZONE_PARTIAL_INPUTS,  /* the zones, if there are some, of a change the old date, then the parts of the data by label
                           */
    ZONE_PARTIAL_ZONES,   /* in their order */
    ZONE_PARTIAL_GROUPS,  /* sorted: order, key */
    ZONE_PARTIAL_UNKNOWN, /* classes that their edition does not have */
    ZONE_PARTIAL_COVERED, /* of a change: old features in a zone, and what the new date covers of them; sorted */
    ZONE_PARTIAL_TABLES
} zone_partial_part;

/* Columns of the tables, in their order. */
enum { ZONE_REQUEST_ITEM, ZONE_REQUEST_VALUE };
enum { ZONE_COLUMNS_ROLE, ZONE_COLUMNS_NAME, ZONE_COLUMNS_EDITION, ZONE_COLUMNS_BROAD, ZONE_COLUMNS_MEANS };
enum {
    ZONE_INPUTS_ROLE, /* "zones", "old" or "data" */
    ZONE_INPUTS_LABEL,
    ZONE_INPUTS_LAYER,
    ZONE_INPUTS_HASH,
    ZONE_INPUTS_DRIVER,
    ZONE_INPUTS_CRS,
    ZONE_INPUTS_ELLIPSOID,
    ZONE_INPUTS_ENCODING,
    ZONE_INPUTS_VERSIONS,
    ZONE_INPUTS_FEATURES,
    ZONE_INPUTS_USED,
    ZONE_INPUTS_REPAIRED,
    ZONE_INPUTS_REJECTED,
    ZONE_INPUTS_OUTSIDE,
    ZONE_INPUTS_LOOKED, /* for overlaps among its features: 0 or 1 */
    ZONE_INPUTS_CHANGE,
    ZONE_INPUTS_WHOLE,
    ZONE_INPUTS_INSIDE, /* of the union of the zones */
    ZONE_INPUTS_DRAWN,  /* in the drawing plane: all, and what is in no zone */
    ZONE_INPUTS_DRAWN_OUTSIDE,
    ZONE_INPUTS_SUM,    /* of all zones: what lies in each */
    ZONE_INPUTS_REPEAT, /* what of that (without zones: of all) is counted more than once */
    ZONE_INPUTS_FIRST_REPAIRED,
    ZONE_INPUTS_FIRST_REJECTED,
    ZONE_INPUTS_FIRST_OUTSIDE,
    ZONE_INPUTS_PAIRS, /* which of its features overlap each other */
    ZONE_INPUTS_COLUMNS
};
enum {
    ZONE_ZONES_LABEL,
    ZONE_ZONES_AREA,
    ZONE_ZONES_SUM,
    ZONE_ZONES_REPEAT,
    ZONE_ZONES_DRAWN, /* in the drawing plane: all, what is left of it, and what is counted again */
    ZONE_ZONES_DRAWN_LEFT,
    ZONE_ZONES_DRAWN_REPEAT,
    ZONE_ZONES_TEXTS /* from here on a text a zone column */
};
enum {
    ZONE_GROUPS_ORDER, /* the zone's place */
    ZONE_GROUPS_PIECES,
    ZONE_GROUPS_CUT,
    ZONE_GROUPS_AREAS /* from here on an area a method, then a text a key */
};
enum { ZONE_UNKNOWN_KEY, ZONE_UNKNOWN_EDITION, ZONE_UNKNOWN_CODE, ZONE_UNKNOWN_FEATURES };
enum {
    ZONE_COVERED_FEATURE, /* its place in the old layer */
    ZONE_COVERED_ZONE,
    ZONE_COVERED_GROUP, /* row of GROUPS that counts it */
    ZONE_COVERED_AREA,  /* of the feature in the zone, by the asked method */
    ZONE_COVERED_COVERED
};

struct zone_partial {
    zone_table *table[ZONE_PARTIAL_TABLES];
    size_t zone_columns, keys, methods; /* rows of COLUMNS by role */
};

/* The tables with their fixed columns; those that depend on the answer come with zone_partial_widen. NULL when memory
 * is short. */
zone_partial *zone_partial_create(void);
void zone_partial_free(zone_partial *partial);

const char *zone_partial_name(zone_partial_part part); /* in files: "unknown classes" */

/* After the last row of COLUMNS: the columns of ZONES and GROUPS that depend on them. False when roles are unknown, out
 * of order, or there is no method. */
bool zone_partial_widen(zone_partial *partial);

/* The value of an item of the request; NULL: there is none. */
const char *zone_partial_request(const zone_partial *partial, const char *item);

#endif
