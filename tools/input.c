/* From operands to plans and sources. */
#include "input.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Length of the path of a plan file at the beginning of an operand; 0: it names none. The layer stands behind a colon.
 */
static size_t plan_length(const char *operand)
{
    static const char *const endings[] = {".yaml", ".yml"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        for (const char *at = strstr(operand, endings[i]); at; at = strstr(at + 1, endings[i])) {
            const char *end = at + strlen(endings[i]);
            if (*end == '\0' || (*end == ':' && !strchr(end, '/')))
                return (size_t)(end - operand);
        }
    return 0;
}

bool is_plan(const char *operand)
{
    size_t length = plan_length(operand);

    return length > 0 && operand[length] == '\0';
}

bool is_of_plan(const char *operand)
{
    return plan_length(operand) > 0;
}

int need_plan(const invocation *run)
{
    if (is_plan(run->operand[0]))
        return 0;
    return usage_error(run, run->operand[0], say(run, "not a plan file (.yaml, .yml)", "不是规划文件（.yaml、.yml）"),
                       "zone %s geodata/jinlan.yaml", run->command->name);
}

int refuse_data_options(const invocation *run)
{
    const option_values *option = &run->option;
    bool plot = option->plot; /* is data, which these two are for */
    const char *given = option->crs                   ? "--crs"
                        : option->encoding            ? "--encoding"
                        : option->fields              ? "--field"
                        : option->invalid && !plot    ? "--invalid"
                        : option->any_driver && !plot ? "--any-driver"
                                                      : NULL;

    if (!given)
        return 0;
    const char *what = say(run, "a plan says itself how its layers are read", "规划文件已规定各图层如何读取");
    if (strcmp(given, "--crs") == 0 && run->option.at)
        return usage_error(run, given, what, "--at-crs %s", run->option.crs);
    return usage_error(run, given, what, "%s:%s", run->operand[0], say(run, "LAYER", "图层"));
}

zone_source_options data_options(const invocation *run)
{
    const char *invalid = run->option.invalid ? run->option.invalid : "repair";

    return (zone_source_options){.size = sizeof(zone_source_options),
                                 .crs = run->option.crs,
                                 .encoding = run->option.encoding,
                                 .fields = run->option.fields,
                                 .classes = run->option.classes,
                                 .invalid = strcmp(invalid, "reject") == 0 ? ZONE_REJECT
                                            : strcmp(invalid, "fail") == 0 ? ZONE_REFUSE
                                                                           : ZONE_REPAIR,
                                 .any_driver = run->option.any_driver};
}

/* ---------------------------------------------------------------- files that are read */

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* A directory of data (a file geodatabase, shapefiles) holds more than can be told apart: what is in it is data unless
 * it looks like an answer. */
static bool lies_in(const struct stat *directory, const char *file)
{
    static const char *const answers[] = {".csv", ".json", ".jsonl", ".junit", ".txt"};
    const char *slash = strrchr(file, '/'), *point = strrchr(file, '.');
    char *parent = slash ? strndup(file, slash > file ? (size_t)(slash - file) : 1) : strdup(".");
    struct stat of_parent;
    bool inside = parent && stat(parent, &of_parent) == 0 && same(directory, &of_parent);

    for (size_t i = 0; point && i < sizeof answers / sizeof *answers; i++)
        inside = inside && strcmp(point, answers[i]) != 0;
    free(parent);
    return inside;
}

/* The parts of a shapefile and of a MapInfo table lie beside it. */
static bool lies_beside(const char *path, const struct stat *file)
{
    static const char *const endings[] = {"shp", "shx", "dbf", "prj", "cpg", "mif", "mid"};
    const char *point = strrchr(path, '.');
    bool found = false, parted = false;

    for (size_t i = 0; point && i < sizeof endings / sizeof *endings; i++)
        parted = parted || strcmp(point + 1, endings[i]) == 0;
    char *part = parted ? strdup(path) : NULL;
    for (size_t i = 0; part && !found && i < sizeof endings / sizeof *endings; i++) {
        struct stat present;
        memcpy(part + (point - path) + 1, endings[i], 3);
        found = stat(part, &present) == 0 && same(&present, file);
    }
    free(part);
    return found;
}

/* The longest beginning of `data` that ends before a colon, or in an archive before a slash, and exists is what is read
 * ("a:b.gpkg:layer"). */
bool is_read_from(const char *data, const char *file)
{
    struct stat written, read;
    bool archived = strncmp(data, "/vsi", 4) == 0 && strchr(data + 1, '/'), found = false;
    char *path = stat(file, &written) == 0 ? strdup(archived ? strchr(data + 1, '/') + 1 : data) : NULL;

    for (size_t end = path ? strlen(path) : 0; end > 0 && !found; end--) {
        if (path[end] != '\0' && path[end] != ':' && !(archived && strchr("/}", path[end])))
            continue;
        path[end] = '\0';
        const char *begin = path + (archived ? strspn(path, "{") : 0);
        if (stat(begin, &read) != 0)
            continue;
        found =
            same(&read, &written) || lies_beside(begin, &written) || (S_ISDIR(read.st_mode) && lies_in(&read, file));
        break;
    }
    free(path);
    return found;
}

/* ---------------------------------------------------------------- opening */

zone_status open_plan(invocation *run, const char *operand, zone_plan **plan, const char **layer)
{
    size_t length = plan_length(operand);

    *plan = NULL;
    *layer = operand[length] == ':' && operand[length + 1] ? operand + length + 1 : NULL;
    if (length == 0)
        return ZONE_OK;
    char *path = strndup(operand, length);
    zone_status status = path ? zone_plan_open(run->ctx, path, plan) : ZONE_NO_MEMORY;
    free(path);
    return status;
}

zone_status open_data(invocation *run, const char *operand, const zone_source_options *options, zone_source **source)
{
    const char *layer = NULL;
    zone_plan *plan = NULL;
    zone_status status = open_plan(run, operand, &plan, &layer);

    if (!status)
        status = plan ? zone_source_from_plan(run->ctx, plan, layer, options, source)
                      : zone_source_open(run->ctx, operand, options, source);
    zone_plan_close(plan);
    return status;
}
