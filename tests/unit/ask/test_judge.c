/* The judge: what each check finds of a site. The drawings are made so that the figures can be said beforehand. */
#include "ask/judge.h"

#include "ask/batch.h"

static const zone_exact one = ZONE_EXACT_M2;

/* A plan, sites, and what was found of each. */
typedef struct {
    batch b;
    zone_sites sites;
    zone_trial trial;
    zone_crs *crs;
    zone_arena arena;
    zone_clip *clip;
    zone_site_result result[8];
} bench;

static void open_bench(bench *s, const char *rules, const char *sites)
{
    *s = (bench){.sites.batch.field_count = ZONE_SITE_WORDS};
    EXPECT_INT(open_batch_plan(&s->b, rules), ZONE_OK);
    if (!s->b.plan)
        printf("%s\n", zone_context_error_text(s->b.ctx));
    EXPECT_INT(zone_plan_crs(s->b.ctx, s->b.plan, &s->crs), ZONE_OK);
    EXPECT_INT(zone_sites_add(s->b.ctx, &s->sites, sites, NULL, s->crs), ZONE_OK);
    EXPECT_INT(zone_sites_name(s->b.ctx, &s->sites), ZONE_OK);
    EXPECT_INT(zone_trial_open(s->b.ctx, s->b.plan, &s->sites, NULL, &s->trial), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&s->trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&s->trial, 0, s->sites.batch.feature_count), ZONE_OK);
    EXPECT_INT(zone_clip_open(s->b.ctx, &s->clip), ZONE_OK);
    for (size_t i = 0; i < s->sites.batch.feature_count && i < 8; i++)
        EXPECT_INT(zone_judge_site(&s->trial, i, false, s->clip, &s->arena, &s->result[i]), ZONE_OK);
}

static void close_bench(bench *s)
{
    zone_clip_close(s->clip);
    zone_arena_free(&s->arena);
    zone_trial_close(&s->trial);
    zone_sites_free(&s->sites);
    zone_crs_free(s->crs);
    close_batch(&s->b);
}

/* One site of this drawing, judged by one check. */
static void judge_one(bench *s, const char *check, const char *properties, const char *points)
{
    char rules[2048];
    drawing d;

    begin_drawing(&d, 4549);
    draw_polygon(&d, properties, points);
    end_drawing(&d, SITES);
    snprintf(rules, sizeof rules, QUOTAS "checks:\n" CHECK("%s"), check);
    open_bench(s, rules, SITES);
    EXPECT_INT(s->result[0].finding_count, 1);
}

static void expect_finding(const zone_site_finding *finding, zone_finding_verdict verdict, zone_severity severity)
{
    EXPECT_INT(finding->verdict, verdict);
    EXPECT_INT(finding->severity, severity);
}

static void expect_area(const zone_site_finding *finding, zone_exact area, zone_exact limit, zone_exact margin)
{
    EXPECT_INT(finding->measures, ZONE_MEASURES_AREA);
    EXPECT(finding->area == area);
    EXPECT(finding->limit == limit);
    EXPECT(finding->margin == margin);
}

/* A site of 20 × 10 m of which 5 × 10 m lie beyond the boundary. */
#define BEYOND "185 0,205 0,205 10,185 10"

TEST(an_area_over_its_limit_is_unmet_with_margin_and_place)
{
    bench s;

    judge_one(&s, "rule: inside, of: boundary, severity: reject, limit: 1 m2", "\"XMBH\":\"A\"", BEYOND);
    const zone_site_finding *finding = &s.result[0].finding[0];
    expect_finding(finding, ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    expect_area(finding, 50 * one, one, 49 * one);
    EXPECT(finding->placed && finding->place[0] > 441200 && finding->place[0] < 441205);
    EXPECT(s.result[0].barred);
    EXPECT_INT(s.result[0].piece_count, 1);
    EXPECT(s.result[0].piece[0].area == 50 * one);
    close_bench(&s);
}

TEST(an_area_at_its_limit_is_met)
{
    bench s;

    judge_one(&s, "rule: inside, of: boundary, severity: reject, limit: 50 m2", "\"XMBH\":\"A\"", BEYOND);
    const zone_site_finding *finding = &s.result[0].finding[0];
    expect_finding(finding, ZONE_FINDING_MET, ZONE_SEVERITY_REJECT);
    expect_area(finding, 50 * one, 50 * one, 0);
    EXPECT(!s.result[0].barred && !finding->placed);
    EXPECT_INT(s.result[0].piece_count, 0);
    /* The coordinates are whole metres: half of one turns it. */
    EXPECT(finding->turned & ZONE_TURNED_BY_DIGIT);
    close_bench(&s);
}

TEST(a_share_is_of_the_site)
{
    bench s;

    judge_one(&s, "rule: inside, of: boundary, severity: warn, limit: 20 %", "\"XMBH\":\"A\"", BEYOND);
    const zone_site_finding *finding = &s.result[0].finding[0];
    expect_finding(finding, ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    expect_area(finding, 50 * one, 40 * one, 10 * one);
    EXPECT(!s.result[0].barred);
    close_bench(&s);
}

/* Grid areas are larger than those of the ellipsoid here (by some 8.6e-5 of them): a limit between the two. */
TEST(another_area_method_that_turns_the_verdict_is_told)
{
    bench s;

    judge_one(&s, "rule: inside, of: boundary, severity: reject, limit: 49.9985 m2", "\"XMBH\":\"A\"",
              "185.00001 0,205 0,205 10,185.00001 10");
    const zone_site_finding *finding = &s.result[0].finding[0];
    expect_finding(finding, ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    bool by_survey = false;
    for (size_t m = 1; m < s.trial.methods.count; m++)
        if (strcmp(s.trial.methods.method[m].name, "survey") == 0)
            by_survey = (finding->turned >> m & 1) != 0;
    EXPECT(by_survey);
    close_bench(&s);
}

TEST(a_thick_margin_is_turned_by_nothing)
{
    bench s;

    judge_one(&s, "rule: inside, of: boundary, severity: reject, limit: 1 m2", "\"XMBH\":\"A\"", BEYOND);
    EXPECT_INT(s.result[0].finding[0].turned, 0);
    close_bench(&s);
}

TEST(a_use_the_plan_does_not_have_is_unmet)
{
    bench s;

    judge_one(&s, "rule: use, of: planned, severity: reject, limit: 5 %, kinds: {home: [\"07\"]}",
              "\"XMBH\":\"A\",\"YDLX\":\"home\"", "110 0,130 0,130 10,110 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    expect_area(&s.result[0].finding[0], 100 * one, 10 * one, 90 * one);
    EXPECT_CONTAINS(s.result[0].finding[0].remark, "1001 100.00 m2");
    close_bench(&s);
}

TEST(a_kind_that_is_unknown_or_missing_is_warned_of_not_rejected)
{
    bench s;
    const char *check = "rule: use, of: planned, severity: reject, limit: 5 %, kinds: {home: [\"07\"]}";

    judge_one(&s, check, "\"XMBH\":\"A\",\"YDLX\":\"castle\"", "10 0,20 0,20 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[0].finding[0].remark, "castle");
    EXPECT(!s.result[0].barred);
    close_bench(&s);
    judge_one(&s, check, "\"XMBH\":\"A\"", "10 0,20 0,20 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[0].finding[0].remark, "no kind");
    close_bench(&s);
}

TEST(claims_are_held_against_the_computed_area)
{
    bench s;
    const char *check = "rule: claimed, severity: warn, limit: 1 %";

    judge_one(&s, check, "\"XMBH\":\"A\",\"SBMJ\":202", "10 0,30 0,30 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_MET, ZONE_SEVERITY_WARN);
    expect_area(&s.result[0].finding[0], 2 * one, 2 * one, 0);
    close_bench(&s);
    judge_one(&s, check, "\"XMBH\":\"A\",\"SBMJ\":197", "10 0,30 0,30 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    expect_area(&s.result[0].finding[0], 3 * one, 2 * one, one);
    close_bench(&s);
}

TEST(a_claim_that_is_none_is_unmet_and_measures_nothing)
{
    static const char *const claims[] = {"\"XMBH\":\"A\"", "\"XMBH\":\"A\",\"SBMJ\":-200", "\"XMBH\":\"A\",\"SBMJ\":0",
                                         "\"XMBH\":\"A\",\"SBMJ\":\"much\""};

    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        bench s;
        judge_one(&s, "rule: claimed, severity: reject, limit: 1 %", claims[i], "10 0,30 0,30 10,10 10");
        expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
        EXPECT_INT(s.result[0].finding[0].measures, ZONE_MEASURES_NOTHING);
        EXPECT(s.result[0].finding[0].remark != NULL);
        close_bench(&s);
    }
}

/* 2S/L of 100 × 4 m: 800 / 208. */
TEST(a_width_below_its_limit_is_unmet)
{
    bench s;

    judge_one(&s, "rule: width, severity: warn, limit: 5 m", "\"XMBH\":\"A\"", "10 0,110 0,110 4,10 4");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_INT(s.result[0].finding[0].measures, ZONE_MEASURES_WIDTH);
    EXPECT_REAL(s.result[0].finding[0].number, 800.0 / 208.0, 1e-9);
    EXPECT_REAL(s.result[0].finding[0].number_margin, 5 - 800.0 / 208.0, 1e-9);
    close_bench(&s);
}

static void expect_term(const char *check, const char *properties, zone_finding_verdict verdict, double least,
                        double margin)
{
    bench s;

    judge_one(&s, check, properties, "10 0,20 0,20 10,10 10");
    EXPECT_INT(s.result[0].finding[0].verdict, verdict);
    EXPECT_REAL(s.result[0].finding[0].least, least, 0);
    EXPECT_REAL(s.result[0].finding[0].number_margin, margin, 0);
    close_bench(&s);
}

TEST(terms_are_those_allowed_or_between_bounds)
{
    const char *some = "rule: term, severity: reject, allowed: [10, 20, 30]";
    const char *between = "rule: term, severity: reject, least: 5, most: 10";

    expect_term(some, "\"XMBH\":\"A\",\"NX\":\"20\"", ZONE_FINDING_MET, 20, 0);
    expect_term(some, "\"XMBH\":\"A\",\"NX\":\"26年\"", ZONE_FINDING_UNMET, 30, 4);
    expect_term(between, "\"XMBH\":\"A\",\"NX\":\"5\"", ZONE_FINDING_MET, 5, 0);
    expect_term(between, "\"XMBH\":\"A\",\"NX\":\"4.5\"", ZONE_FINDING_UNMET, 5, 0.5);
    expect_term(between, "\"XMBH\":\"A\",\"NX\":\"12\"", ZONE_FINDING_UNMET, 10, 2);
}

TEST(a_term_is_asked_of_the_kinds_it_is_about)
{
    bench s;
    const char *check = "rule: term, severity: reject, kinds: [works], allowed: [10]";

    judge_one(&s, check, "\"XMBH\":\"A\",\"YDLX\":\"home\",\"NX\":\"70\"", "10 0,20 0,20 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_NOTE, ZONE_SEVERITY_NOTE);
    close_bench(&s);
    judge_one(&s, check, "\"XMBH\":\"A\",\"YDLX\":\"works\",\"NX\":\"70\"", "10 0,20 0,20 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    close_bench(&s);
    judge_one(&s, check, "\"XMBH\":\"A\",\"YDLX\":\"works\",\"NX\":\"soon\"", "10 0,20 0,20 10,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[0].finding[0].remark, "soon");
    close_bench(&s);
}

TEST(twins_and_sites_without_a_name_are_told)
{
    bench s;
    drawing d;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\",\"XMMC\":\"a\"", 0, 0, 10, 10);
    draw_box(&d, "\"XMBH\":\"A\",\"XMMC\":\"b\"", 20, 0, 30, 10);
    draw_box(&d, "\"XMBH\":\"B\",\"XMMC\":\"c\"", 60, 0, 70, 10);
    draw_box(&d, "\"XMBH\":null", 40, 0, 50, 10);
    end_drawing(&d, SITES);
    open_bench(&s, "checks:\n" CHECK("rule: identity, severity: warn"), SITES);
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_INT(s.result[2].finding[0].verdict, ZONE_FINDING_MET);
    expect_finding(&s.result[1].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[1].finding[0].remark, "another site");
    expect_finding(&s.result[3].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[3].finding[0].remark, "neither");
    close_bench(&s);
}

TEST(a_repaired_site_says_what_was_mended)
{
    bench s;

    judge_one(&s, "rule: sound, severity: warn", "\"XMBH\":\"A\"", "10 0,20 10,20 0,10 10");
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_WARN);
    EXPECT_CONTAINS(s.result[0].finding[0].remark, "Self-intersection");
    EXPECT(s.result[0].readable && s.result[0].area == 50 * one);
    close_bench(&s);
}

TEST(a_site_that_cant_be_read_is_rejected_and_judged_by_its_words_only)
{
    bench s;

    put_text("/vsimem/batch_broken.geojson", "{\"type\":");
    open_bench(&s,
               QUOTAS "checks:\n" CHECK("rule: sound, severity: warn")
                   CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2")
                       CHECK("rule: identity, severity: note"),
               "/vsimem/batch_broken.geojson");
    EXPECT(!s.result[0].readable && s.result[0].barred);
    EXPECT_INT(s.result[0].finding_count, 2);
    expect_finding(&s.result[0].finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    EXPECT(s.result[0].finding[0].remark != NULL);
    EXPECT_INT(s.result[0].finding[1].check, 2);
    EXPECT_INT(s.result[0].draw_count, 0);
    close_bench(&s);
}

TEST(a_plan_without_the_check_of_soundness_still_rejects_what_cant_be_read)
{
    bench s;

    put_text("/vsimem/batch_broken.geojson", "{\"type\":");
    open_bench(&s, "checks:\n" CHECK("rule: inside, of: boundary, severity: reject, limit: 1 m2"),
               "/vsimem/batch_broken.geojson");
    EXPECT_INT(s.result[0].finding_count, 1);
    EXPECT(s.result[0].finding[0].check == ZONE_JUDGE_READABLE && s.result[0].barred);
    close_bench(&s);
}

TEST(what_a_site_takes_is_measured_by_zone)
{
    bench s;

    /* 20 m in each zone, 10 m of them on farmland: 40 × 20 m. */
    judge_one(&s, "rule: sound, severity: warn", "\"XMBH\":\"A\"", "80 10,120 10,120 30,80 30");
    const zone_site_result *result = &s.result[0];
    EXPECT(result->area == 800 * one);
    EXPECT(result->farmland == 400 * one && result->farmland_net == 320 * one);
    EXPECT(result->construction == 0);
    EXPECT_TEXT(result->zones, "a 50.00 %, b 50.00 %");
    EXPECT_INT(result->draw_count, 4);
    for (size_t i = 0; i < result->draw_count; i++)
        EXPECT(result->draw[i].area == (result->draw[i].quota == 0 ? 400 : 200) * one);
    close_bench(&s);
}

TEST(what_is_construction_today_is_told)
{
    bench s;

    judge_one(&s, "rule: sound, severity: warn", "\"XMBH\":\"A\"", "10 0,30 0,30 10,10 10");
    EXPECT(s.result[0].construction == 100 * one);
    close_bench(&s);
}

/* The same site, beyond the boundary by 50 m²: too much for the second check, to be noted only by the third. */
TEST(a_brief_answer_has_findings_only_of_what_is_held_against_the_site)
{
    bench s;
    drawing d;
    zone_site_result brief;

    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"XMBH\":\"A\"", BEYOND);
    end_drawing(&d, SITES);
    open_bench(&s,
               QUOTAS "checks:\n" CHECK("rule: inside, of: boundary, severity: reject, limit: 60 m2")
                   CHECK("rule: inside, name: less, of: boundary, severity: reject, limit: 1 m2")
                       CHECK("rule: inside, name: noted, of: boundary, severity: note, limit: 1 m2"),
               SITES);
    EXPECT_INT(s.result[0].finding_count, 3);
    EXPECT_INT(zone_judge_site(&s.trial, 0, true, NULL, &s.arena, &brief), ZONE_OK);
    EXPECT_INT(brief.finding_count, 1);
    EXPECT_INT(brief.finding[0].check, 1);
    expect_finding(&brief.finding[0], ZONE_FINDING_UNMET, ZONE_SEVERITY_REJECT);
    EXPECT(brief.barred && brief.finding[0].placed && brief.finding[0].area == s.result[0].finding[1].area);
    close_bench(&s);
}

/* Farmland that two parcels cover is taken once; that it was there twice is kept for the closure. */
TEST(land_that_a_layer_has_twice_is_taken_once_and_kept)
{
    bench s;
    drawing d;
    zone_exact twice = 0;

    begin_drawing(&d, 4549);
    draw_box(&d, "\"XMBH\":\"A\"", 40, 30, 70, 40);
    end_drawing(&d, SITES);
    open_bench(&s, QUOTAS "checks:\n" CHECK("rule: sound, severity: warn"), SITES);
    EXPECT(s.result[0].farmland == 300 * one);
    draw_farmland(&s.b.place, true);
    zone_site_result again;
    zone_trial_close(&s.trial);
    EXPECT_INT(zone_trial_open(s.b.ctx, s.b.plan, &s.sites, NULL, &s.trial), ZONE_OK);
    EXPECT_INT(zone_trial_begin(&s.trial), ZONE_OK);
    EXPECT_INT(zone_trial_block(&s.trial, 0, 1), ZONE_OK);
    EXPECT_INT(zone_judge_site(&s.trial, 0, false, NULL, &s.arena, &again), ZONE_OK);
    EXPECT(again.farmland == 300 * one);
    EXPECT_INT(again.repeat_count, s.trial.held_count);
    for (size_t h = 0; h < again.repeat_count; h++) {
        EXPECT(again.repeat[h].looked == s.trial.held[h].drawn);
        twice += again.repeat[h].area;
    }
    EXPECT(twice == 100 * one);
    close_bench(&s);
}
