/* Numbers as text, with a point whatever the host program's locale says. No other file reads or prints a fraction. */
#ifndef ZONE_BASE_NUMBER_H
#define ZONE_BASE_NUMBER_H

#include <stdarg.h>
#include <stddef.h>

/* Like strtod. */
double zone_number_read(const char *text, char **end);

/* Like snprintf and vsnprintf. */
int zone_number_print(char *text, size_t size, const char *format, ...);
int zone_number_print_list(char *text, size_t size, const char *format, va_list arguments);

#endif
