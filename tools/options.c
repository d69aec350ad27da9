/* Options: the table and the parser. */
#include "options.h"

#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE(member) offsetof(option_values, member), false
#define FLAG(member)  offsetof(option_values, member), true

const option_row option_rows[] = {
    {"area", "METHOD", "survey:split=70 ellipsoid geodesic grid survey",
     "area method: survey (default), survey:split=70, survey:legacy, ellipsoid, geodesic, grid",
     "面积方法：survey（默认）、survey:split=70、survey:legacy、ellipsoid、geodesic、grid", VALUE(area)},
    {"unit", "UNIT", "m2 mu wanmu ha km2", "unit of areas: m2 (default), mu, wanmu, ha, km2",
     "面积单位：m2（默认）、mu、wanmu、ha、km2", VALUE(unit)},
    {"exact", NULL, NULL, "six decimals instead of the unit's usual ones", "输出六位小数", FLAG(exact)},
    {"explain", NULL, NULL, "every area method side by side", "并列给出各面积方法", FLAG(explain)},
    {"by", "FIELDS", NULL, "fields to group by, comma separated", "分组字段，逗号分隔", VALUE(by)},
    {"zones", "DATA", NULL, "the zones", "片区数据", VALUE(zones)},
    {"zone-by", "FIELDS", NULL, "fields of the zones to group by", "片区的分组字段", VALUE(zone_by)},
    {"control", "AREA", NULL, "force the parts to this area (in --unit, else m2)",
     "平差到此控制面积（单位同 --unit，默认平方米）", VALUE(control)},
    {"scheme", "SCHEME", "all cut", "how --control spreads: all (default) or cut", "平差方式：all（默认）或 cut",
     VALUE(scheme)},
    {"at", "X,Y", NULL, "a point: easting,northing or longitude,latitude", "点坐标：东,北 或 经,纬", VALUE(at)},
    {"plot", "WKT|DATA", NULL, "a plot as WKT or data", "地块：WKT 或数据", VALUE(plot)},
    {"within", "METRES", NULL, "also elements no farther than this", "另列此距离以内的要素", VALUE(within)},
    {"nearest", "N", NULL, "nearest elements of each layer (default 1)", "每层列最近要素个数（默认 1）",
     VALUE(nearest)},
    {"narrow", "METRES", NULL, "mean width under which a piece is a sliver (default 0.5)",
     "窄于此平均宽度视为碎条（默认 0.5）", VALUE(narrow)},
    {"tiny", "M2", NULL, "area under which a piece is tiny (default 10)", "小于此面积视为碎片（默认 10）", VALUE(tiny)},
    {"no-coverage", NULL, NULL, "judge features one by one, not the layer as a coverage",
     "只逐个检查要素，不检查图层覆盖", FLAG(no_coverage)},
    {"to", "UNIT", "m2 mu wanmu ha km2", "only this unit", "只换算为此单位", VALUE(to)},
    {"crs", "CRS", NULL, "reference system of the data, instead of its own", "指定数据的坐标系", VALUE(crs)},
    {"invalid", "POLICY", "repair reject fail", "invalid geometry: repair (default), reject or fail",
     "无效几何：repair 修复（默认）、reject 剔除、fail 停止", VALUE(invalid)},
    {"encoding", "NAME", NULL, "encoding of attribute text", "属性文字编码", VALUE(encoding)},
    {"field", "ROLE=NAME", NULL, "the field that plays a role (class=地类); may be repeated",
     "指定字段角色（class=地类），可重复", VALUE(fields)},
    {"any-driver", NULL, NULL, "allow formats that follow references or open the network",
     "允许会引用其他文件或访问网络的格式", FLAG(any_driver)},
    {"format", "FORMAT", "text csv json jsonl", "text (default), csv, json or jsonl",
     "输出格式：text（默认）、csv、json、jsonl", VALUE(format)},
    {"output", "FILE", "", "write the table to a file (format by its extension)", "写入文件（格式由扩展名定）",
     VALUE(output)},
    {"meta", "FILE", "", "write completeness, closure and provenance to a file", "完整性、闭合、来源写入文件",
     VALUE(meta)},
    {"lang", "LANGUAGE", "zh en", "zh or en (default: the locale's)", "语言：zh 或 en（默认随区域设置）",
     VALUE(language)},
    {"quiet", NULL, NULL, "no remarks on stderr", "不在标准错误上输出说明", FLAG(quiet)},
    {"help", NULL, NULL, "this help", "显示帮助", FLAG(help)},
    {NULL, NULL, NULL, NULL, NULL, 0, false},
};

/* Options that every command that answers with a table has. */
static const char common_options[] = "unit exact format output meta lang quiet help";

static bool listed(const char *list, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

bool option_belongs(const option_row *row, const command_row *command)
{
    return listed(common_options, row->name) || listed(command->options, row->name);
}

static const option_row *find_option(const invocation *run, const char *name, size_t length)
{
    for (const option_row *row = option_rows; row->name; row++)
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0 && option_belongs(row, run->command))
            return row;
    return NULL;
}

static int unknown_option(const invocation *run, const char *argument)
{
    const char *names[64];
    size_t count = 0;
    char word[64];

    for (const option_row *row = option_rows; row->name; row++)
        if (option_belongs(row, run->command))
            names[count++] = row->name;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(argument + 2, "="), argument + 2);
    const char *near = nearest_word(word, names, count);
    char remedy[96] = "";
    if (near)
        snprintf(remedy, sizeof remedy, "--%s", near);
    else
        snprintf(remedy, sizeof remedy, "zone %s --help", run->command->name);
    return usage_error(language_of(run->option.language), "no such option", "没有这个选项", argument, remedy);
}

/* --field may come again: the values are joined. */
static int join_field(invocation *run, const char *value)
{
    size_t old = run->option.fields ? strlen(run->option.fields) + 1 : 0;
    char *joined = realloc(run->option.fields, old + strlen(value) + 1);

    if (!joined)
        return 4;
    if (old)
        joined[old - 1] = ',';
    memcpy(joined + old, value, strlen(value) + 1);
    run->option.fields = joined;
    return 0;
}

static int set_option(invocation *run, const option_row *row, const char *value)
{
    char *values = (char *)&run->option + row->offset;

    if (row->flag)
        *(int *)(void *)values = 1;
    else if (strcmp(row->name, "field") == 0)
        return join_field(run, value);
    else
        *(const char **)(void *)values = value;
    return 0;
}

/* One option; *index moves past a value that stands by itself. A value may begin with a minus. */
static int read_option(invocation *run, int count, char **arguments, int *index)
{
    const char *argument = arguments[*index], *name = argument + 2;
    size_t length = strcspn(name, "=");
    const option_row *row = strcmp(argument, "-o") == 0   ? find_option(run, "output", 6)
                            : strcmp(argument, "-h") == 0 ? find_option(run, "help", 4)
                            : argument[1] == '-'          ? find_option(run, name, length)
                                                          : NULL;
    bool inline_value = argument[1] == '-' && name[length] == '=';

    if (!row)
        return unknown_option(run, argument);
    if (row->flag && inline_value)
        return usage_error(language_of(run->option.language), "this option takes no value", "此选项不带值", argument,
                           row->name);
    if (row->flag)
        return set_option(run, row, NULL);
    if (inline_value)
        return set_option(run, row, name + length + 1);
    if (*index + 1 >= count)
        return usage_error(language_of(run->option.language), "this option needs a value", "此选项需要值", argument,
                           row->argument);
    return set_option(run, row, arguments[++*index]);
}

static int check_operands(const invocation *run)
{
    zone_language language = language_of(run->option.language);
    char usage[160];

    snprintf(usage, sizeof usage, "zone %s %s", run->command->name,
             language == ZONE_CHINESE ? run->command->operands_zh : run->command->operands_en);
    if (run->operand_count < run->command->least)
        return usage_error(language, "an operand is missing", "缺少参数", run->command->name, usage);
    if (run->operand_count > run->command->most)
        return usage_error(language, "one operand too many", "多了一个参数", run->operand[run->operand_count - 1],
                           usage);
    return 0;
}

int options_parse(invocation *run, int count, char **arguments)
{
    bool only_operands = false;
    int failed = 0;

    for (int i = 0; i < count && !failed; i++) {
        const char *argument = arguments[i];
        if (!only_operands && strcmp(argument, "--") == 0)
            only_operands = true;
        else if (!only_operands && argument[0] == '-' && argument[1] != '\0')
            failed = read_option(run, count, arguments, &i);
        else if (run->operand_count < 64)
            run->operand[run->operand_count++] = argument;
    }
    if (!failed && run->option.language && strcmp(run->option.language, "zh") != 0 &&
        strcmp(run->option.language, "en") != 0)
        failed = usage_error(language_of(NULL), "no such language", "没有这种语言", run->option.language,
                             "--lang zh | --lang en");
    return failed || run->option.help ? failed : check_operands(run);
}

void invocation_close(invocation *run)
{
    free(run->option.fields);
    zone_context_free(run->ctx);
}

zone_language language_of(const char *option)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = option;

    for (int i = 0; !value && i < 3; i++) {
        value = getenv(names[i]);
        if (value && !*value)
            value = NULL;
    }
    return value && strncmp(value, "zh", 2) == 0 ? ZONE_CHINESE : ZONE_ENGLISH;
}

int usage_error(zone_language language, const char *english, const char *chinese, const char *what, const char *remedy)
{
    bool zh = language == ZONE_CHINESE;

    fprintf(stderr, zh ? "zone：%s：%s\n  办法：%s\n" : "zone: %s: %s\n  remedy: %s\n", what, zh ? chinese : english,
            remedy);
    return 2;
}

static size_t distance(const char *a, const char *b)
{
    size_t row[64], la = strlen(a), lb = strlen(b);

    if (la >= 64 || lb >= 64)
        return 99;
    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[lb];
}

const char *nearest_word(const char *word, const char *const *words, size_t count)
{
    const char *found = NULL;
    size_t best = 4;

    for (size_t i = 0; i < count; i++)
        if (distance(word, words[i]) < best) {
            best = distance(word, words[i]);
            found = words[i];
        }
    return found;
}
