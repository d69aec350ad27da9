/* Files that are made beside their target. */
#include "write/staging.h"

#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

/* A folder and paths in it. */
typedef struct {
    char folder[32], path[6][320];
} desk;

static const char *on_desk(desk *d, int index, const char *name)
{
    snprintf(d->path[index], sizeof d->path[index], "%s/%s", d->folder, name);
    return d->path[index];
}

static void open_desk(desk *d)
{
    snprintf(d->folder, sizeof d->folder, "/tmp/zone-test-XXXXXX");
    EXPECT(mkdtemp(d->folder) != NULL);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    EXPECT(file != NULL);
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

/* A file of this text? */
static bool holds(const char *path, const char *text)
{
    char found[64] = "";
    FILE *file = fopen(path, "rb");
    size_t count = file ? fread(found, 1, sizeof found - 1, file) : 0;

    if (file)
        fclose(file);
    return file && count == strlen(text) && strcmp(found, text) == 0;
}

/* The path beside staging's file with another ending. */
static const char *part_of(const zone_staging *staging, desk *d, const char *ending)
{
    snprintf(d->path[5], sizeof d->path[5], "%.*s%s", (int)(strlen(staging->made) - 3), staging->made, ending);
    return d->path[5];
}

TEST(a_file_takes_its_place_when_it_is_whole)
{
    desk d;
    zone_staging staging;
    struct stat facts;
    open_desk(&d);
    const char *target = on_desk(&d, 0, "t.gpkg");

    put(target, "old");
    chmod(target, 0640);
    EXPECT_INT(zone_staging_open(NULL, target, &staging), ZONE_OK);
    put(staging.made, "new");
    EXPECT(holds(target, "old"));
    EXPECT_INT(zone_staging_replace(NULL, target, &staging), ZONE_OK);
    EXPECT(holds(target, "new"));
    EXPECT(stat(target, &facts) == 0 && (facts.st_mode & 07777) == 0640);
    zone_staging_close(&staging);
    unlink(target);
    EXPECT_INT(rmdir(d.folder), 0); /* nothing is left */
}

TEST(what_is_given_up_leaves_nothing)
{
    desk d;
    zone_staging staging;
    open_desk(&d);
    const char *target = on_desk(&d, 0, "t.gpkg");

    EXPECT_INT(zone_staging_open(NULL, target, &staging), ZONE_OK);
    put(staging.made, "half");
    put(part_of(&staging, &d, "tmp"), "other");
    zone_staging_close(&staging);
    EXPECT_INT(rmdir(d.folder), 0);
}

static const char *const parts[] = {"shp", "dbf", "qix", NULL};

TEST(several_files_are_exchanged_and_stale_parts_go)
{
    desk d;
    zone_staging staging;
    open_desk(&d);
    const char *shp = on_desk(&d, 0, "t.shp"), *dbf = on_desk(&d, 1, "t.dbf"), *qix = on_desk(&d, 2, "t.qix");

    put(shp, "old");
    put(qix, "index of the old");
    EXPECT_INT(zone_staging_open(NULL, shp, &staging), ZONE_OK);
    put(staging.made, "new");
    put(part_of(&staging, &d, "dbf"), "new table");
    EXPECT_INT(zone_staging_exchange(NULL, shp, &staging, parts), ZONE_OK);
    zone_staging_close(&staging);
    EXPECT(holds(shp, "new") && holds(dbf, "new table"));
    EXPECT(access(qix, F_OK) != 0);
    unlink(shp);
    unlink(dbf);
    EXPECT_INT(rmdir(d.folder), 0);
}

TEST(when_one_part_can_not_be_exchanged_all_old_ones_stand)
{
    desk d;
    zone_staging staging;
    open_desk(&d);
    const char *shp = on_desk(&d, 0, "t.shp"), *dbf = on_desk(&d, 1, "t.dbf"), *qix = on_desk(&d, 2, "t.qix");

    put(shp, "old");
    EXPECT_INT(mkdir(qix, 0700), 0); /* a part that can't be exchanged */
    EXPECT_INT(zone_staging_open(NULL, shp, &staging), ZONE_OK);
    put(staging.made, "new");
    put(part_of(&staging, &d, "dbf"), "new table");
    EXPECT_INT(zone_staging_exchange(NULL, shp, &staging, parts), ZONE_CANNOT_WRITE);
    zone_staging_close(&staging);
    EXPECT(holds(shp, "old") && access(dbf, F_OK) != 0);
    unlink(shp);
    EXPECT_INT(rmdir(qix), 0);
    EXPECT_INT(rmdir(d.folder), 0);
}

TEST(no_folder_and_no_plain_file_are_refused)
{
    zone_context *ctx = NULL;
    zone_staging staging;

    zone_context_create(&ctx);
    EXPECT_INT(zone_staging_open(ctx, "/nowhere/at/all.gpkg", &staging), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "/nowhere/at/all.gpkg");
    zone_staging_close(&staging);
    EXPECT_INT(zone_staging_open(ctx, "/tmp", &staging), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "Is a directory");
    zone_staging_close(&staging);
    EXPECT_INT(zone_staging_open(ctx, "/dev/full", &staging), ZONE_CANNOT_WRITE);
    zone_staging_close(&staging);
    zone_context_free(ctx);
}
