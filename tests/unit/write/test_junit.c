/* Reports for pipelines. */
#include "sink.h"

#include <cpl_minixml.h>

static kept out;

static CPLXMLNode *report(const zone_table *table, zone_language language)
{
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JUNIT, .language = language};

    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(NULL, table, &options, keep, &out), ZONE_OK);
    return CPLParseXMLString(out.text);
}

/* The suite, and its `index`-th element of a name. */
static CPLXMLNode *suite(CPLXMLNode *document)
{
    return CPLGetXMLNode(document, "=testsuites.testsuite");
}

static CPLXMLNode *element(CPLXMLNode *parent, const char *name, int index)
{
    for (CPLXMLNode *node = parent ? parent->psChild : NULL; node; node = node->psNext)
        if (node->eType == CXT_Element && strcmp(node->pszValue, name) == 0 && index-- == 0)
            return node;
    return NULL;
}

TEST(a_row_is_a_case_and_its_verdict_decides)
{
    zone_table *table = judged_table();
    CPLXMLNode *document = report(table, ZONE_ENGLISH), *all = suite(document);

    EXPECT_TEXT(CPLGetXMLValue(all, "name", ""), "what writers write");
    EXPECT_TEXT(CPLGetXMLValue(all, "tests", ""), "3");
    EXPECT_TEXT(CPLGetXMLValue(all, "failures", ""), "1");
    EXPECT_TEXT(CPLGetXMLValue(all, "properties.property.name", ""), "area method");
    EXPECT_TEXT(CPLGetXMLValue(all, "properties.property.value", ""), "survey");
    CPLXMLNode *first = element(all, "testcase", 0), *second = element(all, "testcase", 1);
    CPLXMLNode *third = element(all, "testcase", 2);
    EXPECT_TEXT(CPLGetXMLValue(first, "classname", ""), "quota");
    EXPECT_TEXT(CPLGetXMLValue(first, "name", ""), "0101 =1+1");
    EXPECT_TEXT(CPLGetXMLValue(first, "failure.type", ""), "reject");
    EXPECT_TEXT(CPLGetXMLValue(first, "failure.message", ""), "reject");
    const char *body = CPLGetXMLValue(first, "failure", "");
    EXPECT_CONTAINS(body, "area (m²): 0.34\n");
    EXPECT_CONTAINS(body, "- rule: inside; verdict: unmet; measured: 12 m2\n- rule: farmland; verdict: met");
    EXPECT_TEXT(CPLGetXMLValue(second, "name", ""), "0102 <b> & \"c\"");
    EXPECT(!CPLGetXMLNode(second, "failure") && CPLGetXMLNode(second, "system-out"));
    EXPECT_TEXT(CPLGetXMLValue(third, "name", ""), "0103");
    EXPECT(third && !element(third, "failure", 0) && !element(third, "system-out", 0));
    EXPECT_CONTAINS(CPLGetXMLValue(all, "system-out", ""), "findings that belong to no row\n- rule: sound");
    CPLDestroyXMLNode(document);
    document = report(table, ZONE_CHINESE);
    EXPECT_CONTAINS(out.text, "结论：不符合");
    CPLDestroyXMLNode(document);
    zone_table_free(table);
}

/* Findings in a table of their own, as of zone check: `count` lines of one name. */
static zone_table *checked(int count, const char *remark)
{
    static const char *const columns[] = {"verdict", "check", "of", "remark"};
    zone_table *table = zone_table_create("check");

    for (int i = 0; i < 4; i++)
        zone_table_add_column(table, (zone_column){.name = columns[i], .type = ZONE_COLUMN_TEXT, .verdict = i < 2});
    for (int i = 0; i < count; i++) {
        size_t row = zone_table_add_row(table);
        const char *cells[] = {i % 2 ? "note" : "unmet", "area", "phase1", remark};
        for (int c = 0; c < 4; c++)
            zone_table_set_text(table, row, c, cells[c]);
    }
    return table;
}

TEST(cases_of_one_name_are_numbered_and_a_failure_says_what_was_found)
{
    zone_table *table = checked(3, "a <\x01> b");
    CPLXMLNode *document = report(table, ZONE_ENGLISH), *all = suite(document);

    EXPECT_TEXT(CPLGetXMLValue(element(all, "testcase", 0), "name", ""), "area phase1");
    EXPECT_TEXT(CPLGetXMLValue(element(all, "testcase", 1), "name", ""), "area phase1 (2)");
    EXPECT_TEXT(CPLGetXMLValue(element(all, "testcase", 2), "name", ""), "area phase1 (3)");
    EXPECT_TEXT(CPLGetXMLValue(all, "failures", ""), "2");
    EXPECT_TEXT(CPLGetXMLValue(element(all, "testcase", 0), "failure.message", ""), "unmet: remark: a <\ufffd> b");
    EXPECT(CPLGetXMLNode(element(all, "testcase", 1), "system-out") != NULL);
    CPLDestroyXMLNode(document);
    zone_table_free(table);
    table = checked(0, NULL);
    document = report(table, ZONE_ENGLISH);
    EXPECT_TEXT(CPLGetXMLValue(suite(document), "tests", ""), "0");
    CPLDestroyXMLNode(document);
    zone_table_free(table);
}

TEST(a_table_without_verdicts_is_no_report)
{
    zone_context *ctx = NULL;
    zone_table *table = sample_table();
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JUNIT};

    zone_context_create(&ctx);
    memset(&out, 0, sizeof out);
    EXPECT_INT(zone_table_format(ctx, table, &options, keep, &out), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "the table has no verdicts");
    EXPECT_INT(out.length, 0);
    zone_table_free(table);
    zone_context_free(ctx);
}
