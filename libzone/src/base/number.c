/* Numbers as text in the C locale: set for this thread only, and put back. */
#include "base/number.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

/* Asked for whole, the C locale is a constant of the C library: nothing is allocated. */
static locale_t enter(void)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);

    return plain ? uselocale(plain) : (locale_t)0;
}

static void leave(locale_t before)
{
    if (before) {
        locale_t plain = uselocale(before);
        freelocale(plain);
    }
}

double zone_number_read(const char *text, char **end)
{
    locale_t before = enter();
    double value = strtod(text, end);

    leave(before);
    return value;
}

int zone_number_print_list(char *text, size_t size, const char *format, va_list arguments)
{
    locale_t before = enter();
    int length = vsnprintf(text, size, format, arguments);

    leave(before);
    return length;
}

int zone_number_print(char *text, size_t size, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = zone_number_print_list(text, size, format, arguments);
    va_end(arguments);
    return length;
}
