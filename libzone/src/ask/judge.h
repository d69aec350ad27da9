/* The judge: what each check of the plan finds of a site. The quota itself is the ledger's. */
#ifndef ZONE_ASK_JUDGE_H
#define ZONE_ASK_JUDGE_H

#include "ask/finding.h"
#include "ask/take.h"
#include "base/arena.h"

/* What a finding measures. */
typedef enum { ZONE_MEASURES_NOTHING, ZONE_MEASURES_AREA, ZONE_MEASURES_WIDTH, ZONE_MEASURES_YEARS } zone_measures;

/* Bit of `turned` for the last digit of the coordinates; those below it are trial->methods. */
#define ZONE_TURNED_BY_DIGIT (UINT32_C(1) << 31)

typedef struct {
    uint32_t check; /* of plan->checks; ZONE_JUDGE_READABLE */
    zone_severity severity;
    zone_finding_verdict verdict;
    zone_measures measures;
    zone_exact area, limit, margin;      /* of an area: measured, at most, how far to the other verdict */
    double number, least, number_margin; /* of a width or term: measured, the least or nearest allowed, how far */
    uint32_t turned;                     /* what would turn the verdict: another area method, or a last digit */
    bool placed;
    double place[2];    /* in what was measured, in the plan's plane */
    const char *remark; /* in the arena; NULL */
} zone_site_finding;

/* Stands for a check of a plan that has none for sites that can't be read. */
#define ZONE_JUDGE_READABLE UINT32_MAX

/* A piece in conflict, for maps. */
typedef struct {
    uint32_t check;
    const char *with; /* in the arena; NULL */
    zone_exact area;
    double width; /* m, mean width 2S/L; NAN */
    const unsigned char *wkb;
    size_t size;
} zone_site_piece;

/* What a zone would give for a site, by quota. */
typedef struct {
    uint32_t zone, quota; /* of the plan */
    zone_exact area;
} zone_site_draw;

/* What a site holds of a layer of the trial more than once. */
typedef struct {
    zone_exact area;
    bool looked; /* else there was too much to look */
} zone_site_repeat;

/* A site as it was measured and judged. All it points to is in the arena. */
typedef struct {
    bool readable, barred; /* barred: a check rejects it, whatever the ledger says */
    zone_exact area, farmland, farmland_net, redline, construction; /* the last: construction already today */
    const char *zones;                                              /* "phase1 62.10 %, resort 37.90 %" */
    zone_site_finding *finding;
    zone_site_piece *piece;
    zone_site_draw *draw;
    zone_site_repeat *repeat; /* by trial->held */
    size_t finding_count, piece_count, draw_count, repeat_count;
} zone_site_result;

/* The step of a site's coordinates as written, in units of the plane: 0.001 where all are whole thousandths, 0 where
 * they have no last digit. */
double zone_judge_step(const zone_batch *batch, size_t site);

/* May half a step at every vertex of a border (both in units of the plane, of `square` m²) move an area by the margin?
 */
bool zone_judge_digit_turns(zone_exact margin, double border, double step, double square);

/* May another method measure an area of about `of` so differently that it bridges the margin? */
bool zone_judge_may_bridge(const zone_method *method, zone_exact margin, zone_exact of);

/* Judges a site of the trial's block by every check but those of quotas. `brief`: findings only of checks that are not
 * met. `clip` NULL: pieces are not wanted. */
zone_status zone_judge_site(zone_trial *trial, size_t site, bool brief, zone_clip *clip, zone_arena *arena,
                            zone_site_result *result);

#endif
