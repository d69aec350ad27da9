/* Clipping. */
#include "read/clip.h"

#include "read/fixture.h"
#include "read/geometry.h"

#include <ogr_api.h>

static void add(zone_context *ctx, zone_batch *batch, const char *wkt)
{
    zone_geometry *geometry = NULL;

    EXPECT_INT(zone_geometry_from_wkt(ctx, wkt, &geometry), ZONE_OK);
    EXPECT_INT(zone_geometry_to_batch(ctx, geometry, 1, batch), ZONE_OK);
    zone_geometry_free(geometry);
}

/* 0: a square of 10; 1: one beside it and over half of it; 2: one that only touches it; 3: a bow-tie; 4: with a hole.
 */
static void draw(zone_context *ctx, zone_batch *batch)
{
    add(ctx, batch, "POLYGON((0 0,10 0,10 10,0 10,0 0))");
    add(ctx, batch, "POLYGON((5 0,15 0,15 10,5 10,5 0))");
    add(ctx, batch, "POLYGON((10 0,20 0,20 10,10 10,10 0))");
    add(ctx, batch, "POLYGON((0 0,10 10,10 0,0 10,0 0))");
    add(ctx, batch, "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 8,8 8,8 2,2 2))");
}

static OGRGeometryH end(zone_context *ctx, zone_clip *clip, bool *empty)
{
    size_t size = 0;
    OGRGeometryH shape = NULL;
    const unsigned char *wkb = zone_clip_end(ctx, clip, &size, empty);

    EXPECT(wkb && OGR_G_CreateFromWkb(wkb, NULL, &shape, (int)size) == OGRERR_NONE);
    EXPECT_INT(OGR_G_GetGeometryType(shape), wkbMultiPolygon);
    EXPECT(*empty == (OGR_G_IsEmpty(shape) != 0));
    EXPECT(OGR_G_IsValid(shape));
    return shape;
}

static double area_of(zone_context *ctx, zone_clip *clip, bool *empty)
{
    OGRGeometryH shape = end(ctx, clip, empty);
    double area = OGR_G_Area(shape);

    OGR_G_DestroyGeometry(shape);
    return area;
}

TEST(pieces_are_what_is_kept_and_not_removed)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_clip *clip = NULL;
    bool empty = true;
    draw(ctx, &batch);

    EXPECT_INT(zone_clip_open(ctx, &clip), ZONE_OK);
    EXPECT_INT(zone_clip_begin(ctx, clip, &batch, 0), ZONE_OK);
    EXPECT_REAL(area_of(ctx, clip, &empty), 100, 0);
    for (int times = 0; times < 2; times++) { /* the second time from memory */
        zone_clip_begin(ctx, clip, &batch, 0);
        EXPECT_INT(zone_clip_keep(ctx, clip, &batch, 1), ZONE_OK);
        EXPECT_REAL(area_of(ctx, clip, &empty), 50, 1e-12);
    }
    zone_clip_begin(ctx, clip, &batch, 0);
    EXPECT_INT(zone_clip_remove(ctx, clip, &batch, 1), ZONE_OK);
    EXPECT_INT(zone_clip_keep(ctx, clip, &batch, 4), ZONE_OK);
    EXPECT_REAL(area_of(ctx, clip, &empty), 50 - 18, 1e-12);
    EXPECT(!empty);
    zone_clip_close(clip);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(lines_that_are_left_over_are_no_piece)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_clip *clip = NULL;
    bool empty = false;
    draw(ctx, &batch);

    zone_clip_open(ctx, &clip);
    zone_clip_begin(ctx, clip, &batch, 0);
    zone_clip_keep(ctx, clip, &batch, 2);
    EXPECT_REAL(area_of(ctx, clip, &empty), 0, 0);
    EXPECT(empty);
    zone_clip_close(clip);
    zone_clip_close(NULL);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(what_geos_refuses_is_repaired_first)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_clip *clip = NULL;
    bool empty = false;
    draw(ctx, &batch);

    zone_clip_open(ctx, &clip);
    zone_clip_begin(ctx, clip, &batch, 3);
    EXPECT_INT(zone_clip_keep(ctx, clip, &batch, 0), ZONE_OK);
    EXPECT_REAL(area_of(ctx, clip, &empty), 50, 1e-9); /* both halves of the bow-tie */
    zone_clip_close(clip);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}

TEST(slivers_of_rounding_are_no_parts)
{
    zone_context *ctx = new_context();
    zone_batch batch = {0};
    zone_clip *clip = NULL;
    bool empty = false;
    add(ctx, &batch, "POLYGON((441000 3218000,441010 3218000,441010 3218010,441000 3218010,441000 3218000))");
    /* Beside it but for a nanometre, and with a foot that is over it. */
    add(ctx, &batch,
        "POLYGON((441009.999999999 3218000,441020 3218000,441020 3218020,441005 3218020,441005 3218009,"
        "441006 3218009,441006 3218011,441009.999999999 3218011,441009.999999999 3218000))");

    zone_clip_open(ctx, &clip);
    zone_clip_begin(ctx, clip, &batch, 0);
    zone_clip_keep(ctx, clip, &batch, 1);
    OGRGeometryH shape = end(ctx, clip, &empty);
    EXPECT_INT(OGR_G_GetGeometryCount(shape), 1);
    EXPECT_REAL(OGR_G_Area(shape), 1, 1e-6);
    OGR_G_DestroyGeometry(shape);
    zone_clip_close(clip);
    zone_batch_free(&batch);
    zone_context_free(ctx);
}
