/* Ridge coefficients: fractions or percent, as the values tell. */
#include "read/source_gdal.h"

#include "read/quiet.h"

#include <cpl_string.h>
#include <math.h>
#include <ogr_api.h>

/* Puts the reading back to where it was. */
static void resume(zone_source *source)
{
    zone_source_ignore_fields(source, &source->request);
    OGR_L_ResetReading(source->layer);
    if (source->position)
        OGR_L_SetNextByIndex(source->layer, (GIntBig)source->position);
}

/* A coefficient of a ridge is far below 1; where a value of 1 or more stands, all are percent. */
double zone_source_ridge_scale(zone_source *source)
{
    int field = source->roles[ZONE_ROLE_RIDGE];
    zone_request only = {.fields = &field, .field_count = 1};
    double most = 0.0;
    char largest[32];
    zone_quiet quiet;
    OGRFeatureH feature;

    if (source->ridge_scale != 0.0 || field < 0)
        return field < 0 ? 1.0 : source->ridge_scale;
    zone_quiet_begin(&quiet);
    zone_source_ignore_fields(source, &only);
    OGR_L_ResetReading(source->layer);
    while ((feature = OGR_L_GetNextFeature(source->layer))) {
        double value = OGR_F_IsFieldSetAndNotNull(feature, field) ? OGR_F_GetFieldAsDouble(feature, field) : 0.0;
        most = isfinite(value) && value > most ? value : most;
        OGR_F_Destroy(feature);
    }
    resume(source);
    zone_quiet_end(&quiet);
    source->ridge_scale = most >= 1.0 ? 0.01 : 1.0;
    CPLsnprintf(largest, sizeof largest, "%.6g", most);
    zone_log(source->ctx,
             most >= 1.0 ? "%s: ridge coefficients in %s are percent: the largest is %s"
                         : "%s: ridge coefficients in %s are fractions: the largest is %s",
             source->label, source->fields[field].name, largest);
    return source->ridge_scale;
}
