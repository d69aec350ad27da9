/* Files: whole or not at all. */
#include "sink.h"

#include <fcntl.h>
#include <stdbool.h>
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

/* A folder with files in it, and their paths. */
typedef struct {
    char folder[32], path[8][320];
} desk;

static void open_desk(desk *d)
{
    snprintf(d->folder, sizeof d->folder, "/tmp/zone-test-XXXXXX");
    EXPECT(mkdtemp(d->folder) != NULL);
}

static const char *on_desk(desk *d, int index, const char *name)
{
    snprintf(d->path[index], sizeof d->path[index], "%s/%s", d->folder, name);
    return d->path[index];
}

static bool is_link(const char *path)
{
    struct stat facts;

    return lstat(path, &facts) == 0 && S_ISLNK(facts.st_mode);
}

TEST(a_link_stays_and_the_file_behind_it_is_written)
{
    desk d;
    open_desk(&d);
    zone_table *table = sample_table();
    const char *real = on_desk(&d, 0, "real.csv"), *near = on_desk(&d, 1, "near.csv");
    const char *far = on_desk(&d, 2, "far.csv"), *hanging = on_desk(&d, 3, "hanging.csv");
    const char *fresh = on_desk(&d, 4, "fresh.csv"), *circle = on_desk(&d, 5, "circle.csv");

    close(open(real, O_WRONLY | O_CREAT, 0600));
    EXPECT(symlink("real.csv", near) == 0 && symlink(near, far) == 0 && symlink("fresh.csv", hanging) == 0 &&
           symlink("circle.csv", circle) == 0);
    EXPECT_INT(zone_table_write(NULL, table, far, NULL), ZONE_OK);
    EXPECT(is_link(far) && is_link(near) && size_of(real) > 40);
    EXPECT_INT(zone_table_write(NULL, table, hanging, NULL), ZONE_OK);
    EXPECT(is_link(hanging) && size_of(fresh) > 40);
    EXPECT_INT(zone_table_write(NULL, table, circle, NULL), ZONE_CANNOT_WRITE);
    EXPECT(is_link(circle));
    for (int i = 0; i < 6; i++)
        unlink(d.path[i]);
    EXPECT_INT(rmdir(d.folder), 0);
    zone_table_free(table);
}

TEST(an_open_file_is_written_on_where_it_stands)
{
    desk d;
    open_desk(&d);
    zone_table *table = sample_table();
    const char *file = on_desk(&d, 0, "file.csv"), *link = on_desk(&d, 1, "link.csv");
    char number[64];
    int handle = open(file, O_RDWR | O_CREAT | O_TRUNC, 0600);

    snprintf(number, sizeof number, "/proc/self/fd/%d", handle);
    EXPECT(symlink(number, link) == 0);
    EXPECT_INT(write(handle, "before\n", 7), 7);
    EXPECT_INT(zone_table_write(NULL, table, link, NULL), ZONE_OK);
    EXPECT_INT(write(handle, "after\n", 6), 6);
    long whole = size_of(file);
    EXPECT_INT(lseek(handle, 0, SEEK_CUR), whole);
    EXPECT(whole > 53 && is_link(link));
    close(handle);
    EXPECT_INT(zone_table_write(NULL, table, link, NULL), ZONE_CANNOT_WRITE);
    unlink(file);
    unlink(link);
    EXPECT_INT(rmdir(d.folder), 0);
    zone_table_free(table);
}

TEST(a_name_may_be_as_long_as_names_can_be)
{
    desk d;
    open_desk(&d);
    zone_table *table = sample_table();
    char name[256];

    memset(name, 'x', 251);
    snprintf(name + 251, 5, ".csv");
    EXPECT_INT(zone_table_write(NULL, table, on_desk(&d, 0, name), NULL), ZONE_OK);
    EXPECT(size_of(d.path[0]) > 40);
    unlink(d.path[0]);
    EXPECT_INT(rmdir(d.folder), 0);
    zone_table_free(table);
}
