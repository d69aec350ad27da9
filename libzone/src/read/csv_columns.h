/* Columns of a CSV with a row a vertex, by their heads. */
#ifndef ZONE_READ_CSV_COLUMNS_H
#define ZONE_READ_CSV_COLUMNS_H

#include "read/axes.h"

#define ZONE_CSV_MOST 256

typedef struct {
    char separator;
    size_t count;
    int site;              /* -1: there is none, all rows are of one */
    int ring, point;       /* -1 */
    int first, second;     /* coordinates, in the order of the columns */
    zone_axis_order named; /* what the heads say of them */
    bool binding;          /* in so many words */
} zone_csv_columns;

/* Cuts a line into values, which may stand in quotes; returns their number, at most `most`. The line is written into.
 */
size_t zone_csv_cut(char *line, char separator, char **values, size_t most);

/* The column of WKT of a head line, which is written into; -1: there is none. Heads may be UTF-8 or GBK. */
int zone_csv_find_shapes(char *line, char *separator);

/* Reads the head line, which is written into; *heads are its values. False when it has no pair of coordinates, or a
 * column of WKT. */
bool zone_csv_read_heads(char *line, zone_csv_columns *columns, char **heads);

#endif
