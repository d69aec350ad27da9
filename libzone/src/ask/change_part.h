/* A change over a part of the new date: its sums as a partial. */
#ifndef ZONE_ASK_CHANGE_PART_H
#define ZONE_ASK_CHANGE_PART_H

#include "ask/partial.h"
#include "ask/remainders.h"
#include "ask/transition.h"

/* All of it borrowed, from a run that has read both dates. */
typedef struct {
    zone_source *old, *new;
    const char *by, *by_new, *zone_by; /* as they were asked for */
    const char *zone_pairs;            /* which zones collide; NULL: none */
    const zone_methods *methods;
    zone_transition *transition; /* "not covered at date 2" holds all of the old date */
    const zone_zoning *zoning;
    const zone_remainders *rest; /* with the areas kept, less what the part covers */
    const zone_batch *features;  /* of the old date */
    const zone_books *books[2];
    const zone_cover *cover; /* of both dates */
    const zone_exact *repeat;
} zone_change_part;

/* Gives the table its partial; after that the transition holds what the part alone comes to. */
zone_status zone_change_part_make(zone_context *ctx, const zone_change_part *part, zone_table *table);

#endif
