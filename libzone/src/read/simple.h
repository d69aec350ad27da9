/* Simple: areas that are surely sound, told without building anything. */
#ifndef ZONE_READ_SIMPLE_H
#define ZONE_READ_SIMPLE_H

#include "read/rings.h"

/* Scratch, kept from feature to feature; zeroed it is empty. */
typedef struct {
    float *west, *east, *south, *north; /* of edges, counted from the first vertex, rounded outwards */
    size_t capacity;
} zone_simple;
void zone_simple_free(zone_simple *simple);

/* True only when the area is valid in the sense of the OGC: no ring touches itself or another, holes lie in their outer
 * ring and in no other hole, parts lie apart. False says nothing: what touches, what has many edges, and what is so
 * close that doubles can't tell is left to GEOS. */
bool zone_simple_surely(zone_context *ctx, zone_simple *simple, const zone_rings *rings);

#endif
