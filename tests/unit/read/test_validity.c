#include "read/validity.h"

#include "read/fixture.h"

static const zone_crs metres = {.kind = ZONE_CRS_PROJECTED, .metres = 1.0};
static const zone_crs feet = {.kind = ZONE_CRS_PROJECTED, .metres = 1200.0 / 3937.0};
static const zone_crs degrees = {.kind = ZONE_CRS_GEOGRAPHIC, .semi_major = 6378137.0, .metres = 1.0};

static zone_verdict judge(zone_invalid policy, const zone_crs *crs, const double *xy, size_t count, size_t *ring_count)
{
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    zone_verdict verdict;
    zone_geos geos;
    zone_simple simple = {0};
    double *x, *y;

    zone_geos_open(ctx, &geos);
    zone_rings_add(ctx, &rings, false, count, &x, &y);
    for (size_t i = 0; i < count; i++) {
        x[i] = xy[2 * i];
        y[i] = xy[2 * i + 1];
    }
    zone_rings_open_last(&rings);
    EXPECT_INT(zone_validity_judge(ctx, &geos, &simple, policy, crs, &rings, &verdict), ZONE_OK);
    *ring_count = rings.ring_count;
    zone_rings_free(&rings);
    zone_simple_free(&simple);
    zone_geos_close(&geos);
    zone_context_free(ctx);
    return verdict;
}

static const double square[] = {0, 0, 100, 0, 100, 100, 0, 100, 0, 0};
static const double bow_tie[] = {0, 0, 100, 100, 100, 0, 0, 100, 0, 0};
static const double collapsed[] = {0, 0, 100, 0, 50, 0, 0, 0};

TEST(a_sound_area_is_used_without_a_word)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &metres, square, 5, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_USED);
    EXPECT_TEXT(verdict.reason, "");
    EXPECT_INT(rings, 1);
}

TEST(a_bow_tie_is_repaired_with_reason_place_and_change_of_area)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &metres, bow_tie, 5, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_REPAIRED);
    EXPECT_TEXT(verdict.reason, "Self-intersection at 50 50");
    EXPECT_REAL(verdict.area_change, 5000.0, 1e-9); /* as drawn its lobes cancel */
    EXPECT_INT(rings, 2);
}

TEST(rejected_and_refused_areas_have_no_rings_left)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REJECT, &metres, bow_tie, 5, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_REJECTED);
    EXPECT_INT(rings, 0);
    verdict = judge(ZONE_REFUSE, &metres, bow_tie, 5, &rings);
    EXPECT(verdict.state == ZONE_FEATURE_REJECTED);
    EXPECT_TEXT(verdict.place, "50 50");
}

TEST(an_area_of_nothing_is_rejected_even_when_repair_is_asked)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &metres, collapsed, 4, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_REJECTED);
    EXPECT_CONTAINS(verdict.reason, "no area is left");
    EXPECT_INT(rings, 0);
}

TEST(a_ring_left_open_is_closed_and_told)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &metres, square, 4, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_REPAIRED);
    EXPECT_TEXT(verdict.reason, "Ring is not closed at 0 100");
    EXPECT_REAL(verdict.area_change, 0.0, 0.0);
    EXPECT_INT(rings, 1);
    verdict = judge(ZONE_REJECT, &metres, square, 4, &rings);
    EXPECT(verdict.state == ZONE_FEATURE_REJECTED);
}

TEST(changes_of_area_in_degrees_are_told_in_square_metres)
{
    const double small[] = {119.4, 29.1, 119.401, 29.101, 119.401, 29.1, 119.4, 29.101, 119.4, 29.1};
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &degrees, small, 5, &rings);

    EXPECT_REAL(verdict.area_change, 5414.0, 54.0); /* half of 97.3 m × 111.3 m */
    EXPECT_TEXT(verdict.reason, "Self-intersection at 119.4005 29.1005");
}

TEST(changes_of_area_in_feet_are_told_in_square_metres)
{
    size_t rings;
    zone_verdict verdict = judge(ZONE_REPAIR, &feet, bow_tie, 5, &rings);

    EXPECT_REAL(verdict.area_change, 464.5, 0.05); /* 5000 square feet of the US survey */
}

TEST(places_are_printed_short)
{
    char text[64];

    zone_validity_place(text, sizeof text, 441000.5, 3218000.25, false);
    EXPECT_TEXT(text, "441000.5 3218000.25");
    zone_validity_place(text, sizeof text, 119.5, 30.0, true);
    EXPECT_TEXT(text, "119.5 30");
    zone_validity_place(text, sizeof text, 1e300, -1e300, false);
    EXPECT(strlen(text) < sizeof text);
}

static size_t make_star(double *xy, size_t count, size_t step)
{
    for (size_t i = 0; i <= count; i++) {
        double angle = 6.283185307179586 * (double)(i * step % count) / (double)count;
        xy[2 * i] = 448000.0 + 500.0 * cos(angle);
        xy[2 * i + 1] = 3229000.0 + 500.0 * sin(angle);
    }
    return count + 1;
}

TEST(an_area_that_crosses_itself_too_often_is_rejected_with_that_reason)
{
    static double star[2 * 2002];
    size_t rings, count = make_star(star, 2001, 1000);
    zone_verdict verdict = judge(ZONE_REPAIR, &metres, star, count, &rings);

    EXPECT(verdict.state == ZONE_FEATURE_REJECTED);
    EXPECT_CONTAINS(verdict.reason, "Self-intersection at ");
    EXPECT_CONTAINS(verdict.reason, "; it crosses itself more than 50000 times");
    EXPECT_INT(rings, 0);
    count = make_star(star, 2001, 11);
    verdict = judge(ZONE_REPAIR, &metres, star, count, &rings);
    EXPECT(verdict.state == ZONE_FEATURE_REPAIRED);
    EXPECT(rings > 0);
}

TEST(a_judgement_ends_when_the_user_cancels)
{
    static double star[2 * 2002];
    size_t rings_left, count = make_star(star, 2001, 11);
    zone_context *ctx = new_context();
    zone_rings rings = {.shape = ZONE_SHAPE_AREA};
    zone_simple simple = {0};
    zone_verdict verdict;
    zone_geos geos;
    double *x, *y;

    zone_geos_open(ctx, &geos);
    zone_rings_add(ctx, &rings, false, count, &x, &y);
    for (size_t i = 0; i < count; i++) {
        x[i] = star[2 * i];
        y[i] = star[2 * i + 1];
    }
    zone_rings_open_last(&rings);
    zone_cancel(ctx);
    EXPECT_INT(zone_validity_judge(ctx, &geos, &simple, ZONE_REPAIR, &metres, &rings, &verdict), ZONE_CANCELLED);
    EXPECT_INT(zone_context_error(ctx)->status, ZONE_CANCELLED);
    zone_rings_free(&rings);
    zone_simple_free(&simple);
    zone_geos_close(&geos);
    zone_context_free(ctx);
    verdict = judge(ZONE_REPAIR, &metres, star, count, &rings_left);
    EXPECT(verdict.state == ZONE_FEATURE_REPAIRED);
}
