#include "read/fields.h"

#include "read/fixture.h"

static zone_status match(zone_context *ctx, const char *names, const char *wishes, int *roles)
{
    zone_field fields[16] = {{0}};
    char copy[400];
    size_t count = 0;

    snprintf(copy, sizeof copy, "%s", names);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
        fields[count++].name = name;
    return zone_fields_match(ctx, "a.gpkg", "landuse", fields, count, wishes, roles);
}

static void expect_role(const char *names, zone_role role, int field)
{
    zone_context *ctx = new_context();
    int roles[ZONE_ROLE_COUNT];

    EXPECT_INT(match(ctx, names, NULL, roles), ZONE_OK);
    if (roles[role] != field)
        TEST_FAIL("%s of \"%s\" is %d, expected %d", zone_role_name(role), names, roles[role], field);
    zone_context_free(ctx);
}

TEST(the_names_of_the_standards_are_known)
{
    const char *landuse = "BSM DLBM TBMJ KCDLBM KCXS KCMJ TBDLMJ ZLDWDM";

    expect_role(landuse, ZONE_ROLE_ID, 0);
    expect_role(landuse, ZONE_ROLE_CLASS, 1);
    expect_role(landuse, ZONE_ROLE_AREA, 2);
    expect_role(landuse, ZONE_ROLE_RIDGE_CLASS, 3);
    expect_role(landuse, ZONE_ROLE_RIDGE, 4);
    expect_role(landuse, ZONE_ROLE_RIDGE_AREA, 5);
    expect_role(landuse, ZONE_ROLE_NET_AREA, 6);
    expect_role(landuse, ZONE_ROLE_PLACE, 7);
    expect_role("BSM YJJBNTTBMJ YJJBNTMJ", ZONE_ROLE_AREA, 1);
    expect_role("BSM YJJBNTTBMJ YJJBNTMJ", ZONE_ROLE_NET_AREA, 2);
    expect_role("TBMJ JBNTMJ TKXS TKMJ", ZONE_ROLE_NET_AREA, 1);
    expect_role("TBMJ JBNTMJ TKXS TKMJ", ZONE_ROLE_RIDGE, 2);
    expect_role("TBMJ JBNTMJ TKXS TKMJ", ZONE_ROLE_RIDGE_AREA, 3);
    expect_role("YDYHFLDM TBMJ", ZONE_ROLE_CLASS, 0);
    expect_role("GHDLDM", ZONE_ROLE_CLASS, 0);
    expect_role("GHDLBM", ZONE_ROLE_CLASS, 0);
    expect_role("YDDM", ZONE_ROLE_CLASS, 0);
    expect_role("XMBH XMMC YDLX GDFS NX YDDW SBMJ YXJ", ZONE_ROLE_ID, 0);
    expect_role("XMBH XMMC YDLX GDFS NX YDDW SBMJ YXJ", ZONE_ROLE_CLAIMED, 6);
    expect_role("XMBH XMMC YDLX GDFS NX YDDW SBMJ YXJ", ZONE_ROLE_TERM, 4);
    expect_role("id name zone state", ZONE_ROLE_STATE, 3);
}

TEST(names_match_without_regard_to_case_and_in_chinese)
{
    expect_role("x dlbm", ZONE_ROLE_CLASS, 1);
    expect_role("Id", ZONE_ROLE_ID, 0);
    expect_role("地类编码 图斑面积", ZONE_ROLE_CLASS, 0);
    expect_role("地类编码 图斑面积", ZONE_ROLE_AREA, 1);
    expect_role("田坎系数", ZONE_ROLE_RIDGE, 0);
}

TEST(the_surer_name_wins_wherever_it_stands)
{
    expect_role("MJ TBMJ", ZONE_ROLE_AREA, 1);
    expect_role("BSM id", ZONE_ROLE_ID, 1);
}

TEST(a_role_without_a_field_is_minus_one)
{
    expect_role("x y", ZONE_ROLE_CLASS, -1);
    expect_role("", ZONE_ROLE_CLASS, -1);
}

TEST(wishes_override_the_dictionary)
{
    zone_context *ctx = new_context();
    int roles[ZONE_ROLE_COUNT];

    EXPECT_INT(match(ctx, "DLBM 地类 TBMJ S", " class = 地类 , AREA=s ,", roles), ZONE_OK);
    EXPECT_INT(roles[ZONE_ROLE_CLASS], 1);
    EXPECT_INT(roles[ZONE_ROLE_AREA], 3);
    EXPECT_INT(match(ctx, "DLBM", "class=", roles), ZONE_OK);
    EXPECT_INT(roles[ZONE_ROLE_CLASS], -1);
    zone_context_free(ctx);
}

TEST(a_wish_that_makes_no_sense_says_what_there_is)
{
    zone_context *ctx = new_context();
    int roles[ZONE_ROLE_COUNT];

    EXPECT_INT(match(ctx, "DLBM TBMJ", "class=DLDM", roles), ZONE_BAD_FIELD);
    EXPECT_TEXT(zone_context_error(ctx)->found, "DLDM");
    EXPECT_TEXT(zone_context_error(ctx)->expected, "one of: DLBM, TBMJ");
    EXPECT_TEXT(zone_context_error(ctx)->layer, "landuse");
    EXPECT_INT(match(ctx, "DLBM", "colour=DLBM", roles), ZONE_BAD_USAGE);
    EXPECT_CONTAINS(zone_context_error(ctx)->found, "colour");
    EXPECT_CONTAINS(zone_context_error(ctx)->expected, "class, area");
    EXPECT_INT(match(ctx, "DLBM", "DLBM", roles), ZONE_BAD_USAGE);
    EXPECT_INT(match(ctx, "", "class=DLBM", roles), ZONE_BAD_FIELD);
    zone_context_free(ctx);
}

static void remember(void *user, const char *line)
{
    snprintf(user, 300, "%s", line);
}

TEST(what_matched_is_told)
{
    zone_context *ctx = new_context();
    int roles[ZONE_ROLE_COUNT];
    char line[300] = "";

    zone_context_set_log(ctx, remember, line);
    EXPECT_INT(match(ctx, "x", NULL, roles), ZONE_OK);
    EXPECT_TEXT(line, "");
    EXPECT_INT(match(ctx, "DLBM TBMJ", NULL, roles), ZONE_OK);
    EXPECT_CONTAINS(line, "class=DLBM, area=TBMJ");
    zone_context_free(ctx);
}

TEST(each_role_has_a_word_of_its_own)
{
    for (int a = 0; a < ZONE_ROLE_COUNT; a++)
        for (int b = 0; b < a; b++)
            EXPECT(strcmp(zone_role_name((zone_role)a), zone_role_name((zone_role)b)) != 0);
    EXPECT_TEXT(zone_role_name(ZONE_ROLE_NET_AREA), "net_area");
    EXPECT_TEXT(zone_role_name(ZONE_ROLE_COUNT), "");
}

TEST(sites_are_matched_by_the_names_that_offices_and_planners_use)
{
    static const struct {
        const char *names;
        zone_role role;
    } lists[] = {{"XMBH 项目编号 项目代码 红线编号 地块号 宗地代码 ZDDM plot", ZONE_ROLE_ID},
                 {"XMMC 项目名称 地块名称 宗地名称 ZDMC", ZONE_ROLE_NAME},
                 {"YDLX DKYT TDYT 土地用途 规划用途 地块用途 land_use", ZONE_ROLE_KIND},
                 {"SBMJ SQMJ 申报面积 申请用地面积 claimed_area", ZONE_ROLE_CLAIMED},
                 {"NX SYQX 出让年限 使用期限 年期 term", ZONE_ROLE_TERM},
                 {"YDDW JSDW 建设单位 受让人 权利人 owner", ZONE_ROLE_OWNER},
                 {"GDFS 供应方式 supply", ZONE_ROLE_SUPPLY},
                 {"YXJ 优先级 优先顺序 priority", ZONE_ROLE_PRIORITY}};
    zone_context *ctx = new_context();
    int roles[ZONE_ROLE_COUNT];

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char copy[300];
        snprintf(copy, sizeof copy, "%s", lists[i].names);
        for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
            EXPECT_INT(match(ctx, name, NULL, roles), ZONE_OK);
            for (int role = 0; role < ZONE_ROLE_COUNT; role++)
                if ((roles[role] == 0) != (role == (int)lists[i].role))
                    TEST_FAIL("%s plays %s: %d", name, zone_role_name((zone_role)role), roles[role]);
        }
    }
    zone_context_free(ctx);
}
