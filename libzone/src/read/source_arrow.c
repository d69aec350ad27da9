/* Columns: features of a layer by GDAL's Arrow stream. */
#include "read/source_arrow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct zone_arrow {
    struct ArrowArrayStream stream;
    int64_t id, geometry; /* columns; id -1: features are numbered from 0 */
    size_t count;         /* of fields asked for */
    int64_t *column;      /* of each */
    char *format;         /* of each: u text, i and l integers, g and f reals */
};

/* ---------------------------------------------------------------- opening */

/* Dates, lists, flags and the like are made into text feature by feature. */
static bool is_plain(OGRFieldDefnH field)
{
    OGRFieldType type = OGR_Fld_GetType(field);
    OGRFieldSubType kind = OGR_Fld_GetSubType(field);

    return (type == OFTString && kind == OFSTNone) ||
           ((type == OFTInteger || type == OFTInteger64 || type == OFTReal) && kind == OFSTNone);
}

static bool all_plain(OGRLayerH layer, const int *fields, size_t count)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);

    for (size_t k = 0; k < count; k++)
        if (!is_plain(OGR_FD_GetFieldDefn(definition, fields[k])))
            return false;
    return true;
}

static int64_t find_column(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t c = 0; c < schema->n_children; c++)
        if (strcmp(schema->children[c]->name, name) == 0)
            return c;
    return -1;
}

/* The column of WKB: it is the only binary one, for none was asked for. */
static int64_t find_geometry(const struct ArrowSchema *schema)
{
    int64_t found = -1;

    for (int64_t c = 0; c < schema->n_children; c++)
        if (strcmp(schema->children[c]->format, "z") == 0)
            found = found < 0 ? c : -2;
    return found;
}

/* Columns by their names; false where the stream is not what is known here. */
static bool read_schema(zone_arrow *arrow, OGRLayerH layer, const int *fields, const struct ArrowSchema *schema)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    const char *id = OGR_L_GetFIDColumn(layer);

    arrow->geometry = find_geometry(schema);
    arrow->id = find_column(schema, id && *id ? id : "OGC_FID");
    bool known = arrow->geometry >= 0 && arrow->id >= 0 && strcmp(schema->children[arrow->id]->format, "l") == 0;
    for (size_t k = 0; k < arrow->count && known; k++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, fields[k]);
        arrow->column[k] = find_column(schema, OGR_Fld_GetNameRef(field));
        const char *format = arrow->column[k] >= 0 ? schema->children[arrow->column[k]]->format : "";
        arrow->format[k] = format[0];
        known = strlen(format) == 1 && strchr("uilg", format[0]) != NULL;
    }
    return known;
}

static bool open_stream(zone_arrow *arrow, OGRLayerH layer, const int *fields, size_t most)
{
    char size[48];
    char *options[] = {"INCLUDE_FID=YES", size, NULL};
    struct ArrowSchema schema = {0};

    snprintf(size, sizeof size, "MAX_FEATURES_IN_BATCH=%zu", most);
    if (!OGR_L_GetArrowStream(layer, &arrow->stream, options))
        return false;
    bool known = arrow->stream.get_schema(&arrow->stream, &schema) == 0 && read_schema(arrow, layer, fields, &schema);
    if (schema.release)
        schema.release(&schema);
    return known;
}

zone_status zone_arrow_open(zone_context *ctx, OGRLayerH layer, const int *fields, size_t count, size_t most,
                            zone_arrow **arrow)
{
    *arrow = NULL;
    if (!OGR_L_TestCapability(layer, OLCFastGetArrowStream) || !all_plain(layer, fields, count))
        return ZONE_OK;
    zone_arrow *made = zone_allocate(ctx, 1, sizeof *made);
    if (!made)
        return ZONE_NO_MEMORY;
    made->count = count;
    made->column = zone_allocate(ctx, count, sizeof *made->column);
    made->format = zone_allocate(ctx, count, sizeof *made->format);
    if (!made->column || !made->format) {
        zone_arrow_close(made);
        return ZONE_NO_MEMORY;
    }
    if (open_stream(made, layer, fields, most))
        *arrow = made;
    else
        zone_arrow_close(made);
    return ZONE_OK;
}

void zone_arrow_end(zone_arrow *arrow)
{
    if (arrow->stream.release)
        arrow->stream.release(&arrow->stream);
}

void zone_arrow_close(zone_arrow *arrow)
{
    if (!arrow)
        return;
    zone_arrow_end(arrow);
    free(arrow->column);
    free(arrow->format);
    free(arrow);
}

bool zone_arrow_next(zone_arrow *arrow, struct ArrowArray *array)
{
    memset(array, 0, sizeof *array);
    return arrow->stream.get_next(&arrow->stream, array) == 0;
}

/* ---------------------------------------------------------------- values */

static bool is_null(const struct ArrowArray *column, int64_t i)
{
    const uint8_t *valid = column->n_buffers > 0 ? column->buffers[0] : NULL;

    i += column->offset;
    return valid && column->null_count != 0 && !(valid[i / 8] >> (i % 8) & 1);
}

bool zone_arrow_has_nulls(const zone_arrow *arrow, const struct ArrowArray *run)
{
    const struct ArrowArray *column = run->children[arrow->geometry];

    return column->null_count != 0 && column->buffers[0] != NULL;
}

int64_t zone_arrow_id(const zone_arrow *arrow, const struct ArrowArray *run, int64_t i)
{
    const struct ArrowArray *column = run->children[arrow->id];

    return ((const int64_t *)column->buffers[1])[column->offset + i];
}

/* Bytes i of a column of texts or blobs. */
static const void *bytes_of(const struct ArrowArray *column, int64_t i, size_t *size)
{
    const int32_t *offsets = column->buffers[1];

    i += column->offset;
    *size = (size_t)(offsets[i + 1] - offsets[i]);
    return (const uint8_t *)column->buffers[2] + offsets[i];
}

const uint8_t *zone_arrow_geometry(const zone_arrow *arrow, const struct ArrowArray *run, int64_t i, size_t *size)
{
    const struct ArrowArray *column = run->children[arrow->geometry];

    return is_null(column, i) ? NULL : bytes_of(column, i, size);
}

zone_status zone_arrow_text(zone_context *ctx, const zone_arrow *arrow, const struct ArrowArray *run, int64_t i,
                            size_t k, zone_value *value, const char **text)
{
    const struct ArrowArray *column = run->children[arrow->column[k]];
    int64_t at = column->offset + i;
    size_t size = 0;

    *text = NULL;
    if (is_null(column, i))
        return ZONE_OK;
    switch (arrow->format[k]) {
    case 'u': {
        const char *bytes = bytes_of(column, i, &size);
        return zone_value_of_bytes(ctx, value, bytes, size, text);
    }
    case 'i':
        return zone_value_of_integer(ctx, value, ((const int32_t *)column->buffers[1])[at], text);
    case 'l':
        return zone_value_of_integer(ctx, value, ((const int64_t *)column->buffers[1])[at], text);
    default:
        return zone_value_of_real(ctx, value, ((const double *)column->buffers[1])[at], false, text);
    }
}
