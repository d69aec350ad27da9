/* Width of UTF-8 text on a terminal. */
#ifndef ZONE_WRITE_WIDTH_H
#define ZONE_WRITE_WIDTH_H

#include <stddef.h>

/* Columns: East Asian wide characters take two, combining ones none. */
size_t zone_text_width(const char *text);

/* Bytes of `text` that fit into `width` columns, broken at a blank where there is one, never inside a character; at
 * least one character. *skip gets the blanks behind the break, which the next line leaves out. */
size_t zone_text_break(const char *text, size_t width, size_t *skip);

#endif
