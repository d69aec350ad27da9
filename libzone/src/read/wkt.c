/* WKT: what is wrong with a text that shall be one. */
#include "read/wkt.h"

#include "base/number.h"

#include <cpl_string.h>
#include <math.h>
#include <string.h>

/* Kinds, and how many brackets are open round their points; 0: other kinds may be within. */
static const struct {
    const char *name;
    int least, most;
} kinds[] = {{"POINT", 1, 1},
             {"LINESTRING", 1, 1},
             {"POLYGON", 2, 2},
             {"MULTIPOINT", 1, 2},
             {"MULTILINESTRING", 2, 2},
             {"MULTIPOLYGON", 3, 3},
             {"TRIANGLE", 2, 2},
             {"TIN", 3, 3},
             {"POLYHEDRALSURFACE", 3, 3},
             {"CIRCULARSTRING", 1, 1},
             {"COMPOUNDCURVE", 0, 0},
             {"CURVEPOLYGON", 0, 0},
             {"MULTICURVE", 0, 0},
             {"MULTISURFACE", 0, 0},
             {"GEOMETRYCOLLECTION", 0, 0},
             {"CURVE", 0, 0},
             {"SURFACE", 0, 0},
             {"LINEARRING", 1, 1}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *fault_at(zone_context *ctx, const char *english, const char *at, size_t length)
{
    size_t shown = length < 40 ? length : 40;

    while (shown && shown < length && ((unsigned char)at[shown] & 0xC0) == 0x80) /* no letter is cut in two */
        shown--;
    return zone_say(ctx, "WKT: %s: \"%.*s\"%s", zone_tell(ctx, english), (int)shown, at, shown < length ? "…" : "");
}

static size_t word_length(const char *at)
{
    return strcspn(at, "(), \t\r\n");
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* 12, -1.5, 2.5e-3; not 1e400, which is no double. */
static bool is_number(const char *at, size_t length)
{
    const char *begin = at, *end = at + length;
    size_t digits = 0;

    at += *at == '-' || *at == '+';
    for (bool point = false; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && !point)); at++) {
        point = point || *at == '.';
        digits += *at != '.';
    }
    if (digits && at < end && (*at == 'e' || *at == 'E')) {
        at += 1 + (at + 1 < end && (at[1] == '-' || at[1] == '+'));
        digits = strspn(at, "0123456789");
        at += digits;
    }
    return digits && at == end && isfinite(zone_number_read(begin, NULL));
}

/* Z, M, ZM or EMPTY behind a kind. */
static bool is_suffix(const char *at, size_t length)
{
    static const char *const suffixes[] = {"Z", "M", "ZM", "EMPTY"};

    for (size_t i = 0; i < 4; i++)
        if (length == strlen(suffixes[i]) && EQUALN(at, suffixes[i], length))
            return true;
    return false;
}

/* The kind that a word names; POLYGONZ is one, too. */
static int kind_of(const char *at, size_t length)
{
    for (int k = 0; k < KINDS; k++) {
        size_t own = strlen(kinds[k].name);
        if (length >= own && EQUALN(at, kinds[k].name, own) &&
            (length == own || (length <= own + 2 && is_suffix(at + own, length - own))))
            return k;
    }
    return -1;
}

typedef struct {
    zone_context *ctx;
    int kind;          /* of the whole */
    int depth;         /* of brackets */
    int values;        /* of the point so far */
    const char *point; /* the last; NULL: there was none */
    const char *fault;
} reading;

static void end_point(reading *r, const char *at)
{
    if (r->values == 1 || r->values > 4)
        r->fault = fault_at(r->ctx, "a point needs two numbers", r->point, (size_t)(at - r->point));
    else if (r->values && kinds[r->kind].most && (r->depth < kinds[r->kind].least || r->depth > kinds[r->kind].most))
        r->fault = fault_at(r->ctx, "the brackets are not those of its kind", r->point, (size_t)(at - r->point));
    r->values = 0;
}

static void take_word(reading *r, const char *at, size_t length)
{
    bool letter = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');

    if (is_number(at, length)) {
        r->point = r->values++ ? r->point : at;
        if (r->depth == 0)
            r->fault = fault_at(r->ctx, "text behind the geometry", at, strlen(at));
    } else if (letter && !r->values && (kind_of(at, length) >= 0 || is_suffix(at, length))) {
        return; /* a kind within a collection */
    } else {
        r->fault = fault_at(r->ctx, "not a number", at, length);
    }
}

static const char *take_mark(reading *r, const char *at)
{
    end_point(r, at);
    r->depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
    if (!r->fault && (r->depth < 0 || (r->depth == 0 && *at == ',')))
        r->fault = fault_at(r->ctx, "text behind the geometry", at, strlen(at));
    return skip_blanks(at + 1);
}

bool zone_wkt_is_meant(const char *text)
{
    const char *at = skip_blanks(text);
    size_t digits = strspn(at, "0123456789abcdefABCDEF");

    return *at != '{' && (digits < 10 || *skip_blanks(at + digits) != '\0');
}

const char *zone_wkt_fault(zone_context *ctx, const char *text)
{
    reading r = {.ctx = ctx};
    const char *at = skip_blanks(text);

    if (EQUALN(at, "SRID=", 5))
        return fault_at(ctx, "a reference system before the geometry", at, strcspn(at, ";"));
    r.kind = kind_of(at, word_length(at));
    if (r.kind < 0)
        return fault_at(ctx, "there is no such kind of geometry", at, word_length(at));
    for (at = skip_blanks(at + word_length(at)); is_suffix(at, word_length(at));)
        at = skip_blanks(at + word_length(at));
    if (*at && *at != '(')
        return fault_at(ctx, "not a bracket", at, strlen(at));
    while (*at && !r.fault) {
        if (strchr("(),", *at)) {
            at = take_mark(&r, at);
        } else {
            size_t length = word_length(at);
            take_word(&r, at, length);
            at = skip_blanks(at + length);
        }
    }
    if (!r.fault && r.depth > 0)
        return zone_say(ctx, "WKT: it ends before its brackets are closed: %d missing", r.depth);
    return r.fault || r.point ? r.fault : zone_tell(ctx, "empty geometry");
}
