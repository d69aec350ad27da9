/* What is called surely sound is valid for GEOS too, whatever it is; and what land looks like is called so. */
#include "read/simple.h"

#include "read/fixture.h"
#include "read/geos.h"

static uint64_t state = 20261124;

static double noise(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) * 0x1p-53;
}

static void add_star(zone_rings *rings, bool hole, double x, double y, double size, size_t count, double rough)
{
    double *px = NULL, *py = NULL;

    zone_rings_add(NULL, rings, hole, count, &px, &py);
    for (size_t k = 0; k < count; k++) {
        double angle = 6.283185307179586 * (double)k / (double)count;
        double radius = size * (1.0 + rough * (noise() - 0.5));
        px[k] = x + radius * cos(angle);
        py[k] = y + radius * sin(angle);
    }
}

/* Vertices anywhere on a coarse grid: touches, folds and crossings of every kind. */
static void add_chaos(zone_rings *rings, bool hole, size_t count, double cells)
{
    double *px = NULL, *py = NULL;

    zone_rings_add(NULL, rings, hole, count, &px, &py);
    for (size_t k = 0; k < count; k++) {
        px[k] = 441000.0 + floor(cells * noise());
        py[k] = 3218000.0 + floor(cells * noise());
    }
}

static bool surely(const zone_rings *rings)
{
    zone_simple simple = {0};
    bool sure = zone_simple_surely(NULL, &simple, rings);

    zone_simple_free(&simple);
    return sure;
}

static bool valid(const zone_rings *rings)
{
    zone_geos geos;

    zone_geos_open(NULL, &geos);
    GEOSGeometry *geometry = zone_geos_from_rings(&geos, rings);
    bool answer = geometry && GEOSisValid_r(geos.handle, geometry) == 1;
    GEOSGeom_destroy_r(geos.handle, geometry);
    zone_geos_close(&geos);
    return answer;
}

TEST(nothing_invalid_is_ever_called_sound)
{
    size_t sure = 0, sound = 0;

    for (int round = 0; round < 20000; round++) {
        zone_rings rings = {.shape = ZONE_SHAPE_AREA};
        size_t holes = (size_t)(3.0 * noise());
        add_chaos(&rings, false, 3 + (size_t)(5.0 * noise()), 12.0);
        for (size_t h = 0; h < holes; h++)
            add_chaos(&rings, noise() < 0.7, 3 + (size_t)(2.0 * noise()), 12.0);
        bool said = surely(&rings), is = valid(&rings);
        sure += said;
        sound += is;
        if (said && !is)
            TEST_FAIL("round %d is called sound and is not", round);
        zone_rings_free(&rings);
    }
    EXPECT(sound > 1000 && 3 * sure > 2 * sound); /* what is left to GEOS is what touches */
}

TEST(parcels_holes_and_parts_apart_are_known_at_once)
{
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};

    add_star(&rings, false, 40441000.0, 3218000.0, 50.0, 33, 0.1);
    EXPECT(surely(&rings));
    add_star(&rings, true, 40441010.0, 3218000.0, 10.0, 12, 0.1);
    add_star(&rings, true, 40440980.0, 3218000.0, 10.0, 12, 0.1);
    EXPECT(surely(&rings));
    add_star(&rings, false, 40441200.0, 3218000.0, 50.0, 300, 0.5);
    EXPECT(surely(&rings));
    add_star(&rings, true, 40441010.0, 3218000.0, 3.0, 12,
             0.1); /* belongs to the part before it, but lies in another */
    EXPECT(!surely(&rings));
    zone_rings_free(&rings);
}

TEST(holes_in_holes_and_parts_in_parts_are_left_to_geos)
{
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};

    add_star(&rings, false, 441000.0, 3218000.0, 50.0, 20, 0.0);
    add_star(&rings, true, 441000.0, 3218000.0, 20.0, 20, 0.0);
    add_star(&rings, true, 441000.0, 3218000.0, 10.0, 20, 0.0);
    EXPECT(!surely(&rings) && !valid(&rings));
    zone_rings_clear(&rings);
    rings.shape = ZONE_SHAPE_AREA;
    add_star(&rings, false, 441000.0, 3218000.0, 50.0, 20, 0.0);
    add_star(&rings, false, 441000.0, 3218000.0, 20.0, 20, 0.0);
    EXPECT(!surely(&rings) && !valid(&rings));
    zone_rings_free(&rings);
}

TEST(a_ring_that_turns_twice_is_no_star)
{
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    double *x = NULL, *y = NULL;

    zone_rings_add(NULL, &rings, false, 14, &x, &y);
    for (int k = 0; k < 14; k++) {
        x[k] = 441000.0 + (10.0 + k) * cos(6.283185307179586 * 2 * k / 14);
        y[k] = 3218000.0 + (10.0 + k) * sin(6.283185307179586 * 2 * k / 14);
    }
    EXPECT(!surely(&rings) && !valid(&rings));
    zone_rings_free(&rings);
}
