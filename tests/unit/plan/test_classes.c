/* Code tables of land classifications: every class of the standards by name and level above, broad classes, codes that
 * mean something else in the next edition, codes that no table has. The lists here were typed from the standards, not
 * from the tables that the library carries. */
#include "plan/classes.h"
#include "test.h"

/* A table as the standards print it: codes and names in turn, members behind their first level. */
static const char national[] =
    "01 耕地 0101 水田 0102 水浇地 0103 旱地 "
    "02 园地 0201 果园 0202 茶园 0203 橡胶园 0204 其他园地 "
    "03 林地 0301 乔木林地 0302 竹林地 0303 红树林地 0304 森林沼泽 0305 灌木林地 0306 灌丛沼泽 0307 其他林地 "
    "04 草地 0401 天然牧草地 0402 沼泽草地 0403 人工牧草地 0404 其他草地 "
    "05 商服用地 0501 零售商业用地 0502 批发市场用地 0503 餐饮用地 0504 旅馆用地 0505 商务金融用地 0506 娱乐用地 "
    "0507 其他商服用地 "
    "06 工矿仓储用地 0601 工业用地 0602 采矿用地 0603 盐田 0604 仓储用地 "
    "07 住宅用地 0701 城镇住宅用地 0702 农村宅基地 "
    "08 公共管理与公共服务用地 0801 机关团体用地 0802 新闻出版用地 0803 教育用地 0804 科研用地 0805 医疗卫生用地 "
    "0806 社会福利用地 0807 文化设施用地 0808 体育用地 0809 公用设施用地 0810 公园与绿地 "
    "09 特殊用地 0901 军事设施用地 0902 使领馆用地 0903 监教场所用地 0904 宗教用地 0905 殡葬用地 0906 风景名胜设施用地 "
    "10 交通运输用地 1001 铁路用地 1002 轨道交通用地 1003 公路用地 1004 城镇村道路用地 1005 交通服务场站用地 "
    "1006 农村道路 1007 机场用地 1008 港口码头用地 1009 管道运输用地 "
    "11 水域及水利设施用地 1101 河流水面 1102 湖泊水面 1103 水库水面 1104 坑塘水面 1105 沿海滩涂 1106 内陆滩涂 "
    "1107 沟渠 1108 沼泽地 1109 水工建筑用地 1110 冰川及永久积雪 "
    "12 其他土地 1201 空闲地 1202 设施农用地 1203 田坎 1204 盐碱地 1205 沙地 1206 裸土地 1207 裸岩石砾地 ";

/* The survey regroups the same numbers: wetlands keep theirs and stand under 00. */
static const char survey[] =
    "00 湿地 0303 红树林地 0304 森林沼泽 0306 灌丛沼泽 0402 沼泽草地 0603 盐田 1105 沿海滩涂 1106 内陆滩涂 1108 沼泽地 "
    "01 耕地 0101 水田 0102 水浇地 0103 旱地 "
    "02 种植园用地 0201 果园 0202 茶园 0203 橡胶园 0204 其他园地 0201K 可调整果园 0202K 可调整茶园 0203K 可调整橡胶园 "
    "0204K 可调整其他园地 "
    "03 林地 0301 乔木林地 0302 竹林地 0305 灌木林地 0307 其他林地 0301K 可调整乔木林地 0302K 可调整竹林地 "
    "0307K 可调整其他林地 "
    "04 草地 0401 天然牧草地 0403 人工牧草地 0404 其他草地 0403K 可调整人工牧草地 "
    "05 商业服务业用地 05H1 商业服务业设施用地 0508 物流仓储用地 "
    "06 工矿用地 0601 工业用地 0602 采矿用地 "
    "07 住宅用地 0701 城镇住宅用地 0702 农村宅基地 "
    "08 公共管理与公共服务用地 08H1 机关团体新闻出版用地 08H2 科教文卫用地 08H2A 高教用地 0809 公用设施用地 "
    "0810 公园与绿地 0810A 广场用地 "
    "09 特殊用地 "
    "10 交通运输用地 1001 铁路用地 1002 轨道交通用地 1003 公路用地 1004 城镇村道路用地 1005 交通服务场站用地 "
    "1006 农村道路 1007 机场用地 1008 港口码头用地 1009 管道运输用地 "
    "11 水域及水利设施用地 1101 河流水面 1102 湖泊水面 1103 水库水面 1104 坑塘水面 1104A 养殖坑塘 1104K 可调整坑塘水面 "
    "1107 沟渠 1107A 干渠 1109 水工建筑用地 1110 冰川及永久积雪 "
    "12 其他土地 1201 空闲地 1202 设施农用地 1203 田坎 1204 盐碱地 1205 沙地 1206 裸土地 1207 裸岩石砾地 1208 "
    "后备耕地 ";

static const char planning[] =
    "01 耕地 0101 水田 0102 水浇地 0103 旱地 "
    "02 园地 0201 果园 0202 茶园 0203 橡胶园地 0204 油料园地 0205 其他园地 "
    "03 林地 0301 乔木林地 0302 竹林地 0303 灌木林地 0304 其他林地 "
    "04 草地 0401 天然牧草地 0402 人工牧草地 0403 其他草地 "
    "05 湿地 0501 森林沼泽 0502 灌丛沼泽 0503 沼泽草地 0504 其他沼泽地 0505 沿海滩涂 0506 内陆滩涂 0507 红树林地 "
    "06 农业设施建设用地 0601 农村道路 060101 村道用地 060102 田间道 0602 设施农用地 060201 种植设施建设用地 "
    "060202 畜禽养殖设施建设用地 060203 水产养殖设施建设用地 "
    "07 居住用地 0701 城镇住宅用地 070101 一类城镇住宅用地 070102 二类城镇住宅用地 070103 三类城镇住宅用地 "
    "0702 城镇社区服务设施用地 0703 农村宅基地 070301 一类农村宅基地 070302 二类农村宅基地 0704 农村社区服务设施用地 "
    "08 公共管理与公共服务用地 0801 机关团体用地 0802 科研用地 0803 文化用地 080301 图书与展览用地 080302 文化活动用地 "
    "0804 教育用地 080401 高等教育用地 080402 中等职业教育用地 080403 中小学用地 080404 幼儿园用地 080405 其他教育用地 "
    "0805 体育用地 080501 体育场馆用地 080502 体育训练用地 0806 医疗卫生用地 080601 医院用地 "
    "080602 基层医疗卫生设施用地 080603 公共卫生用地 0807 社会福利用地 080701 老年人社会福利用地 "
    "080702 儿童社会福利用地 080703 残疾人社会福利用地 080704 其他社会福利用地 "
    "09 商业服务业用地 0901 商业用地 090101 零售商业用地 090102 批发市场用地 090103 餐饮用地 090104 旅馆用地 "
    "090105 公用设施营业网点用地 0902 商务金融用地 0903 娱乐用地 0904 其他商业服务业用地 "
    "10 工矿用地 1001 工业用地 100101 一类工业用地 100102 二类工业用地 100103 三类工业用地 1002 采矿用地 1003 盐田 "
    "11 仓储用地 1101 物流仓储用地 110101 一类物流仓储用地 110102 二类物流仓储用地 110103 三类物流仓储用地 "
    "1102 储备库用地 "
    "12 交通运输用地 1201 铁路用地 1202 公路用地 1203 机场用地 1204 港口码头用地 1205 管道运输用地 "
    "1206 城市轨道交通用地 1207 城镇村道路用地 1208 交通场站用地 120801 对外交通场站用地 120802 公共交通场站用地 "
    "120803 社会停车场用地 1209 其他交通设施用地 "
    "13 公用设施用地 1301 供水用地 1302 排水用地 1303 供电用地 1304 供燃气用地 1305 供热用地 1306 通信用地 1307 "
    "邮政用地 "
    "1308 广播电视设施用地 1309 环卫用地 1310 消防用地 1311 水工设施用地 1312 其他公用设施用地 "
    "14 绿地与开敞空间用地 1401 公园绿地 1402 防护绿地 1403 广场用地 "
    "15 特殊用地 1501 军事设施用地 1502 使领馆用地 1503 宗教用地 1504 文物古迹用地 1505 监教场所用地 1506 殡葬用地 "
    "1507 其他特殊用地 "
    "16 留白用地 "
    "17 陆地水域 1701 河流水面 1702 湖泊水面 1703 水库水面 1704 坑塘水面 1705 沟渠 1706 冰川及常年积雪 "
    "18 渔业用海 1801 渔业基础设施用海 1802 增养殖用海 1803 捕捞海域 1804 农林牧业用岛 "
    "19 工矿通信用海 1901 工业用海 1902 盐田用海 1903 固体矿产用海 1904 油气用海 1905 可再生能源用海 "
    "1906 海底电缆管道用海 "
    "20 交通运输用海 2001 港口用海 2002 航运用海 2003 路桥隧道用海 2004 机场用海 2005 其他交通运输用海 "
    "21 游憩用海 2101 风景旅游用海 2102 文体休闲娱乐用海 "
    "22 特殊用海 2201 军事用海 2202 科研教育用海 2203 海洋保护修复及海岸防护工程用海 2204 排污倾倒用海 "
    "2205 水下文物保护用海 2206 其他特殊用海 "
    "23 其他土地 2301 空闲地 2302 后备耕地 2303 田坎 2304 盐碱地 2305 沙地 2306 裸土地 2307 裸岩石砾地 "
    "24 其他海域 ";

/* Codes of the trial edition that another code, or another name, took over; its code in 2023 behind it. */
static const struct {
    const char *code, *name, *in_2023;
} changed[] = {
    {"0204", "其他园地", "0205"},
    {"0601", "乡村道路用地", "0601"},
    {"060102", "村庄内部道路用地", "1207"},
    {"0602", "种植设施建设用地", "060201"},
    {"0603", "畜禽养殖设施建设用地", "060202"},
    {"0604", "水产养殖设施建设用地", "060203"},
    {"0903", "娱乐康体用地", "0903"},
    {"090301", "娱乐用地", "0903"},
    {"090302", "康体用地", "0903"},
    {"1207", "城镇道路用地", "1207"},
    {"1311", "干渠", "1311"},
    {"1312", "水工设施用地", "1311"},
    {"1313", "其他公用设施用地", "1312"},
    {"2202", "其他特殊用海", "2206"},
    {"2302", "田坎", "2303"},
    {"2303", "田间道", "060102"},
};

enum { CHANGED_COUNT = sizeof changed / sizeof *changed };

static bool is_changed(const char *code)
{
    for (size_t i = 0; i < CHANGED_COUNT; i++)
        if (strcmp(changed[i].code, code) == 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- editions */

TEST(there_are_four_editions)
{
    static const char *const names[] = {"gbt21010-2017", "survey-2019", "use-2020", "use-2023"};
    static const char *const titles[] = {"21010-2017", "三次", "2020", "2023"};
    size_t count = 0;

    for (; zone_edition_at(count); count++)
        EXPECT(zone_edition_find(zone_edition_name(zone_edition_at(count))) == zone_edition_at(count));
    EXPECT_INT(count, 4);
    for (size_t i = 0; i < 4; i++) {
        const zone_edition *edition = zone_edition_find(names[i]);
        EXPECT(edition != NULL);
        if (!edition)
            continue;
        EXPECT_TEXT(zone_edition_name(edition), names[i]);
        EXPECT_CONTAINS(zone_edition_title(edition), titles[i]);
    }
}

/* The same digits mean different things in different editions: a near miss of a name is no edition. */
TEST(an_edition_is_never_guessed)
{
    static const char *const names[] = {"", "use", "use-202", "use-2024", "USE-2023", "use-2023 ", "survey", "2023"};
    zone_class class;
    char first[3];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        EXPECT(zone_edition_find(names[i]) == NULL);
    EXPECT(zone_edition_find(NULL) == NULL);
    EXPECT(!zone_class_find(NULL, "0101", &class));
    EXPECT(!zone_class_at(NULL, 0, &class));
    EXPECT_INT(zone_class_count(NULL), 0);
    EXPECT(!zone_class_first(NULL, "0101", first, &class));
    EXPECT_TEXT(first, "01");
    EXPECT_INT(zone_class_broad(NULL, "0101"), ZONE_BROAD_UNKNOWN);
}

/* ---------------------------------------------------------------- names and levels */

/* One class is as printed, and rolls up to the first level under which it stands. */
static void expect_class(const zone_edition *edition, const char *code, const char *name, const char *first,
                         const char *first_name)
{
    zone_class class;
    char parent[16] = "", rolled[3] = "";
    size_t length = strlen(code);

    if (length == 4)
        snprintf(parent, sizeof parent, "%s", first);
    else if (length > 4)
        snprintf(parent, sizeof parent, "%.4s", code);
    if (!zone_class_find(edition, code, &class)) {
        TEST_FAIL("no class %s in %s", code, zone_edition_name(edition));
        return;
    }
    EXPECT_TEXT(class.code, code);
    EXPECT_TEXT(class.name, name);
    EXPECT_TEXT(class.parent, parent);
    EXPECT_INT(class.level, length == 2 ? 1 : length == 4 ? 2 : 3);
    EXPECT(zone_class_first(edition, code, rolled, &class));
    EXPECT_TEXT(rolled, first);
    EXPECT_TEXT(class.name, first_name);
}

/* The table is this list: all of it, and nothing else, with so many classes on each level. */
static void expect_table(const char *edition_name, const char *list, const size_t levels[3])
{
    const zone_edition *edition = zone_edition_find(edition_name);
    char code[16], name[96], first[16] = "", first_name[96] = "";
    size_t count[3] = {0}, all = 0;
    int used = 0;

    for (; sscanf(list, "%15s %95s%n", code, name, &used) == 2; list += used, all++) {
        size_t length = strlen(code);
        if (length == 2) {
            memcpy(first, code, sizeof first);
            memcpy(first_name, name, sizeof first_name);
        }
        count[length == 2 ? 0 : length == 4 ? 1 : 2]++;
        expect_class(edition, code, name, first, first_name);
    }
    for (size_t i = 0; i < 3; i++)
        EXPECT_INT(count[i], levels[i]);
    EXPECT_INT(zone_class_count(edition), all);
}

TEST(the_national_standard_has_12_and_73_classes)
{
    expect_table("gbt21010-2017", national, (const size_t[]){12, 73, 0});
}

TEST(the_survey_has_its_own_groups)
{
    expect_table("survey-2019", survey, (const size_t[]){13, 56, 13});
}

TEST(planning_of_2023_has_24_111_and_40_classes)
{
    expect_table("use-2023", planning, (const size_t[]){24, 111, 40});
}

TEST(classes_are_listed_up_to_their_count)
{
    for (size_t e = 0; zone_edition_at(e); e++) {
        const zone_edition *edition = zone_edition_at(e);
        size_t count = zone_class_count(edition);
        zone_class class, found;
        for (size_t i = 0; i < count; i++) {
            EXPECT(zone_class_at(edition, i, &class));
            EXPECT(zone_class_find(edition, class.code, &found) && strcmp(found.name, class.name) == 0);
        }
        EXPECT(!zone_class_at(edition, count, &class));
        EXPECT(!zone_class_at(edition, SIZE_MAX, &class));
    }
}

/* ---------------------------------------------------------------- suffixes and unknown codes */

TEST(a_suffix_of_the_survey_counts_in_its_class)
{
    static const char *const codes[][3] = {{"0102K", "0102", "01"}, {"0305K", "0305", "03"}, {"1107K", "1107", "11"},
                                           {"0402A", "0402", "00"}, {"09A", "09", "09"},     {"05H1A", "05H1", "05"}};
    const zone_edition *edition = zone_edition_find("survey-2019");
    zone_class class;
    char first[3];

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        EXPECT(zone_class_find(edition, codes[i][0], &class));
        EXPECT_TEXT(class.code, codes[i][1]);
        EXPECT(zone_class_first(edition, codes[i][0], first, &class));
        EXPECT_TEXT(first, codes[i][2]);
    }
    EXPECT(!zone_class_find(zone_edition_find("gbt21010-2017"), "0201K", &class));
    EXPECT(!zone_class_find(zone_edition_find("use-2023"), "0201K", &class));
}

TEST(an_unknown_code_keeps_its_first_two_digits)
{
    static const char *const codes[][2] = {{"9901", "99"}, {"0199", "01"},  {"0399K", "03"},  {"7", "7"}, {"", ""},
                                           {"ZZ9", "ZZ"},  {"0101 ", "01"}, {"0101KK", "01"}, {"K", "K"}};
    zone_class class;
    char first[3];

    for (size_t e = 0; zone_edition_at(e); e++)
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
            EXPECT(!zone_class_find(zone_edition_at(e), codes[i][0], &class));
            EXPECT(!zone_class_first(zone_edition_at(e), codes[i][0], first, &class));
            EXPECT_TEXT(first, codes[i][1]);
            EXPECT_INT(zone_class_broad(zone_edition_at(e), codes[i][0]), ZONE_BROAD_UNKNOWN);
        }
    EXPECT(!zone_class_first(zone_edition_at(0), NULL, first, &class));
    EXPECT_TEXT(first, "");
}

/* A name in the field of codes has no digits; two bytes of a character would break every output it reached. */
TEST(a_name_instead_of_a_code_is_not_cut_within_a_character)
{
    const zone_edition *edition = zone_edition_find("survey-2019");
    zone_class class;
    char first[3];

    EXPECT(!zone_class_first(edition, "水田", first, &class));
    EXPECT_TEXT(first, "");
    EXPECT(!zone_class_first(edition, "1水", first, &class));
    EXPECT_TEXT(first, "1");
}

/* Codes of one edition that another has not stay unknown there. */
TEST(codes_of_other_editions_are_unknown)
{
    static const struct {
        const char *edition, *code;
    } none[] = {{"survey-2019", "0501"}, {"survey-2019", "0801"},   {"survey-2019", "0901"},
                {"survey-2019", "0604"}, {"gbt21010-2017", "05H1"}, {"gbt21010-2017", "0508"},
                {"gbt21010-2017", "00"}, {"gbt21010-2017", "1208"}, {"use-2020", "0205"},
                {"use-2020", "060201"},  {"use-2020", "1804"},      {"use-2020", "2206"},
                {"use-2023", "0603"},    {"use-2023", "1313"},      {"use-2023", "090301"}};
    zone_class class;

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        EXPECT(!zone_class_find(zone_edition_find(none[i].edition), none[i].code, &class));
}

/* ---------------------------------------------------------------- broad classes */

/* Codes by broad class; a code there stands for all below it. */
typedef struct {
    const char *agricultural, *construction, *unused, *sea;
} broad_lists;

static bool listed(const char *list, const char *code)
{
    char entry[16];
    int used = 0;

    for (; sscanf(list, "%15s%n", entry, &used) == 1; list += used)
        if (strncmp(code, entry, strlen(entry)) == 0)
            return true;
    return false;
}

/* Every class that has a level below the first is where the lists have it; `but` is in none of them. */
static void expect_broad(const char *edition_name, const broad_lists *lists, const char *but)
{
    const zone_edition *edition = zone_edition_find(edition_name);
    zone_class class;

    for (size_t i = 0; zone_class_at(edition, i, &class); i++) {
        zone_broad expected = listed(lists->agricultural, class.code)   ? ZONE_BROAD_AGRICULTURAL
                              : listed(lists->construction, class.code) ? ZONE_BROAD_CONSTRUCTION
                              : listed(lists->unused, class.code)       ? ZONE_BROAD_UNUSED
                              : listed(lists->sea, class.code)          ? ZONE_BROAD_SEA
                                                                        : ZONE_BROAD_UNKNOWN;
        if (class.level == 1 && expected == ZONE_BROAD_UNKNOWN)
            continue;
        if (strcmp(class.code, but) != 0 && zone_class_broad(edition, class.code) != expected)
            TEST_FAIL("%s of %s is %s, expected %s", class.code, edition_name,
                      zone_broad_name(zone_class_broad(edition, class.code)), zone_broad_name(expected));
    }
}

/* 0404 and 1201, 1109, 0603, 1006 are the ones that are often put elsewhere. */
static const broad_lists of_survey = {
    "0101 0102 0103 0201 0202 0203 0204 0301 0302 0303 0304 0305 0306 0307 0401 0402 0403 1006 1103 1104 1107 1202 "
    "1203 "
    "1208",
    "05H1 0508 0601 0602 0603 0701 0702 08H1 08H2 0809 0810 09 1001 1002 1003 1004 1005 1007 1008 1009 1109 1201",
    "0404 1101 1102 1105 1106 1108 1110 1204 1205 1206 1207", ""};

TEST(broad_classes_of_the_survey)
{
    expect_broad("survey-2019", &of_survey, "");
}

TEST(broad_classes_of_the_national_standard)
{
    broad_lists lists = of_survey;

    lists.construction = "0501 0502 0503 0504 0505 0506 0507 0601 0602 0603 0604 0701 0702 0801 0802 0803 0804 0805 "
                         "0806 0807 0808 0809 0810 0901 0902 0903 0904 0905 0906 1001 1002 1003 1004 1005 1007 1008 "
                         "1009 1109 1201";
    expect_broad("gbt21010-2017", &lists, "");
}

static const broad_lists of_planning = {"01 02 03 0401 0402 0501 0502 0503 0507 06 1703 1704 1705 2302 2303",
                                        "07 08 09 10 11 12 13 14 15 16 2301",
                                        "0403 0504 0505 0506 1701 1702 1706 2304 2305 2306 2307", "18 19 20 21 22 24"};

TEST(broad_classes_of_planning)
{
    expect_broad("use-2023", &of_planning, "");
}

/* The trial edition has no list of its own; what it groups otherwise stands in the same broad class, but for roads in
 * villages: the first levels disagree about them, agricultural facilities then, town and village roads now. */
TEST(broad_classes_of_planning_in_2020)
{
    expect_broad("use-2020", &of_planning, "060102");
}

TEST(broad_classes_have_names)
{
    EXPECT_TEXT(zone_broad_name(ZONE_BROAD_UNKNOWN), "unknown");
    EXPECT_TEXT(zone_broad_name(ZONE_BROAD_AGRICULTURAL), "agricultural");
    EXPECT_TEXT(zone_broad_name(ZONE_BROAD_CONSTRUCTION), "construction");
    EXPECT_TEXT(zone_broad_name(ZONE_BROAD_UNUSED), "unused");
    EXPECT_TEXT(zone_broad_name(ZONE_BROAD_SEA), "sea");
    EXPECT_TEXT(zone_broad_name((zone_broad)99), "unknown");
}

/* ---------------------------------------------------------------- from one edition to the next */

/* The trial edition: 24, 106 and 39 classes, those that changed by their old name, all others as in 2023. */
TEST(planning_of_2020_differs_where_the_list_says)
{
    const zone_edition *trial = zone_edition_find("use-2020"), *now = zone_edition_find("use-2023");
    size_t count[4] = {0};
    zone_class class, later;

    for (size_t i = 0; zone_class_at(trial, i, &class); i++) {
        count[class.level >= 1 && class.level <= 3 ? class.level : 0]++;
        if (is_changed(class.code))
            continue;
        EXPECT(zone_class_find(now, class.code, &later));
        EXPECT_TEXT(class.name, later.name);
        EXPECT_TEXT(class.parent, later.parent);
        EXPECT_TEXT(zone_class_2020_to_2023(class.code), class.code);
    }
    EXPECT_INT(count[0], 0);
    EXPECT_INT(count[1], 24);
    EXPECT_INT(count[2], 106);
    EXPECT_INT(count[3], 39);
    for (size_t i = 0; i < CHANGED_COUNT; i++) {
        EXPECT(zone_class_find(trial, changed[i].code, &class));
        EXPECT_TEXT(class.name, changed[i].name);
        EXPECT_TEXT(zone_class_2020_to_2023(changed[i].code), changed[i].in_2023);
        EXPECT(zone_class_find(now, changed[i].in_2023, &later));
    }
}

/* These eight are in both tables and mean different things: a code alone does not tell its class. */
TEST(a_code_does_not_tell_its_edition)
{
    static const char *const codes[][3] = {{"060102", "村庄内部道路用地", "田间道"},
                                           {"0602", "种植设施建设用地", "设施农用地"},
                                           {"1311", "干渠", "水工设施用地"},
                                           {"1312", "水工设施用地", "其他公用设施用地"},
                                           {"2302", "田坎", "后备耕地"},
                                           {"2303", "田间道", "田坎"},
                                           {"0204", "其他园地", "油料园地"},
                                           {"2202", "其他特殊用海", "科研教育用海"}};
    zone_class class;

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        EXPECT(zone_class_find(zone_edition_find("use-2020"), codes[i][0], &class));
        EXPECT_TEXT(class.name, codes[i][1]);
        EXPECT(zone_class_find(zone_edition_find("use-2023"), codes[i][0], &class));
        EXPECT_TEXT(class.name, codes[i][2]);
    }
}

/* A code that the trial edition has not has no successor, also where 2023 has that code. */
TEST(what_was_not_in_2020_is_not_converted)
{
    static const char *const codes[] = {"0205", "060201", "060203", "1804", "2004",
                                        "2203", "2206",   "9999",   "",     "0101K"};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        EXPECT(zone_class_2020_to_2023(codes[i]) == NULL);
}

TEST(survey_classes_become_planning_classes)
{
    static const char pairs[] =
        "0101 0101 0102 0102 0103 0103 0201 0201 0202 0202 0203 0203 0301 0301 0302 0302 0305 0303 0307 0304 0401 0401 "
        "0403 0402 0404 0403 0303 0507 0304 0501 0306 0502 0402 0503 1108 0504 1105 0505 1106 0506 0603 1003 0508 1101 "
        "0601 1001 0602 1002 0701 0701 0702 0703 08H1 0801 0810A 1403 0810 1401 1001 1201 1002 1206 1003 1202 1004 "
        "1207 "
        "1007 1203 1008 1204 1009 1205 1101 1701 1102 1702 1103 1703 1104 1704 1104A 1704 1104K 1704 1107 1705 "
        "1107A 1311 1109 1311 1110 1706 1201 2301 1203 2303 1204 2304 1205 2305 1206 2306 1207 2307 "
        "0201K 0201 0202K 0202 0203K 0203 0301K 0301 0302K 0302 0307K 0304 0403K 0402 ";
    char code[16], planned[16];
    int used = 0;

    for (const char *at = pairs; sscanf(at, "%15s %15s%n", code, planned, &used) == 2; at += used) {
        bool detail = true;
        EXPECT_TEXT(zone_class_planned(code, &detail), planned);
        if (detail)
            TEST_FAIL("%s does not need detail", code);
    }
}

/* Of some classes only the first level is certain; the field must tell the rest. */
TEST(some_survey_classes_need_detail)
{
    static const char *const pairs[][2] = {{"0204", "02"}, {"0204K", "02"}, {"05H1", "09"},
                                           {"08H2", "08"}, {"0809", "13"},  {"09", "15"},
                                           {"1005", "12"}, {"1006", "06"},  {"1202", "06"}};
    static const char *const none[] = {"9999", "", "01", "12", "0501", "K"};
    bool detail = false;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        detail = false;
        EXPECT_TEXT(zone_class_planned(pairs[i][0], &detail), pairs[i][1]);
        EXPECT(detail);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        detail = true;
        EXPECT(zone_class_planned(none[i], &detail) == NULL);
        EXPECT(!detail);
    }
}
