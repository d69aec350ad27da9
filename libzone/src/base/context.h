/* The context: language, log, progress, cancellation and the error record of one thread of work. */
#ifndef ZONE_BASE_CONTEXT_H
#define ZONE_BASE_CONTEXT_H

#include "zone.h"

#include <stdbool.h>

/* Records an error and returns its status, so that a function ends with `return zone_fail(...)`:
 *
 *     return zone_fail(ctx, ZONE_BAD_CRS, .layer = layer, .found = zone_say(ctx, "easting %.1f", x),
 *                      .expected = "…", .remedy = "--crs EPSG:4528");
 *
 * `.what` may be left out: then it is the status text. Texts are copied. In what, found, expected and remedy, texts of
 * zone_say and of the record before are taken as they are, others are keys of the catalogue (base/text.h) and are
 * translated here: a name that a user gave goes there by zone_say(ctx, "%s", name). */
#define zone_fail(ctx, code, ...)                                                                                      \
    zone_fail_record((ctx), &(const zone_error){.size = sizeof(zone_error), .status = (code), __VA_ARGS__})
zone_status zone_fail_record(zone_context *ctx, const zone_error *error);

/* Forgets the last error; every public function calls it first. */
void zone_context_begin(zone_context *ctx);

/* Formats a text in the context's language: `english` is a printf format and the key of the catalogue. The text lives
 * until the context's next public call (the context owns it). Never NULL: "" when memory is short. */
const char *zone_say(zone_context *ctx, const char *english, ...);

/* The catalogue's text for the context's language, without formatting. */
const char *zone_tell(const zone_context *ctx, const char *english);

/* One formatted line to the log sink, translated like zone_say. Does nothing without a sink. */
void zone_log(zone_context *ctx, const char *english, ...);

/* Progress; returns ZONE_CANCELLED (recorded) once zone_cancel was called, else ZONE_OK. */
zone_status zone_progress(zone_context *ctx, uint64_t done, uint64_t total);

/* Was zone_cancel called of this context or its parent? Reports nothing and forgets nothing. */
bool zone_cancelled(const zone_context *ctx);

/* A context for another thread of the same work: language and cancellation are the parent's, its error is its own. With
 * `reports` progress goes where the parent's goes. The parent must outlive it. Ownership: zone_context_free. */
zone_status zone_context_create_child(zone_context *parent, bool reports, zone_context **child);

/* Makes the child's error the parent's. */
zone_status zone_context_adopt_error(zone_context *parent, const zone_context *child);

/* Threads to work with: as set, or as many as there are cores. */
size_t zone_context_threads(const zone_context *ctx);

/* Budget of memory in bytes; 0: none. */
uint64_t zone_context_memory(const zone_context *ctx);

zone_language zone_context_language(const zone_context *ctx);

/* Memory that fails as a status: NULL and ZONE_NO_MEMORY recorded in ctx. Zeroed. Freed with free(). */
void *zone_allocate(zone_context *ctx, size_t count, size_t size);

/* ZONE_NO_MEMORY once memory was short since the public call began, in this context or a child: something is lost, be
 * it a text that nobody asked whether it is there. */
zone_status zone_memory_status(const zone_context *ctx);

/* Grows *array (count elements of `size` bytes) to hold at least `needed`; doubles. New elements are
 * zeroed. */
zone_status zone_grow(zone_context *ctx, void **array, size_t *capacity, size_t needed, size_t size);

/* The same, but new elements hold anything: for arrays that are written before they are read, and large. */
zone_status zone_reserve(zone_context *ctx, void **array, size_t *capacity, size_t needed, size_t size);

/* A copy of `text` (NULL gives NULL and no error). */
char *zone_copy_text(zone_context *ctx, const char *text);

#endif
