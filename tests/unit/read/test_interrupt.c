#include "read/interrupt.h"

#include "read/fixture.h"
#include "read/geos.h"

static int host_calls;

static void host(void)
{
    host_calls++;
}

/* A buffer of a line of 1000 vertices; false when GEOS was stopped. */
static bool work(zone_geos *geos)
{
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(geos->handle, 1000, 2);

    for (unsigned i = 0; i < 1000; i++)
        GEOSCoordSeq_setXY_r(geos->handle, points, i, i, i % 2 * 10.0);
    GEOSGeometry *line = GEOSGeom_createLineString_r(geos->handle, points);
    GEOSGeometry *made = GEOSBuffer_r(geos->handle, line, 3.0, 8);
    bool done = made != NULL;
    GEOSGeom_destroy_r(geos->handle, made);
    GEOSGeom_destroy_r(geos->handle, line);
    return done;
}

TEST(what_geos_does_stops_when_its_context_is_cancelled)
{
    zone_context *ctx = new_context();
    zone_geos geos;

    zone_geos_open(ctx, &geos);
    zone_interrupt_begin(ctx);
    EXPECT(work(&geos));
    zone_cancel(ctx);
    EXPECT(!work(&geos));
    EXPECT_CONTAINS(geos.message, "Interrupted");
    zone_interrupt_end();
    EXPECT(work(&geos)); /* nobody looks any more */
    zone_geos_close(&geos);
    zone_context_free(ctx);
}

TEST(the_callback_of_a_host_is_called_and_put_back)
{
    zone_context *ctx = new_context();
    zone_geos geos;

    zone_geos_open(ctx, &geos);
    GEOS_interruptRegisterCallback(host);
    zone_interrupt_begin(ctx);
    EXPECT(work(&geos));
    EXPECT(host_calls > 0);
    zone_interrupt_end();
    EXPECT(GEOS_interruptRegisterCallback(NULL) == host);
    zone_geos_close(&geos);
    zone_context_free(ctx);
}
