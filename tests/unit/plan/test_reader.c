/* Reading a YAML document: what is wrong is told with file, line, key, found and expected; nothing odd crashes. */
#include "plan/fixture.h"
#include "plan/schema.h"

/* The status of opening these bytes; what opens is closed. */
static zone_status try_bytes(const place *p, const char *bytes, size_t count)
{
    zone_reader reader;

    put_bytes(p, bytes, count);
    zone_context_begin(p->ctx);
    zone_status status = zone_reader_open(p->ctx, p->path, &reader);
    if (!status)
        zone_reader_close(&reader);
    return status;
}

static void refuse(const place *p, const char *text, int line, const char *part)
{
    EXPECT_INT(try_bytes(p, text, strlen(text)), ZONE_BAD_PLAN);
    expect_refusal(p, text, line, NULL, part);
}

/* An open document, its root in `root`; the test fails when the text can't be read. */
typedef struct {
    place place;
    zone_reader reader;
    const yaml_node_t *root;
} document;

static void open_document(document *d, const char *text)
{
    open_place(&d->place);
    put_text(&d->place, text);
    EXPECT_INT(zone_reader_open(d->place.ctx, d->place.path, &d->reader), ZONE_OK);
    d->root = zone_reader_root(&d->reader);
}

static void close_document(document *d)
{
    zone_reader_close(&d->reader);
    close_place(&d->place);
}

/* ---------------------------------------------------------------- the file */

TEST(a_file_that_is_not_there_and_one_that_is_none)
{
    place p;
    zone_reader reader;

    open_place(&p);
    EXPECT_INT(zone_reader_open(p.ctx, p.path, &reader), ZONE_NOT_FOUND);
    EXPECT_TEXT(zone_context_error(p.ctx)->file, p.path);
    EXPECT_INT(zone_context_error(p.ctx)->line, 0);
    EXPECT_INT(zone_reader_open(p.ctx, p.folder, &reader), ZONE_BAD_FILE);
    EXPECT_TEXT(zone_context_error(p.ctx)->file, p.folder);
    close_place(&p);
}

TEST(a_file_that_says_nothing_is_empty)
{
    static const char *const texts[] = {"", "\n\n", "# only a remark\n", "\xef\xbb\xbf", "   "};
    place p;

    open_place(&p);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse(&p, texts[i], 1, "an empty file");
    close_place(&p);
}

TEST(broken_yaml_is_told_with_its_line)
{
    place p;

    open_place(&p);
    refuse(&p, "plan: 1\ntitle: a: b\n", 2, "YAML");
    refuse(&p, "plan: 1\ntitle: x\n\tcrs: y\n", 3, "YAML");
    refuse(&p, "plan: 1\nzones: [a, b]]\n", 2, "YAML");
    refuse(&p, "plan: 1\r\n\r\ntitle: %x\r\n", 3, "YAML");
    refuse(&p, "plan: 1\nwhole: {a: 1}\n  title: x\n", 3, "YAML");
    refuse(&p, "plan: 1\ntitle: \"\\q\"\n", 2, "YAML");
    close_place(&p);
}

/* Bytes that are no UTF-8 (a plan saved as GBK, a cut file) have their line too, not that of the beginning. */
TEST(bad_encoding_is_told_with_its_line)
{
    place p;

    open_place(&p);
    refuse(&p, "title: \xd0\xc2\xb3\xc7\n", 1, "YAML in UTF-8");
    refuse(&p, "plan: 1\ntitle: x\nnote: \xff\n", 3, "YAML in UTF-8");
    refuse(&p, "\xef\xbb\xbfplan: 1\r\n\r\nnote: \xc0\xaf\r\n", 3, "YAML in UTF-8");
    refuse(&p, "plan: 1\nnote: \xed\xa0\x80\n", 2, "YAML in UTF-8");
    refuse(&p, "plan: 1\nnote: \xe9\x87", 2, "YAML in UTF-8");
    refuse(&p, "plan: 1\nnote: a\x01\n", 2, "YAML in UTF-8");
    EXPECT_INT(try_bytes(&p, "plan: 1\nnote: a\0b\n", 18), ZONE_BAD_PLAN);
    expect_refusal(&p, "a NUL", 2, NULL, "YAML in UTF-8");
    close_place(&p);
}

TEST(a_byte_order_mark_and_dos_lines_are_read)
{
    document d;
    char *text = NULL;

    open_document(&d, "\xef\xbb\xbftitle: 金兰创新城\r\nplan: 1\r\n");
    EXPECT_INT(zone_reader_text(&d.reader, d.root, "title", true, &text), ZONE_OK);
    EXPECT_TEXT(text, "金兰创新城");
    free(text);
    EXPECT_INT(zone_reader_line(zone_reader_get(&d.reader, d.root, "plan")), 2);
    close_document(&d);
}

/* An alias may hold itself, and nine lines of aliases of aliases are more nodes than there is memory. */
TEST(aliases_are_refused)
{
    place p;

    open_place(&p);
    refuse(&p, "a: &x [1]\nb: *x\n", 2, "an alias");
    refuse(&p, "a: &x\n  b: 1\n  c: *x\n", 3, "an alias");
    refuse(&p, "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\n", 2, "an alias");
    refuse(&p, "a: &x {k: 1}\nb:\n  <<: *x\n", 3, "an alias");
    close_place(&p);
}

TEST(a_second_document_is_refused)
{
    place p;

    open_place(&p);
    refuse(&p, "plan: 1\n---\nplan: 1\n", 2, "a second document");
    close_place(&p);
}

/* A hundred thousand levels must end as a sentence, not as a stack that has run out or a wait of minutes. */
TEST(deep_nesting_is_refused)
{
    enum { DEPTH = 100000 };
    static char text[2 * DEPTH + 1];
    place p;

    open_place(&p);
    memcpy(text, "a:\n ", 4);
    memset(text + 4, '[', DEPTH);
    EXPECT_INT(try_bytes(&p, text, DEPTH), ZONE_BAD_PLAN);
    expect_refusal(&p, "brackets", 2, NULL, "levels");
    for (size_t i = 0; i < DEPTH; i++)
        memcpy(text + 2 * i, "- ", 2);
    EXPECT_INT(try_bytes(&p, text, sizeof text - 1), ZONE_BAD_PLAN);
    expect_refusal(&p, "dashes", 1, NULL, "levels");
    EXPECT_INT(try_bytes(&p, "[[[[[[[[x]]]]]]]]", 17), ZONE_OK);
    close_place(&p);
}

TEST(more_than_a_person_writes_is_no_plan)
{
    enum { MOST = 16 * 1024 * 1024 };
    place p;
    char *text = malloc(MOST + 1);

    open_place(&p);
    EXPECT(text != NULL);
    if (text) {
        memset(text, '#', MOST + 1);
        EXPECT_INT(try_bytes(&p, text, MOST + 1), ZONE_BAD_PLAN);
        EXPECT_CONTAINS(zone_context_error_text(p.ctx), "16 MB");
    }
    free(text);
    close_place(&p);
}

/* ---------------------------------------------------------------- mappings */

static const char *const keys[] = {"title", "period", "zones", NULL};

static void refuse_mapping(const char *text, int line, const char *key, const char *part)
{
    document d;

    open_document(&d, text);
    EXPECT_INT(zone_reader_mapping(&d.reader, d.root, keys), ZONE_BAD_PLAN);
    expect_refusal(&d.place, text, line, key, part);
    close_document(&d);
}

TEST(a_mapping_has_known_keys_once)
{
    refuse_mapping("- title\n", 1, NULL, "found: a list");
    refuse_mapping("title\n", 1, NULL, "found: a single value");
    refuse_mapping("title: x\nperod: y\n", 2, "perod", "title, period, zones");
    refuse_mapping("title: x\nperod: y\n", 2, "perod", "perhaps: period");
    refuse_mapping("title: x\nperiod: y\ntitle: z\n", 3, "title", "twice");
    refuse_mapping("title: x\n\"title\": z\n", 2, "title", "twice");
    refuse_mapping("title: x\n? [a]\n: b\n", 2, NULL, "found: a list");
    refuse_mapping("TITLE: x\n", 1, "TITLE", "unknown key");
    refuse_mapping("名称: x\n", 1, "名称", "unknown key");
}

TEST(a_key_far_from_all_has_no_remedy)
{
    document d;

    open_document(&d, "something_else: 1\n");
    EXPECT_INT(zone_reader_mapping(&d.reader, d.root, keys), ZONE_BAD_PLAN);
    EXPECT(zone_context_error(d.place.ctx)->remedy == NULL);
    EXPECT_INT(zone_reader_mapping(&d.reader, d.root, NULL), ZONE_OK);
    close_document(&d);
}

TEST(a_person_who_reads_chinese_is_told_in_chinese)
{
    document d;

    open_document(&d, "title: x\nperod: y\n");
    zone_context_set_language(d.place.ctx, ZONE_CHINESE);
    EXPECT_INT(zone_reader_mapping(&d.reader, d.root, keys), ZONE_BAD_PLAN);
    EXPECT_CONTAINS(zone_context_error_text(d.place.ctx), "perod");
    EXPECT(strstr(zone_context_error_text(d.place.ctx), "unknown key") == NULL);
    close_document(&d);
}

/* ---------------------------------------------------------------- values */

TEST(a_text_is_a_scalar_that_says_something)
{
    document d;
    char *text = NULL;

    open_document(&d, "a: 01\nb: ''\nc:\nd: [x]\ne:\n  f: x\ng: \"x\\0y\"\n");
    EXPECT_INT(zone_reader_text(&d.reader, d.root, "a", true, &text), ZONE_OK);
    EXPECT_TEXT(text, "01");
    free(text);
    EXPECT_INT(zone_reader_text(&d.reader, d.root, "z", false, &text), ZONE_OK);
    EXPECT(text == NULL);

    static const struct {
        const char *key;
        int line;
        const char *part;
    } wrong[] = {{"z", 1, "a key is missing"}, {"b", 2, "an empty text"},    {"c", 3, "an empty text"},
                 {"d", 4, "found: a list"},    {"e", 6, "found: a mapping"}, {"g", 7, "expected: a text"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        text = (char *)&d;
        EXPECT_INT(zone_reader_text(&d.reader, d.root, wrong[i].key, true, &text), ZONE_BAD_PLAN);
        EXPECT(text == NULL);
        expect_refusal(&d.place, wrong[i].key, wrong[i].line, wrong[i].key, wrong[i].part);
    }
    close_document(&d);
}

TEST(a_number_is_all_of_its_text)
{
    static const char *const wrong[] = {"x", "1 000", "1,5", "12a", "nan", "inf", "1e999", "--1", "5 m"};
    document d;
    double number = 0;

    open_document(&d, "a: 12.5\nb: -3\nc: 1e3\nd: 0\n");
    EXPECT_INT(zone_reader_number(&d.reader, d.root, "a", true, &number), ZONE_OK);
    EXPECT_REAL(number, 12.5, 0);
    EXPECT_INT(zone_reader_number(&d.reader, d.root, "b", true, &number), ZONE_OK);
    EXPECT_REAL(number, -3, 0);
    EXPECT_INT(zone_reader_number(&d.reader, d.root, "c", true, &number), ZONE_OK);
    EXPECT_REAL(number, 1000, 0);
    EXPECT_INT(zone_reader_number(&d.reader, d.root, "z", false, &number), ZONE_OK);
    EXPECT(isnan(number));
    EXPECT_INT(zone_reader_number(&d.reader, d.root, "z", true, &number), ZONE_BAD_PLAN);
    close_document(&d);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[64];
        snprintf(text, sizeof text, "a: 1\nb: \"%s\"\n", wrong[i]);
        open_document(&d, text);
        EXPECT_INT(zone_reader_number(&d.reader, d.root, "b", true, &number), ZONE_BAD_PLAN);
        EXPECT(isnan(number));
        expect_refusal(&d.place, text, 2, "b", "expected: a number");
        EXPECT_TEXT(zone_context_error(d.place.ctx)->found, wrong[i]);
        close_document(&d);
    }
}

/* What is measured has its unit: 300 may be metres, feet or mu. */
TEST(a_measure_has_its_unit)
{
    static const char *const wrong[] = {"300", "300 km", "300 m2", "-1 m", "m", "nan m", "1e999 m", "3 0 m", "300 M"};
    document d;
    double number = 0;

    open_document(&d, "a: 300 m\nb: 0.5m\nc: 45 deg\nd: 0 m\n");
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "a", "m", &number), ZONE_OK);
    EXPECT_REAL(number, 300, 0);
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "b", "m", &number), ZONE_OK);
    EXPECT_REAL(number, 0.5, 0);
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "c", "deg", &number), ZONE_OK);
    EXPECT_REAL(number, 45, 0);
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "d", "m", &number), ZONE_OK);
    EXPECT_REAL(number, 0, 0);
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "c", "m", &number), ZONE_BAD_PLAN);
    expect_refusal(&d.place, "deg for m", 3, "c", "300 m");
    EXPECT_INT(zone_reader_measure(&d.reader, d.root, "z", "m", &number), ZONE_BAD_PLAN);
    expect_refusal(&d.place, "none", 1, "z", "missing");
    close_document(&d);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[64];
        snprintf(text, sizeof text, "a: 1\nb: \"%s\"\n", wrong[i]);
        open_document(&d, text);
        EXPECT_INT(zone_reader_measure(&d.reader, d.root, "b", "m", &number), ZONE_BAD_PLAN);
        EXPECT(isnan(number));
        expect_refusal(&d.place, text, 2, "b", wrong[i]);
        close_document(&d);
    }
}

TEST(a_measure_may_have_its_range)
{
    static const char *const fits[] = {"0.5 m", "2 m", "7.25m"}, *const wrong[] = {"0.49 m", "7.26 m", "nan m", "3"};
    document d;
    double number = 0;
    char text[64];

    for (size_t i = 0; i < 7; i++) {
        bool fit = i < 3;
        const char *value = fit ? fits[i] : wrong[i - 3];
        snprintf(text, sizeof text, "a: 1\nb: \"%s\"\n", value);
        open_document(&d, text);
        EXPECT_INT(zone_reader_measure_between(&d.reader, d.root, "b", "m", 0.5, 7.25, &number),
                   fit ? ZONE_OK : ZONE_BAD_PLAN);
        EXPECT(isnan(number) == !fit);
        if (!fit)
            expect_refusal(&d.place, text, 2, "b", "from 0.5 m to 7.25 m");
        close_document(&d);
    }
}

TEST(one_of_several_words_names_them_and_the_nearest)
{
    static const char *const words[] = {"schematic", "official", NULL};
    document d;

    open_document(&d, "a: 1\ngeometry: oficial\n");
    EXPECT_INT(zone_reader_one_of(&d.reader, d.root, "geometry", "official", words), ZONE_OK);
    EXPECT_INT(zone_reader_one_of(&d.reader, d.root, "geometry", "oficial", words), ZONE_BAD_PLAN);
    expect_refusal(&d.place, "oficial", 2, "geometry", "schematic, official");
    EXPECT_TEXT(zone_context_error(d.place.ctx)->found, "oficial");
    EXPECT_TEXT(zone_context_error(d.place.ctx)->remedy, "perhaps: official");
    close_document(&d);
}

/* ---------------------------------------------------------------- lists */

static void free_list(char **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    free(list);
}

TEST(a_list_is_texts_or_one_text)
{
    document d;
    char **list = NULL;
    size_t count = 0;

    open_document(&d, "a: [x, '07']\nb: y\nc: []\n");
    EXPECT_INT(zone_reader_list(&d.reader, d.root, "a", true, &list, &count), ZONE_OK);
    EXPECT_INT(zone_reader_list(&d.reader, d.root, "b", true, &list, &count), ZONE_OK);
    EXPECT_INT(zone_reader_list(&d.reader, d.root, "c", true, &list, &count), ZONE_OK);
    EXPECT_INT(zone_reader_list(&d.reader, d.root, "z", false, &list, &count), ZONE_OK);
    EXPECT_INT(count, 3);
    if (count == 3) {
        EXPECT_TEXT(list[0], "x");
        EXPECT_TEXT(list[1], "07");
        EXPECT_TEXT(list[2], "y");
    }
    free_list(list, count);
    close_document(&d);
}

TEST(a_list_of_anything_else_is_refused_at_its_item)
{
    static const struct {
        const char *key;
        int line;
        const char *part;
    } wrong[] = {{"a", 3, "found: a list"},
                 {"b", 4, "found: a mapping"},
                 {"c", 6, "expected: a text"},
                 {"d", 7, "expected: a text"},
                 {"z", 1, "missing"}};
    document d;

    open_document(&d, "a:\n  - x\n  - [y]\nb: {x: y}\nc:\n  - ''\nd: \"x\\0y\"\n");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char **list = NULL;
        size_t count = 0;
        EXPECT_INT(zone_reader_list(&d.reader, d.root, wrong[i].key, true, &list, &count), ZONE_BAD_PLAN);
        expect_refusal(&d.place, wrong[i].key, wrong[i].line, wrong[i].key, wrong[i].part);
        free_list(list, count);
    }
    close_document(&d);
}

TEST(a_sequence_has_its_items_in_order)
{
    document d;
    yaml_node_t *sequence = NULL;

    open_document(&d, "a:\n  - {x: 1}\n  - {x: 2}\nb: x\n");
    EXPECT_INT(zone_reader_sequence(&d.reader, d.root, "a", true, &sequence), ZONE_OK);
    EXPECT_INT(zone_reader_length(sequence), 2);
    for (size_t i = 0; i < zone_reader_length(sequence); i++)
        EXPECT_INT(zone_reader_line(zone_reader_item(&d.reader, sequence, i)), i + 2);
    EXPECT_INT(zone_reader_sequence(&d.reader, d.root, "z", false, &sequence), ZONE_OK);
    EXPECT(sequence == NULL);
    EXPECT_INT(zone_reader_length(NULL), 0);
    EXPECT_INT(zone_reader_sequence(&d.reader, d.root, "b", true, &sequence), ZONE_BAD_PLAN);
    expect_refusal(&d.place, "b", 4, "b", "expected: a list");
    EXPECT_INT(zone_reader_sequence(&d.reader, d.root, "z", true, &sequence), ZONE_BAD_PLAN);
    expect_refusal(&d.place, "z", 1, "z", "missing");
    close_document(&d);
}

/* ---------------------------------------------------------------- where the reader stands */

TEST(an_error_names_the_path_of_its_key)
{
    document d;

    open_document(&d, "a: 1\n");
    size_t zones = zone_reader_enter(&d.reader, "zones", 1);
    size_t fields = zone_reader_enter(&d.reader, "fields", -1);
    EXPECT_INT(zone_reader_fail(&d.reader, d.root, "class", NULL, NULL, NULL, NULL), ZONE_BAD_PLAN);
    EXPECT_TEXT(zone_context_error(d.place.ctx)->key, "zones[1].fields.class");
    zone_reader_leave(&d.reader, fields);
    zone_reader_fail(&d.reader, d.root, NULL, NULL, NULL, NULL, NULL);
    EXPECT_TEXT(zone_context_error(d.place.ctx)->key, "zones[1]");
    zone_reader_leave(&d.reader, zones);
    zone_reader_fail(&d.reader, d.root, NULL, NULL, NULL, NULL, NULL);
    EXPECT(zone_context_error(d.place.ctx)->key == NULL);
    close_document(&d);
}

/* A path that is cut is cut between characters: messages are UTF-8 whatever the length of a layer's name. */
TEST(a_long_path_is_cut_between_characters)
{
    document d;
    char name[361] = "";

    open_document(&d, "a: 1\n");
    for (size_t i = 0; i < 120; i++)
        memcpy(name + 3 * i, "地", 3);
    size_t mark = zone_reader_enter(&d.reader, "layer", -1);
    for (int shift = 0; shift < 3; shift++) {
        size_t inner = zone_reader_enter(&d.reader, &"xx"[2 - shift], -1);
        size_t long_one = zone_reader_enter(&d.reader, name, -1);
        size_t length = strlen(d.reader.path);
        EXPECT(length > 150 && length < sizeof d.reader.path);
        EXPECT_INT((length - strlen("layer.") - (size_t)shift - 1) % 3, 0);
        EXPECT_TEXT(d.reader.path + length - 3, "地");
        EXPECT_INT(zone_reader_enter(&d.reader, "more", 3), length);
        zone_reader_leave(&d.reader, long_one);
        zone_reader_leave(&d.reader, inner);
    }
    zone_reader_leave(&d.reader, mark);
    EXPECT_TEXT(d.reader.path, "");
    close_document(&d);
}
