/* A list of names in a message: "DLBM, TBMJ, KCXS, …". */
#ifndef ZONE_READ_NAMES_H
#define ZONE_READ_NAMES_H

#include <stddef.h>

/* Zeroed it is empty; lives on the stack. What does not fit is told by "…". */
typedef struct {
    size_t length;
    char text[1500];
} zone_names;

void zone_names_add(zone_names *names, const char *name);

#endif
