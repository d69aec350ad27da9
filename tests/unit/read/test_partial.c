/* Reading partials: what was written comes back, and nothing else is taken. */
#include "read/partial.h"

#include "base/checksum.h"
#include "read/fixture.h"

#include <unistd.h>

static const char body[] =
    "{\n\"zone_partial\": 2,\n"
    "\"request\": {\"columns\": [\"item\", \"value\"], \"rows\": [\n[\"question\", \"area\"],\n[\"a \\\"b\\\" \\\\ "
    "\\u001f 亩\", null]\n]},\n"
    "\"columns\": {\"columns\": [\"role\", \"name\", \"edition\", \"broad\", \"means\"], \"rows\": [\n"
    "[\"key\", \"DLBM\", null, 0, 1],\n[\"method\", \"survey\", null, 0, 1]\n]},\n"
    "\"inputs\": {\"columns\": [\"role\", \"label\", \"layer\", \"hash\", \"driver\", \"reference system\", "
    "\"ellipsoid\", "
    "\"encoding\", \"versions\", \"features\", \"used\", \"repaired\", \"rejected\", \"outside\", \"looked\", "
    "\"change\", "
    "\"whole\", \"inside\", \"drawn\", \"drawn outside\", \"in zones\", \"repeat\", \"first repaired\", \"first "
    "rejected\", \"first outside\", "
    "\"overlaps\"], \"rows\": "
    "[\n]},\n"
    "\"zones\": {\"columns\": [\"label\", \"area\", \"sum\", \"repeat\", \"drawn\", \"drawn left\", \"drawn repeat\"], "
    "\"rows\": [\n]},\n"
    "\"groups\": {\"columns\": [\"order\", \"pieces\", \"cut\", \"area 1\", \"text 1\"], \"rows\": [\n"
    "[0, 9223372036854775807, 0, \"%s\", \"0101\"]\n]},\n"
    "\"unknown classes\": {\"columns\": [\"key\", \"edition\", \"code\", \"features\"], \"rows\": [\n]},\n"
    "\"covered\": {\"columns\": [\"feature\", \"zone\", \"group\", \"area\", \"covered\"], \"rows\": [\n]},\n";

static char path[64];

static void put_file(const char *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");

    fwrite(bytes, 1, count, file);
    fclose(file);
}

/* Puts the text with its checksum, whatever it says. */
static size_t put_sealed(const char *text, char *file, size_t size)
{
    char sum[ZONE_CHECKSUM_SIZE];
    zone_checksum checksum;

    zone_checksum_begin(&checksum);
    zone_checksum_add(&checksum, text, strlen(text));
    int length = snprintf(file, size, "%s\"checksum\": \"%s\"\n}\n", text, zone_checksum_print(&checksum, sum));
    put_file(file, (size_t)length);
    return (size_t)length;
}

static zone_status try_partial(zone_context *ctx)
{
    zone_partial *partial = NULL;
    zone_status status = zone_partial_read(ctx, path, &partial);

    EXPECT((status == ZONE_OK) == (partial != NULL));
    if (status)
        EXPECT_CONTAINS(zone_context_error_text(ctx), path);
    zone_partial_free(partial);
    return status;
}

static void open_path(void)
{
    snprintf(path, sizeof path, "/tmp/zone-partial-%ld", (long)getpid());
}

TEST(what_was_written_comes_back)
{
    static char text[4096], file[8192];
    zone_context *ctx = new_context();
    zone_partial *partial = NULL;

    open_path();
    snprintf(text, sizeof text, body, "-170141183460469231731687303715884105728");
    put_sealed(text, file, sizeof file);
    EXPECT_INT(zone_partial_read(ctx, path, &partial), ZONE_OK);
    if (partial) {
        const zone_table *groups = partial->table[ZONE_PARTIAL_GROUPS], *request = partial->table[ZONE_PARTIAL_REQUEST];
        EXPECT_INT(zone_table_integer(groups, 0, ZONE_GROUPS_PIECES), INT64_MAX);
        EXPECT(zone_table_area(groups, 0, ZONE_GROUPS_AREAS) + ((zone_exact)1 << 126) == -((zone_exact)1 << 126));
        EXPECT_TEXT(zone_table_text(groups, 0, ZONE_GROUPS_AREAS + 1), "0101");
        EXPECT_TEXT(zone_table_text(request, 1, 0), "a \"b\" \\ \x1f 亩");
        EXPECT(zone_table_is_null(request, 1, 1));
        EXPECT_INT(partial->keys, 1);
    }
    zone_partial_free(partial);
    zone_context_free(ctx);
    unlink(path);
}

TEST(every_byte_counts)
{
    static char text[4096], file[8192];
    zone_context *ctx = new_context();

    open_path();
    snprintf(text, sizeof text, body, "7");
    size_t length = put_sealed(text, file, sizeof file);
    EXPECT_INT(try_partial(ctx), ZONE_OK);
    for (size_t i = 0; i < length; i++) {
        file[i] ^= 4;
        put_file(file, length);
        EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
        file[i] ^= 4;
        put_file(file, i);
        EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    }
    snprintf(file + length, sizeof file - length, "\n");
    put_file(file, length + 1);
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    zone_context_free(ctx);
    unlink(path);
}

TEST(a_good_checksum_does_not_make_good_contents)
{
    static const char *const changes[][2] = {
        {"\"7\"", "\"07\""},
        {"\"7\"", "\"-0\""},
        {"\"7\"", "\"\""},
        {"\"7\"", "\"7.0\""},
        {"\"7\"", "7"},
        {"\"7\"", "\"170141183460469231731687303715884105728\""},
        {"\"7\"", "\"-170141183460469231731687303715884105729\""},
        {"\"7\"", "\"99999999999999999999999999999999999999999999999999999999999999999999999999999999\""},
        {"9223372036854775807", "9223372036854775808"},
        {"9223372036854775807", "92233720368547758070000000000000000000000"},
        {"9223372036854775807", "-1"},
        {"9223372036854775807", "01"},
        {"9223372036854775807", "1e3"},
        {"9223372036854775807", "\"1\""},
        {"9223372036854775807", "null"},
        {"9223372036854775807", "[[[[[[[["},
        {"\"0101\"]", "\"0101\", 1]"},
        {"\"0101\"]", "\"0101\""},
        {"\"0101\"", "\"01\n01\""},
        {"\"0101\"", "\"\\u0000\""},
        {"\"0101\"", "\"\\n\""},
        {"\"0101\"", "\"\\u00ff\""},
        {"\"0101\"", "\"\xff\""},
        {"\"0101\"", "\"0101"},
        {"\"text 1\"", "\"text 2\""},
        {", \"text 1\"", ""},
        {"\"groups\"", "\"zones\""},
        {"\"key\"", "\"lock\""},
        {"\"method\"", "\"zone\""},
        {"[\"question\"", "[ \"question\""},
        {"\"unknown classes\"", "\"unknown classes\": {}, \"unknown classes\""},
    };
    static char text[8192], changed[8192], file[16384];
    zone_context *ctx = new_context();

    open_path();
    snprintf(text, sizeof text, body, "7");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const char *at = strstr(text, changes[i][0]);
        if (!at) {
            TEST_FAIL("no %s", changes[i][0]);
            continue;
        }
        snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, changes[i][1],
                 at + strlen(changes[i][0]));
        put_sealed(changed, file, sizeof file);
        if (try_partial(ctx) != ZONE_BAD_FILE)
            TEST_FAIL("%s for %s was taken", changes[i][1], changes[i][0]);
    }
    zone_context_free(ctx);
    unlink(path);
}

TEST(other_files_and_versions_are_named)
{
    static char file[8192];
    zone_context *ctx = new_context();

    open_path();
    EXPECT_INT(try_partial(ctx), ZONE_NOT_FOUND);
    put_file("", 0);
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "an empty file");
    put_file("id,area_m2\n", 11);
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    put_sealed("{\n\"zone_partial\": 1,\n", file, sizeof file);
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    EXPECT_TEXT(zone_context_error(ctx)->found, "version 1");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "version 2");
    put_sealed("{\n\"zone_partial\": x,\n", file, sizeof file);
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    unlink(path);
    snprintf(path, sizeof path, "/dev/zero");
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    snprintf(path, sizeof path, "/tmp");
    EXPECT_INT(try_partial(ctx), ZONE_BAD_FILE);
    zone_context_free(ctx);
}

TEST(a_budget_of_memory_is_kept)
{
    static char text[2000000], file[2100000];
    zone_context *ctx = new_context();

    open_path();
    memset(text, ' ', sizeof text - 1);
    memcpy(text, "{\n\"zone_partial\": 2,\n", 21);
    put_sealed(text, file, sizeof file);
    zone_context_set_memory(ctx, 1 << 20);
    EXPECT_INT(try_partial(ctx), ZONE_TOO_LARGE);
    zone_context_free(ctx);
    unlink(path);
}
