#include "read/plots.h"

#include "read/fixture.h"

/* A plot of pairs "X,Y X,Y", its points in the lines behind its title. */
static void add(zone_context *ctx, zone_plots *plots, int line, const char *pairs)
{
    char copy[400];
    int decimals;

    snprintf(copy, sizeof copy, "%s", pairs);
    EXPECT_INT(zone_plots_add(ctx, plots, line), ZONE_OK);
    for (char *pair = strtok(copy, " "); pair; pair = strtok(NULL, " ")) {
        zone_corner corner = {.ring = 1, .line = ++line};
        char *comma = strchr(pair, ',');
        *comma = '\0';
        EXPECT(zone_figure_read(pair, &corner.first, &decimals));
        EXPECT(zone_figure_read(comma + 1, &corner.second, &decimals));
        EXPECT_INT(zone_plots_add_corner(ctx, plots, &corner), ZONE_OK);
    }
}

TEST(fields_texts_and_corners_belong_to_the_last_plot)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};

    EXPECT_INT(zone_plots_add_field(ctx, &plots, "DKMC"), ZONE_OK);
    add(ctx, &plots, 1, "3229000,448000");
    EXPECT_INT(zone_plots_add_text(ctx, &plots, "甲"), ZONE_OK);
    add(ctx, &plots, 3, "3229000,448001 3229000,448002");
    EXPECT_INT(zone_plots_add_text(ctx, &plots, ""), ZONE_OK);
    EXPECT_TEXT(plots.field[0], "DKMC");
    EXPECT_TEXT(plots.text[plots.plot[0].first_text], "甲");
    EXPECT(plots.text[plots.plot[1].first_text] == NULL);
    EXPECT_INT(plots.plot[1].first, 1);
    EXPECT_INT(plots.plot[1].count, 2);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(the_first_fault_of_a_plot_is_kept_with_its_line)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};

    add(ctx, &plots, 1, "3229000,448000");
    EXPECT_INT(zone_plots_blame(ctx, &plots, 0, 2, "odd"), ZONE_OK);
    EXPECT_INT(zone_plots_blame(ctx, &plots, 0, 3, "odder"), ZONE_OK);
    EXPECT_TEXT(plots.plot[0].fault, "line 2: odd");
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(plots_of_one_kind_give_the_evidence)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_axes_evidence evidence = {.path = "a.txt"};

    add(ctx, &plots, 1, "3229000,40448000 3229100,40448100");
    add(ctx, &plots, 4, "3228000,40449000");
    EXPECT_INT(zone_plots_judge(ctx, &plots, false, &evidence), ZONE_OK);
    EXPECT_INT(evidence.order, ZONE_AXES_NORTHING);
    EXPECT_INT(evidence.prefix, 40);
    EXPECT_INT(evidence.line, 2);
    EXPECT(evidence.from[0] == 3228000.0 && evidence.to[0] == 3229100.0);
    EXPECT(evidence.from[1] == 448000.0 && evidence.to[1] == 449000.0);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(a_plot_that_mixes_kinds_is_blamed_and_does_not_count)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_axes_evidence evidence = {.path = "a.txt"};

    add(ctx, &plots, 1, "3229000,448000 448100,3229100");
    add(ctx, &plots, 4, "3229000,448000 3229100,448100");
    add(ctx, &plots, 7, "12,13");
    EXPECT_INT(zone_plots_judge(ctx, &plots, false, &evidence), ZONE_OK);
    EXPECT_CONTAINS(plots.plot[0].fault, "line 3: coordinates of another kind");
    EXPECT(plots.plot[1].fault == NULL);
    EXPECT_CONTAINS(plots.plot[2].fault, "line 8: coordinates that can't be");
    EXPECT_INT(evidence.line, 5);
    EXPECT(evidence.to[0] == 3229100.0);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}

TEST(sound_plots_of_several_kinds_are_refused)
{
    static const char *const others[] = {"448000,3229000", "3229000,40448000", "29.1,119.5"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < 3; i++) {
        zone_plots plots = {0};
        zone_axes_evidence evidence = {.path = "a.txt"};
        add(ctx, &plots, 1, "3229000,448000");
        add(ctx, &plots, 3, others[i]);
        EXPECT_INT(zone_plots_judge(ctx, &plots, false, &evidence), ZONE_BAD_FILE);
        EXPECT_INT(zone_context_error(ctx)->line, 4);
        EXPECT_CONTAINS(zone_context_error(ctx)->found, "line 2");
        zone_plots_free(&plots);
    }
    zone_context_free(ctx);
}

TEST(numbers_of_a_system_of_its_own_are_no_fault)
{
    zone_context *ctx = new_context();
    zone_plots plots = {0};
    zone_axes_evidence evidence = {.path = "a.txt"};

    add(ctx, &plots, 1, "29000,48000 1000000,100000");
    EXPECT_INT(zone_plots_judge(ctx, &plots, true, &evidence), ZONE_OK);
    EXPECT(plots.plot[0].fault == NULL);
    EXPECT_INT(evidence.order, ZONE_AXES_UNKNOWN);
    EXPECT_INT(evidence.line, 2);
    zone_plots_free(&plots);
    zone_context_free(ctx);
}
