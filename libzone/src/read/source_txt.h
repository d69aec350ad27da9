/* 国土TXT: the text form in which land offices send red lines. Its dialects: libzone/doc/txt.md. */
#ifndef ZONE_READ_SOURCE_TXT_H
#define ZONE_READ_SOURCE_TXT_H

#include "read/plot_layer.h"

/* Is the file at `path` one? By its content, and where that has no header by its extension, too. */
bool zone_txt_recognise(const char *path);

/* The file as a data set that the caller closes. Errors: ZONE_BAD_FILE, ZONE_BAD_CRS with the line, ZONE_TOO_LARGE. */
zone_status zone_txt_open(zone_context *ctx, const char *path, const zone_source_options *options, GDALDatasetH *made,
                          zone_text_facts *facts);

#endif
