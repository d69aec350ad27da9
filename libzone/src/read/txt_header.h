/* The header of a 国土TXT: [属性描述], lines KEY=VALUE. */
#ifndef ZONE_READ_TXT_HEADER_H
#define ZONE_READ_TXT_HEADER_H

#include "read/axes.h"

/* Zeroed but for `family` nothing is said. */
typedef struct {
    zone_crs_family family;
    int width, zone, zone_line;
    bool foreign; /* a projection, a unit or a datum that no registered system has */
    int foreign_line;
    char foreign_text[128];
    bool shifted; /* it has parameters of a datum shift */
} zone_txt_header;

/* Takes a line; it is written into. Keys that say nothing of coordinates are passed over. Errors: ZONE_BAD_FILE (a
 * figure that is none, with the line). */
zone_status zone_txt_header_take(zone_context *ctx, const char *path, int line, char *text, zone_txt_header *header);

#endif
