/* Which claims compete for which accounts; their components are searched one by one. */
#include "ask/best.h"

#include "ask/rivals.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    zone_context *ctx;
    const zone_account *accounts;
    size_t account_count;
    const zone_claim *claims;
    size_t claim_count;
    bool by_area;
    bool *chosen;
    zone_exact *left; /* by account: opening less all that is asked of it; below 0 it limits */
    size_t *parent;   /* by account: of the same component, nearer to its head */
    zone_need *needs;
    zone_rival *rivals;
    size_t rival_count;
} choice_run;

/* What a claim asks of strict accounts (of those that limit only, once they are known), by account, each once. */
static size_t collect_needs(const choice_run *choice, const zone_claim *claim, bool limiting, zone_need *needs)
{
    size_t count = 0;

    for (size_t d = 0; d < claim->draw_count; d++) {
        const zone_draw *draw = &claim->draws[d];
        if (draw->account == SIZE_MAX || draw->area == 0 || !choice->accounts[draw->account].strict ||
            (limiting && choice->left[draw->account] >= 0))
            continue;
        size_t at = 0;
        while (at < count && needs[at].account < draw->account)
            at++;
        if (at < count && needs[at].account == draw->account) {
            needs[at].area += draw->area;
            continue;
        }
        memmove(needs + at + 1, needs + at, (count++ - at) * sizeof *needs);
        needs[at] = (zone_need){draw->account, draw->area};
    }
    return count;
}

static bool serves_alone(const choice_run *choice, const zone_need *needs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (needs[i].area > choice->accounts[needs[i].account].opening)
            return false;
    return true;
}

static size_t head_of(choice_run *choice, size_t account)
{
    while (choice->parent[account] != account) {
        choice->parent[account] = choice->parent[choice->parent[account]];
        account = choice->parent[account];
    }
    return account;
}

/* The smallest number is the head, so that components are met in the order of accounts. */
static void join(choice_run *choice, size_t a, size_t b)
{
    a = head_of(choice, a);
    b = head_of(choice, b);
    choice->parent[a > b ? a : b] = a < b ? a : b;
}

/* Which accounts limit: those that can't serve all claims that each could serve alone. */
static void find_limits(choice_run *choice)
{
    for (size_t a = 0; a < choice->account_count; a++) {
        choice->left[a] = choice->accounts[a].opening;
        choice->parent[a] = a;
    }
    for (size_t c = 0; c < choice->claim_count; c++) {
        size_t count = collect_needs(choice, &choice->claims[c], false, choice->needs);
        choice->chosen[c] = !choice->claims[c].barred && serves_alone(choice, choice->needs, count);
        for (size_t i = 0; choice->chosen[c] && i < count; i++)
            choice->left[choice->needs[i].account] -= choice->needs[i].area;
    }
}

/* Claims that ask nothing of a limiting account stay chosen; the others compete. */
static void find_rivals(choice_run *choice, zone_best *best)
{
    zone_need *needs = choice->needs;

    for (size_t c = 0; c < choice->claim_count; c++) {
        if (!choice->chosen[c])
            continue;
        zone_int128 value = choice->by_area ? choice->claims[c].size : 1;
        size_t count = collect_needs(choice, &choice->claims[c], true, needs);
        if (count == 0) {
            best->value += value;
            best->bound += value;
            continue;
        }
        choice->chosen[c] = false;
        choice->rivals[choice->rival_count++] =
            (zone_rival){.claim = c, .needs = needs, .need_count = count, .value = value};
        for (size_t i = 1; i < count; i++)
            join(choice, needs[0].account, needs[i].account);
        needs += count;
    }
}

/* ---------------------------------------------------------------- all components */

static int by_component(const void *left, const void *right)
{
    const zone_rival *a = left, *b = right;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    return a->claim < b->claim ? -1 : a->claim > b->claim;
}

/* How many components there are; their rivals lie together. */
static size_t sort_by_component(choice_run *choice)
{
    size_t components = 0;

    for (size_t i = 0; i < choice->rival_count; i++)
        choice->rivals[i].component = head_of(choice, choice->rivals[i].needs[0].account);
    if (choice->rival_count)
        qsort(choice->rivals, choice->rival_count, sizeof *choice->rivals, by_component);
    for (size_t i = 0; i < choice->rival_count; i++)
        components += i == 0 || choice->rivals[i].component != choice->rivals[i - 1].component;
    return components;
}

/* Numbers the accounts of a component from 0 and takes down their balances. `number`: by account. */
static size_t number_accounts(choice_run *choice, zone_rival *rivals, size_t count, size_t *number, zone_exact *balance)
{
    size_t accounts = 0;

    for (size_t a = 0; a < choice->account_count; a++)
        if (choice->left[a] < 0 && head_of(choice, a) == rivals[0].component) {
            number[a] = accounts;
            balance[accounts++] = choice->accounts[a].opening;
        }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < rivals[i].need_count; k++)
            rivals[i].needs[k].account = number[rivals[i].needs[k].account];
    return accounts;
}

static zone_status choose_component(choice_run *choice, size_t first, size_t count, int64_t steps, zone_best *best)
{
    zone_context *ctx = choice->ctx;
    zone_rival *rivals = choice->rivals + first;
    zone_int128 value = 0, bound = 0;
    size_t *number = zone_allocate(ctx, choice->account_count, sizeof *number);
    zone_exact *balance = zone_allocate(ctx, choice->account_count, sizeof *balance);
    bool *chosen = zone_allocate(ctx, count, sizeof *chosen);
    zone_status status = number && balance && chosen ? ZONE_OK : ZONE_NO_MEMORY;

    if (!status) {
        size_t accounts = number_accounts(choice, rivals, count, number, balance);
        status = zone_rivals_search(ctx, rivals, count, balance, accounts, steps, chosen, &value, &bound);
    }
    for (size_t i = 0; i < count && !status; i++)
        choice->chosen[rivals[i].claim] = chosen[i];
    best->value += value;
    best->bound += bound;
    free(chosen);
    free(balance);
    free(number);
    return status;
}

static zone_status choose_all(choice_run *choice, int64_t steps, zone_best *best)
{
    zone_status status = ZONE_OK;

    find_limits(choice);
    find_rivals(choice, best);
    size_t components = sort_by_component(choice);
    for (size_t first = 0, end = 0; first < choice->rival_count && !status; first = end) {
        while (end < choice->rival_count && choice->rivals[end].component == choice->rivals[first].component)
            end++;
        status = choose_component(choice, first, end - first, steps / (int64_t)components, best);
        if (!status && zone_cancelled(choice->ctx))
            status = zone_progress(choice->ctx, end, choice->rival_count);
    }
    return status;
}

zone_status zone_best_choose(zone_context *ctx, const zone_account *accounts, size_t account_count,
                             const zone_claim *claims, size_t claim_count, bool by_area, int64_t steps, bool *chosen,
                             zone_best *best)
{
    choice_run choice = {.ctx = ctx,
                         .accounts = accounts,
                         .account_count = account_count,
                         .claims = claims,
                         .claim_count = claim_count,
                         .by_area = by_area,
                         .chosen = chosen};
    size_t draws = 0;

    *best = (zone_best){0};
    for (size_t c = 0; c < claim_count; c++)
        draws += claims[c].draw_count;
    choice.left = zone_allocate(ctx, account_count + 1, sizeof *choice.left);
    choice.parent = zone_allocate(ctx, account_count + 1, sizeof *choice.parent);
    choice.needs = zone_allocate(ctx, draws + 1, sizeof *choice.needs);
    choice.rivals = zone_allocate(ctx, claim_count + 1, sizeof *choice.rivals);
    bool memory = choice.left && choice.parent && choice.needs && choice.rivals;
    zone_status status = memory ? choose_all(&choice, steps, best) : ZONE_NO_MEMORY;
    free(choice.left);
    free(choice.parent);
    free(choice.needs);
    free(choice.rivals);
    return status;
}
