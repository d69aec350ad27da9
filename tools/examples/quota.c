/* Sites that a program made, judged by the checks of a plan: no file is read but the plan's own.
 *
 *     quota geodata/jinlan.yaml
 *
 * The sites are features of a GDAL data set in memory; any data set that a program has open would do. */
#include <gdal.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <zone.h>

typedef struct {
    const char *id, *name, *kind, *supply, *term, *claimed;
    double x, y, width, height; /* m, EPSG:4549 */
} site;

static const site sites[] = {{"E1", "甲", "工业用地", "出让", "20", "399.97", 448977, 3229897, 20, 20},
                             {"E2", "乙", "工业用地", "出让", "25", "399.97", 448908, 3229365, 20, 20},
                             {"E3", "丙", "工业用地", "租赁", "5", "399.97", 448918, 3229375, 20, 20}};

static const char *const fields[] = {"XMBH", "XMMC", "YDLX", "GDFS", "NX", "SBMJ"};
enum { FIELDS = sizeof fields / sizeof *fields };

static OGRErr add_site(OGRLayerH layer, const site *made)
{
    const char *const texts[] = {made->id, made->name, made->kind, made->supply, made->term, made->claimed};
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), shape = OGR_G_CreateGeometry(wkbPolygon);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));

    for (int i = 0; i < FIELDS; i++)
        OGR_F_SetFieldString(feature, i, texts[i]);
    OGR_G_AddPoint_2D(ring, made->x, made->y);
    OGR_G_AddPoint_2D(ring, made->x + made->width, made->y);
    OGR_G_AddPoint_2D(ring, made->x + made->width, made->y + made->height);
    OGR_G_AddPoint_2D(ring, made->x, made->y + made->height);
    OGR_G_CloseRings(ring);
    OGR_G_AddGeometryDirectly(shape, ring);
    OGR_F_SetGeometryDirectly(feature, shape);
    OGRErr failed = OGR_L_CreateFeature(layer, feature);
    OGR_F_Destroy(feature);
    return failed;
}

/* Without its sites where GDAL could not make them. */
static GDALDatasetH make_sites(void)
{
    GDALDriverH driver = NULL;
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    GDALDatasetH data = NULL;

    GDALAllRegister();
    driver = GDALGetDriverByName("Memory");
    if (!driver)
        driver = GDALGetDriverByName("MEM"); /* its name from GDAL 3.11 on */
    data = driver ? GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL) : NULL;
    OSRImportFromEPSG(system, 4549);
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = data ? GDALDatasetCreateLayer(data, "sites", system, wkbPolygon, NULL) : NULL;
    OGRErr failed = layer ? OGRERR_NONE : OGRERR_FAILURE;
    for (size_t i = 0; !failed && i < FIELDS; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i], OFTString);
        failed = OGR_L_CreateField(layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    for (size_t i = 0; !failed && i < sizeof sites / sizeof *sites; i++)
        failed = add_site(layer, &sites[i]);
    OSRDestroySpatialReference(system);
    return data;
}

static const char *cell(const zone_table *table, size_t row, const char *name)
{
    int column = zone_table_column_find(table, name);
    const char *text = column < 0 ? NULL : zone_table_text(table, row, (size_t)column);

    return text ? text : "";
}

static void print_verdicts(const zone_table *table)
{
    int area = zone_table_column_find(table, "area");

    for (size_t row = 0; row < zone_table_row_count(table); row++)
        printf("%s  %.2f m2  %s  %s\n", cell(table, row, "site"), zone_table_number(table, row, (size_t)area),
               cell(table, row, "verdict"), cell(table, row, "reasons"));
}

int main(int count, char **arguments)
{
    zone_context *ctx = NULL;
    zone_plan *plan = NULL;
    zone_ledger *ledger = NULL;
    zone_source *source = NULL;
    zone_table *table = NULL;
    GDALDatasetH data = make_sites();
    zone_status status = zone_context_create(&ctx);

    if (!status)
        status = zone_plan_open(ctx, count > 1 ? arguments[1] : "", &plan);
    if (!status)
        status = zone_ledger_open(ctx, plan, &ledger);
    if (!status)
        status = zone_source_from_dataset(ctx, data, "sites", NULL, &source);
    if (!status)
        status = zone_ledger_add_source(ctx, ledger, source);
    if (!status)
        status = zone_quota(ctx, ledger, NULL, &table);
    if (!status)
        print_verdicts(table);
    else
        fprintf(stderr, "%s\n", zone_context_error_text(ctx));
    int code = zone_status_exit_code(status ? status : zone_table_verdict(table));
    zone_table_free(table);
    zone_source_close(source);
    zone_ledger_close(ledger);
    zone_plan_close(plan);
    zone_context_free(ctx);
    if (data)
        GDALClose(data);
    return code;
}
