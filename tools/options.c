/* The table of options, and the parser. */
#include "options.h"

#include "message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TO(member) offsetof(option_values, member)
#define UNITS      "m2 mu wanmu ha km2 平方米 亩 万亩 公顷 平方公里"

/* In the order in which help shows them: the question, the data, the answer. */
const option_row option_rows[] = {
    {"at", OPTION_TEXT, "X,Y", NULL, "a point: easting,northing or longitude,latitude",
     "点：东坐标,北坐标 或 经度,纬度", TO(at)},
    {"plot", OPTION_FILE, "WKT|DATA", NULL, "a plot: polygon as WKT, or data", "地块：WKT 多边形，或数据", TO(plot)},
    {"at-crs", OPTION_TEXT, "CRS", NULL,
     "reference system of --at, of WKT, and of a plot file that has none (default: the data's)",
     "--at、WKT 及未带坐标系的地块文件的坐标系（默认与数据相同）", TO(at_crs)},
    {"within", OPTION_DISTANCE, "METRES", NULL, "also elements no farther than this", "另列出此距离（米）以内的要素",
     TO(within)},
    {"nearest", OPTION_COUNT, "N", NULL,
     "at least so many elements of a layer: those it lies in, then the nearest (default 1)",
     "每个图层至少列出几个要素：先列所在要素，再列最近要素（默认 1）", TO(nearest)},
    {"by", OPTION_TEXT, "FIELDS", NULL,
     "fields to group by, separated by commas; of class codes also FIELD:first, :broad, :name",
     "分组字段，以逗号分隔；地类编码字段可写 字段:first（一级类）、:broad（三大类）、:name（名称）", TO(by)},
    {"by-new", OPTION_TEXT, "FIELDS", NULL, "the same fields at the new date, where they have other names",
     "后期数据的分组字段，名称与前期不同时给出", TO(by_new)},
    {"zones", OPTION_FILE, "DATA", NULL, "the zones: data, or a layer of a plan", "片区：数据，或规划的图层",
     TO(zones)},
    {"zone-by", OPTION_TEXT, "FIELDS", NULL, "fields of the zones to group by", "片区的分组字段", TO(zone_by)},
    {"zones-crs", OPTION_TEXT, "CRS", NULL, "reference system of the zones, instead of their own",
     "片区的坐标系，代替其自带的", TO(zones_crs)},
    {"area", OPTION_TEXT, "METHOD", "survey survey:split=70 survey:legacy ellipsoid geodesic grid",
     "area method: survey (default), survey:split=70, survey:legacy, ellipsoid, geodesic, grid",
     "面积方法：survey（默认）、survey:split=70、survey:legacy、ellipsoid、geodesic、grid", TO(area)},
    {"explain", OPTION_FLAG, NULL, NULL, "every area method side by side", "并列给出各种面积方法的结果", TO(explain)},
    {"control", OPTION_TEXT, "AREA", NULL, "force the parts to this area, in --unit", "平差到此控制面积，单位同 --unit",
     TO(control)},
    {"scheme", OPTION_WORD, "SCHEME", "all cut", "how --control spreads: all (default), cut: parts that a border cuts",
     "平差方式：all 全部图斑（默认）、cut 仅被界线分割的图斑", TO(scheme)},
    {"narrow", OPTION_SIZE, "METRES", NULL, "mean width under which a piece is a sliver (default 0.5)",
     "平均宽度（米）小于此值为狭长碎片（默认 0.5）", TO(narrow)},
    {"tiny", OPTION_SIZE, "M2", NULL, "area in m2 under which a piece is tiny (default 10)",
     "面积（平方米）小于此值为细小碎片（默认 10）", TO(tiny)},
    {"no-coverage", OPTION_FLAG, NULL, NULL, "judge features one by one, not the layer as a coverage",
     "只逐个检查要素，不检查整层的重叠与空隙", TO(no_coverage)},
    {"to", OPTION_WORD, "UNIT", UNITS, "only this unit", "只换算为此单位", TO(to)},
    {"order", OPTION_WORD, "ORDER", "batch priority best best-sites best-area",
     "how sites draw on quotas: batch (default), priority, best-sites (or best), best-area; lines of jsonl come site "
     "by "
     "site in the order batch, in the others at the end",
     "动用指标的次序：batch 按批次顺序（默认）、priority 按优先级、best-sites（即 best）项目数最多、best-area "
     "面积最大；"
     "jsonl 按 batch 逐个项目输出，其余次序最后一并输出",
     TO(order)},
    {"all", OPTION_FLAG, NULL, NULL, "findings of every check, also of those that are met",
     "列出每项检查的结果，包括符合的", TO(all)},
    {"without", OPTION_TEXT, "IDS", NULL, "what changes without these sites", "若无这些项目，会有哪些变化",
     TO(without)},
    {"move", OPTION_FILE, "DATA", NULL,
     "what changes with the sites of these data in the place of those with their ids",
     "若以此数据中编号相同的项目代替，会有哪些变化", TO(move)},
    {"resume", OPTION_FILE, "FILE", NULL,
     "keep a journal there, and go on from it after a run that was cut short; removed at the end",
     "把进度记入此文件，中断后据以继续；完成后删除", TO(resume)},
    {"crs", OPTION_TEXT, "CRS", NULL, "reference system of the data, instead of its own", "数据的坐标系，代替其自带的",
     TO(crs)},
    {"to-crs", OPTION_TEXT, "CRS", NULL, "bring the data into this reference system", "转换到此坐标系", TO(to_crs)},
    {"to-encoding", OPTION_WORD, "NAME", "UTF-8 GBK", "encoding of 国土TXT: UTF-8 (default) or GBK",
     "国土TXT 的编码：UTF-8（默认）或 GBK", TO(to_encoding)},
    {"invalid", OPTION_WORD, "POLICY", "repair reject fail", "invalid geometry: repair (default), reject or fail",
     "无效几何：repair 修复（默认）、reject 剔除、fail 报错", TO(invalid)},
    {"encoding", OPTION_TEXT, "NAME", "UTF-8 GBK GB18030", "encoding of attribute text, instead of the one found",
     "属性文字的编码，代替判定的", TO(encoding)},
    {"field", OPTION_FIELD, "ROLE=NAME", NULL, "the field that plays a role, as class=DLBM; may be repeated",
     "指定担任某角色的字段，如 class=DLBM；可重复", TO(fields)},
    {"any-driver", OPTION_FLAG, NULL, NULL, "also formats that follow references or use the network",
     "也允许会引用其他文件或访问网络的格式", TO(any_driver)},
    {"classes", OPTION_WORD, "EDITION", "gbt21010-2017 survey-2019 use-2020 use-2023",
     "code table of the classes: gbt21010-2017, survey-2019, use-2020, use-2023",
     "地类编码所依的分类：gbt21010-2017、survey-2019、use-2020、use-2023", TO(classes)},
    {"threads", OPTION_COUNT, "N", NULL, "threads to work with (default: as many as cores); answers are the same bytes",
     "线程数（默认与核数相同）；结果逐字节相同", TO(threads)},
    {"memory", OPTION_BYTES, "SIZE", NULL, "budget of memory, such as 512M or 4G: refuse what would take more",
     "内存限额，如 512M、4G：超出则拒绝执行", TO(memory)},
    {"unit", OPTION_WORD, "UNIT", UNITS, "unit of areas: m2 (default), mu, wanmu, ha, km2",
     "面积单位：m2 平方米（默认）、mu 亩、wanmu 万亩、ha 公顷、km2 平方公里", TO(unit)},
    {"exact", OPTION_FLAG, NULL, NULL, "six decimals instead of the unit's usual ones", "六位小数，代替单位的常用位数",
     TO(exact)},
    {"format", OPTION_WORD, "FORMAT", "text csv json jsonl xlsx junit",
     "text (default), csv, json, jsonl, xlsx (a workbook) or junit (checks, as XML for pipelines)",
     "输出格式：text 文本（默认）、csv、json、jsonl、xlsx 工作簿、junit（检查结果的 XML，供流水线读取）", TO(format)},
    {"output", OPTION_FILE, "FILE", NULL, "write to a file, format by its extension", "写入文件，格式由扩展名决定",
     TO(output)},
    {"meta", OPTION_FILE, "FILE", NULL, "write completeness, closure and provenance to a file (text, or .json)",
     "完整性、闭合差与来源写入文件（文本或 .json）", TO(meta)},
    {"pieces", OPTION_FILE, "FILE", NULL,
     "write the clipped geometries with their areas to a layer: .gpkg, .fgb, .geojson, .json or .shp",
     "将裁切后的图形及其面积写入图层：.gpkg、.fgb、.geojson、.json 或 .shp", TO(pieces)},
    {"partial", OPTION_FILE, "FILE", NULL,
     "also write the table of this part of the data, unrounded, for zone merge (JSON)",
     "另写出本部分数据未取舍的表，供 zone merge 合并（JSON）", TO(partial)},
    {"lang", OPTION_WORD, "LANGUAGE", "zh en", "zh or en (default: the locale's)", "语言：zh 或 en（默认随系统语言）",
     TO(language)},
    {"quiet", OPTION_FLAG, NULL, NULL, "nothing on stderr but errors", "标准错误上只输出错误", TO(quiet)},
    {"man", OPTION_FLAG, NULL, NULL, "the manual page", "输出手册页", TO(man)},
    {"completion", OPTION_FLAG, NULL, NULL, "the completion script for bash", "输出 bash 补全脚本", TO(completion)},
    {"help", OPTION_FLAG, NULL, NULL, "this help", "显示本帮助", TO(help)},
    {NULL, OPTION_FLAG, NULL, NULL, NULL, NULL, 0},
};

/* ---------------------------------------------------------------- which command reads what */

/* Is `word`, of `length` bytes, one of the words in `list`? */
static bool listed(const char *list, const char *word, size_t length)
{
    for (const char *at = list; at && *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

bool command_reads(const command_row *command, const option_row *row)
{
    bool answers = command->run != NULL; /* help writes no table */

    return listed("lang help", row->name, strlen(row->name)) ||
           (answers && listed("format output meta quiet", row->name, strlen(row->name))) ||
           listed(command->options, row->name, strlen(row->name));
}

static const option_row *find(const command_row *command, const char *name, size_t length)
{
    for (const option_row *row = option_rows; row->name; row++)
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0 && command_reads(command, row))
            return row;
    return NULL;
}

/* "zone area, zone tabulate": the commands that read an option. */
static void list_readers(const option_row *row, char *text, size_t size)
{
    size_t length = 0;

    text[0] = '\0';
    for (const command_row *command = commands; command->name && length < size; command++)
        if (command_reads(command, row))
            length += (size_t)snprintf(text + length, size - length, "%szone %s", length ? ", " : "", command->name);
}

static int no_such_option(const invocation *run, const char *argument)
{
    const char *near = NULL, *name = argument + strspn(argument, "-");
    size_t best = NEAR_ENOUGH;
    char shown[64], readers[256] = "";

    for (const option_row *row = option_rows; row->name; row++)
        if (strlen(row->name) == strcspn(name, "=") && strncmp(row->name, name, strlen(row->name)) == 0)
            list_readers(row, readers, sizeof readers);
        else if (command_reads(run->command, row))
            near = nearer(name, strcspn(name, "="), row->name, &best) ? row->name : near;
    snprintf(shown, sizeof shown, "%.*s", (int)strcspn(argument, "="), argument);
    const char *what = say(run, "no such option", "没有这个选项");
    if (*readers)
        return usage_error(run, shown, what, "%s%s", say(run, "an option of ", "适用的命令："), readers);
    if (near)
        return usage_error(run, shown, what, "--%s", near);
    return usage_error(run, shown, what, "zone %s --help", run->command->name);
}

/* ---------------------------------------------------------------- values */

static int no_such_word(const invocation *run, const option_row *row, const char *value)
{
    char where[96], word[32], near[32] = "";
    size_t best = NEAR_ENOUGH;

    for (const char *at = row->words; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
        snprintf(word, sizeof word, "%.*s", (int)strcspn(at, " "), at);
        if (nearer(value, strlen(value), word, &best))
            memcpy(near, word, sizeof near);
    }
    snprintf(where, sizeof where, "--%s %s", row->name, value);
    const char *what = say(run, "no such value", "没有这个取值");
    if (*near)
        return usage_error(run, where, what, "--%s %s", row->name, near);
    return usage_error(run, where, what, "%s%s", say(run, "one of: ", "可用："), row->words);
}

static int not_a_number(const invocation *run, const option_row *row, const char *value)
{
    char where[96];
    const char *what = row->kind == OPTION_COUNT  ? say(run, "not a whole number from 1", "不是大于零的整数")
                       : row->kind == OPTION_SIZE ? say(run, "not a number above 0", "不是大于零的数")
                                                  : say(run, "not a number from 0", "不是不小于零的数");

    snprintf(where, sizeof where, "--%s %s", row->name, value);
    return usage_error(run, where, what, "--%s %s", row->name, row->kind == OPTION_COUNT ? "3" : "0.5");
}

/* Digits, a point and an exponent only: neither "inf" nor "0x10" is a distance. */
static bool read_number(const char *value, double *number)
{
    char *end = NULL;

    if (!*value || value[strspn(value, "0123456789.eE+-")] != '\0')
        return false;
    *number = strtod(value, &end);
    return *end == '\0' && isfinite(*number);
}

/* 512M, 4G, 1.5G: powers of 1024. */
static int set_bytes(invocation *run, const option_row *row, const char *value)
{
    static const char letters[] = "KMG";
    size_t length = strlen(value);
    const char *letter = length ? strchr(letters, value[length - 1]) : NULL;
    char digits[32], where[96];
    double number = 0.0, unit = 1.0;

    for (const char *c = letters; letter && c <= letter; c++)
        unit *= 1024.0;
    snprintf(digits, sizeof digits, "%.*s", (int)(length - (letter ? 1 : 0)), value);
    if (length < sizeof digits && read_number(digits, &number) && number * unit >= 1048576.0 &&
        number * unit < 0x1p62) {
        *(double *)(void *)((char *)&run->option + row->offset) = number * unit;
        return 0;
    }
    snprintf(where, sizeof where, "--%s %.60s", row->name, value);
    return usage_error(run, where, say(run, "not an amount of memory from 1M", "不是不小于 1M 的内存量"), "--%s 512M",
                       row->name);
}

static int set_number(invocation *run, const option_row *row, const char *value)
{
    char *at = (char *)&run->option + row->offset;
    double number = 0.0;
    bool good = read_number(value, &number);

    if (row->kind == OPTION_COUNT)
        good = good && number >= 1.0 && number <= 1e6 && number == (double)(int)number;
    else
        good = good && (row->kind == OPTION_SIZE ? number > 0.0 : number >= 0.0);
    if (!good)
        return not_a_number(run, row, value);
    if (row->kind == OPTION_COUNT)
        *(int *)(void *)at = (int)number;
    else
        *(double *)(void *)at = number;
    return 0;
}

static int add_field(invocation *run, const char *value)
{
    char **fields = &run->option.fields;
    size_t before = *fields ? strlen(*fields) + 1 : 0;
    char where[96];

    if (strcspn(value, "=") == 0 || !strchr(value, '=') || !strchr(value, '=')[1]) {
        snprintf(where, sizeof where, "--field %s", value);
        return usage_error(run, where, say(run, "not a role and a field", "不是“角色=字段”"), "--field class=DLBM");
    }
    char *joined = realloc(*fields, before + strlen(value) + 1);
    if (!joined)
        return zone_status_exit_code(ZONE_NO_MEMORY);
    if (before)
        joined[before - 1] = ',';
    memcpy(joined + before, value, strlen(value) + 1);
    *fields = joined;
    return 0;
}

static int set_text(invocation *run, const option_row *row, const char *value)
{
    const char **text = (const char **)(void *)((char *)&run->option + row->offset);
    char where[64];

    snprintf(where, sizeof where, "--%s", row->name);
    if (*text)
        return usage_error(run, where, say(run, "given twice", "重复给出"), "--%s %s", row->name, row->argument);
    if (!*value)
        return usage_error(run, where, say(run, "the value is empty", "取值为空"), "--%s %s", row->name, row->argument);
    if (row->kind == OPTION_WORD && !listed(row->words, value, strlen(value)))
        return no_such_word(run, row, value);
    *text = value;
    return 0;
}

static int set_value(invocation *run, const option_row *row, const char *value)
{
    switch (row->kind) {
    case OPTION_FIELD:
        return add_field(run, value);
    case OPTION_DISTANCE:
    case OPTION_SIZE:
    case OPTION_COUNT:
        return set_number(run, row, value);
    case OPTION_BYTES:
        return set_bytes(run, row, value);
    case OPTION_FLAG:
        *(int *)(void *)((char *)&run->option + row->offset) = 1;
        return 0;
    case OPTION_TEXT:
    case OPTION_WORD:
    case OPTION_FILE:
        return set_text(run, row, value);
    }
    return 0;
}

/* ---------------------------------------------------------------- arguments */

/* The option that "--name", "--name=value", "-o" or "-h" names. */
static const option_row *named(const command_row *command, const char *argument)
{
    if (strcmp(argument, "-o") == 0)
        return find(command, "output", strlen("output"));
    if (strcmp(argument, "-h") == 0)
        return find(command, "help", strlen("help"));
    return argument[1] == '-' ? find(command, argument + 2, strcspn(argument + 2, "=")) : NULL;
}

/* One option; *index moves over a value that stands by itself, be it "-1,2". */
static int read_option(invocation *run, int count, char **arguments, int *index)
{
    const char *argument = arguments[*index], *value = strchr(argument, '=');
    const option_row *row = named(run->command, argument);

    if (!row)
        return no_such_option(run, argument);
    if (row->kind == OPTION_FLAG && value)
        return usage_error(run, argument, say(run, "this option takes no value", "此选项不带取值"), "--%s", row->name);
    if (row->kind == OPTION_FLAG || value)
        return set_value(run, row, value ? value + 1 : NULL);
    if (*index + 1 >= count)
        return usage_error(run, argument, say(run, "the value is missing", "缺少取值"), "%s %s", argument,
                           row->argument);
    return set_value(run, row, arguments[++*index]);
}

static int check_operands(const invocation *run)
{
    const command_row *command = run->command;

    if (run->operand_count < command->least)
        return usage_error(run, command->name, say(run, "an operand is missing", "缺少操作对象"), "zone %s %s",
                           command->name, command->operands);
    if (run->operand_count > command->most)
        return usage_error(run, run->operand[command->most], say(run, "one operand too many", "操作对象过多"),
                           "zone %s %s", command->name, command->operands);
    return 0;
}

int options_parse(invocation *run, int count, char **arguments)
{
    bool operands_only = false;
    int failed = 0;

    run->operand = calloc((size_t)count + 1, sizeof *run->operand);
    if (!run->operand)
        return zone_status_exit_code(ZONE_NO_MEMORY);
    for (int i = 0; i < count && !failed; i++) {
        const char *argument = arguments[i];
        /* No option begins with a digit: "-5 mu" is a figure, and the library says what is wrong with it. */
        bool is_option = !operands_only && argument[0] == '-' && !strchr("0123456789.", argument[1]);
        if (is_option && strcmp(argument, "--") == 0)
            operands_only = true;
        else if (is_option)
            failed = read_option(run, count, arguments, &i);
        else
            run->operand[run->operand_count++] = argument;
    }
    return failed || run->option.help ? failed : check_operands(run);
}

/* ---------------------------------------------------------------- language */

static const char *language_among(int count, char **arguments)
{
    for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
        if (strcmp(arguments[i], "--lang") == 0 && i + 1 < count)
            return arguments[i + 1];
        if (strncmp(arguments[i], "--lang=", strlen("--lang=")) == 0)
            return arguments[i] + strlen("--lang=");
    }
    return NULL;
}

zone_language options_language(int count, char **arguments)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = language_among(count, arguments);

    if (value && strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
        value = NULL;
    for (int i = 0; i < 3 && (!value || !*value); i++)
        value = getenv(variables[i]);
    return value && strncmp(value, "zh", 2) == 0 ? ZONE_CHINESE : ZONE_ENGLISH;
}
