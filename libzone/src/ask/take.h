/* Takes: what of a layer, or of other sites, a site takes by the rule of a check; measured by the kernel, drawn by GEOS
 * where a place, a width or a geometry is asked for. */
#ifndef ZONE_ASK_TAKE_H
#define ZONE_ASK_TAKE_H

#include "ask/spot.h"
#include "ask/widths.h"
#include "read/clip.h"

/* What the site has in common with one feature. */
typedef struct {
    const zone_batch *batch; /* of the feature */
    size_t feature;
    zone_exact area;
    zone_int128 drawn; /* in the drawing plane */
    const char *id;    /* of the feature; NULL */
    const char *code;  /* its class; NULL */
    double kept;       /* what counts of its area: 1, or less for ridges */
    double width;      /* m, mean width 2S/L (of the widest polygon), once it was measured; NAN */
    double trimmed;    /* m: its polygons narrower than this are not of it; 0: all are */
    bool sliver;       /* all of it is narrower than the check's `narrow`: not counted */
    bool counts;       /* for the rule (of a rule of classes: the class does) */
} zone_part;

/* The rule decides what is measured: the parts that count, all together or the largest; of `inside` and `use` what they
 * leave of the site; of `near` what they have beside it. */
typedef struct {
    bool widths;   /* set by the caller: of every part, also of those that are surely no slivers */
    bool rest;     /* measured is what the counted parts leave of the site */
    bool beside;   /* parts are of the widened site, less the site */
    bool of_sites; /* parts are other sites of the batch */
    zone_part *part;
    size_t count, capacity;
    size_t largest; /* of the parts that count; `count` when there is none */
    zone_exact area;
    zone_int128 drawn;
    const zone_batch *near; /* of `beside`: the widened sites */
    bool again;             /* parts that count have all they hold, and what they share is taken off `area` */
    bool repeats;           /* parts lie on each other; what they share is in `area` once */
    bool one_piece;         /* of `rest`: measured is its largest polygon only */
    bool plane;             /* `drawn` is the measured area in the plane (where land repeats it can't be told) */
    zone_int128 strip; /* `drawn` up to this is nothing: coordinates are rounded, and make a strip along the border */
    zone_exact edge;   /* not measured: exists by the area method only, between borders that are one line when drawn */
    zone_exact slivers;
    size_t sliver_count;
    zone_spot_area *spot; /* work space of places */
    size_t spot_capacity;
    zone_spot_space space;
} zone_take;

/* In place of what the take held. */
zone_status zone_take_measure(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take);
void zone_take_free(zone_take *take);

/* A point in what was measured (its largest part); false where it is too thin for one. */
zone_status zone_take_place(zone_trial *trial, size_t site, const zone_plan_check *check, zone_take *take, bool *found,
                            double place[2]);

/* What was measured, by the method of another projection. */
zone_status zone_take_by_method(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                                zone_projection *projection, zone_exact *area);

/* The geometry of a part (of `rest`: part is ignored and all that the measured parts leave comes), as zone_clip_end has
 * it. */
zone_status zone_take_clip(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take,
                           size_t part, zone_clip *clip, const unsigned char **wkb, size_t *size, bool *empty);

#endif
