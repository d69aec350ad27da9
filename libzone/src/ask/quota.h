/* The question "quota": what its files know of each other. */
#ifndef ZONE_ASK_QUOTA_H
#define ZONE_ASK_QUOTA_H

#include "ask/judge.h"

/* An account: what of a quota a zone opens with. */
typedef struct {
    uint32_t zone, quota; /* of the plan */
    zone_exact opening;
    bool declared; /* by the plan; else measured */
    bool strict;   /* overdrawing it refuses the site */
} zone_quota_account;

/* A draw as the ledger booked it, or refused it: for want of balance, or because a check rejects the site (barred). */
typedef enum { ZONE_STEP_GRANTED, ZONE_STEP_REFUSED, ZONE_STEP_BARRED } zone_step_kind;
typedef struct {
    size_t site;
    size_t account;
    zone_exact wanted, before, after;
    zone_step_kind kind;
    uint32_t turned; /* as zone_site_finding has it (ask/turns.h) */
} zone_quota_step;

/* How the ledger was kept. */
typedef struct {
    zone_quota_account *account;
    size_t account_count;
    zone_quota_step *step; /* in the order of booking */
    size_t step_count, step_capacity;
    zone_exact *balance; /* by account, after the last step */
    const char *rule;    /* what the order is and what it guarantees: text in the arena */
    zone_arena arena;
} zone_quota_book;

/* Where rows go. */
typedef struct {
    const zone_quota_options *options;
    const zone_plan *plan;
    const zone_sites *sites;
    const zone_trial *trial;
    zone_table *table, *findings, *ledger, *pieces, *shapes; /* the last two NULL when they were not asked for */
    size_t passed, warned, rejected;
    zone_exact area, farmland; /* of all sites */
} zone_quota_answer;

/* Columns of the table of a batch, or of a table of one site. Memory runs out later (zone_table_finish). */
void zone_quota_open_answer(zone_context *ctx, zone_quota_answer *answer);

/* The rows of a site with the steps of the ledger that are about it. */
zone_status zone_quota_add_site(zone_context *ctx, zone_quota_answer *answer, size_t site,
                                const zone_site_result *result, const zone_quota_book *book,
                                const zone_quota_step *steps, size_t step_count);

/* Ledger, closure, title, verdict, once all sites are there. */
void zone_quota_close_answer(zone_context *ctx, zone_quota_answer *answer, const zone_quota_book *book);

#endif
