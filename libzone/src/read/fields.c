/* Fields and their roles: the alias dictionary. */
#include "read/fields.h"

#include "read/names.h"

#include <cpl_string.h>
#include <stdlib.h>
#include <string.h>

/* A role, its word, and the names that fields of that role have, the surest first: TD/T 1057 and its forerunner, the
 * farmland and planning databases, and the plain words that planners use in their own tables. */
#define MOST_ALIASES 32
static const struct {
    const char *word;
    const char *aliases[MOST_ALIASES];
} dictionary[ZONE_ROLE_COUNT] = {
    [ZONE_ROLE_ID] = {"id", {"id",       "XMBH",     "BSM",    "HXBM",     "YJJBNTTBBH", "JBNTTBBH", "TBBH",
                             "TBYBH",    "GHFQDM",   "XZQDM",  "DKBM",     "DKBH",       "ZDDM",     "ZDH",
                             "site",     "plot",     "标识码", "项目编号", "项目编码",   "项目代码", "红线编号",
                             "图斑编号", "地块编号", "地块号", "宗地代码", "宗地编号",   "宗地号",   "编号"}},
    [ZONE_ROLE_NAME] = {"name",
                        {"name", "XMMC", "MC", "HXMC", "GHFQMC", "XZQMC", "DKMC", "ZDMC", "project", "项目名称", "名称",
                         "地块名称", "宗地名称", "红线名称", "片区名称"}},
    [ZONE_ROLE_CLASS] = {"class",
                         {"DLBM", "YDYHFLDM", "GHDLDM", "GHDLBM", "YDYHDM", "YDDM", "GHYDDM", "YDXZDM", "DLDM", "class",
                          "地类编码", "地类代码", "用地用海分类代码", "用地用海代码", "规划地类代码", "规划用地代码",
                          "用地代码", "用地性质代码"}},
    [ZONE_ROLE_AREA] = {"area",
                        {"TBMJ", "YJJBNTTBMJ", "JBNTTBMJ", "MJ", "YDMJ", "GHMJ", "图斑面积", "基本农田图斑面积",
                         "用地面积", "面积"}},
    [ZONE_ROLE_NET_AREA] = {"net_area",
                            {"TBDLMJ", "YJJBNTMJ", "JBNTMJ", "图斑地类面积", "永久基本农田面积", "基本农田面积"}},
    [ZONE_ROLE_RIDGE] = {"ridge", {"KCXS", "TKXS", "KCDLXS", "扣除地类系数", "扣除系数", "田坎系数"}},
    [ZONE_ROLE_RIDGE_AREA] = {"ridge_area", {"KCMJ", "TKMJ", "扣除地类面积", "扣除面积", "田坎面积"}},
    [ZONE_ROLE_RIDGE_CLASS] = {"ridge_class", {"KCDLBM", "扣除地类编码"}},
    [ZONE_ROLE_PLACE] = {"place", {"ZLDWDM", "坐落单位代码"}},
    [ZONE_ROLE_STATE] = {"state", {"state", "JSZT", "ZT", "建设状态", "状态"}},
    [ZONE_ROLE_CLAIMED] = {"claimed",
                           {"SBMJ", "YDSBMJ", "SQMJ", "SQYDMJ", "claimed", "claimed_area", "申报面积", "申请面积",
                            "申报用地面积", "申请用地面积"}},
    [ZONE_ROLE_TERM] = {"term",
                        {"NX", "CRNX", "SYNX", "SYQX", "CRQX", "term", "出让年限", "使用年限", "年限", "出让年期",
                         "使用年期", "年期", "使用期限", "出让期限", "租赁年限", "租赁期限"}},
    [ZONE_ROLE_KIND] = {"kind",
                        {"YDLX", "YDYT", "TDYT", "DKYT", "YDXZ", "kind", "land_use", "用地类型", "用地用途", "土地用途",
                         "规划用途", "用地性质", "地块用途", "用途"}},
    [ZONE_ROLE_OWNER] = {"owner",
                         {"YDDW", "JSDW", "SQDW", "QLR", "QLRMC", "owner", "用地单位", "建设单位", "申请单位", "申请人",
                          "项目单位", "用地人", "受让人", "权利人"}},
    [ZONE_ROLE_PRIORITY] = {"priority", {"YXJ", "YXDJ", "priority", "优先级", "优先等级", "优先顺序", "优先次序"}},
    [ZONE_ROLE_SUPPLY] = {"supply", {"GDFS", "GYFS", "supply", "供地方式", "供应方式", "土地供应方式"}},
};

const char *zone_role_name(zone_role role)
{
    return (unsigned)role < ZONE_ROLE_COUNT ? dictionary[role].word : "";
}

int zone_fields_find(const zone_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(fields[i].name, name))
            return (int)i;
    for (size_t i = 0; i < count; i++)
        if (EQUAL(fields[i].name, name))
            return (int)i;
    return -1;
}

const char *zone_fields_list(zone_context *ctx, const zone_field *fields, size_t count)
{
    zone_names names = {0};

    for (size_t i = 0; i < count; i++)
        zone_names_add(&names, fields[i].name);
    return count ? zone_say(ctx, "one of: %s", names.text) : "a layer with fields";
}

static const char *role_list(zone_context *ctx)
{
    zone_names names = {0};

    for (int role = 0; role < ZONE_ROLE_COUNT; role++)
        zone_names_add(&names, dictionary[role].word);
    return zone_say(ctx, "one of: %s", names.text);
}

int zone_fields_by_role(const zone_field *fields, size_t count, zone_role role)
{
    int found = -1;

    for (size_t i = 0; i < MOST_ALIASES && dictionary[role].aliases[i] && found < 0; i++)
        found = zone_fields_find(fields, count, dictionary[role].aliases[i]);
    return found;
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t end = strlen(text); end && (text[end - 1] == ' ' || text[end - 1] == '\t'); end--)
        text[end - 1] = '\0';
    return text;
}

/* One wish "class=地类"; "class=" takes the role away from what the dictionary found. */
static zone_status grant(zone_context *ctx, const char *file, const char *layer, const zone_field *fields, size_t count,
                         char *wish, int *roles, bool *asked)
{
    char *equals = strchr(wish, '=');
    int role = 0;

    if (!equals)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--field", .what = "not a role and a field",
                         .found = zone_say(ctx, "%s", wish), .expected = "ROLE=FIELD, …",
                         .remedy = "class=DLBM, for example");
    *equals = '\0';
    const char *word = trim(wish), *name = trim(equals + 1);
    while (role < ZONE_ROLE_COUNT && !EQUAL(dictionary[role].word, word))
        role++;
    if (role == ZONE_ROLE_COUNT)
        return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--field", .what = "an unknown role",
                         .found = zone_say(ctx, "%s", word), .expected = role_list(ctx),
                         .remedy = "class=DLBM, for example");
    asked[role] = true;
    roles[role] = name[0] ? zone_fields_find(fields, count, name) : -1;
    if (name[0] && roles[role] < 0)
        return zone_fail(ctx, ZONE_BAD_FIELD, .file = file, .layer = layer, .found = zone_say(ctx, "%s", name),
                         .expected = zone_fields_list(ctx, fields, count),
                         .remedy = zone_say(ctx, "zone info %s:%s shows the fields", file, layer));
    return ZONE_OK;
}

/* Says what the dictionary found; roles that were asked for in so many words are no news. */
static void tell(zone_context *ctx, const char *layer, const zone_field *fields, const bool *asked, const int *roles)
{
    zone_names names = {0};
    char pair[256];

    for (int role = 0; role < ZONE_ROLE_COUNT; role++)
        if (roles[role] >= 0 && !asked[role]) {
            CPLsnprintf(pair, sizeof pair, "%s=%s", dictionary[role].word, fields[roles[role]].name);
            zone_names_add(&names, pair);
        }
    if (names.length)
        zone_log(ctx, "%s: fields by their names: %s", layer, names.text);
}

zone_status zone_fields_match(zone_context *ctx, const char *file, const char *layer, const zone_field *fields,
                              size_t count, const char *wishes, int *roles)
{
    zone_status status = ZONE_OK;
    bool asked[ZONE_ROLE_COUNT] = {false};
    char *copy = NULL;

    for (int role = 0; role < ZONE_ROLE_COUNT; role++)
        roles[role] = zone_fields_by_role(fields, count, (zone_role)role);
    if (wishes && !(copy = zone_copy_text(ctx, wishes)))
        return ZONE_NO_MEMORY;
    for (char *wish = copy, *next; wish && !status; wish = next) {
        if ((next = strchr(wish, ',')))
            *next++ = '\0';
        if (*trim(wish))
            status = grant(ctx, file, layer, fields, count, wish, roles, asked);
    }
    if (!status)
        tell(ctx, layer, fields, asked, roles);
    free(copy);
    return status;
}
