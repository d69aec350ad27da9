/* Ridge coefficients. */
#include "ask/ridges.h"

#include "base/units.h"

#include <stddef.h>

double zone_ridge_kept(const char *text, double scale, bool *odd)
{
    zone_exact value = 0;

    *odd = false;
    if (!text)
        return 1.0;
    double ridge = zone_exact_parse(text, zone_unit_find(NULL), &value) ? zone_exact_to_m2(value) * scale : -1.0;
    if (ridge >= 0.0 && ridge < 1.0)
        return 1.0 - ridge;
    *odd = true;
    return 1.0;
}
