/* Checks of a plan: what is said arrives, what is left out has its default, what is wrong is told; and what a check
 * says of a class, a kind and a term. */
#include "plan/fixture.h"
#include "plan/plan.h"

#define BASE                                                                                                           \
    HEAD WHOLE "zones:\n  - {id: a, name: First, available: 5 mu}\nlayers:\n  zones: {data: town.gpkg}\n"              \
               "  planned: {data: town.gpkg, edition: use-2023}\n"                                                     \
               "  landuse: {data: town.gpkg, edition: survey-2019}\n"                                                  \
               "quotas:\n  - {kind: construction, opening: available, draws: area}\n"                                  \
               "checks:\n" /* the next line is 15 */

static zone_plan *open_checks(place *p, const char *text, size_t count)
{
    zone_plan *plan = open_plan(p, text);

    if (plan && plan->check_count != count)
        TEST_FAIL("%zu checks were read, expected %zu", plan->check_count, count);
    if (!plan || plan->check_count == count)
        return plan;
    zone_plan_close(plan);
    return NULL;
}

/* ---------------------------------------------------------------- what is said */

TEST(what_a_check_leaves_out_has_its_default)
{
    place p;
    zone_plan *plan = open_checks(&p, BASE "  - {rule: overlap}\n  - {rule: sound}\n", 2);

    if (plan) {
        const zone_plan_check *check = plan->checks;
        EXPECT_TEXT(check->rule, "overlap");
        EXPECT_TEXT(check->name, "overlap");
        EXPECT_INT(check->severity, ZONE_SEVERITY_REJECT);
        EXPECT_INT(check->limit.kind, ZONE_LIMIT_AREA);
        EXPECT(check->limit.area == 0);
        EXPECT_TEXT(check->limit.text, "0 m2");
        EXPECT_INT(check->line, 15);
        EXPECT(!check->of && !check->text && !check->supply && !check->quota && !check->edition);
        EXPECT(!check->per_piece && !check->net && check->narrow == 0 && check->within == 0);
        EXPECT(isnan(check->least) && isnan(check->most));
        EXPECT_INT(
            check->class_count + check->use_count + check->kind_count + check->allowed_count + check->state_count, 0);
        EXPECT_INT(check[1].limit.kind, ZONE_LIMIT_NONE);
        EXPECT(!check[1].limit.text);
    }
    close_plan(&p, plan);
}

TEST(all_that_a_check_says_arrives)
{
    place p;
    zone_plan *plan =
        open_checks(&p,
                    BASE "  - {rule: inside, of: zones, name: urban, severity: warn, per: piece, text: 城镇}\n"
                         "  - {rule: farmland, of: landuse, net: yes, severity: note, per: site}\n"
                         "  - {rule: near, of: landuse, within: 10 m}\n"
                         "  - {rule: granted, of: zones, states: [built, under_construction], narrow: 0.5 m}\n"
                         "  - {rule: land, of: landuse, classes: [agricultural, '05']}\n"
                         "  - {rule: use, of: planned, kinds: {工业用地: ['1001', '11'], 商服用地: '09'}}\n"
                         "  - {rule: term, kinds: [工业用地], supply: 出让, allowed: [10, 20.5]}\n"
                         "  - {rule: term, name: lease, least: 5, most: 10}\n"
                         "  - {rule: quota, kind: construction}\n",
                    9);

    if (plan) {
        const zone_plan_check *checks = plan->checks;
        EXPECT_TEXT(checks[0].of, "zones");
        EXPECT_TEXT(checks[0].name, "urban");
        EXPECT_TEXT(checks[0].text, "城镇");
        EXPECT_INT(checks[0].severity, ZONE_SEVERITY_WARN);
        EXPECT(checks[0].per_piece && !checks[1].per_piece && checks[1].net);
        EXPECT_INT(checks[1].severity, ZONE_SEVERITY_NOTE);
        EXPECT_TEXT(checks[1].edition, "survey-2019");
        EXPECT_REAL(checks[2].within, 10, 0);
        EXPECT_REAL(checks[3].narrow, 0.5, 0);
        EXPECT_INT(checks[3].state_count, 2);
        EXPECT_TEXT(checks[3].states[1], "under_construction");
        EXPECT_INT(checks[4].class_count, 2);
        EXPECT_TEXT(checks[4].classes[0], "agricultural");
        EXPECT_INT(checks[5].use_count, 2);
        EXPECT_TEXT(checks[5].uses[0].kind, "工业用地");
        EXPECT_INT(checks[5].uses[0].class_count, 2);
        EXPECT_TEXT(checks[5].uses[1].classes[0], "09");
        EXPECT_TEXT(checks[6].kinds[0], "工业用地");
        EXPECT_TEXT(checks[6].supply, "出让");
        EXPECT_INT(checks[6].allowed_count, 2);
        EXPECT_REAL(checks[6].allowed[1], 20.5, 0);
        EXPECT_REAL(checks[7].least, 5, 0);
        EXPECT_REAL(checks[7].most, 10, 0);
        EXPECT_TEXT(checks[8].quota, "construction");
        EXPECT_INT(checks[8].line, 23);
    }
    close_plan(&p, plan);
}

/* ---------------------------------------------------------------- limits */

TEST(a_limit_is_an_area_in_any_unit_a_share_or_a_width)
{
    static const struct {
        const char *rule, *text;
        zone_limit_kind kind;
        const char *square_metres;
        double number;
    } cases[] = {
        {"overlap", "10 m2", ZONE_LIMIT_AREA, "10", 0},     {"overlap", "0.3 mu", ZONE_LIMIT_AREA, "200", 0},
        {"overlap", "3 亩", ZONE_LIMIT_AREA, "2000", 0},    {"overlap", "1.5ha", ZONE_LIMIT_AREA, "15000", 0},
        {"overlap", "0 m²", ZONE_LIMIT_AREA, "0", 0},       {"zones", "1 %", ZONE_LIMIT_SHARE, NULL, 0.01},
        {"claimed", "0.7%", ZONE_LIMIT_SHARE, NULL, 0.007}, /* 0.7 / 100 is another double */
        {"zones", "100 %", ZONE_LIMIT_SHARE, NULL, 1},      {"width", "5 m", ZONE_LIMIT_WIDTH, NULL, 5},
        {"width", "0.5m", ZONE_LIMIT_WIDTH, NULL, 0.5},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        place p;
        char text[1024];
        snprintf(text, sizeof text, BASE "  - {rule: %s, limit: %s}\n", cases[i].rule, cases[i].text);
        zone_plan *plan = open_checks(&p, text, 1);
        zone_exact area = 0;
        if (cases[i].square_metres)
            EXPECT(zone_exact_parse(cases[i].square_metres, zone_unit_find("m2"), &area));
        if (plan) {
            const zone_plan_limit *limit = &plan->checks[0].limit;
            EXPECT_TEXT(limit->text, cases[i].text);
            EXPECT_INT(limit->kind, cases[i].kind);
            EXPECT(limit->area == area);
            EXPECT(limit->kind == ZONE_LIMIT_WIDTH ? limit->metres == cases[i].number
                                                   : limit->share == cases[i].number);
        }
        close_plan(&p, plan);
    }
}

TEST(a_limit_that_is_none_or_does_not_fit_is_told)
{
#define LIMIT(rule, text) BASE "  - rule: " rule "\n    limit: " text "\n"
    static const wrong_plan wrong[] = {
        {LIMIT("overlap", "10"), 16, "checks[0].limit", "remedy: limit: 10 m2"},
        {LIMIT("width", "5"), 16, "checks[0].limit", "remedy: limit: 5 m"},
        {LIMIT("overlap", "5 m"), 16, "checks[0].limit", "a limit that this rule does not take"},
        {LIMIT("width", "5 m2"), 16, "checks[0].limit", "a limit that this rule does not take"},
        {LIMIT("width", "5 %"), 16, "checks[0].limit", "a width, such as 5 m"},
        {LIMIT("overlap", "10 acres"), 16, "checks[0].limit", "such as 10 m2 or 1 %"},
        {LIMIT("overlap", "101 %"), 16, "checks[0].limit", "found: 101 %"},
        {LIMIT("overlap", "-1 %"), 16, "checks[0].limit", "no limit"},
        {LIMIT("overlap", "1e1 %"), 16, "checks[0].limit", "no limit"},
        {LIMIT("overlap", "-1 m2"), 16, "checks[0].limit", "no limit"},
        {LIMIT("width", "-1 m"), 16, "checks[0].limit", "no limit"},
        {LIMIT("width", "nan m"), 16, "checks[0].limit", "no limit"},
        {LIMIT("overlap", "little"), 16, "checks[0].limit", "no limit"},
        {LIMIT("overlap", "[1 m2]"), 16, "checks[0].limit", "found: a list"},
        {LIMIT("sound", "1 m2"), 16, "checks[0].limit", "unknown key"},
        {BASE "  - rule: width\n", 15, "checks[0].limit", "a key is missing"},
        {BASE "  - rule: claimed\n", 15, "checks[0].limit", "a key is missing"},
    };

    REFUSE_ALL(wrong);
}

/* ---------------------------------------------------------------- what is wrong */

TEST(checks_that_are_wrong_are_told)
{
#define CHECK(rule, rest) BASE "  - rule: " rule "\n" rest
    static const wrong_plan wrong[] = {
        {LEAST "checks: {rule: sound}\n", 10, "checks", "expected: a list"},
        {BASE "  - sound\n", 15, "checks[0]", "a mapping"},
        {BASE "  - {name: sound}\n", 15, "checks[0].rule", "a key is missing"},
        {BASE "  - rule: insid\n", 15, "checks[0].rule", "perhaps: inside"},
        {BASE "  - rule: within\n", 15, "checks[0].rule", "sound, identity, inside"},
        {CHECK("inside", "    off: zones\n"), 16, "checks[0].off", "perhaps: of"},
        {CHECK("sound", "    of: zones\n"), 16, "checks[0].of", "unknown key"},
        {CHECK("inside", ""), 15, "checks[0].of", "a key is missing"},
        {CHECK("inside", "    of: zonez\n"), 16, "checks[0].of", "perhaps: zones"},
        {CHECK("inside", "    of: [zones]\n"), 16, "checks[0].of", "found: a list"},
        {CHECK("sound", "    severity: warning\n"), 16, "checks[0].severity", "note, warn, reject"},
        {CHECK("overlap", "    per: pieces\n"), 16, "checks[0].per", "perhaps: piece"},
        {CHECK("farmland", "    of: zones\n    net: maybe\n"), 17, "checks[0].net", "no, yes"},
        {CHECK("overlap", "    narrow: 0.5\n"), 16, "checks[0].narrow", "remedy: narrow: 0.5 m"},
        {CHECK("near", "    of: zones\n"), 15, "checks[0].within", "a key is missing"},
        {CHECK("near", "    of: zones\n    within: 10 km\n"), 17, "checks[0].within", "with its unit"},
        {CHECK("near", "    of: zones\n    within: 0 m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: 1e12 m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: 10000.1 m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: -5 m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: nan m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: inf m\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("near", "    of: zones\n    within: 5\n"), 17, "checks[0].within", "from 0.001 m to 10000 m"},
        {CHECK("granted", "    of: zones\n    states: [built, bilt]\n"), 17, "checks[0].states", "perhaps: built"},
        {CHECK("granted", "    of: zones\n    states: []\n"), 17, "checks[0].states", "an empty list"},
        {CHECK("sound", "  - rule: sound\n"), 16, "checks[1].name", "the same check twice"},
        {CHECK("sound", "  - rule: overlap\n    name: sound\n"), 17, "checks[1].name", "remedy: name: overlap_2"},
        {CHECK("sound", "    name: ''\n"), 16, "checks[0].name", "an empty text"},
        {CHECK("quota", ""), 15, "checks[0].kind", "a key is missing"},
        {CHECK("quota", "    kind: constructions\n"), 16, "checks[0].kind", "perhaps: construction"},
        {LEAST "checks:\n  - rule: quota\n    kind: construction\n", 12, "checks[0].kind",
         "a quota that the plan does not have"},
    };

    REFUSE_ALL(wrong);
}

/* Six distances, each as often as one likes; a seventh is refused where it stands. */
TEST(a_plan_has_room_for_six_distances)
{
    char rules[1024] = BASE;
    place p;

    for (int i = 0; i < 8; i++) {
        size_t length = strlen(rules);
        snprintf(rules + length, sizeof rules - length, "  - {rule: near, name: n%d, of: zones, within: %d m}\n", i,
                 1 + i % 6);
    }
    zone_plan *plan = open_checks(&p, rules, 8);
    if (plan)
        EXPECT_REAL(plan->checks[7].within, 2, 0);
    zone_plan_close(plan);
    close_place(&p);
    strcat(rules, "  - {rule: near, of: zones, within: 0.001 m}\n");
    const wrong_plan wrong[] = {{rules, 23, "checks[8].within", "6 different distances at most"}};
    REFUSE_ALL(wrong);
}

TEST(classes_that_are_wrong_are_told)
{
    static const wrong_plan wrong[] = {
        {CHECK("land", "    of: landuse\n"), 15, "checks[0].classes", "a key is missing"},
        {CHECK("land", "    of: landuse\n    classes: []\n"), 17, "checks[0].classes", "an empty list"},
        {CHECK("land", "    of: landuse\n    classes: {a: b}\n"), 17, "checks[0].classes", "found: a mapping"},
        {CHECK("land", "    of: landuse\n    classes:\n      - '01'\n      - arable\n"), 19, "checks[0].classes",
         "found: arable"},
        {CHECK("land", "    of: landuse\n    classes: ['99']\n"), 17, "checks[0].classes",
         "or agricultural, construction, unused"},
        {CHECK("land", "    of: zones\n    classes: ['01']\n"), 16, "checks[0].of", "a layer without an edition"},
        {CHECK("use", "    of: planned\n"), 15, "checks[0].kinds", "a key is missing"},
        {CHECK("use", "    of: planned\n    kinds: [a]\n"), 17, "checks[0].kinds", "a mapping"},
        {CHECK("use", "    of: planned\n    kinds: {}\n"), 17, "checks[0].kinds", "an empty mapping"},
        {CHECK("use", "    of: planned\n    kinds: {a: []}\n"), 17, "checks[0].kinds.a", "an empty list"},
        {CHECK("use", "    of: planned\n    kinds:\n      a: '09'\n      b: '9'\n"), 19, "checks[0].kinds.b",
         "found: 9"},
        {CHECK("use", "    of: planned\n    kinds:\n      a: '09'\n      a: '10'\n"), 19, "checks[0].kinds.a",
         "the same key twice"},
        {CHECK("use", "    of: zones\n    kinds: {a: '09'}\n"), 16, "checks[0].of", "a layer without an edition"},
    };

    REFUSE_ALL(wrong);
}

TEST(terms_that_are_wrong_are_told)
{
    static const wrong_plan wrong[] = {
        {CHECK("term", "    supply: 出让\n"), 15, "checks[0].allowed", "least: 5 and most: 10"},
        {CHECK("term", "    allowed: []\n"), 16, "checks[0].allowed", "an empty list"},
        {CHECK("term", "    allowed: [10, 20y]\n"), 16, "checks[0].allowed", "found: 20y"},
        {CHECK("term", "    allowed: 0\n"), 16, "checks[0].allowed", "a number above 0"},
        {CHECK("term", "    least: -5\n"), 16, "checks[0].least", "found: -5"},
        {CHECK("term", "    most: inf\n"), 16, "checks[0].most", "found: inf"},
        {CHECK("term", "    least: 10\n    most: 5\n"), 16, "checks[0].least", "remedy: least: 5, most: 10"},
        {CHECK("term", "    least: 10\n    kinds: []\n"), 17, "checks[0].kinds", "an empty list"},
        {CHECK("term", "    least: 10\n    kinds: {a: b}\n"), 17, "checks[0].kinds", "found: a mapping"},
        {CHECK("term", "    least: 10\n    supply: ''\n"), 17, "checks[0].supply", "an empty text"},
    };

    REFUSE_ALL(wrong);
}

/* ---------------------------------------------------------------- what a check says */

TEST(classes_count_by_prefix_or_broad_class)
{
    place p;
    zone_plan *plan = open_checks(&p,
                                  BASE "  - {rule: land, of: landuse, classes: [agricultural]}\n"
                                       "  - {rule: land, name: b, of: landuse, classes: ['05', '0602']}\n",
                                  2);

    if (plan) {
        EXPECT(zone_plan_counts(&plan->checks[0], "0101"));
        EXPECT(zone_plan_counts(&plan->checks[0], "0201K"));
        EXPECT(!zone_plan_counts(&plan->checks[0], "0601"));
        EXPECT(!zone_plan_counts(&plan->checks[0], "9999"));
        EXPECT(!zone_plan_counts(&plan->checks[0], NULL));
        EXPECT(zone_plan_counts(&plan->checks[1], "0508"));
        EXPECT(zone_plan_counts(&plan->checks[1], "0602"));
        EXPECT(!zone_plan_counts(&plan->checks[1], "0601"));
        EXPECT(!zone_plan_counts(&plan->checks[1], "06"));
    }
    close_plan(&p, plan);
}

TEST(a_kind_may_lie_on_its_classes)
{
    place p;
    bool known = false;
    zone_plan *plan =
        open_checks(&p, BASE "  - {rule: use, of: planned, kinds: {工业用地: ['1001'], 任意: [construction]}}\n", 1);

    if (plan) {
        const zone_plan_check *check = plan->checks;
        EXPECT(zone_plan_uses(check, "工业用地", "1001", &known) && known);
        EXPECT(zone_plan_uses(check, "工业用地", "100102", &known) && known);
        EXPECT(!zone_plan_uses(check, "工业用地", "1002", &known) && known);
        EXPECT(!zone_plan_uses(check, "工业用地", NULL, &known) && known);
        EXPECT(zone_plan_uses(check, "任意", "0701", &known) && known);
        EXPECT(!zone_plan_uses(check, "任意", "0101", &known) && known);
        EXPECT(!zone_plan_uses(check, "工业", "1001", &known) && !known);
        EXPECT(!zone_plan_uses(check, NULL, "1001", &known) && !known);
    }
    close_plan(&p, plan);
}

TEST(a_term_is_for_its_kinds_and_supply)
{
    place p;
    zone_plan *plan = open_checks(&p,
                                  BASE "  - {rule: term, kinds: [工业用地], supply: 出让, allowed: [10, 20, 30]}\n"
                                       "  - {rule: term, name: lease, supply: 租赁, least: 5, most: 10}\n"
                                       "  - {rule: term, name: all, most: 50}\n",
                                  3);

    if (plan) {
        const zone_plan_check *checks = plan->checks;
        EXPECT(zone_plan_term_applies(&checks[0], "工业用地", "出让"));
        EXPECT(!zone_plan_term_applies(&checks[0], "商服用地", "出让"));
        EXPECT(!zone_plan_term_applies(&checks[0], "工业用地", "租赁"));
        EXPECT(!zone_plan_term_applies(&checks[0], NULL, "出让"));
        EXPECT(!zone_plan_term_applies(&checks[0], "工业用地", NULL));
        EXPECT(zone_plan_term_applies(&checks[1], NULL, "租赁"));
        EXPECT(zone_plan_term_applies(&checks[2], NULL, NULL));
        EXPECT(zone_plan_term_allowed(&checks[0], 20) && !zone_plan_term_allowed(&checks[0], 20.5));
        EXPECT(!zone_plan_term_allowed(&checks[0], NAN) && !zone_plan_term_allowed(&checks[2], NAN));
        EXPECT(zone_plan_term_allowed(&checks[1], 5) && zone_plan_term_allowed(&checks[1], 10));
        EXPECT(zone_plan_term_allowed(&checks[1], 7.5));
        EXPECT(!zone_plan_term_allowed(&checks[1], 4.99) && !zone_plan_term_allowed(&checks[1], 10.01));
        EXPECT(zone_plan_term_allowed(&checks[2], 50) && !zone_plan_term_allowed(&checks[2], 51));
    }
    close_plan(&p, plan);
}

TEST(years_are_read_as_data_write_them)
{
    static const struct {
        const char *text;
        double years; /* 0: none */
    } cases[] = {{"30", 30},   {"30.5", 30.5},   {"30年", 30}, {"30 年", 30},  {"30 years", 30}, {"1 year", 1},
                 {" 20 ", 20}, {"10.0年 ", 10},  {"", 0},      {"三十年", 0},  {"年", 0},        {"永久", 0},
                 {"30天", 0},  {"2021-2025", 0}, {"1,000", 0}, {"30 年期", 0}, {"inf", 0},       {"nan", 0}};
    double years = 0;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool read = zone_plan_term_read(cases[i].text, &years);
        if (read != (cases[i].years > 0) || (read ? years != cases[i].years : !isnan(years)))
            TEST_FAIL("\"%s\" is %g", cases[i].text, years);
    }
    EXPECT(!zone_plan_term_read(NULL, &years));
}
