/* Widths: how long borders are, and how wide sites are in the mean; of pieces, read/polygons.h tells. */
#ifndef ZONE_ASK_WIDTHS_H
#define ZONE_ASK_WIDTHS_H

#include "ask/trial.h"

/* Length of the border and area of a feature as drawn, in units of its plane. */
double zone_border_length(const zone_batch *batch, size_t feature, double *area);

/* Mean width 2S/L of a site, and the length of its border, in m; NAN where the plane has no metres. */
double zone_site_width(const zone_trial *trial, size_t site, double *length);

#endif
