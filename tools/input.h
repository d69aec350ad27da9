/* From operands to plans and sources. */
#ifndef TOOLS_INPUT_H
#define TOOLS_INPUT_H

#include "options.h"

/* Does an operand name a whole plan file (.yaml, .yml)? One of its layers ("plan.yaml:landuse") is data. */
bool is_plan(const char *operand);

/* Does it name a plan file or one of its layers? */
bool is_of_plan(const char *operand);

/* 0, or 2 after a message: a command about a plan was given something else. */
int need_plan(const invocation *run);

/* 0, or 2 after a message: an option about the reading of data was given with a whole plan, which says itself how its
 * layers are read. */
int refuse_data_options(const invocation *run);

/* Options of sources from the command line. */
zone_source_options data_options(const invocation *run);

/* Is `file`, which exists, one of the files that `data` ("path", "path:layer") is read from? Links are followed. */
bool is_read_from(const char *data, const char *file);

/* The plan that an operand names, and behind a colon its layer (NULL: none is named); *plan is NULL for other data. */
zone_status open_plan(invocation *run, const char *operand, zone_plan **plan, const char **layer);

/* Opens data, a plan's layer ("plan.yaml:landuse"), or the zones of a plan ("plan.yaml"). */
zone_status open_data(invocation *run, const char *operand, const zone_source_options *options, zone_source **source);

#endif
