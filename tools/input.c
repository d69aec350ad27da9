/* From operands to plans and sources. */
#include "input.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    const char *given = option->crs          ? "--crs"
                        : option->encoding   ? "--encoding"
                        : option->fields     ? "--field"
                        : option->invalid    ? "--invalid"
                        : option->any_driver ? "--any-driver"
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

zone_status open_data(invocation *run, const char *operand, const zone_source_options *options, zone_source **source)
{
    size_t length = plan_length(operand);
    zone_plan *plan = NULL;

    if (length == 0)
        return zone_source_open(run->ctx, operand, options, source);
    char *path = malloc(length + 1);
    if (!path)
        return ZONE_NO_MEMORY;
    memcpy(path, operand, length);
    path[length] = '\0';
    const char *layer = operand[length] == ':' && operand[length + 1] ? operand + length + 1 : NULL;
    zone_status status = zone_plan_open(run->ctx, path, &plan);
    if (!status)
        status = zone_source_from_plan(run->ctx, plan, layer, options, source);
    zone_plan_close(plan);
    free(path);
    return status;
}
