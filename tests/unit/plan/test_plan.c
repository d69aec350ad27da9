/* Building a plan from its file: what it says arrives, what it leaves out has its default, what is wrong is told. */
#include "plan/fixture.h"
#include "plan/plan.h"

/* ---------------------------------------------------------------- what is left out, where files are */

TEST(what_a_plan_leaves_out_has_its_default)
{
    place p;
    zone_plan *plan = open_plan(&p, LEAST);

    if (plan) {
        EXPECT_TEXT(plan->path, p.path);
        EXPECT_TEXT(plan->title, "新城");
        EXPECT_TEXT(plan->crs, "EPSG:4549");
        EXPECT_TEXT(plan->geometry, "schematic");
        EXPECT_TEXT(plan->unit->name, "m2");
        EXPECT(!plan->title_en && !plan->period && !plan->method && !plan->note);
        EXPECT_TEXT(plan->whole.id, "boundary");
        EXPECT_TEXT(plan->whole.name, "All");
        EXPECT_INT(plan->zone_count, 1);
        EXPECT_INT(plan->zones[0].declared_count, 0);
        EXPECT_INT(plan->zones[0].line, 7);
        EXPECT_INT(plan->layer_count, 1);
        EXPECT_INT(plan->layers[0].line, 9);
        EXPECT(!plan->layers[0].edition && !plan->layers[0].fields);
        EXPECT_INT(plan->expansion_count + plan->construction_count + plan->element_count + plan->rule_count +
                       plan->indicator_count,
                   0);
    }
    close_plan(&p, plan);
}

TEST(paths_are_relative_to_the_plan)
{
    place p;
    char expected[256];
    zone_plan *plan = open_plan(&p, HEAD WHOLE ZONES "data: all.gpkg\n"
                                                     "layers:\n"
                                                     "  zones: {layer: z}\n"
                                                     "  roads: {data: sub/roads.shp}\n"
                                                     "  rivers: {data: /data/r.gpkg, layer: r}\n");

    if (plan) {
        EXPECT_INT(plan->layer_count, 3);
        snprintf(expected, sizeof expected, "%s/all.gpkg:z", p.folder);
        EXPECT_TEXT(plan->layers[0].data, expected);
        snprintf(expected, sizeof expected, "%s/sub/roads.shp", p.folder);
        EXPECT_TEXT(plan->layers[1].data, expected);
        EXPECT_TEXT(plan->layers[2].data, "/data/r.gpkg:r");
    }
    close_plan(&p, plan);
}

TEST(a_plan_in_the_folder_where_one_stands)
{
    place p;
    zone_plan *plan = NULL;
    char before[4096];

    open_place(&p);
    put_text(&p, LEAST);
    EXPECT(getcwd(before, sizeof before) != NULL);
    EXPECT_INT(chdir(p.folder), 0);
    EXPECT_INT(zone_plan_open(p.ctx, "plan.yaml", &plan), ZONE_OK);
    if (plan)
        EXPECT_TEXT(plan->layers[0].data, "town.gpkg");
    EXPECT_INT(chdir(before), 0);
    close_plan(&p, plan);
}

TEST(a_plan_that_is_not_there)
{
    place p;
    zone_plan *plan = (zone_plan *)(void *)&p;

    open_place(&p);
    EXPECT_INT(zone_plan_open(p.ctx, p.path, &plan), ZONE_NOT_FOUND);
    EXPECT(plan == NULL);
    EXPECT_INT(zone_plan_open(p.ctx, "", &plan), ZONE_BAD_USAGE);
    EXPECT_INT(zone_plan_open(p.ctx, NULL, &plan), ZONE_BAD_USAGE);
    put_text(&p, LEAST);
    EXPECT_INT(zone_plan_open(p.ctx, p.path, &plan), ZONE_OK);
    EXPECT_TEXT(zone_context_error_text(p.ctx), "");
    close_plan(&p, plan);
}

/* ---------------------------------------------------------------- what it says */

TEST(a_head_and_its_layers_arrive)
{
    place p;
    zone_plan *plan =
        open_plan(&p, HEAD WHOLE ZONES "title_en: Town\nperiod: 2021-2025\narea: grid\nunit: mu\nnote: x\n"
                                       "expansion: [b, c]\n"
                                       "layers:\n"
                                       "  landuse:\n"
                                       "    data: l.gpkg\n"
                                       "    edition: survey-2019\n"
                                       "    fields: {area: TBMJ, class: DLBM}\n"
                                       "construction:\n"
                                       "  use-2023: ['07', '2301']\n"
                                       "  survey-2019: construction\n");

    if (plan) {
        EXPECT_TEXT(plan->title_en, "Town");
        EXPECT_TEXT(plan->period, "2021-2025");
        EXPECT_TEXT(plan->method, "grid");
        EXPECT_TEXT(plan->unit->name, "mu");
        EXPECT_TEXT(plan->note, "x");
        EXPECT_INT(plan->expansion_count, 2);
        EXPECT_TEXT(plan->expansion[1], "c");
        EXPECT_TEXT(plan->layers[0].key, "landuse");
        EXPECT_TEXT(plan->layers[0].edition, "survey-2019");
        EXPECT_CONTAINS(plan->layers[0].fields, "class=DLBM");
        EXPECT_CONTAINS(plan->layers[0].fields, "area=TBMJ");
        EXPECT_INT(strlen(plan->layers[0].fields), strlen("class=DLBM,area=TBMJ"));
        EXPECT_INT(plan->construction_count, 2);
        EXPECT_TEXT(plan->construction[0].edition, "use-2023");
        EXPECT_INT(plan->construction[0].class_count, 2);
        EXPECT_TEXT(plan->construction[0].classes[1], "2301");
        EXPECT_TEXT(plan->construction[1].classes[0], "construction");
    }
    close_plan(&p, plan);
}

TEST(elements_rules_and_indicators_arrive)
{
    place p;
    zone_plan *plan =
        open_plan(&p, LEAST "elements:\n"
                            "  - {structure: layout, element: core, layer: zones, count: 2, names: [x, y]}\n"
                            "  - {structure: landscape, element: belt, layer: zones, count: many}\n"
                            "rules:\n"
                            "  - {rule: within, of: zones/a, in: [zones, zones/b], tolerance: 0.5 m, text: inside}\n"
                            "  - {rule: made_of, of: zones, parts: zones, share: 0.9, tolerance: 300 m}\n"
                            "  - {rule: leaves_from, of: zones, from: zones/a, towards: zones/b, angle: 45 deg,\n"
                            "     tolerance: 2 m}\n"
                            "indicators:\n"
                            "  - {number: '1', name: GDP, unit: 亿元, base: 120.50, target: 200, kind: expected}\n"
                            "  - {number: '2', group: g, name: Green, unit: '%', target: 45}\n");

    if (plan && plan->element_count == 2 && plan->rule_count == 3 && plan->indicator_count == 2) {
        EXPECT_INT(plan->elements[0].count, 2);
        EXPECT_TEXT(plan->elements[0].names[1], "y");
        EXPECT_INT(plan->elements[1].count, -1);
        EXPECT_INT(plan->elements[1].name_count, 0);
        EXPECT_INT(plan->elements[1].line, 12);
        EXPECT_TEXT(plan->rules[0].of, "zones/a");
        EXPECT_INT(plan->rules[0].operand_count, 2);
        EXPECT_TEXT(plan->rules[0].operands[1], "zones/b");
        EXPECT_REAL(plan->rules[0].tolerance, 0.5, 0);
        EXPECT(isnan(plan->rules[0].amount));
        EXPECT_TEXT(plan->rules[0].text, "inside");
        EXPECT_REAL(plan->rules[1].amount, 0.9, 0);
        EXPECT_INT(plan->rules[1].line, 15);
        EXPECT_REAL(plan->rules[2].amount, 45, 0);
        EXPECT_TEXT(plan->rules[2].operands[0], "zones/a");
        EXPECT_TEXT(plan->rules[2].operands[1], "zones/b");
        EXPECT_TEXT(plan->indicators[0].base, "120.50");
        EXPECT_REAL(plan->indicators[0].base_value, 120.5, 0);
        EXPECT_REAL(plan->indicators[1].target_value, 45, 0);
        EXPECT(isnan(plan->indicators[1].base_value) && !plan->indicators[1].base && !plan->indicators[1].kind);
    } else {
        TEST_FAIL("not all items were read");
    }
    close_plan(&p, plan);
}

/* ---------------------------------------------------------------- declared figures */

static bool met(const zone_plan_declared *declared, const char *area)
{
    zone_exact exact = 0;

    EXPECT(zone_exact_parse(area, declared->figure.unit, &exact));
    return zone_figure_met(&declared->figure, exact);
}

/* 29.54 km2 means 29.535 ≤ x < 29.545: the figure's own decimals say how far it was rounded. (The border of a figure in
 * mu is a third of a unit off every area there is, so mu are asked a little inside.) */
TEST(a_declared_figure_is_a_range_of_its_own_decimals)
{
    static const struct {
        const char *below, *least, *most, *above;
    } ranges[] = {{"29.534999999", "29.535", "29.544999999", "29.545"},
                  {"1589.499999", "1589.500001", "1590.499999", "1590.5"},
                  {"4.1499999", "4.15", "4.2499999", "4.25"},
                  {"5.9149999", "5.9150001", "5.9249999", "5.925"}};
    place p;
    zone_plan *plan = open_plan(
        &p, HEAD
        "whole: {name: All, area: 29.54 km2, farmland: 约1590亩, built: 4.2 ha, available: 5.92wanmu}\n" ZONES LAYERS);

    if (plan && plan->whole.declared_count == 4) {
        const zone_plan_declared *declared = plan->whole.declared;
        for (size_t i = 0; i < 4; i++) {
            EXPECT(!met(&declared[i], ranges[i].below));
            EXPECT(met(&declared[i], ranges[i].least));
            EXPECT(met(&declared[i], ranges[i].most));
            EXPECT(!met(&declared[i], ranges[i].above));
            EXPECT_INT(declared[i].line, 5);
        }
        EXPECT_TEXT(declared[0].what, "area");
        EXPECT_TEXT(declared[0].text, "29.54 km2");
        EXPECT_TEXT(declared[1].what, "farmland");
        EXPECT_TEXT(declared[1].figure.unit->name, "mu");
        EXPECT_TEXT(declared[2].what, "built");
        EXPECT_TEXT(declared[3].what, "available");
        EXPECT_TEXT(declared[3].figure.unit->name, "wanmu");
    } else {
        TEST_FAIL("not all figures were read");
    }
    close_plan(&p, plan);
}

TEST(a_declared_figure_that_is_none_is_refused)
{
#define FIGURE(text) HEAD WHOLE "zones:\n  - {id: a, name: x}\n  - id: b\n    name: y\n    area: " text "\n" LAYERS
    static const wrong_plan wrong[] = {
        {FIGURE("29.54"), 10, "zones[1].area", "no unit"},
        {FIGURE("29.54 acres"), 10, "zones[1].area", "an unknown unit"},
        {FIGURE("lots of km2"), 10, "zones[1].area", "no number"},
        {FIGURE("km2"), 10, "zones[1].area", "no number"},
        {FIGURE("-5 km2"), 10, "zones[1].area", "negative"},
        {FIGURE("1e9 km2"), 10, "zones[1].area", "1e9 km2"},
        {FIGURE("1,590 mu"), 10, "zones[1].area", "1,590 mu"},
        {FIGURE("1.2.3 mu"), 10, "zones[1].area", "1.2.3 mu"},
        {FIGURE("29.54 km"), 10, "zones[1].area", "an unknown unit"},
        {FIGURE("999999999999999999999999 km2"), 10, "zones[1].area", "beyond what areas can be"},
        {FIGURE("0.00000000000000000001 km2"), 10, "zones[1].area", "beyond what areas can be"},
        {FIGURE("[5 km2]"), 10, "zones[1].area", "found: a list"},
        {FIGURE("''"), 10, "zones[1].area", "an empty text"},
    };

    REFUSE_ALL(wrong);
}

/* ---------------------------------------------------------------- what is wrong */

TEST(a_head_that_is_wrong_is_told)
{
    static const wrong_plan wrong[] = {
        {"- plan\n", 1, NULL, "found: a list"},
        {"plan: 1\ntitel: x\n", 2, "titel", "perhaps: title"},
        {LEAST "title: again\n", 10, "title", "the same key twice"},
        {"title: x\ncrs: y\n", 1, "plan", "a key is missing"},
        {"title: x\nplan: 2\n", 2, "plan", "found: 2"},
        {"plan: 1\ncrs: x\ngeometry: official\n", 1, "title", "a key is missing"},
        {"plan: 1\ntitle: x\ngeometry: official\n", 1, "crs", "a key is missing"},
        {"plan: 1\ntitle: x\ncrs: y\n", 1, "geometry", "a key is missing"},
        {"plan: 1\ntitle: x\ncrs: y\ngeometry: sketch\n", 4, "geometry", "schematic, official"},
        {"plan: 1\ntitle: x\ncrs:\n  - y\ngeometry: official\n", 4, "crs", "found: a list"},
        {LEAST "unit: acre\n", 10, "unit", "found: acre"},
        {HEAD ZONES LAYERS, 1, "whole", "a key is missing"},
        {HEAD WHOLE LAYERS, 1, "zones", "a key is missing"},
        {HEAD WHOLE ZONES, 1, "layers", "a key is missing"},
    };

    REFUSE_ALL(wrong);
}

TEST(zones_that_are_wrong_are_told)
{
    static const wrong_plan wrong[] = {
        {HEAD WHOLE "zones: a\n" LAYERS, 6, "zones", "expected: a list"},
        {HEAD WHOLE "zones:\n  - a\n" LAYERS, 7, "zones[0]", "a mapping"},
        {HEAD WHOLE "zones:\n  - {id: a}\n" LAYERS, 7, "zones[0].name", "a key is missing"},
        {HEAD WHOLE "zones:\n  - {name: a}\n" LAYERS, 7, "zones[0].id", "a key is missing"},
        {HEAD WHOLE "zones:\n  - id: a\n    name: x\n    aera: 1 mu\n" LAYERS, 9, "zones[0].aera", "perhaps: area"},
        {HEAD WHOLE "zones:\n  - id: a\n    name: x\n    layer: zones\n" LAYERS, 9, "zones[0].layer", "unknown key"},
        {HEAD WHOLE "zones:\n  - {id: a, name: x}\n  - name: y\n    id: a\n" LAYERS, 9, "zones[1].id", "twice"},
        {HEAD "whole: All\n" ZONES LAYERS, 5, "whole", "a mapping"},
        {HEAD "whole: {area: 1 mu}\n" ZONES LAYERS, 5, "whole.name", "a key is missing"},
        {LEAST "expansion: {a: b}\n", 10, "expansion", "expected: a list"},
    };

    REFUSE_ALL(wrong);
}

TEST(a_period_is_first_and_last_year)
{
    static const wrong_plan wrong[] = {
        {LEAST "period: abc\n", 10, "period", "found: abc"},
        {LEAST "period: 2025-2021\n", 10, "period", "remedy: period: 2021-2025"},
        {LEAST "period: 2021\n", 10, "period", "such as 2021-2025"},
        {LEAST "period: 2021-2025x\n", 10, "period", "such as 2021-2025"},
        {LEAST "period: 2021-20255\n", 10, "period", "such as 2021-2025"},
        {LEAST "period: 0000-0000\n", 10, "period", "such as 2021-2025"},
    };

    REFUSE_ALL(wrong);
    place p;
    zone_plan *plan = open_plan(&p, LEAST "period: 2021-2025\n");
    EXPECT_INT(plan ? plan->first_year : 0, 2021);
    EXPECT_INT(plan ? plan->last_year : 0, 2025);
    close_plan(&p, plan);
}

TEST(layers_that_are_wrong_are_told)
{
    static const wrong_plan wrong[] = {
        {HEAD WHOLE ZONES "layers: [a]\n", 8, "layers", "a mapping"},
        {HEAD WHOLE ZONES "layers:\n  a: x.gpkg\n", 9, "layers.a", "a mapping"},
        {HEAD WHOLE ZONES "layers:\n  a: {layer: x}\n", 9, "layers.a.data", "a key is missing"},
        {LEAST "  zones: {data: b}\n", 10, "layers.zones", "the same key twice"},
        {LEAST "  b:\n    data: b\n    edition: survey-1984\n", 12, "layers.b.edition", "survey-2019, use-2020"},
        {LEAST "  b:\n    data: b\n    edition: survey\n", 12, "layers.b.edition", "found: survey"},
        {LEAST "  b:\n    data: b\n    fields:\n      clas: DLBM\n", 13, "layers.b.fields.clas", "perhaps: class"},
        {LEAST "  b:\n    data: b\n    fields: DLBM\n", 12, "layers.b.fields", "a mapping"},
        {LEAST "construction:\n  use-2023: ['07']\n  use-1984: ['07']\n", 12, "construction.use-1984", "use-2023"},
        {LEAST "construction:\n  use-2023: {'07': x}\n", 11, "construction.use-2023", "expected: a list"},
        {LEAST "construction: ['07']\n", 10, "construction", "a mapping"},
        {LEAST "construction: {use-2023: ['07', '99']}\n", 10, "construction.use-2023", "found: 99"},
        {LEAST "construction:\n  survey-2019:\n    - '05'\n    - ZZ\n", 13, "construction.survey-2019", "found: ZZ"},
        {LEAST "construction:\n  use-2023: '0799'\n", 11, "construction.use-2023", "remedy: use-2023: construction"},
    };

    REFUSE_ALL(wrong);
}

TEST(elements_and_indicators_that_are_wrong_are_told)
{
#define ELEMENT(rest)   LEAST "elements:\n  - structure: layout\n    element: core\n" rest
#define INDICATOR(rest) LEAST "indicators:\n  - number: '1'\n    name: x\n    unit: y\n" rest
    static const wrong_plan wrong[] = {
        {ELEMENT("    layer: zones\n"), 11, "elements[0].count", "a key is missing"},
        {ELEMENT("    layer: zonez\n    count: 1\n"), 13, "elements[0].layer", "no such layer in this plan"},
        {ELEMENT("    layer: zones\n    count: 0\n"), 14, "elements[0].count", "a whole number from 1"},
        {ELEMENT("    layer: zones\n    count: seven\n"), 14, "elements[0].count", "found: seven"},
        {ELEMENT("    layer: zones\n    count: 1.5\n"), 14, "elements[0].count", "found: 1.5"},
        {ELEMENT("    layer: zones\n    count: 99999999999999999999\n"), 14, "elements[0].count", "whole number"},
        {LEAST "elements:\n  - structure: layout\n    element: cor\n", 12, "elements[0].element", "perhaps: core"},
        {LEAST "elements:\n  - structure: town\n", 11, "elements[0].structure", "layout, landscape"},
        {LEAST "elements: core\n", 10, "elements", "expected: a list"},
        {INDICATOR("    base: 1\n"), 11, "indicators[0].target", "a key is missing"},
        {INDICATOR("    target: many\n"), 14, "indicators[0].target", "expected: a number"},
        {INDICATOR("    target: 2\n    base: 1 km\n"), 15, "indicators[0].base", "found: 1 km"},
        {INDICATOR("    target: 2\n    goal: 1\n"), 15, "indicators[0].goal", "unknown key"},
    };

    REFUSE_ALL(wrong);
}

TEST(rules_that_are_wrong_are_told)
{
#define RULE(name, rest) LEAST "rules:\n  - rule: " name "\n    of: zones\n" rest
    static const wrong_plan wrong[] = {
        {RULE("inside", ""), 11, "rules[0].rule", "near_centroid, within"},
        {LEAST "rules:\n  - rule: closed\n", 11, "rules[0].of", "a key is missing"},
        {LEAST "rules:\n  - rule: closed\n    of: a/b\n", 12, "rules[0].of", "no such layer in this plan"},
        {LEAST "rules:\n  - of: zones\n", 11, "rules[0].rule", "a key is missing"},
        {RULE("closed", "    tolerance: 1 m\n"), 13, "rules[0].tolerance", "unknown key"},
        {RULE("within", "    in: zones\n"), 11, "rules[0].tolerance", "a key is missing"},
        {RULE("within", "    in: zones\n    tolerance: 300\n"), 14, "rules[0].tolerance", "300 m"},
        {RULE("within", "    in:\n      - zones\n      - zonez\n    tolerance: 3 m\n"), 14, "rules[0].in", "zonez"},
        {RULE("within", "    tolerance: 3 m\n"), 11, "rules[0].in", "a key is missing"},
        {RULE("passes", "    through: [zones, zones]\n    tolerance: 3 m\n"), 13, "rules[0].through", "one layer"},
        {RULE("follows", "    along: zones\n    tolerance: 3 m\n"), 11, "rules[0].share", "a key is missing"},
        {RULE("follows", "    along: zones\n    tolerance: 3 m\n    share: 90\n"), 15, "rules[0].share", "0 to 1"},
        {RULE("follows", "    along: zones\n    tolerance: 3 m\n    share: -0.1\n"), 15, "rules[0].share", "0 to 1"},
        {RULE("leaves_from", "    from: zones\n    towards: zones\n    tolerance: 3 m\n    angle: 45\n"), 16,
         "rules[0].angle", "45 deg"},
    };

    REFUSE_ALL(wrong);
}
