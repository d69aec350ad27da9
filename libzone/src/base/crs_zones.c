/* The Gauss-Kruger zones of China as EPSG codes them. */
#include "base/crs_zones.h"

#include <math.h>
#include <string.h>

/* Codes run without gaps: 21 zones of 3 degrees from 25 (75E), 11 zones of 6 degrees from 13 (75E). */
static const struct {
    const char *name; /* found in the names that EPSG and Esri give to the datum */
    int geographic, three_prefixed, three, six_prefixed, six;
} families[] = {
    [ZONE_CGCS2000] = {"China", 4490, 4513, 4534, 4491, 4502},
    [ZONE_XIAN_1980] = {"Xian", 4610, 2349, 2370, 2327, 2338},
    [ZONE_BEIJING_1954] = {"Beijing", 4214, 2401, 2422, 21413, 21453},
};

zone_crs_family zone_crs_family_of(const char *datum)
{
    for (int family = ZONE_CGCS2000; family < ZONE_NO_FAMILY; family++)
        if (datum && strstr(datum, families[family].name))
            return (zone_crs_family)family;
    return ZONE_NO_FAMILY;
}

int zone_crs_geographic_code(zone_crs_family family)
{
    return families[family == ZONE_NO_FAMILY ? ZONE_CGCS2000 : family].geographic;
}

int zone_crs_zone_code(zone_crs_family family, int zone, bool prefixed)
{
    if (family == ZONE_NO_FAMILY)
        family = ZONE_CGCS2000;
    if (zone >= 25 && zone <= 45)
        return (prefixed ? families[family].three_prefixed : families[family].three) + zone - 25;
    if (zone >= 13 && zone <= 23)
        return (prefixed ? families[family].six_prefixed : families[family].six) + zone - 13;
    return 0;
}

int zone_crs_zone_of_code(int code, zone_crs_family *family, bool *prefixed)
{
    for (int f = ZONE_CGCS2000; f < ZONE_NO_FAMILY; f++)
        for (int zone = 13; zone <= 45; zone++)
            for (int p = 0; p < 2; p++)
                if (code > 0 && zone_crs_zone_code((zone_crs_family)f, zone, p != 0) == code) {
                    *family = (zone_crs_family)f;
                    *prefixed = p != 0;
                    return zone;
                }
    return 0;
}

int zone_crs_zone_width(int zone)
{
    return zone >= 25 ? 3 : 6;
}

double zone_crs_zone_meridian(int zone)
{
    return zone >= 25 ? 3.0 * zone : 6.0 * zone - 3.0;
}

int zone_crs_prefix(double easting)
{
    double prefix = floor(easting / 1e6);

    if (!(prefix >= 13.0 && prefix <= 45.0) || prefix == 24.0)
        return 0;
    return (int)prefix;
}
