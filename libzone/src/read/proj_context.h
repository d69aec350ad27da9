/* PROJ without messages and without network. */
#ifndef ZONE_READ_PROJ_CONTEXT_H
#define ZONE_READ_PROJ_CONTEXT_H

#include <proj.h>

/* NULL when memory is short. End with proj_context_destroy. */
PJ_CONTEXT *zone_proj_open(void);

/* The horizontal, two-dimensional part of a reference system; with `bare` also without parameters of a datum shift that
 * were tied to it. Takes `crs` over. NULL for NULL. */
PJ *zone_proj_horizontal(PJ_CONTEXT *proj, PJ *crs, int bare);

#endif
