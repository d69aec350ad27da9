/* The option table, for the parser and for everything that is made from it. */
#ifndef TOOLS_HELP_H
#define TOOLS_HELP_H

#include "options.h"

typedef struct {
    const char *name;
    const char *argument; /* NULL: a flag */
    const char *words;    /* values to complete; "" files; NULL nothing */
    const char *english, *chinese;
    size_t offset; /* in option_values */
    bool flag;
} option_row;

extern const option_row option_rows[]; /* ended by a NULL name */
bool option_belongs(const option_row *row, const command_row *command);

#endif
