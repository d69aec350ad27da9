/* Files: whole or not at all. */
#include "sink.h"

#include <sys/stat.h>
#include <unistd.h>

static long size_of(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 ? (long)facts.st_size : -1;
}

TEST(a_table_goes_to_a_file_by_its_extension)
{
    char folder[] = "/tmp/zone-test-XXXXXX", path[64];
    zone_table *table = sample_table();

    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/t.csv", folder);
    EXPECT_INT(zone_table_write(NULL, table, path, NULL), ZONE_OK);
    EXPECT(size_of(path) > 40);
    unlink(path);
    EXPECT_INT(rmdir(folder), 0); /* nothing is left beside it */
    zone_table_free(table);
}

TEST(what_can_not_be_written_is_said_and_leaves_nothing)
{
    zone_context *ctx = NULL;
    zone_table *table = sample_table();
    const zone_write_options wrong_unit = {.size = sizeof wrong_unit, .unit = "acre"};
    char folder[] = "/tmp/zone-test-XXXXXX", path[64];

    zone_context_create(&ctx);
    EXPECT_INT(zone_table_write(ctx, table, "/nowhere/at/all.csv", NULL), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "/nowhere/at/all.csv");
    EXPECT_INT(zone_table_write(ctx, table, "/dev/full", NULL), ZONE_CANNOT_WRITE);
    EXPECT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/t.csv", folder);
    EXPECT_INT(zone_table_write(ctx, table, path, &wrong_unit), ZONE_BAD_USAGE);
    EXPECT_INT(rmdir(folder), 0);
    zone_table_free(table);
    zone_context_free(ctx);
}

TEST(a_failed_write_keeps_the_old_file)
{
    zone_table *table = sample_table();
    const zone_write_options wrong_unit = {.size = sizeof wrong_unit, .unit = "acre"};
    char path[] = "/tmp/zone-test-XXXXXX";

    close(mkstemp(path));
    EXPECT_INT(zone_table_write(NULL, table, path, NULL), ZONE_OK);
    long before = size_of(path);
    EXPECT(before > 0);
    EXPECT_INT(zone_table_write(NULL, table, path, &wrong_unit), ZONE_BAD_USAGE);
    EXPECT_INT(size_of(path), before);
    unlink(path);
    zone_table_free(table);
}

TEST(a_sink_that_says_no_is_an_error)
{
    static kept out;
    zone_table *table = sample_table();

    memset(&out, 0, sizeof out);
    out.room = 10;
    EXPECT_INT(zone_table_format(NULL, table, NULL, keep, &out), ZONE_CANNOT_WRITE);
    EXPECT_INT(zone_table_format(NULL, NULL, NULL, keep, &out), ZONE_BAD_USAGE);
    zone_table_free(table);
}
