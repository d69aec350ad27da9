#include "read/fixture.h"

/* A data set in memory with a field of the given type, one feature a value set by `set`. */
static const char *text_of(OGRFieldType type, OGRFieldSubType subtype, void (*set)(OGRFeatureH feature))
{
    static char text[200];
    zone_context *ctx = new_context();
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, NULL);
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    OGRFieldDefnH field = OGR_Fld_Create("f", type);
    zone_source *source = NULL;
    zone_batch batch = {0};

    OSRImportFromEPSG(system, 4549);
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    OGR_Fld_SetSubType(field, subtype);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "v", system, wkbPoint, NULL);
    OGR_L_CreateField(layer, field, TRUE);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(point, 0, 441000.0, 3218000.0);
    OGR_F_SetGeometryDirectly(feature, point);
    set(feature);
    EXPECT_INT(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
    OGR_Fld_Destroy(field);
    OSRDestroySpatialReference(system);
    EXPECT_INT(zone_source_from_dataset(ctx, data, NULL, NULL, &source), ZONE_OK);
    EXPECT_INT(read_all(ctx, source, ZONE_SHAPE_POINT, &batch), ZONE_OK);
    const char *value = zone_batch_text(&batch, 0, 0);
    snprintf(text, sizeof text, "%s", value ? value : "(null)");
    zone_batch_free(&batch);
    zone_source_close(source);
    GDALClose(data);
    zone_context_free(ctx);
    return text;
}

static double real;
static const char *string;

static void set_real(OGRFeatureH feature)
{
    OGR_F_SetFieldDouble(feature, 0, real);
}

static void set_string(OGRFeatureH feature)
{
    OGR_F_SetFieldString(feature, 0, string);
}

static void set_integer(OGRFeatureH feature)
{
    OGR_F_SetFieldInteger64(feature, 0, 9007199254740993);
}

static void set_date(OGRFeatureH feature)
{
    OGR_F_SetFieldDateTimeEx(feature, 0, 2021, 3, 4, 5, 6, 7.0f, 100);
}

static void set_odd_time(OGRFeatureH feature)
{
    OGR_F_SetFieldDateTimeEx(feature, 0, 2021, 3, 4, 5, 6, 7.25f, 132);
}

static void set_nothing(OGRFeatureH feature)
{
    OGR_F_SetFieldNull(feature, 0);
}

static const char *real_text(double value, OGRFieldSubType subtype)
{
    real = value;
    return text_of(OFTReal, subtype, set_real);
}

static const char *string_text(const char *value)
{
    string = value;
    return text_of(OFTString, OFSTNone, set_string);
}

TEST(numbers_are_the_shortest_decimal_that_means_them)
{
    EXPECT_TEXT(real_text(999915.579999999958090, OFSTNone), "999915.58");
    EXPECT_TEXT(real_text(0.1, OFSTNone), "0.1");
    EXPECT_TEXT(real_text(0.1 + 0.2, OFSTNone), "0.30000000000000004");
    EXPECT_TEXT(real_text(10000.0, OFSTNone), "10000");
    EXPECT_TEXT(real_text(-0.5, OFSTNone), "-0.5");
}

TEST(single_precision_numbers_show_no_noise_of_doubles)
{
    EXPECT_TEXT(real_text((double)0.0857f, OFSTFloat32), "0.0857");
    EXPECT_TEXT(real_text((double)16777216.0f, OFSTFloat32), "16777216");
}

TEST(integers_of_64_bits_keep_all_their_digits)
{
    EXPECT_TEXT(text_of(OFTInteger64, OFSTNone, set_integer), "9007199254740993");
}

TEST(dates_are_iso)
{
    EXPECT_TEXT(text_of(OFTDate, OFSTNone, set_date), "2021-03-04");
    EXPECT_TEXT(text_of(OFTTime, OFSTNone, set_date), "05:06:07Z");
    EXPECT_TEXT(text_of(OFTDateTime, OFSTNone, set_date), "2021-03-04T05:06:07Z");
    EXPECT_TEXT(text_of(OFTDateTime, OFSTNone, set_odd_time), "2021-03-04T05:06:07.250+08:00");
}

TEST(blanks_at_the_end_never_count_and_blank_is_null)
{
    EXPECT_TEXT(string_text("0101  "), "0101");
    EXPECT_TEXT(string_text(" 水 田"), " 水 田");
    EXPECT_TEXT(string_text("   "), "(null)");
    EXPECT_TEXT(string_text(""), "(null)");
    EXPECT_TEXT(text_of(OFTString, OFSTNone, set_nothing), "(null)");
}

TEST(text_that_is_not_utf8_is_made_so)
{
    EXPECT_TEXT(string_text("a\xFF"), "a\xEF\xBF\xBD");
}
