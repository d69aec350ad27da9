/* Interrupt: GEOS asks a callback now and then whether it shall stop. */
#include "read/interrupt.h"

#include <geos_c.h>
#include <stdatomic.h>

/* GEOS's callback has no argument, so what it must know is at file level. */
static _Thread_local const zone_context *interrupt_context;
static _Atomic(GEOSInterruptCallback *) interrupt_before; /* the host's */
static atomic_flag interrupt_changing = ATOMIC_FLAG_INIT;
static int interrupt_users; /* threads between begin and end; under interrupt_changing */

static void look(void)
{
    GEOSInterruptCallback *before = atomic_load(&interrupt_before);

    if (before)
        before();
    if (interrupt_context && zone_cancelled(interrupt_context))
        GEOS_interruptRequest();
}

/* The first user puts the callback in, the last takes it out. */
static void count_users(int change)
{
    while (atomic_flag_test_and_set(&interrupt_changing))
        continue;
    if (change > 0 && interrupt_users == 0)
        atomic_store(&interrupt_before, GEOS_interruptRegisterCallback(look));
    interrupt_users += change;
    if (interrupt_users == 0)
        GEOS_interruptRegisterCallback(atomic_load(&interrupt_before));
    atomic_flag_clear(&interrupt_changing);
}

void zone_interrupt_begin(const zone_context *ctx)
{
    interrupt_context = ctx;
    count_users(1);
}

void zone_interrupt_end(void)
{
    count_users(-1);
    interrupt_context = NULL;
}
