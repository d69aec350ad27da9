/* Interrupt: long work of GEOS stops when the user cancels. */
#ifndef ZONE_READ_INTERRUPT_H
#define ZONE_READ_INTERRUPT_H

#include "base/context.h"

/* Between begin and end, which come in pairs on one thread and do not nest, what GEOS does on this thread fails soon
 * after zone_cancelled says so of the context. GEOS knows one callback for all threads: a host's own goes on being
 * called, and is as it was when no thread is between begin and end. */
void zone_interrupt_begin(const zone_context *ctx);
void zone_interrupt_end(void);

#endif
