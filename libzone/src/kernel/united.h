/* United: the area that a feature has in common with the union of members that overlap each other.
 *
 * The border of A ∩ (B ∪ C ∪ …) runs along the edges of A there where a member or more holds them, and along those of
 * each member there where A holds them and no other member does. So it is a sum over portions of edges between
 * crossings, as in kernel/depth.h, of the edges near the feature only: no union is built. The feature is before all
 * members in the order in which the edges are moved (kernel/predicate.h). A feature and members are valid polygons: the
 * edges have the inside on the left and weight ±1. */
#ifndef ZONE_KERNEL_UNITED_H
#define ZONE_KERNEL_UNITED_H

#include "kernel/overlap.h"

/* An edge across an edge. */
typedef struct {
    size_t at, other_at;  /* the corners that the present edge and the other leave */
    const zone_edge *own; /* the present one, while they are sorted */
    zone_edge other;      /* its member: 0 the feature, else 1 + the number of the member */
    double along, across; /* fractions of the two at the crossing */
    int sign;             /* of the other's winding, along the present edge in its canonical direction */
} zone_meeting;

typedef struct {
    zone_meeting *meeting;
    size_t count, capacity;
} zone_meetings;

/* Work space, kept from feature to feature; zeroed it is empty. */
typedef struct {
    zone_meetings of_edge, of_feature;
    zone_numbers near, found, others;
    zone_numbers cutting; /* the members whose edges come near the feature */
} zone_united_space;
void zone_united_free(zone_united_space *space);

/* A feature, and what it was found to have in common with each member near it. */
typedef struct {
    const zone_bag *feature; /* its corners are there where a share is cut */
    zone_area_sum whole;
    const zone_members *members;
    const zone_share *share;
    size_t count;
} zone_united;

/* What all members together hold of the feature. Most have it from their shares: a member holds all of it, or no two
 * share a place. */
zone_status zone_united_find(zone_context *ctx, zone_united_space *space, const zone_united *united,
                             zone_area_sum *sum);

#endif
