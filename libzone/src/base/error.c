/* Statuses and their texts. */
#include "zone.h"

#define ZONE_STRING_OF(x) #x
#define ZONE_STRING(x)    ZONE_STRING_OF(x)

typedef struct {
    const char *name, *text;
    int exit_code;
} status_row;

static const status_row rows[] = {
#define ZONE_STATUS_ROW(name, exit_code, text) {#name, text, exit_code},
    ZONE_STATUSES(ZONE_STATUS_ROW)
#undef ZONE_STATUS_ROW
};

static const status_row *row_of(zone_status status)
{
    static const status_row unknown = {"UNKNOWN", "an unknown status", 4};
    size_t index = (size_t)status;

    return index < sizeof rows / sizeof *rows ? &rows[index] : &unknown;
}

const char *zone_version(void)
{
    return ZONE_STRING(ZONE_VERSION_MAJOR) "." ZONE_STRING(ZONE_VERSION_MINOR) "." ZONE_STRING(ZONE_VERSION_PATCH);
}

const char *zone_status_name(zone_status status)
{
    return row_of(status)->name;
}

const char *zone_status_text(zone_status status)
{
    return row_of(status)->text;
}

int zone_status_exit_code(zone_status status)
{
    return row_of(status)->exit_code;
}
