/* The context: language, log, progress, cancellation and the error record. */
#include "base/context.h"

#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A text that lives until the next public call. */
typedef struct spoken {
    struct spoken *next;
    char text[];
} spoken;

struct zone_context {
    zone_language language;
    zone_log_function log;
    void *log_user;
    zone_progress_function progress;
    void *progress_user;
    atomic_int cancelled;
    atomic_int short_of_memory; /* since the present public call began */
    zone_context *parent;       /* whose cancellation counts; NULL: its own */
    size_t threads;             /* 0: as many as there are cores */
    uint64_t memory;            /* budget in bytes; 0: none */
    zone_error error;
    char *error_texts; /* what the record points to */
    char *error_text;  /* the record as one text */
    spoken *spoken;
};

/* ---------------------------------------------------------------- life */

zone_status zone_context_create(zone_context **ctx)
{
    *ctx = calloc(1, sizeof **ctx);
    if (!*ctx)
        return ZONE_NO_MEMORY;
    (*ctx)->error.size = sizeof(zone_error);
    atomic_init(&(*ctx)->cancelled, 0);
    atomic_init(&(*ctx)->short_of_memory, 0);
    return ZONE_OK;
}

zone_status zone_context_create_child(zone_context *parent, bool reports, zone_context **child)
{
    zone_status status = zone_context_create(child);

    if (status || !parent)
        return status;
    (*child)->language = parent->language;
    (*child)->parent = parent;
    (*child)->progress = reports ? parent->progress : NULL;
    (*child)->progress_user = parent->progress_user;
    return ZONE_OK;
}

size_t zone_context_threads(const zone_context *ctx)
{
    long cores = ctx && ctx->threads ? (long)ctx->threads : sysconf(_SC_NPROCESSORS_ONLN);

    return cores < 1 ? 1 : cores > 256 ? 256 : (size_t)cores;
}

void zone_context_set_threads(zone_context *ctx, int threads)
{
    if (ctx)
        ctx->threads = threads > 0 ? (size_t)threads : 0;
}

void zone_context_set_memory(zone_context *ctx, uint64_t bytes)
{
    if (ctx)
        ctx->memory = bytes;
}

uint64_t zone_context_memory(const zone_context *ctx)
{
    return ctx ? ctx->memory : 0;
}

static void forget_spoken(zone_context *ctx)
{
    while (ctx->spoken) {
        spoken *next = ctx->spoken->next;
        free(ctx->spoken);
        ctx->spoken = next;
    }
}

void zone_context_free(zone_context *ctx)
{
    if (!ctx)
        return;
    forget_spoken(ctx);
    free(ctx->error_texts);
    free(ctx->error_text);
    free(ctx);
}

void zone_context_begin(zone_context *ctx)
{
    if (!ctx)
        return;
    forget_spoken(ctx);
    free(ctx->error_texts);
    free(ctx->error_text);
    ctx->error_texts = ctx->error_text = NULL;
    atomic_store(&ctx->short_of_memory, 0);
    ctx->error = (zone_error){.size = sizeof(zone_error)};
}

void zone_context_set_language(zone_context *ctx, zone_language language)
{
    if (ctx)
        ctx->language = language;
}

zone_language zone_context_language(const zone_context *ctx)
{
    return ctx ? ctx->language : ZONE_ENGLISH;
}

void zone_context_set_log(zone_context *ctx, zone_log_function log, void *user)
{
    if (!ctx)
        return;
    ctx->log = log;
    ctx->log_user = user;
}

void zone_context_set_progress(zone_context *ctx, zone_progress_function progress, void *user)
{
    if (!ctx)
        return;
    ctx->progress = progress;
    ctx->progress_user = user;
}

void zone_cancel(zone_context *ctx)
{
    if (ctx)
        atomic_store(&ctx->cancelled, 1);
}

zone_status zone_progress(zone_context *ctx, uint64_t done, uint64_t total)
{
    if (!ctx)
        return ZONE_OK;
    if (ctx->parent ? atomic_load(&ctx->parent->cancelled) : atomic_exchange(&ctx->cancelled, 0))
        return zone_fail(ctx, ZONE_CANCELLED, .what = NULL);
    if (ctx->progress)
        ctx->progress(ctx->progress_user, done, total);
    return ZONE_OK;
}

bool zone_cancelled(const zone_context *ctx)
{
    return ctx && (atomic_load(&ctx->cancelled) || (ctx->parent && atomic_load(&ctx->parent->cancelled)));
}

/* ---------------------------------------------------------------- memory that is short */

/* A child works for its parent: what it has lost, the parent's answer lacks. */
static void note_short_memory(zone_context *ctx)
{
    for (; ctx; ctx = ctx->parent)
        atomic_store(&ctx->short_of_memory, 1);
}

zone_status zone_memory_status(const zone_context *ctx)
{
    return ctx && atomic_load(&ctx->short_of_memory) ? ZONE_NO_MEMORY : ZONE_OK;
}

/* ---------------------------------------------------------------- texts */

const char *zone_tell(const zone_context *ctx, const char *english)
{
    return zone_text(zone_context_language(ctx), english);
}

/* The formats are the catalogue's: a test compares the conversions of every pair. */
static char *format(const char *pattern, va_list arguments, size_t before)
{
    va_list again;
    va_copy(again, arguments);
    int length = zone_number_print_list(NULL, 0, pattern, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc(before + (size_t)length + 1);

    if (text)
        zone_number_print_list(text + before, (size_t)length + 1, pattern, arguments);
    return text;
}

const char *zone_say(zone_context *ctx, const char *english, ...)
{
    va_list arguments;

    if (!ctx)
        return english;
    va_start(arguments, english);
    spoken *said = (spoken *)(void *)format(zone_tell(ctx, english), arguments, sizeof(spoken));
    va_end(arguments);
    if (!said) {
        note_short_memory(ctx);
        return "";
    }
    said->next = ctx->spoken;
    ctx->spoken = said;
    return said->text;
}

void zone_log(zone_context *ctx, const char *english, ...)
{
    va_list arguments;

    if (!ctx || !ctx->log)
        return;
    va_start(arguments, english);
    char *line = format(zone_tell(ctx, english), arguments, 0);
    va_end(arguments);
    char *safe = line ? calloc(zone_text_escape(line, NULL) + 1, 1) : NULL;
    if (safe) {
        zone_text_escape(line, safe);
        ctx->log(ctx->log_user, safe);
    }
    free(safe);
    free(line);
}

/* ---------------------------------------------------------------- the error record */

/* Of the texts of a record the first and the last three are keys of the catalogue, unless they were said already; those
 * between are names. */
enum { ERROR_TEXTS = 10, FIRST_NAME = 1, LAST_NAME = 6 };

static void list_texts(zone_error *error, const char ***texts)
{
    texts[0] = &error->what;
    texts[1] = &error->file;
    texts[2] = &error->key;
    texts[3] = &error->layer;
    texts[4] = &error->feature;
    texts[5] = &error->place;
    texts[6] = &error->named_in;
    texts[7] = &error->found;
    texts[8] = &error->expected;
    texts[9] = &error->remedy;
}

/* Is this a text of zone_say, or of the record before? It is in the reader's language, and what a user calls "farmland"
 * must not be looked up in it. */
static bool said(const zone_context *ctx, zone_error *before, const char *text)
{
    const char **texts[ERROR_TEXTS];

    for (const spoken *each = ctx->spoken; each; each = each->next)
        if (each->text == text)
            return true;
    list_texts(before, texts);
    for (int i = 0; i < ERROR_TEXTS; i++)
        if (text && *texts[i] == text)
            return true;
    return false;
}

/* Copies every text of the record, translated, into one block of the context. */
static void keep_texts(zone_context *ctx, zone_error *before)
{
    const char **texts[ERROR_TEXTS];
    size_t length = 0;

    list_texts(&ctx->error, texts);
    for (int i = 0; i < ERROR_TEXTS; i++) {
        if ((i < FIRST_NAME || i > LAST_NAME) && !said(ctx, before, *texts[i]))
            *texts[i] = zone_tell(ctx, *texts[i]);
        length += *texts[i] ? strlen(*texts[i]) + 1 : 0;
    }
    char *block = malloc(length + 1), *at = block;
    for (int i = 0; i < ERROR_TEXTS; i++) {
        if (!*texts[i])
            continue;
        size_t size = strlen(*texts[i]) + 1;
        *texts[i] = block ? memcpy(at, *texts[i], size) : NULL;
        at = block ? at + size : NULL;
    }
    free(ctx->error_texts);
    ctx->error_texts = block;
}

/* `before`: the record that some of the texts may come from, in the reader's language already. */
static zone_status keep_error(zone_context *ctx, const zone_error *error, zone_error before)
{
    zone_status status = error->status;

    free(ctx->error_text);
    ctx->error_text = NULL;
    ctx->error = *error;
    if (!ctx->error.what)
        ctx->error.what = zone_status_text(status);
    keep_texts(ctx, &before);
    return status;
}

/* What fails after memory was short fails for want of what could not be kept. */
zone_status zone_fail_record(zone_context *ctx, const zone_error *error)
{
    const zone_error short_of_memory = {.size = sizeof short_of_memory, .status = ZONE_NO_MEMORY};

    if (!ctx)
        return error->status;
    if (error->status == ZONE_NO_MEMORY)
        note_short_memory(ctx);
    return keep_error(ctx, zone_memory_status(ctx) ? &short_of_memory : error, ctx->error);
}

zone_status zone_context_adopt_error(zone_context *parent, const zone_context *child)
{
    if (!parent)
        return child->error.status;
    if (child->error.status == ZONE_CANCELLED)
        atomic_store(&parent->cancelled, 0);
    return keep_error(parent, &child->error, child->error);
}

const zone_error *zone_context_error(const zone_context *ctx)
{
    static const zone_error none = {.size = sizeof(zone_error)};

    return ctx ? &ctx->error : &none;
}

/* Appends to text (NULL while measuring) and returns the new length. What comes from outside (names, paths) is made
 * safe for a terminal; the record itself keeps it as it is. */
static size_t append(char *text, size_t at, const char *before, const char *what)
{
    size_t length = strlen(before);

    if (!what)
        return at;
    if (text)
        memcpy(text + at, before, length);
    at += length;
    return at + zone_text_escape(what, text ? text + at : NULL);
}

/* `line`: the line as it stands behind the file, "" for none. */
static size_t describe(const zone_context *ctx, const zone_error *error, const char *line, char *text)
{
    const char *colon = zone_tell(ctx, ": ");
    size_t at = append(text, 0, "", error->file);

    at = append(text, at, "", error->file ? line : NULL);
    at = append(text, at, at ? zone_tell(ctx, ", ") : "", error->key);
    at = append(text, at, at ? zone_tell(ctx, ", layer ") : zone_tell(ctx, "layer "), error->layer);
    at = append(text, at, at ? zone_tell(ctx, ", feature ") : zone_tell(ctx, "feature "), error->feature);
    at = append(text, at, at ? zone_tell(ctx, ", at ") : zone_tell(ctx, "at "), error->place);
    at = append(text, at, at ? colon : "", error->what);
    at = append(text, at, zone_tell(ctx, "\n  named in: "), error->named_in);
    at = append(text, at, zone_tell(ctx, "\n  found: "), error->found);
    at = append(text, at, zone_tell(ctx, "\n  expected: "), error->expected);
    return append(text, at, zone_tell(ctx, "\n  remedy: "), error->remedy);
}

const char *zone_context_error_text(zone_context *ctx)
{
    if (!ctx || ctx->error.status == ZONE_OK)
        return "";
    if (ctx->error_text)
        return ctx->error_text;
    const char *line = ctx->error.line > 0 ? zone_say(ctx, ":%d", ctx->error.line) : "";
    size_t length = describe(ctx, &ctx->error, line, NULL);
    ctx->error_text = malloc(length + 1);
    if (!ctx->error_text)
        return zone_status_text(ctx->error.status);
    describe(ctx, &ctx->error, line, ctx->error_text);
    ctx->error_text[length] = '\0';
    return ctx->error_text;
}
