/* PROJ without messages and without network. */
#include "read/proj_context.h"

#include <proj_experimental.h>
#include <stddef.h>

static void ignore(void *user, int level, const char *message)
{
    (void)user;
    (void)level;
    (void)message;
}

PJ_CONTEXT *zone_proj_open(void)
{
    PJ_CONTEXT *proj = proj_context_create();

    if (proj) {
        proj_log_func(proj, NULL, ignore);
        proj_context_set_enable_network(proj, 0);
    }
    return proj;
}

PJ *zone_proj_horizontal(PJ_CONTEXT *proj, PJ *crs, int bare)
{
    while (crs) {
        PJ_TYPE type = proj_get_type(crs);
        PJ *inner = NULL;
        if (type == PJ_TYPE_COMPOUND_CRS)
            inner = proj_crs_get_sub_crs(proj, crs, 0);
        else if (type == PJ_TYPE_GEOGRAPHIC_3D_CRS)
            inner = proj_crs_demote_to_2D(proj, NULL, crs);
        else if (type == PJ_TYPE_BOUND_CRS && bare)
            inner = proj_get_source_crs(proj, crs);
        else
            break;
        proj_destroy(crs);
        crs = inner;
    }
    return crs;
}
