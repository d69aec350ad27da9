/* Sites of a batch: from sources, files, folders; what can't be read is one of them; each has a key of its own. */
#include "ask/fixture.h"
#include "ask/sites.h"

#include <gdal.h>
#include <ogr_api.h>

typedef struct {
    zone_context *ctx;
    zone_crs *crs;
    zone_sites sites;
} red_lines;

static char told[4096];

static void remember(void *user, const char *text)
{
    (void)user;
    snprintf(told + strlen(told), sizeof told - strlen(told), "%s\n", text);
}

static void open_lines(red_lines *r)
{
    *r = (red_lines){.ctx = new_context()};
    told[0] = '\0';
    zone_context_set_log(r->ctx, remember, NULL);
    EXPECT_INT(zone_crs_create(r->ctx, "EPSG:4549", "from the plan", &r->crs), ZONE_OK);
}

static void close_lines(red_lines *r)
{
    zone_sites_free(&r->sites);
    EXPECT(r->sites.batch.feature_count == 0 && !r->sites.key && !r->sites.notes);
    zone_crs_free(r->crs);
    zone_context_free(r->ctx);
}

static void add(red_lines *r, const char *data)
{
    EXPECT_INT(zone_sites_add(r->ctx, &r->sites, data, NULL, r->crs), ZONE_OK);
}

/* Keys with a bar between, those of twins with an exclamation mark. */
static void expect_keys(red_lines *r, const char *keys)
{
    char all[1024] = "";

    EXPECT_INT(zone_sites_name(r->ctx, &r->sites), ZONE_OK);
    for (size_t i = 0; i < r->sites.batch.feature_count; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s%s", i ? " | " : "", r->sites.key[i],
                 r->sites.twin[i] ? "!" : "");
    EXPECT_TEXT(all, keys);
}

static void draw_sites(const char *path, const char *const *properties)
{
    drawing d;

    begin_drawing(&d, 4549);
    for (int i = 0; properties[i]; i++)
        draw_box(&d, properties[i], i * 10, 0, i * 10 + 10, 10);
    end_drawing(&d, path);
}

/* ---------------------------------------------------------------- sources */

TEST(all_words_of_a_site_are_read_whatever_its_fields_are_called)
{
    static const char *const properties[] = {
        "\"YXJ\":2,\"XMBH\":\"S1\",\"XMMC\":\"一号\",\"YDLX\":\"工业用地\",\"SBMJ\":100.5,\"NX\":\"30年\","
        "\"YDDW\":\"某公司\",\"GDFS\":\"出让\",\"other\":1",
        "\"XMBH\":\"S2\"", NULL};
    static const char *const words[] = {"S1", "一号", "工业用地", "100.5", "30年", "某公司", "2", "出让"};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/words.geojson", properties);
    add(&r, "/vsimem/words.geojson");
    EXPECT_INT(r.sites.batch.feature_count, 2);
    for (int word = 0; word < ZONE_SITE_WORDS; word++) {
        EXPECT_TEXT(zone_site_text(&r.sites, 0, (zone_site_word)word), words[word]);
        EXPECT((zone_site_text(&r.sites, 1, (zone_site_word)word) != NULL) == (word == ZONE_SITE_ID));
    }
    EXPECT_CONTAINS(told, "id=XMBH name=XMMC kind=YDLX claimed=SBMJ term=NX owner=YDDW priority=YXJ supply=GDFS");
    close_lines(&r);
}

TEST(a_source_that_was_closed_leaves_its_sites_books_and_provenance)
{
    static const char *const first[] = {"\"id\":\"a\"", "\"id\":\"b\"", NULL}, *const second[] = {"\"name\":\"c\"",
                                                                                                  NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/first.geojson", first);
    draw_sites("/vsimem/second.geojson", second);
    for (int i = 0; i < 2; i++) {
        zone_source *source = open_source(r.ctx, i ? "/vsimem/second.geojson" : "/vsimem/first.geojson", NULL);
        EXPECT_INT(zone_sites_add_source(r.ctx, &r.sites, source, r.crs), ZONE_OK);
        zone_source_close(source);
    }
    expect_keys(&r, "a | b | c");
    EXPECT_TEXT(zone_site_text(&r.sites, 1, ZONE_SITE_ID), "b");
    EXPECT_TEXT(zone_site_text(&r.sites, 2, ZONE_SITE_NAME), "c");
    EXPECT_REAL(r.sites.batch.x[r.sites.batch.vertex_start[r.sites.batch.ring_start[2]]], 441000, 10);
    EXPECT_INT(r.sites.source_count, 2);
    EXPECT_INT(r.sites.books[0].counts.features, 2);
    EXPECT_INT(r.sites.books[0].counts.used, 2);
    EXPECT_TEXT(r.sites.books[1].counts.input, r.sites.label[1]);
    EXPECT_CONTAINS(r.sites.label[1], "/vsimem/second.geojson");
    EXPECT(r.sites.notes && zone_table_row_count(zone_table_section(r.sites.notes, ZONE_SECTION_PROVENANCE)) >= 2);
    close_lines(&r);
}

TEST(sites_come_in_the_plane_of_the_plan)
{
    red_lines r;

    open_lines(&r);
    put_text("/vsimem/degrees.geojson",
             GEOJSON("4490",
                     FEATURE("\"id\":\"d\"", POLYGON("[[119.4,29.1],[119.401,29.1],[119.401,29.101],[119.4,29.1]]"))));
    add(&r, "/vsimem/degrees.geojson");
    EXPECT_INT(r.sites.batch.vertex_count, 3);
    EXPECT(r.sites.batch.x[0] > 400000 && r.sites.batch.x[0] < 500000);
    EXPECT(r.sites.batch.y[0] > 3200000 && r.sites.batch.y[0] < 3230000);
    close_lines(&r);
}

TEST(a_repaired_site_keeps_why_and_by_how_much)
{
    red_lines r;

    open_lines(&r);
    put_text("/vsimem/bow.geojson",
             GEOJSON("4549", FEATURE("\"id\":\"sound\"", SQUARE) "," FEATURE("\"id\":\"bow\"", BOW_TIE)));
    add(&r, "/vsimem/bow.geojson");
    EXPECT_INT(r.sites.batch.state[0], ZONE_FEATURE_USED);
    EXPECT(!r.sites.batch.reason[0]);
    EXPECT_INT(r.sites.batch.state[1], ZONE_FEATURE_REPAIRED);
    EXPECT_CONTAINS(r.sites.batch.reason[1], "Self-intersection");
    EXPECT_REAL(r.sites.batch.area_change[0], 0, 0);
    EXPECT_REAL(fabs(r.sites.batch.area_change[1]), 5000, 1e-6); /* two triangles of 2500, of which one was negative */
    EXPECT_INT(r.sites.books[0].counts.repaired, 1);
    close_lines(&r);
}

TEST(parts_and_holes_of_a_site_stay)
{
    red_lines r;
    drawing d;

    open_lines(&r);
    begin_drawing(&d, 4549);
    draw_polygon(&d, "\"id\":\"hole\"", "0 0,100 0,100 100,0 100|10 10,10 20,20 20,20 10");
    draw(&d, ",{\"type\":\"Feature\",\"properties\":{\"id\":\"two\"},\"geometry\":{\"type\":\"MultiPolygon\","
             "\"coordinates\":[[[[441000,3218000],[441010,3218000],[441010,3218010],[441000,3218000]]],"
             "[[[441100,3218000],[441110,3218000],[441110,3218010],[441100,3218000]]]]}}");
    end_drawing(&d, "/vsimem/parts.geojson");
    add(&r, "/vsimem/parts.geojson");
    EXPECT_INT(r.sites.batch.feature_count, 2);
    EXPECT_INT(r.sites.batch.ring_start[1], 2);
    EXPECT_INT(r.sites.batch.ring_start[2], 4);
    EXPECT_REAL(ring_area(&r.sites.batch, 0) / 2, 10000, 1e-6);
    EXPECT_REAL(ring_area(&r.sites.batch, 1) / 2, -100, 1e-6);
    close_lines(&r);
}

TEST(an_error_leaves_the_sites_of_before)
{
    static const char *const first[] = {"\"id\":\"a\"", NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/first.geojson", first);
    add(&r, "/vsimem/first.geojson");
    put_text("/vsimem/bow.geojson", GEOJSON("4549", FEATURE("\"id\":\"b\"", SQUARE) "," FEATURE("", BOW_TIE)));
    zone_source_options strict = {.size = sizeof strict, .invalid = ZONE_REFUSE};
    zone_source *source = open_source(r.ctx, "/vsimem/bow.geojson", &strict);
    EXPECT_INT(zone_sites_add_source(r.ctx, &r.sites, source, r.crs), ZONE_BAD_GEOMETRY);
    zone_source_close(source);
    EXPECT_INT(r.sites.source_count, 1);
    expect_keys(&r, "a");

    EXPECT_INT(zone_sites_add(r.ctx, &r.sites, "/vsimem/bow.geojson", &strict, r.crs), ZONE_OK);
    expect_keys(&r, "a | /vsimem/bow.geojson");
    EXPECT_INT(r.sites.batch.state[1], ZONE_FEATURE_REJECTED);
    close_lines(&r);
}

/* ---------------------------------------------------------------- data by name */

TEST(folders_and_patterns_are_read_in_the_order_of_their_names)
{
    static const char *const one[] = {"\"id\":\"1\"", NULL}, *const two[] = {"\"id\":\"2\"", "\"id\":\"3\"", NULL};
    red_lines r;
    place p;
    char pattern[128];

    open_lines(&r);
    open_place(&p);
    draw_sites(file_in(&p, "zones.geojson"), one);
    draw_sites(file_in(&p, "apart.geojson"), two);
    add(&r, p.folder);
    expect_keys(&r, "2 | 3 | 1");
    snprintf(pattern, sizeof pattern, "%s/z*", p.folder);
    add(&r, pattern);
    expect_keys(&r, "2 | 3 | 1! | 1 (2)!");
    close_place(&p);
    close_lines(&r);
}

TEST(all_layers_of_a_file_or_the_one_that_is_named)
{
    red_lines r;
    const char *const names[] = {"new", "old"};

    open_lines(&r);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(srs, 4549);
    GDALDatasetH made = GDALCreate(GDALGetDriverByName("GPKG"), "/vsimem/two.gpkg", 0, 0, 0, GDT_Unknown, NULL);
    for (int i = 0; i < 2; i++) {
        OGRLayerH layer = GDALDatasetCreateLayer(made, names[i], srs, wkbPolygon, NULL);
        OGRFieldDefnH field = OGR_Fld_Create("XMMC", OFTString);
        OGRGeometryH square = NULL;
        char wkt[] = "POLYGON((441000 3218000,441010 3218000,441010 3218010,441000 3218000))", *text = wkt;
        OGR_L_CreateField(layer, field, 0);
        OGR_Fld_Destroy(field);
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(feature, 0, names[i]);
        EXPECT_INT(OGR_G_CreateFromWkt(&text, NULL, &square), OGRERR_NONE);
        OGR_F_SetGeometryDirectly(feature, square);
        EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALClose(made);
    OSRDestroySpatialReference(srs);
    add(&r, "/vsimem/two.gpkg:old");
    expect_keys(&r, "old");
    add(&r, "/vsimem/two.gpkg");
    expect_keys(&r, "old! | new | old (2)!");
    close_lines(&r);
}

TEST(what_can_not_be_read_is_a_site_that_says_why)
{
    static const char *const good[] = {"\"id\":\"good\"", NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/good.geojson", good);
    put_text("/vsimem/broken.geojson", "{\"type\":\"FeatureCollection\",");
    put_text("/vsimem/none.geojson", "");
    add(&r, "/vsimem/broken.geojson");
    add(&r, "/vsimem/none.geojson");
    add(&r, "/vsimem/not there.geojson");
    add(&r, "/tmp/no folder/*.txt");
    add(&r, "/vsimem/good.geojson");
    EXPECT_INT(r.sites.batch.feature_count, 5);
    for (size_t i = 0; i < 4; i++) {
        EXPECT_INT(r.sites.batch.state[i], ZONE_FEATURE_REJECTED);
        EXPECT(r.sites.batch.reason[i] && *r.sites.batch.reason[i]);
        EXPECT_INT(r.sites.batch.ring_start[i + 1], 0);
        EXPECT_INT(r.sites.books[i].counts.features, 1);
        EXPECT_INT(r.sites.books[i].counts.rejected, 1);
        EXPECT_TEXT(r.sites.books[i].counts.input, zone_site_text(&r.sites, i, ZONE_SITE_NAME));
    }
    EXPECT_CONTAINS(r.sites.batch.reason[1], "an empty file");
    EXPECT_CONTAINS(r.sites.batch.reason[3], "no file that matches");
    EXPECT_CONTAINS(told, "/vsimem/none.geojson can't be read: ");
    expect_keys(&r,
                "/vsimem/broken.geojson | /vsimem/none.geojson | /vsimem/not there.geojson | /tmp/no folder/*.txt | "
                "good");
    close_lines(&r);
}

TEST(what_is_no_area_is_a_rejected_site_of_its_own)
{
    red_lines r;

    open_lines(&r);
    put_text("/vsimem/mixed.geojson",
             GEOJSON("4549",
                     FEATURE("\"id\":\"point\"", "{\"type\":\"Point\",\"coordinates\":[441000,3218000]}") "," FEATURE(
                         "\"id\":\"none\"",
                         "null") "," FEATURE("\"id\":\"area\"",
                                             SQUARE) "," FEATURE("\"id\":\"flat\"",
                                                                 POLYGON("[[441000,3218000],[441100,3218000],[441050,"
                                                                         "3218000],[441000,3218000]]"))));
    add(&r, "/vsimem/mixed.geojson");
    expect_keys(&r, "point | none | area | flat");
    EXPECT_INT(r.sites.batch.state[0], ZONE_FEATURE_REJECTED);
    EXPECT_INT(r.sites.batch.state[1], ZONE_FEATURE_REJECTED);
    EXPECT_INT(r.sites.batch.state[2], ZONE_FEATURE_USED);
    EXPECT_INT(r.sites.batch.state[3], ZONE_FEATURE_REJECTED);
    EXPECT(r.sites.batch.reason[0] && r.sites.batch.reason[1] && r.sites.batch.reason[3]);
    EXPECT_INT(r.sites.books[0].counts.rejected, 3);
    close_lines(&r);
}

TEST(a_layer_without_features_has_no_sites_but_books)
{
    static const char *const none[] = {NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/empty.geojson", none);
    add(&r, "/vsimem/empty.geojson");
    EXPECT_INT(r.sites.batch.feature_count, 0);
    EXPECT_INT(r.sites.source_count, 1);
    expect_keys(&r, "");
    close_lines(&r);
}

TEST(a_wish_that_means_nothing_stops_the_batch)
{
    static const char *const one[] = {"\"id\":\"1\"", NULL};
    zone_source_options wrong = {.size = sizeof wrong, .fields = "colour=id"};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/one.geojson", one);
    EXPECT_INT(zone_sites_add(r.ctx, &r.sites, "/vsimem/one.geojson", &wrong, r.crs), ZONE_BAD_USAGE);
    EXPECT_INT(r.sites.batch.feature_count, 0);
    close_lines(&r);
}

/* ---------------------------------------------------------------- keys */

TEST(a_key_is_the_id_else_the_name_else_the_number)
{
    static const char *const properties[] = {"\"id\":\"S1\",\"name\":\"n1\"", "\"id\":null,\"name\":\"n2\"",
                                             "\"id\":\" \",\"name\":\"\"", "\"id\":4", NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/keys.geojson", properties);
    add(&r, "/vsimem/keys.geojson");
    expect_keys(&r, "S1 | n2 | #3 | 4");
    for (size_t i = 0; i < 4; i++)
        EXPECT(r.sites.nameless[i] == (i > 0)); /* an id without a name is not enough */
    EXPECT_INT(zone_sites_find(&r.sites, "#3"), 2);
    EXPECT_INT(zone_sites_find(&r.sites, "S1"), 0);
    EXPECT_INT(zone_sites_find(&r.sites, "n1"), 4);
    EXPECT_INT(zone_sites_find(&r.sites, ""), 4);
    close_lines(&r);
}

TEST(twins_are_numbered)
{
    static const char *const properties[] = {"\"id\":\"S\"", "\"id\":\"S\"", "\"name\":\"S\"", "\"id\":\"T\"", NULL};
    red_lines r;

    open_lines(&r);
    draw_sites("/vsimem/keys.geojson", properties);
    add(&r, "/vsimem/keys.geojson");
    expect_keys(&r, "S! | S (2)! | S (3)! | T");
    expect_keys(&r, "S! | S (2)! | S (3)! | T");
    add(&r, "/vsimem/keys.geojson");
    expect_keys(&r, "S! | S (2)! | S (3)! | T! | S (4)! | S (5)! | S (6)! | T (2)!");
    close_lines(&r);
}

/* No two keys are the same, whatever ids look like; and only sites that have an id in common are twins. */
TEST(ids_that_look_like_numbered_ones_keep_all_keys_apart)
{
    static const char *const after[] = {"\"id\":\"S\"", "\"id\":\"S\"", "\"id\":\"S (2)\"", "\"id\":\"S (2)\"", NULL};
    static const char *const before[] = {"\"id\":\"S (2)\"", "\"id\":\"S\"", "\"id\":\"S\"", NULL};
    static const char *const numbers[] = {"\"id\":\"#2\"", "\"id\":null", "\"id\":\"#2\"", NULL};
    static const char *const *const cases[] = {after, before, numbers};
    static const char *const keys[] = {"S! | S (2)! | S (2) (2)! | S (2) (3)!", "S (2) | S! | S (3)!",
                                       "#2! | #2 (2) | #2 (3)!"};

    for (size_t i = 0; i < 3; i++) {
        red_lines r;
        open_lines(&r);
        draw_sites("/vsimem/keys.geojson", cases[i]);
        add(&r, "/vsimem/keys.geojson");
        expect_keys(&r, keys[i]);
        close_lines(&r);
    }
}
