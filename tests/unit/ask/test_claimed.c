/* Claims against what was computed, and every way in which offices make them. */
#include "ask/claimed.h"

#include "ask/trying.h"

/* 10000 m² by the grid, 9999.14 m² by the others; 9600 m² with a hole of 400 m²; 25 km²; 10001 m². */
enum { SQUARE_SITE, HOLE, LARGE, ODD };

static void open_claims(trying *t, const char *method)
{
    begin_trying(t);
    box_site(t, "square", 0, 0, 100, 100);
    draw_site(t, "hole", "0 0,100 0,100 100,0 100|10 10,10 30,30 30,30 10");
    box_site(t, "large", 0, 0, 5000, 5000);
    box_site(t, "odd", 0, 0, 100.01, 100);
    try_sites(t, method, "", "  - {rule: claimed, limit: 0.1 %}\n");
}

/* `explained` NULL: nothing explains it. `less` is claimed less computed, m². */
static void expect(trying *t, size_t site, const char *text, const char *explained, double less)
{
    zone_claimed claim;

    EXPECT_INT(zone_claimed_judge(&t->trial, site, text, &claim), ZONE_OK);
    if (!claim.told || claim.fault)
        TEST_FAIL("\"%s\": %s", text, claim.fault ? claim.fault : "not told");
    if (explained ? !claim.explained || strcmp(claim.explained, explained) != 0 : claim.explained != NULL)
        TEST_FAIL("\"%s\" is explained by \"%s\", expected \"%s\"", text, claim.explained ? claim.explained : "(null)",
                  explained ? explained : "(null)");
    EXPECT(claim.claimed - claim.difference == t->trial.in_zones.whole[site]);
    EXPECT(claim.claimed == zone_figure_area(&claim.figure));
    if (fabs(zone_exact_to_m2(claim.difference) - less) > 1e-6)
        TEST_FAIL("\"%s\" is %.7f m2 more than computed, expected %.7f", text, zone_exact_to_m2(claim.difference),
                  less);
}

static void expect_fault(trying *t, const char *text, const char *fault)
{
    zone_claimed claim;

    EXPECT_INT(zone_claimed_judge(&t->trial, SQUARE_SITE, text, &claim), ZONE_OK);
    EXPECT(!claim.told && !claim.explained && claim.difference == 0);
    EXPECT_TEXT(claim.fault, fault);
}

TEST(what_rounds_to_the_claim_needs_no_explanation)
{
    trying t;

    open_claims(&t, "grid");
    expect(&t, SQUARE_SITE, "10000", NULL, 0);
    expect(&t, SQUARE_SITE, "10000.00", NULL, 0);
    expect(&t, SQUARE_SITE, "15 亩", NULL, 0);
    expect(&t, SQUARE_SITE, "15.00亩", NULL, 0);
    expect(&t, SQUARE_SITE, "1.0 ha", NULL, 0);
    expect(&t, SQUARE_SITE, "约 0.01 平方公里", NULL, 0);
    expect(&t, ODD, "15.00 mu", NULL, -1);
    end_trying(&t);
}

TEST(what_nothing_explains_is_a_difference)
{
    trying t;

    open_claims(&t, "grid");
    expect(&t, SQUARE_SITE, "10200", NULL, 200);
    expect(&t, SQUARE_SITE, "9800.5", NULL, -199.5);
    expect(&t, SQUARE_SITE, "16.5 mu", NULL, 1000);
    end_trying(&t);
}

TEST(a_number_in_another_unit_is_found)
{
    trying t;

    open_claims(&t, "grid");
    expect(&t, SQUARE_SITE, "15.00", "the number is in mu", 0);
    expect(&t, SQUARE_SITE, "0.0015", "the number is in wanmu", 0);
    expect(&t, SQUARE_SITE, "1.0000", "the number is in ha", 0);
    expect(&t, SQUARE_SITE, "0.01", "the number is in km2", 0);
    expect(&t, SQUARE_SITE, "10000 亩", "the number is in m2", 0);
    end_trying(&t);
}

/* In mu 10000 / 666.67 = 14.999925; in m² 15 × 666.67 = 10000.05. */
TEST(a_mu_of_a_constant_explains_claims_in_mu_and_in_square_metres)
{
    static const struct {
        const char *mu, *metres, *constant;
        double mu_less, less;
    } cases[] = {
        {"14.99993", "10000.05", "666.67", -0.07 / 1.5, 0.05},
        {"14.99925", "10000.5", "666.70", -0.5, 0.5},
        {"14.99250", "10005", "667.00", -5, 5},
        {"15.00150", "9999", "666.60", 1, -1},
        {"15.01502", "9990", "666.00", 15.02 / 1.5, -10},
    };
    trying t;

    open_claims(&t, "grid");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32], explained[64];
        snprintf(text, sizeof text, "%s mu", cases[i].mu);
        snprintf(explained, sizeof explained, "1 mu taken as %s m2", cases[i].constant);
        expect(&t, SQUARE_SITE, text, explained, cases[i].mu_less);
        expect(&t, SQUARE_SITE, cases[i].metres, explained, cases[i].less);
    }
    /* 10001 m² are 15.0015 mu; rounded to 15.00 first, they come back as 10000.05 m². */
    expect(&t, ODD, "10000.05", "1 mu taken as 666.67 m2", -0.95);
    end_trying(&t);
}

/* The square less its scale: 1 / k² with k = 1 + 59² / 2 / 6371², about 60 km from the central meridian. */
TEST(another_method_explains_a_claim)
{
    trying t;
    double less = 0;

    open_claims(&t, "survey");
    less = 10000 - zone_exact_to_m2(t.trial.in_zones.whole[SQUARE_SITE]);
    EXPECT(less > 0.8 && less < 0.9);
    expect(&t, SQUARE_SITE, "10000.00", "area by the method grid", less);
    expect(&t, SQUARE_SITE, "15.0000", "the number is in mu, by the method grid", less);
    expect(&t, SQUARE_SITE, "14.99993 mu", "1 mu taken as 666.67 m2, area by the method grid", less - 0.07 / 1.5);
    end_trying(&t);

    open_claims(&t, "grid");
    char text[64];
    zone_exact area = 0;
    bool means = false;
    for (size_t m = 1; m < t.trial.methods.count; m++) {
        const char *name = t.trial.methods.method[m].name;
        char explained[96];
        if (strcmp(name, "geodesic") != 0 && strcmp(name, "survey") != 0)
            continue;
        EXPECT_INT(zone_site_by_method(&t.trial, LARGE, m, &means, &area), ZONE_OK);
        EXPECT(means);
        snprintf(text, sizeof text, "%.2f", zone_exact_to_m2(area));
        snprintf(explained, sizeof explained, "area by the method %s", name);
        expect(&t, LARGE, text, explained, atof(text) - 25000000);
    }
    end_trying(&t);
}

TEST(holes_that_were_not_taken_out_explain_a_claim)
{
    trying t;

    open_claims(&t, "grid");
    expect(&t, HOLE, "9600", NULL, 0);
    expect(&t, HOLE, "10000.00", "holes were not taken out", 400);
    expect(&t, HOLE, "15.00 亩", "holes were not taken out", 400);
    expect(&t, HOLE, "10400", NULL, 800);
    end_trying(&t);
}

TEST(claims_that_are_none_are_told_apart)
{
    trying t;

    open_claims(&t, "grid");
    expect_fault(&t, NULL, "no area is claimed");
    expect_fault(&t, "", "no area is claimed");
    expect_fault(&t, "about", "the claimed area is no number");
    expect_fault(&t, "10,000", "the claimed area is no number");
    expect_fault(&t, "1e4", "the claimed area is no number");
    expect_fault(&t, "15 acres", "the claimed area is no number");
    expect_fault(&t, "nan", "the claimed area is no number");
    expect_fault(&t, "--5", "the claimed area is no number");
    expect_fault(&t, "-", "the claimed area is no number");
    expect_fault(&t, "99999999999999999999999999999999999999", "the claimed area is no number");
    expect_fault(&t, "0", "the claimed area is not above 0");
    expect_fault(&t, "0.00 亩", "the claimed area is not above 0");
    expect_fault(&t, "-5", "the claimed area is not above 0");
    expect_fault(&t, "-61.29 亩", "the claimed area is not above 0");
    end_trying(&t);
}

TEST(a_method_without_a_meaning_is_none)
{
    trying t;
    bool means = true;
    zone_exact area = 1;
    size_t grid = 0;

    begin_trying(&t);
    box_site(&t, "square", 0, 0, 100, 100);
    EXPECT_INT(open_trying(&t, 4490, "survey", "", "  - {rule: claimed, limit: 0.1 %}\n"), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&t.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&t.trial, 0, 1), ZONE_OK);
    while (grid < t.trial.methods.count && strcmp(t.trial.methods.method[grid].name, "grid") != 0)
        grid++;
    EXPECT_INT(zone_site_by_method(&t.trial, 0, grid, &means, &area), ZONE_OK);
    EXPECT(!means && area == 0);
    EXPECT_INT(zone_site_by_method(&t.trial, 0, 0, &means, &area), ZONE_OK);
    EXPECT(means && area == t.trial.in_zones.whole[0]);
    zone_claimed claim;
    EXPECT_INT(zone_claimed_judge(&t.trial, 0, "15.00", &claim), ZONE_OK);
    EXPECT_TEXT(claim.explained, "the number is in mu");
    end_trying(&t);
}
