/* Directories and patterns become the files that they stand for; all else stands for itself. */
#include "read/fixture.h"
#include "read/paths.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    zone_context *ctx;
    char folder[64], path[160];
    char made[16][160];
    size_t count;
} folder;

static void open_folder(folder *f)
{
    *f = (folder){.ctx = new_context()};
    snprintf(f->folder, sizeof f->folder, "/tmp/zone-paths-XXXXXX");
    EXPECT(mkdtemp(f->folder) != NULL);
}

static const char *in(folder *f, const char *name)
{
    snprintf(f->path, sizeof f->path, "%s/%s", f->folder, name);
    return f->path;
}

static void put(folder *f, const char *name)
{
    FILE *file = fopen(in(f, name), "wb");

    EXPECT(file != NULL);
    if (file)
        fclose(file);
    snprintf(f->made[f->count++], sizeof *f->made, "%s", f->path);
}

static void put_folder(folder *f, const char *name)
{
    EXPECT_INT(mkdir(in(f, name), 0700), 0);
    snprintf(f->made[f->count++], sizeof *f->made, "%s", f->path);
}

static void close_folder(folder *f)
{
    while (f->count-- > 0)
        EXPECT_INT(remove(f->made[f->count]), 0);
    EXPECT_INT(rmdir(f->folder), 0);
    zone_context_free(f->ctx);
}

/* What `data` stands for, names in the folder with a blank between. */
static void expect(folder *f, const char *data, const char *names)
{
    char **paths = NULL, all[512] = "";
    size_t count = 0, length = strlen(f->folder);

    EXPECT_INT(zone_paths_expand(f->ctx, data, &paths, &count), ZONE_OK);
    if (!paths)
        printf("  %s\n", zone_context_error_text(f->ctx));
    for (size_t i = 0; i < count; i++) {
        bool inside = strncmp(paths[i], f->folder, length) == 0 && paths[i][length] == '/';
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? " " : "",
                 inside ? paths[i] + length + 1 : paths[i]);
    }
    EXPECT_TEXT(all, names);
    EXPECT(paths && !paths[count]);
    zone_paths_free(paths);
}

static const zone_error *refuse(folder *f, const char *data, zone_status status)
{
    char **paths = (char **)f;
    size_t count = 7;

    EXPECT_INT(zone_paths_expand(f->ctx, data, &paths, &count), status);
    EXPECT(!paths && count == 0);
    EXPECT_TEXT(zone_context_error(f->ctx)->file, data);
    return zone_context_error(f->ctx);
}

TEST(a_directory_is_its_vector_files_in_the_order_of_their_bytes)
{
    folder f;

    open_folder(&f);
    put(&f, "b.shp");
    put(&f, "b.dbf"); /* read along with the .shp */
    put(&f, "b.prj");
    put(&f, "10.TXT");
    put(&f, "9.txt");
    put(&f, "a.GPKG");
    put(&f, "c.mif");
    put(&f, "c.mid");
    put(&f, "readme.pdf");
    put(&f, ".hidden.csv");
    put(&f, "红线.csv");
    put_folder(&f, "more.gdb");
    put_folder(&f, "older");
    expect(&f, f.folder, "10.TXT 9.txt a.GPKG b.shp c.mif more.gdb 红线.csv");
    char slashed[80];
    snprintf(slashed, sizeof slashed, "%s/", f.folder);
    expect(&f, slashed, "10.TXT 9.txt a.GPKG b.shp c.mif more.gdb 红线.csv");
    close_folder(&f);
}

TEST(a_pattern_is_whatever_it_matches_but_hidden_files)
{
    folder f;

    open_folder(&f);
    put(&f, "X10.txt");
    put(&f, "X2.txt");
    put(&f, "Y1.txt");
    put(&f, "X3.doc");
    put(&f, ".X4.txt");
    expect(&f, in(&f, "X*.txt"), "X10.txt X2.txt");
    expect(&f, in(&f, "?1.txt"), "Y1.txt");
    expect(&f, in(&f, "[XY]1*"), "X10.txt Y1.txt");
    expect(&f, in(&f, "*"), "X10.txt X2.txt X3.doc Y1.txt");
    close_folder(&f);
}

TEST(a_pattern_without_a_directory_looks_where_the_program_is)
{
    folder f;
    char before[512];

    open_folder(&f);
    put(&f, "only.txt");
    EXPECT(getcwd(before, sizeof before) != NULL);
    EXPECT_INT(chdir(f.folder), 0);
    expect(&f, "on*.txt", "only.txt");
    refuse(&f, "no*.txt", ZONE_NOT_FOUND);
    EXPECT_INT(chdir(before), 0);
    close_folder(&f);
}

TEST(a_file_a_geodatabase_and_what_is_named_with_its_layer_stand_for_themselves)
{
    folder f;
    char data[320];

    open_folder(&f);
    put(&f, "a.gpkg");
    put(&f, "odd[1].txt");
    put_folder(&f, "more.gdb");
    expect(&f, in(&f, "a.gpkg"), "a.gpkg");
    expect(&f, in(&f, "a.gpkg:layer"), "a.gpkg:layer");
    expect(&f, in(&f, "a.gpkg:layer [old]*"), "a.gpkg:layer [old]*");
    expect(&f, in(&f, "more.gdb"), "more.gdb");
    expect(&f, in(&f, "odd[1].txt"), "odd[1].txt");
    expect(&f, in(&f, "not there.gpkg"), "not there.gpkg"); /* who opens it says that it is not there */
    snprintf(data, sizeof data, "%s/*/a.gpkg", f.folder);   /* the last component only is a pattern */
    expect(&f, data, "*/a.gpkg");
    expect(&f, "", "");
    close_folder(&f);
}

TEST(nothing_that_matches_and_nothing_to_read_are_told)
{
    folder f;

    open_folder(&f);
    put(&f, "readme.pdf");
    EXPECT_TEXT(refuse(&f, in(&f, "*.txt"), ZONE_NOT_FOUND)->found, "no file that matches");
    EXPECT_TEXT(refuse(&f, f.folder, ZONE_EMPTY)->found, "a directory without vector files");
    EXPECT_TEXT(refuse(&f, in(&f, "no folder/*.txt"), ZONE_NOT_FOUND)->found, "no file that matches");
    close_folder(&f);
}

TEST(files_in_memory_are_found_too)
{
    folder f;

    open_folder(&f);
    EXPECT_INT(VSIMkdir("/vsimem/in", 0700), 0);
    put_text("/vsimem/in/b.geojson", "{}");
    put_text("/vsimem/in/a.geojson", "{}");
    put_text("/vsimem/in/a.qml", "{}");
    expect(&f, "/vsimem/in", "/vsimem/in/a.geojson /vsimem/in/b.geojson");
    expect(&f, "/vsimem/in/b*", "/vsimem/in/b.geojson");
    close_folder(&f);
}
