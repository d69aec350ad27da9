/* Snapping: nearest integers, in runs of any length. */
#include "kernel/snap.h"
#include "test.h"

TEST(coordinates_go_to_the_nearest_integer_and_not_beyond_the_end)
{
    static const double given[] = {0.0, 0.5, 1.5, -0.5, -2.5, 40500000.123456789, -1e300, 1e300, 0x1p60, 0.25, 3.75};
    static const int64_t wanted[] = {0, 1, 3, -1, -5, 81000000, -(INT64_C(1) << 61), INT64_C(1) << 61, INT64_C(1) << 61,
                                     0, 8};
    int64_t snapped[11];

    for (size_t count = 1; count <= 11; count++) {
        for (size_t i = 0; i < 11; i++)
            snapped[i] = 7;
        zone_snap(given, count, 2.0, snapped);
        for (size_t i = 0; i < 11; i++)
            EXPECT_INT(snapped[i], i < count ? wanted[i] : 7);
    }
}
