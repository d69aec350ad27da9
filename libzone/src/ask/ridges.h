/* Ridges: what of farmland is left when the ridges between its fields (田坎) are taken off. */
#ifndef ZONE_ASK_RIDGES_H
#define ZONE_ASK_RIDGES_H

#include <stdbool.h>

/* 1 less the coefficient that `text` says (KCXS), `scale` 0.01 where the data have percent. Without a text there are no
 * ridges; a coefficient that is none counts as 0 and sets *odd. By text, so that no locale matters. */
double zone_ridge_kept(const char *text, double scale, bool *odd);

#endif
