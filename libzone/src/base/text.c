/* The catalogue of texts. */
#include "base/text.h"

#include <string.h>

typedef struct {
    const char *english, *chinese;
} text_row;

static const text_row rows[] = {
#define T(english, chinese) {english, chinese},
#include "base/text/ask.def"
#include "base/text/base.def"
#include "base/text/kernel.def"
#include "base/text/plan.def"
#include "base/text/read.def"
#include "base/text/write.def"
#undef T
};

const char *zone_text(zone_language language, const char *english)
{
    if (language != ZONE_CHINESE || !english)
        return english;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].english, english) == 0)
            return rows[i].chinese;
    return english;
}
