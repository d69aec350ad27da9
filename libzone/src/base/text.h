/* The catalogue of texts: English is the key, Chinese the translation. */
#ifndef ZONE_BASE_TEXT_H
#define ZONE_BASE_TEXT_H

#include "zone.h"

/* The text in `language`; `english` itself where the catalogue has none. Rows stand in base/text/<room>.def, each
 * T("english", "中文") with the same % conversions in the same order (a test compares them). */
const char *zone_text(zone_language language, const char *english);

#endif
