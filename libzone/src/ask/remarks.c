/* What findings say in words. */
#include "ask/remarks.h"

#include "base/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most that are named one by one. */
enum { NAMED = 5, CLASSES = 12 };

static char *print_area(zone_exact area, char text[64])
{
    return zone_exact_print(zone_exact_round(area, zone_unit_find(NULL), 2), 2, text, 64);
}

const char *zone_remark_area(zone_context *ctx, zone_exact area)
{
    char text[64];

    return zone_say(ctx, "%s m2", print_area(area, text));
}

const char *zone_remark_exact_area(zone_context *ctx, zone_exact area)
{
    char text[64];

    return zone_say(ctx, "%s m2",
                    zone_exact_print(zone_exact_round(area, zone_unit_find(NULL), 6), 6, text, sizeof text));
}

static const char *join(zone_context *ctx, const char *before, const char *next)
{
    return !next ? before : before && *before ? zone_say(ctx, "%s; %s", before, next) : next;
}

/* ---------------------------------------------------------------- zones */

/* A zone may be drawn as several features: the first one speaks for all. */
static zone_exact sum_of_zone(zone_trial *trial, size_t site, size_t number, const char *id)
{
    const zone_piece_list *pieces = &trial->in_zones.pieces;
    zone_exact sum = pieces->piece[number].area;

    for (size_t i = pieces->start[site]; id && i < pieces->start[site + 1]; i++) {
        const char *other = zone_batch_text(&trial->zones.batch, pieces->piece[i].member, 0);
        if (i == number || !other || strcmp(id, other) != 0)
            continue;
        if (i < number)
            return 0;
        sum += pieces->piece[i].area;
    }
    return sum;
}

const char *zone_remark_zones(zone_trial *trial, size_t site)
{
    const zone_piece_list *pieces = &trial->in_zones.pieces;
    zone_exact whole = trial->in_zones.whole[site];
    const char *text = "";

    for (size_t i = pieces->start[site]; i < pieces->start[site + 1]; i++) {
        const char *id = zone_batch_text(&trial->zones.batch, pieces->piece[i].member, 0);
        zone_exact area = sum_of_zone(trial, site, i, id);
        if (!zone_piece_counts(area))
            continue;
        text = zone_say(trial->ctx, "%s%s%s %.2f %%", text, *text ? ", " : "", id ? id : "-",
                        100.0 * zone_exact_to_m2(area) / zone_exact_to_m2(whole));
    }
    return text;
}

/* ---------------------------------------------------------------- parts */

typedef struct {
    const char *text;
    zone_exact area;
} class_sum;

static int by_code(const void *a, const void *b)
{
    return strcmp(((const class_sum *)a)->text, ((const class_sum *)b)->text);
}

/* Areas by class, all of them: what is counted and what is not. */
static const char *list_classes(zone_trial *trial, const zone_take *take)
{
    class_sum *sums = zone_allocate(trial->ctx, take->count + 1, sizeof *sums);
    const char *text = NULL;
    size_t count = 0, kept = 0;
    char area[64];

    for (size_t i = 0; sums && i < take->count; i++)
        sums[count++] = (class_sum){take->part[i].code ? take->part[i].code : "-", take->part[i].area};
    if (count)
        qsort(sums, count, sizeof *sums, by_code);
    for (size_t i = 0; i < count; i++) {
        if (kept && strcmp(sums[kept - 1].text, sums[i].text) == 0)
            sums[kept - 1].area += sums[i].area;
        else
            sums[kept++] = sums[i];
    }
    for (size_t i = 0; i < kept && i < CLASSES; i++) {
        text = zone_say(trial->ctx, "%s%s%s %s m2", text ? text : "", text ? ", " : "", sums[i].text,
                        print_area(sums[i].area, area));
    }
    free(sums);
    return kept > CLASSES ? zone_say(trial->ctx, "%s, …", text) : text;
}

static const char *list_parts(zone_trial *trial, const zone_take *take)
{
    const char *text = NULL;
    size_t named = 0;
    char area[64];

    for (size_t i = 0; i < take->count; i++) {
        const zone_part *part = &take->part[i];
        if (!part->counts || !zone_piece_counts(part->area))
            continue;
        if (named++ == NAMED)
            return zone_say(trial->ctx, "%s, …", text);
        text = zone_say(trial->ctx, "%s%s%s %s m2", text ? text : "", text ? ", " : "", part->id ? part->id : "-",
                        print_area(part->area, area));
    }
    return text;
}

static const char *list_zones(zone_trial *trial, size_t site)
{
    const char *text = zone_remark_zones(trial, site);

    return *text ? text : zone_tell(trial->ctx, "in no zone");
}

const char *zone_remark_take(zone_trial *trial, size_t site, const zone_plan_check *check, const zone_take *take)
{
    zone_context *ctx = trial->ctx;
    const char *text = NULL;
    char area[64];

    if (strcmp(check->rule, "zones") == 0)
        text = list_zones(trial, site);
    else if (strcmp(check->rule, "land") == 0 || strcmp(check->rule, "use") == 0)
        text = list_classes(trial, take);
    else if (!take->rest)
        text = list_parts(trial, take);
    if (take->sliver_count)
        text = join(ctx, text,
                    zone_say(ctx, "slivers narrower than %g m, not counted: %llu (%s m2)", check->narrow,
                             (unsigned long long)take->sliver_count, print_area(take->slivers, area)));
    if (zone_piece_counts(take->edge))
        text = join(ctx, text, zone_say(ctx, "by the edge model only: %s m2", print_area(take->edge, area)));
    return text;
}

const char *zone_remark_claim(zone_context *ctx, const zone_claimed *claim, zone_exact computed)
{
    char claimed[64], area[64];
    const char *text =
        zone_say(ctx, "claimed %s m2, computed %s m2", print_area(claim->claimed, claimed), print_area(computed, area));

    return claim->explained ? join(ctx, text, claim->explained) : text;
}
