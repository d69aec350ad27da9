/* Rings of well-known binary (OGC 06-103r4, 8.2.6-8.2.8; heights and measures as ISO, 1000 and 2000 more, or as flags).
 */
#include "read/rings_wkb.h"

#include <math.h>
#include <string.h>

typedef struct {
    const uint8_t *at, *end;
    bool swap; /* the bytes of this geometry are in the other order */
} reader;

static bool native_is_little(void)
{
    const uint16_t one = 1;
    uint8_t first = 0;

    memcpy(&first, &one, 1);
    return first == 1;
}

static uint32_t turned(uint32_t value)
{
    return value >> 24 | (value >> 8 & 0xff00U) | (value << 8 & 0xff0000U) | value << 24;
}

static bool read_number(reader *from, uint32_t *number)
{
    if ((size_t)(from->end - from->at) < sizeof *number)
        return false;
    memcpy(number, from->at, sizeof *number);
    from->at += sizeof *number;
    if (from->swap)
        *number = turned(*number);
    return true;
}

static double read_double(const uint8_t *at, bool swap)
{
    uint64_t bits = 0;
    double value = 0.0;

    memcpy(&bits, at, sizeof bits);
    if (swap)
        bits = (uint64_t)turned((uint32_t)bits) << 32 | turned((uint32_t)(bits >> 32));
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The kind without its dimensions, whose number goes to *dimensions; 0 when the bytes end. */
static uint32_t read_kind(reader *from, size_t *dimensions)
{
    uint32_t kind = 0;

    if (from->at >= from->end || *from->at > 1)
        return 0;
    from->swap = (*from->at++ == 1) != native_is_little();
    if (!read_number(from, &kind))
        return 0;
    bool height = (kind & 0x80000000U) != 0, measure = (kind & 0x40000000U) != 0;
    if (kind & 0x20000000U) /* a reference system stands in between: no file format of ours writes that */
        return 0;
    kind &= 0x0fffffffU;
    height = height || (kind / 1000) % 2 == 1;
    measure = measure || kind / 1000 >= 2;
    *dimensions = 2 + (size_t)height + (size_t)measure;
    return kind / 1000 <= 3 ? kind % 1000 : 0;
}

static zone_status add_ring(zone_context *ctx, reader *from, size_t dimensions, bool hole, bool swapped,
                            zone_rings *rings, bool *sound)
{
    uint32_t count = 0;
    double *x = NULL, *y = NULL;

    *sound = read_number(from, &count) && count > 0 && (size_t)(from->end - from->at) / 8 / dimensions >= count;
    if (!*sound)
        return ZONE_OK;
    zone_status status = zone_rings_add(ctx, rings, hole, count, &x, &y);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++, from->at += 8 * dimensions) {
        x[i] = read_double(from->at, from->swap);
        y[i] = read_double(from->at + 8, from->swap);
        if (swapped) {
            double northing = x[i];
            x[i] = y[i];
            y[i] = northing;
        }
    }
    zone_rings_open_last(rings);
    return ZONE_OK;
}

static zone_status add_polygon(zone_context *ctx, reader *from, size_t dimensions, bool swapped, zone_rings *rings,
                               bool *sound)
{
    uint32_t count = 0;
    zone_status status = ZONE_OK;

    *sound = read_number(from, &count) && count > 0;
    for (uint32_t r = 0; r < count && *sound && !status; r++)
        status = add_ring(ctx, from, dimensions, r > 0, swapped, rings, sound);
    return status;
}

/* Reads one part, a polygon or a point, behind its kind. */
typedef zone_status (*add_part)(zone_context *ctx, reader *from, size_t dimensions, bool swapped, zone_rings *rings,
                                bool *sound);

/* Parts of one kind. */
static zone_status add_parts(zone_context *ctx, reader *from, uint32_t kind, add_part add, bool swapped,
                             zone_rings *rings, bool *sound)
{
    uint32_t count = 0;
    size_t dimensions = 2;
    zone_status status = ZONE_OK;

    *sound = read_number(from, &count) && count > 0;
    for (uint32_t p = 0; p < count && *sound && !status; p++) {
        *sound = read_kind(from, &dimensions) == kind;
        if (*sound)
            status = add(ctx, from, dimensions, swapped, rings, sound);
    }
    return status;
}

/* A part by itself, or several of them: their kind is three more (3 a polygon, 6 polygons). */
static zone_status take_kind(zone_context *ctx, reader *from, uint32_t single, add_part add, bool swapped,
                             zone_rings *rings, bool *taken)
{
    size_t dimensions = 2;
    uint32_t kind = read_kind(from, &dimensions);
    zone_status status = ZONE_OK;

    *taken = false;
    if (kind == single)
        status = add(ctx, from, dimensions, swapped, rings, taken);
    else if (kind == single + 3)
        status = add_parts(ctx, from, single, add, swapped, rings, taken);
    if (!*taken)
        zone_rings_clear(rings);
    return status;
}

zone_status zone_rings_from_wkb(zone_context *ctx, const uint8_t *bytes, size_t size, bool swapped, zone_rings *rings,
                                bool *taken)
{
    reader from = {bytes, bytes + size, false};

    zone_rings_clear(rings);
    rings->shape = ZONE_SHAPE_AREA;
    return take_kind(ctx, &from, 3, add_polygon, swapped, rings, taken);
}

/* A point without a place (NaN) is an empty one. */
static zone_status add_point(zone_context *ctx, reader *from, size_t dimensions, bool swapped, zone_rings *rings,
                             bool *sound)
{
    double *x = NULL, *y = NULL;

    *sound = (size_t)(from->end - from->at) / 8 >= dimensions;
    if (!*sound)
        return ZONE_OK;
    double first = read_double(from->at, from->swap), second = read_double(from->at + 8, from->swap);
    from->at += 8 * dimensions;
    *sound = !isnan(first) && !isnan(second);
    if (!*sound)
        return ZONE_OK;
    zone_status status = zone_rings_add(ctx, rings, false, 1, &x, &y);
    if (!status) {
        *x = swapped ? second : first;
        *y = swapped ? first : second;
    }
    return status;
}

zone_status zone_points_from_wkb(zone_context *ctx, const uint8_t *bytes, size_t size, bool swapped, zone_rings *rings,
                                 bool *taken)
{
    reader from = {bytes, bytes + size, false};

    zone_rings_clear(rings);
    rings->shape = ZONE_SHAPE_POINT;
    return take_kind(ctx, &from, 1, add_point, swapped, rings, taken);
}
