/* Checks of sites: reading them from the plan, and what a check says of a class, a kind or a term. */
#include "plan/classes.h"
#include "plan/plan.h"
#include "plan/schema.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const broad_words[] = {"agricultural", "construction", "unused", NULL};

/* ---------------------------------------------------------------- keys of checks */

/* A key of a check being read: where, of which plan and rule. */
typedef struct {
    zone_reader *reader;
    const yaml_node_t *node;
    const zone_plan *plan;
    const zone_schema_check *schema;
} check_place;

static zone_status read_of(const check_place *at, zone_plan_check *check)
{
    const zone_plan *plan = at->plan;
    const char **keys = zone_allocate(at->reader->ctx, plan->layer_count + 1, sizeof *keys);
    zone_status status = keys ? zone_reader_text(at->reader, at->node, "of", true, &check->of) : ZONE_NO_MEMORY;

    for (size_t i = 0; keys && i < plan->layer_count; i++)
        keys[i] = plan->layers[i].key;
    if (!status)
        status = zone_reader_one_of(at->reader, at->node, "of", check->of, keys);
    if (!status)
        check->edition = zone_plan_layer_find(plan, check->of)->edition;
    free(keys);
    return status;
}

/* A list that is given and names nothing is a slip: left out, it would mean all. */
static zone_status read_list(const check_place *at, const yaml_node_t *node, const char *key, char ***list,
                             size_t *count)
{
    zone_status status = zone_reader_list(at->reader, node, key, true, list, count);

    if (status || *count > 0)
        return status;
    return zone_reader_fail(at->reader, zone_reader_get(at->reader, node, key), key, NULL, "an empty list",
                            "one at least", NULL);
}

static zone_status need_edition(const check_place *at, const zone_plan_check *check)
{
    if (check->edition)
        return ZONE_OK;
    return zone_reader_fail(at->reader, zone_reader_get(at->reader, at->node, "of"), "of",
                            "a layer without an edition of classes", zone_say(at->reader->ctx, "%s", check->of),
                            "a layer that has an edition", "edition: survey-2019, or another, in that layer");
}

/* A list of classes under a key of `node`, all of the edition of the layer that the check is about. */
static zone_status read_classes(const check_place *at, const yaml_node_t *node, const char *key,
                                const zone_plan_check *check, char ***classes, size_t *count)
{
    zone_status status = read_list(at, node, key, classes, count);

    if (!status)
        status = zone_reader_classes(at->reader, zone_reader_get(at->reader, node, key), key, check->edition,
                                     broad_words, *classes, *count);
    return status;
}

static zone_status read_land(const check_place *at, zone_plan_check *check)
{
    zone_status status = need_edition(at, check);

    return status ? status : read_classes(at, at->node, "classes", check, &check->classes, &check->class_count);
}

/* use: kinds: {工业用地: ["1001"], …}. */
static zone_status read_uses(const check_place *at, zone_plan_check *check)
{
    zone_reader *reader = at->reader;
    yaml_node_t *kinds = zone_reader_get(reader, at->node, "kinds");
    zone_status status = need_edition(at, check);
    size_t mark = zone_reader_enter(reader, "kinds", -1);

    if (!status)
        status = zone_reader_mapping(reader, kinds, NULL);

    for (yaml_node_pair_t *pair = status ? NULL : kinds->data.mapping.pairs.start;
         pair && pair < kinds->data.mapping.pairs.top && !status; pair++) {
        const char *kind = (const char *)yaml_document_get_node(&reader->document, pair->key)->data.scalar.value;
        zone_plan_use *use = zone_reader_grow(reader, (void **)&check->uses, &check->use_count, sizeof *use);
        if (use)
            use->kind = zone_copy_text(reader->ctx, kind);
        status =
            use && use->kind ? read_classes(at, kinds, kind, check, &use->classes, &use->class_count) : ZONE_NO_MEMORY;
    }
    if (!status && check->use_count == 0)
        status = zone_reader_fail(reader, kinds, NULL, NULL, "an empty mapping", "one kind of site at least", NULL);
    zone_reader_leave(reader, mark);
    return status;
}

static zone_status read_kinds(const check_place *at, zone_plan_check *check)
{
    if (strcmp(at->schema->rule, "use") == 0)
        return read_uses(at, check);
    return read_list(at, at->node, "kinds", &check->kinds, &check->kind_count);
}

static zone_status read_supply(const check_place *at, zone_plan_check *check)
{
    return zone_reader_text(at->reader, at->node, "supply", true, &check->supply);
}

static zone_status read_states(const check_place *at, zone_plan_check *check)
{
    static const char *const words[] = {"built", "under_construction", "available", NULL};
    zone_status status = read_list(at, at->node, "states", &check->states, &check->state_count);

    for (size_t i = 0; i < check->state_count && !status; i++)
        status = zone_reader_one_of(at->reader, at->node, "states", check->states[i], words);
    return status;
}

/* One of two words: *second when it is the second. */
static zone_status read_choice(const check_place *at, const char *key, const char *const words[3], bool *second)
{
    char *word = NULL;
    zone_status status = zone_reader_text(at->reader, at->node, key, true, &word);

    if (!status)
        status = zone_reader_one_of(at->reader, at->node, key, word, words);
    *second = !status && strcmp(word, words[1]) == 0;
    free(word);
    return status;
}

static zone_status read_per(const check_place *at, zone_plan_check *check)
{
    static const char *const words[] = {"site", "piece", NULL};

    return read_choice(at, "per", words, &check->per_piece);
}

static zone_status read_net(const check_place *at, zone_plan_check *check)
{
    static const char *const words[] = {"no", "yes", NULL};

    return read_choice(at, "net", words, &check->net);
}

static zone_status read_narrow(const check_place *at, zone_plan_check *check)
{
    return zone_reader_measure(at->reader, at->node, "narrow", "m", &check->narrow);
}

static zone_status read_within(const check_place *at, zone_plan_check *check)
{
    const zone_plan *plan = at->plan;
    zone_context *ctx = at->reader->ctx;
    size_t others = 0;
    zone_status status = zone_reader_measure_between(at->reader, at->node, "within", "m", ZONE_WITHIN_LEAST,
                                                     ZONE_WITHIN_MOST, &check->within);

    /* Each distance once: where it is first asked for. */
    for (const zone_plan_check *other = plan->checks; other < check && !status; other++) {
        bool first = other->within > 0.0 && other->within != check->within;
        for (const zone_plan_check *before = plan->checks; before < other; before++)
            first = first && before->within != other->within;
        others += first;
    }
    if (status || others < ZONE_PLAN_DISTANCES)
        return status;
    return zone_reader_fail(at->reader, zone_reader_get(at->reader, at->node, "within"), "within", "too many distances",
                            zone_say(ctx, "%g m", check->within),
                            zone_say(ctx, "%d different distances at most", ZONE_PLAN_DISTANCES), NULL);
}

/* ---------------------------------------------------------------- limits */

/* "1 %" as the double next to 0.01: a hundredth of a double may be another. */
static bool read_share(zone_context *ctx, const char *text, size_t length, double *share)
{
    char *end = NULL;
    const char *number = zone_say(ctx, "%.*se-2", (int)length, text);

    *share = zone_number_read(number, &end);
    return end != number && *end == '\0' && *share >= 0 && *share <= 1;
}

static bool parse_limit(zone_context *ctx, const char *text, zone_plan_limit *limit)
{
    char *end = NULL;
    zone_figure figure;
    const char *reason = NULL;
    double number = zone_number_read(text, &end);
    size_t length = (size_t)(end - text);

    while (*end == ' ')
        end++;
    if (length && strcmp(end, "%") == 0) {
        limit->kind = ZONE_LIMIT_SHARE;
        return read_share(ctx, text, length, &limit->share);
    }
    if (length && strcmp(end, "m") == 0) {
        limit->kind = ZONE_LIMIT_WIDTH;
        limit->metres = number;
        return isfinite(number) && number >= 0;
    }
    limit->kind = ZONE_LIMIT_AREA;
    if (!zone_figure_parse(text, &figure, &reason))
        return false;
    limit->area = zone_figure_area(&figure);
    return true;
}

static zone_status read_limit(const check_place *at, zone_plan_check *check)
{
    zone_context *ctx = at->reader->ctx;
    zone_plan_limit *limit = &check->limit;
    zone_status status = zone_reader_text(at->reader, at->node, "limit", true, &limit->text);

    if (status)
        return status;
    bool read = parse_limit(ctx, limit->text, limit);
    bool fits = limit->kind == ZONE_LIMIT_WIDTH ? at->schema->width : at->schema->area;
    if (read && fits)
        return ZONE_OK;
    bool bare = strspn(limit->text, "0123456789.") == strlen(limit->text);
    return zone_reader_fail(
        at->reader, zone_reader_get(at->reader, at->node, "limit"), "limit",
        read ? "a limit that this rule does not take" : "no limit", zone_say(ctx, "%s", limit->text),
        at->schema->width ? "a width, such as 5 m" : "an area or a share of the site, such as 10 m2 or 1 %",
        bare ? zone_say(ctx, "limit: %s %s", limit->text, at->schema->width ? "m" : "m2") : NULL);
}

/* A limit that is not given is the one of the rule. */
static zone_status default_limit(zone_reader *reader, const zone_schema_check *schema, zone_plan_check *check)
{
    if (check->limit.text || !schema->limit)
        return ZONE_OK;
    check->limit.text = zone_copy_text(reader->ctx, schema->limit);
    if (!check->limit.text)
        return ZONE_NO_MEMORY;
    parse_limit(reader->ctx, check->limit.text, &check->limit);
    return ZONE_OK;
}

/* ---------------------------------------------------------------- terms and quotas */

static bool parse_years(const char *text, double *years)
{
    char *end = NULL;

    *years = zone_number_read(text, &end);
    return end != text && *end == '\0' && isfinite(*years) && *years > 0;
}

static zone_status fail_years(const check_place *at, const char *key, const char *text)
{
    return zone_reader_fail(at->reader, zone_reader_get(at->reader, at->node, key), key, NULL,
                            zone_say(at->reader->ctx, "%s", text), "years: a number above 0", NULL);
}

static zone_status read_allowed(const check_place *at, zone_plan_check *check)
{
    char **list = NULL;
    size_t count = 0;
    zone_status status = read_list(at, at->node, "allowed", &list, &count);

    for (size_t i = 0; i < count && !status; i++) {
        double *years =
            zone_reader_grow(at->reader, (void **)&check->allowed, &check->allowed_count, sizeof *check->allowed);
        if (!years)
            status = ZONE_NO_MEMORY;
        else if (!parse_years(list[i], years))
            status = fail_years(at, "allowed", list[i]);
    }
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    free(list);
    return status;
}

static zone_status read_years(const check_place *at, const char *key, double *years)
{
    char *text = NULL;
    zone_status status = zone_reader_text(at->reader, at->node, key, true, &text);

    if (!status && !parse_years(text, years))
        status = fail_years(at, key, text);
    free(text);
    return status;
}

static zone_status read_least(const check_place *at, zone_plan_check *check)
{
    return read_years(at, "least", &check->least);
}

static zone_status read_most(const check_place *at, zone_plan_check *check)
{
    return read_years(at, "most", &check->most);
}

static zone_status check_term(const check_place *at, const zone_plan_check *check)
{
    zone_context *ctx = at->reader->ctx;

    if (check->allowed_count == 0 && isnan(check->least) && isnan(check->most))
        return zone_reader_fail(at->reader, at->node, "allowed", "a key is missing", NULL,
                                "allowed: [10, 20, 30], or least: 5 and most: 10", NULL);
    if (check->least > check->most)
        return zone_reader_fail(at->reader, zone_reader_get(at->reader, at->node, "least"), "least", "least above most",
                                zone_say(ctx, "%g", check->least), zone_say(ctx, "at most %g", check->most),
                                zone_say(ctx, "least: %g, most: %g", check->most, check->least));
    return ZONE_OK;
}

static zone_status read_quota(const check_place *at, zone_plan_check *check)
{
    const zone_plan *plan = at->plan;
    const char **kinds = zone_allocate(at->reader->ctx, plan->quota_count + 1, sizeof *kinds);
    zone_status status = kinds ? zone_reader_text(at->reader, at->node, "kind", true, &check->quota) : ZONE_NO_MEMORY;

    for (size_t i = 0; kinds && i < plan->quota_count; i++)
        kinds[i] = plan->quotas[i].kind;
    if (!status && plan->quota_count == 0)
        status = zone_reader_fail(at->reader, zone_reader_get(at->reader, at->node, "kind"), "kind",
                                  "a quota that the plan does not have", zone_say(at->reader->ctx, "%s", check->quota),
                                  "quotas: …", "quotas: [{kind: …, opening: available, draws: area}]");
    if (!status)
        status = zone_reader_one_of(at->reader, at->node, "kind", check->quota, kinds);
    free(kinds);
    return status;
}

/* ---------------------------------------------------------------- checks */

typedef struct {
    const char *key;
    zone_status (*read)(const check_place *at, zone_plan_check *check);
} key_reader;

static const key_reader key_readers[] = {
    {"of", read_of},         {"limit", read_limit},   {"per", read_per},         {"net", read_net},
    {"narrow", read_narrow}, {"within", read_within}, {"classes", read_land},    {"kinds", read_kinds},
    {"supply", read_supply}, {"states", read_states}, {"allowed", read_allowed}, {"least", read_least},
    {"most", read_most},     {"kind", read_quota},
};

enum { KEYS = sizeof((zone_schema_check){0}).keys / sizeof(char *), SHARED_KEYS = 4 };

/* All keys that a check of this rule may have. */
static void check_keys(zone_context *ctx, const zone_schema_check *schema, const char *words[SHARED_KEYS + KEYS + 1])
{
    static const char *const shared[SHARED_KEYS] = {"rule", "name", "text", "severity"};
    size_t count = 0;

    for (; count < SHARED_KEYS; count++)
        words[count] = shared[count];
    for (size_t i = 0; i < KEYS && schema->keys[i]; i++)
        words[count++] = zone_say(ctx, "%.*s", (int)strcspn(schema->keys[i], "!"), schema->keys[i]);
    words[count] = NULL;
}

static zone_status read_key(const check_place *at, const char *word, zone_plan_check *check)
{
    size_t length = strcspn(word, "!");

    for (size_t i = 0; i < sizeof key_readers / sizeof *key_readers; i++) {
        const char *key = key_readers[i].key;
        if (strlen(key) != length || strncmp(key, word, length) != 0)
            continue;
        if (zone_reader_get(at->reader, at->node, key))
            return key_readers[i].read(at, check);
        if (word[length])
            return zone_reader_fail(at->reader, at->node, key, "a key is missing", NULL,
                                    zone_say(at->reader->ctx, "%s: …", key), NULL);
    }
    return ZONE_OK;
}

static zone_status read_rule(zone_reader *reader, const yaml_node_t *node, zone_plan_check *check)
{
    const char *words[32] = {NULL};
    zone_status status = zone_reader_mapping(reader, node, NULL);

    for (size_t i = 0; i < 31 && zone_schema_check_at(i); i++)
        words[i] = zone_schema_check_at(i)->rule;
    if (!status)
        status = zone_reader_text(reader, node, "rule", true, &check->rule);
    return status ? status : zone_reader_one_of(reader, node, "rule", check->rule, words);
}

static zone_status read_severity(zone_reader *reader, const yaml_node_t *node, zone_plan_check *check)
{
    static const char *const words[] = {"note", "warn", "reject", NULL};
    char *severity = NULL;
    zone_status status = zone_reader_text(reader, node, "severity", false, &severity);

    check->severity = ZONE_SEVERITY_REJECT;
    if (!status && severity)
        status = zone_reader_one_of(reader, node, "severity", severity, words);
    for (int i = 0; words[i] && severity && !status; i++)
        if (strcmp(words[i], severity) == 0)
            check->severity = (zone_severity)i;
    free(severity);
    return status;
}

/* Findings are told apart by name, so two checks of one rule need two. */
static zone_status read_name(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan,
                             zone_plan_check *check)
{
    zone_status status = zone_reader_text(reader, node, "name", false, &check->name);

    if (status)
        return status;
    bool given = check->name != NULL;
    if (!given && !(check->name = zone_copy_text(reader->ctx, check->rule)))
        return ZONE_NO_MEMORY;
    for (const zone_plan_check *other = plan->checks; other < check; other++)
        if (strcmp(other->name, check->name) == 0)
            return zone_reader_fail(reader, zone_reader_get(reader, node, given ? "name" : "rule"), "name",
                                    "the same check twice", zone_say(reader->ctx, "%s", check->name),
                                    "each check of a rule with its own name",
                                    zone_say(reader->ctx, "name: %s_%zu", check->rule, plan->check_count));
    return ZONE_OK;
}

static zone_status check_item(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item)
{
    const char *words[SHARED_KEYS + KEYS + 1];
    zone_plan_check *check = item;
    check_place at = {.reader = reader, .node = node, .plan = plan};

    check->line = zone_reader_line(node);
    check->least = check->most = NAN;
    zone_status status = read_rule(reader, node, check);
    if (status)
        return status;
    at.schema = zone_schema_check_find(check->rule);
    check_keys(reader->ctx, at.schema, words);
    status = zone_reader_mapping(reader, node, words);
    if (!status)
        status = read_name(reader, node, plan, check);
    if (!status)
        status = zone_reader_text(reader, node, "text", false, &check->text);
    if (!status)
        status = read_severity(reader, node, check);
    for (size_t i = 0; i < KEYS && at.schema->keys[i] && !status; i++)
        status = read_key(&at, at.schema->keys[i], check);
    if (!status)
        status = default_limit(reader, at.schema, check);
    if (!status && strcmp(check->rule, "term") == 0)
        status = check_term(&at, check);
    return status;
}

zone_status zone_reader_checks(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    return zone_reader_items(reader, root, "checks", plan, (void **)&plan->checks, &plan->check_count,
                             sizeof *plan->checks, check_item);
}

/* ---------------------------------------------------------------- what a check says */

static bool holds(char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(texts[i], text) == 0)
            return true;
    return false;
}

static bool among(const zone_plan_check *check, char *const *classes, size_t count, const char *code)
{
    const char *broad = zone_broad_name(zone_class_broad(zone_edition_find(check->edition), code));

    for (size_t i = 0; i < count; i++)
        if (strcmp(classes[i], broad) == 0 || strncmp(code, classes[i], strlen(classes[i])) == 0)
            return true;
    return false;
}

bool zone_plan_counts(const zone_plan_check *check, const char *code)
{
    return code && among(check, check->classes, check->class_count, code);
}

bool zone_plan_uses(const zone_plan_check *check, const char *kind, const char *code, bool *kind_known)
{
    *kind_known = false;
    for (size_t i = 0; kind && i < check->use_count; i++) {
        const zone_plan_use *use = &check->uses[i];
        if (strcmp(use->kind, kind) != 0)
            continue;
        *kind_known = true;
        return code && among(check, use->classes, use->class_count, code);
    }
    return false;
}

bool zone_plan_term_applies(const zone_plan_check *check, const char *kind, const char *supply)
{
    if (check->kind_count > 0 && !(kind && holds(check->kinds, check->kind_count, kind)))
        return false;
    return !check->supply || (supply && strcmp(check->supply, supply) == 0);
}

bool zone_plan_term_allowed(const zone_plan_check *check, double years)
{
    bool listed = check->allowed_count == 0;

    for (size_t i = 0; i < check->allowed_count; i++)
        listed = listed || check->allowed[i] == years;
    return listed && !isnan(years) && !(years < check->least) && !(years > check->most);
}

bool zone_plan_term_read(const char *text, double *years)
{
    static const char *const units[] = {"", "年", "years", "year"};
    char *end = NULL;

    *years = NAN;
    if (!text)
        return false;
    double number = zone_number_read(text, &end);
    if (end == text || !isfinite(number))
        return false;
    while (*end == ' ')
        end++;
    size_t length = strlen(end);
    while (length > 0 && end[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i]) != length || strncmp(units[i], end, length) != 0)
            continue;
        *years = number;
        return true;
    }
    return false;
}
