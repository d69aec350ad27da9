/* Mean widths by hand: of sites with and without holes, in planes with and without metres. */
#include "ask/widths.h"

#include "ask/trying.h"

TEST(the_mean_width_of_a_site_is_twice_its_area_by_its_border)
{
    trying t;
    double length = 0;

    begin_trying(&t);
    box_site(&t, "strip", 0, 0, 100, 4);
    draw_site(&t, "hole", "0 0,40 0,40 40,0 40|10 10,10 30,30 30,30 10");
    try_sites(&t, "grid", "", "  - {rule: width, limit: 5 m}\n");
    EXPECT_REAL(zone_site_width(&t.trial, 0, &length), 800 / 208.0, 1e-9);
    EXPECT_REAL(length, 208, 1e-9);
    EXPECT_REAL(zone_site_width(&t.trial, 1, &length), 2400 / 240.0, 1e-9);
    EXPECT_REAL(length, 240, 1e-9);
    end_trying(&t);
}

TEST(a_plane_in_degrees_has_no_widths)
{
    trying t;
    double length = 0;

    begin_trying(&t);
    box_site(&t, "strip", 0, 0, 100, 4);
    EXPECT_INT(open_trying(&t, 4490, "survey", "", "  - {rule: width, limit: 5 m}\n"), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&t.trial, 0, 1), ZONE_OK);
    EXPECT(isnan(zone_site_width(&t.trial, 0, &length)) && isnan(length));
    end_trying(&t);
}

TEST(a_site_without_rings_has_no_width_but_a_border_of_nothing)
{
    trying t;
    double length = 1, area = 1;

    begin_trying(&t);
    draw(&t.drawn, "{\"type\":\"Feature\",\"properties\":{\"id\":\"none\"},\"geometry\":null}");
    try_sites(&t, "grid", "", "  - {rule: width, limit: 5 m}\n");
    EXPECT(isnan(zone_site_width(&t.trial, 0, &length)));
    EXPECT_REAL(length, 0, 0);
    EXPECT_REAL(zone_border_length(&t.trial.block.batch, 0, &area), 0, 0);
    EXPECT_REAL(area, 0, 0);
    end_trying(&t);
}
