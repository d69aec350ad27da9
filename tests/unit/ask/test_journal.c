/* The journal of a batch: lines that give back what was put into them. */
#include "ask/journal.h"

#include "ask/fixture.h"

#include <float.h>

/* Every member is another value, with both halves of the long ones. */
static const zone_exact far_below = -((zone_exact)77 << 90) - 5;

static zone_site_finding findings[] = {{.check = 3,
                                        .severity = ZONE_SEVERITY_REJECT,
                                        .verdict = ZONE_FINDING_UNMET,
                                        .measures = ZONE_MEASURES_AREA,
                                        .area = ((zone_exact)5 << 70) + 11,
                                        .limit = -1,
                                        .margin = (zone_exact)INT64_MAX + 2,
                                        .number = -0.0,
                                        .least = 1.0 / 3.0,
                                        .number_margin = DBL_MIN / 2,
                                        .turned = ZONE_TURNED_BY_DIGIT | 6,
                                        .placed = true,
                                        .place = {448000.123, 3229000.456},
                                        .remark = "地类 0101 12.50 m2 - =\n\t"},
                                       {.check = ZONE_JUDGE_READABLE, .number = INFINITY, .remark = ""},
                                       {.check = 0, .verdict = ZONE_FINDING_NOTE, .least = DBL_MAX}};
static const unsigned char shape[] = {1, 0, 255, 10, 13, 32, 0};
static zone_site_piece pieces[] = {
    {.check = 4, .with = "S35", .area = 7, .width = 0.25, .wkb = shape, .size = sizeof shape},
    {.check = 5, .with = NULL, .area = 0, .width = 2.5, .wkb = shape, .size = 1}};
static zone_site_draw draws[] = {{.zone = 2, .quota = 1, .area = (zone_exact)1 << 100},
                                 {.zone = 0, .quota = 9, .area = 1}};
static zone_site_repeat repeats[] = {{.area = 12, .looked = true}, {.area = (zone_exact)3 << 65, .looked = false}};

static zone_site_result full_result(void)
{
    return (zone_site_result){.readable = true,
                              .barred = true,
                              .area = 123456789,
                              .farmland = far_below,
                              .farmland_net = -1,
                              .redline = 2,
                              .construction = (zone_exact)1 << 64,
                              .zones = "phase1 62.10 %, resort 37.90 %",
                              .finding = findings,
                              .piece = pieces,
                              .draw = draws,
                              .repeat = repeats,
                              .finding_count = 3,
                              .piece_count = 2,
                              .draw_count = 2,
                              .repeat_count = 2};
}

/* The line of a result without its newline; yours to free. */
static char *line_of(zone_context *ctx, size_t site, const zone_site_result *result)
{
    zone_journal_line line = {0};

    EXPECT_INT(zone_journal_write(ctx, &line, site, result), ZONE_OK);
    EXPECT(line.length > 1 && line.text[line.length - 1] == '\n');
    EXPECT(strchr(line.text, '\n') == line.text + line.length - 1);
    line.text[line.length - 1] = '\0';
    return line.text;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_real(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void expect_same_finding(const zone_site_finding *is, const zone_site_finding *should)
{
    EXPECT(is->check == should->check && is->severity == should->severity && is->verdict == should->verdict);
    EXPECT(is->measures == should->measures && is->turned == should->turned && is->placed == should->placed);
    EXPECT(is->area == should->area && is->limit == should->limit && is->margin == should->margin);
    EXPECT(same_real(is->number, should->number) && same_real(is->least, should->least));
    EXPECT(same_real(is->number_margin, should->number_margin));
    EXPECT(same_real(is->place[0], should->place[0]) && same_real(is->place[1], should->place[1]));
    EXPECT(same_text(is->remark, should->remark));
}

static void expect_same_lists(const zone_site_result *is, const zone_site_result *should)
{
    EXPECT_INT(is->finding_count, should->finding_count);
    EXPECT_INT(is->piece_count, should->piece_count);
    EXPECT_INT(is->draw_count, should->draw_count);
    EXPECT_INT(is->repeat_count, should->repeat_count);
    for (size_t i = 0; i < should->finding_count && i < is->finding_count; i++)
        expect_same_finding(&is->finding[i], &should->finding[i]);
    for (size_t i = 0; i < should->piece_count && i < is->piece_count; i++) {
        const zone_site_piece *a = &is->piece[i], *b = &should->piece[i];
        EXPECT(a->check == b->check && same_text(a->with, b->with) && a->area == b->area);
        EXPECT(same_real(a->width, b->width) && a->size == b->size && memcmp(a->wkb, b->wkb, b->size) == 0);
    }
    for (size_t i = 0; i < should->draw_count && i < is->draw_count; i++)
        EXPECT(is->draw[i].zone == should->draw[i].zone && is->draw[i].quota == should->draw[i].quota &&
               is->draw[i].area == should->draw[i].area);
    for (size_t i = 0; i < should->repeat_count && i < is->repeat_count; i++)
        EXPECT(is->repeat[i].area == should->repeat[i].area && is->repeat[i].looked == should->repeat[i].looked);
}

static void expect_same(const zone_site_result *is, const zone_site_result *should)
{
    EXPECT(is->readable == should->readable && is->barred == should->barred);
    EXPECT(is->area == should->area && is->farmland == should->farmland && is->farmland_net == should->farmland_net);
    EXPECT(is->redline == should->redline && is->construction == should->construction);
    EXPECT(same_text(is->zones, should->zones));
    expect_same_lists(is, should);
}

/* Writes, reads and compares. */
static void expect_round_trip(size_t number, const zone_site_result *result)
{
    zone_context *ctx = new_context();
    zone_arena arena = {0};
    zone_site_result back;
    size_t site = 0;
    bool sound = false;
    char *line = line_of(ctx, number, result);

    EXPECT_INT(zone_journal_read(ctx, line, &arena, &sound, &site, &back), ZONE_OK);
    EXPECT(sound);
    EXPECT(site == number);
    expect_same(&back, result);
    free(line);
    zone_arena_free(&arena);
    zone_context_free(ctx);
}

TEST(every_member_comes_back_bit_by_bit)
{
    zone_site_result result = full_result();

    expect_round_trip(0, &result);
    expect_round_trip(SIZE_MAX, &result);
}

TEST(an_empty_result_comes_back)
{
    zone_site_result result = {0};

    expect_round_trip(12, &result);
}

TEST(a_width_that_is_none_comes_back)
{
    zone_site_result result = full_result();

    pieces[1].width = NAN;
    expect_round_trip(1, &result);
    pieces[1].width = 2.5;
}

static bool is_sound(zone_context *ctx, const char *text)
{
    zone_arena arena = {0};
    zone_site_result result;
    size_t site = 0;
    bool sound = true;

    EXPECT_INT(zone_journal_read(ctx, text, &arena, &sound, &site, &result), ZONE_OK);
    EXPECT(sound || (result.finding_count == 0 && !result.zones));
    zone_arena_free(&arena);
    return sound;
}

TEST(a_line_with_any_byte_changed_is_none)
{
    zone_context *ctx = new_context();
    zone_site_result result = full_result();
    char *line = line_of(ctx, 7, &result);

    EXPECT(is_sound(ctx, line));
    for (size_t i = 0; line[i]; i++) {
        char kept = line[i];
        line[i] = kept == '0' ? '1' : '0';
        EXPECT(!is_sound(ctx, line));
        line[i] = kept;
    }
    free(line);
    zone_context_free(ctx);
}

TEST(a_line_cut_anywhere_is_none)
{
    zone_context *ctx = new_context();
    zone_site_result result = full_result();
    char *line = line_of(ctx, 7, &result);

    for (size_t length = strlen(line); length-- > 0;) {
        line[length] = '\0';
        EXPECT(!is_sound(ctx, line));
    }
    free(line);
    zone_context_free(ctx);
}

TEST(foreign_lines_are_none)
{
    static const char *const lines[] = {
        "", "\n", "site,verdict", "7 1 1 - 0 0 0 ", "00000000000000000000000000000000", "zone-quota-journal 1 abc"};
    zone_context *ctx = new_context();

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        EXPECT(!is_sound(ctx, lines[i]));
    zone_context_free(ctx);
}

TEST(the_head_is_that_of_its_identity_only)
{
    zone_context *ctx = new_context();
    zone_journal_line line = {0};

    EXPECT_INT(zone_journal_head(ctx, &line, "0123abc"), ZONE_OK);
    EXPECT(line.text[line.length - 1] == '\n');
    line.text[line.length - 1] = '\0';
    EXPECT(zone_journal_is_head(line.text, "0123abc"));
    EXPECT(!zone_journal_is_head(line.text, "0123abd"));
    EXPECT(!zone_journal_is_head(line.text, "0123ab"));
    EXPECT(!zone_journal_is_head("0123abc", "0123abc"));
    EXPECT(!zone_journal_is_head("", ""));
    zone_journal_line_free(&line);
    EXPECT(!line.text && line.capacity == 0);
    zone_context_free(ctx);
}

TEST(a_line_is_made_anew_in_the_same_place)
{
    zone_context *ctx = new_context();
    zone_site_result result = full_result(), bare = {0};
    zone_journal_line line = {0};
    char *alone = line_of(ctx, 2, &bare);

    EXPECT_INT(zone_journal_write(ctx, &line, 1, &result), ZONE_OK);
    EXPECT_INT(zone_journal_write(ctx, &line, 2, &bare), ZONE_OK);
    line.text[line.length - 1] = '\0';
    EXPECT_TEXT(line.text, alone);
    free(alone);
    zone_journal_line_free(&line);
    zone_context_free(ctx);
}
