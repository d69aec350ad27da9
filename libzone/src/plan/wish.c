/* A plan in memory: what it can be asked, and giving it back. */
#include "plan/classes.h"
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

static void free_texts(char **texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
}

static void free_zone(zone_plan_zone *zone)
{
    for (size_t i = 0; i < zone->declared_count; i++) {
        free(zone->declared[i].what);
        free(zone->declared[i].text);
    }
    free(zone->declared);
    free(zone->id);
    free(zone->name);
}

static void free_layout(zone_plan *plan)
{
    for (size_t i = 0; i < plan->element_count; i++) {
        zone_plan_element *element = &plan->elements[i];
        free(element->structure);
        free(element->element);
        free(element->layer);
        free_texts(element->names, element->name_count);
    }
    for (size_t i = 0; i < plan->rule_count; i++) {
        zone_plan_rule *rule = &plan->rules[i];
        free(rule->rule);
        free(rule->of);
        free(rule->text);
        free_texts(rule->operands, rule->operand_count);
    }
    free(plan->elements);
    free(plan->rules);
}

static void free_indicators(zone_plan *plan)
{
    for (size_t i = 0; i < plan->indicator_count; i++) {
        zone_plan_indicator *indicator = &plan->indicators[i];
        char *texts[] = {indicator->number, indicator->group, indicator->name,  indicator->unit,
                         indicator->kind,   indicator->base,  indicator->target};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            free(texts[k]);
    }
    free(plan->indicators);
}

static void free_check(zone_plan_check *check)
{
    char *texts[] = {check->rule, check->name, check->of, check->text, check->limit.text, check->supply, check->quota};

    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        free(texts[k]);
    for (size_t k = 0; k < check->use_count; k++) {
        free(check->uses[k].kind);
        free_texts(check->uses[k].classes, check->uses[k].class_count);
    }
    free(check->uses);
    free_texts(check->classes, check->class_count);
    free_texts(check->kinds, check->kind_count);
    free_texts(check->states, check->state_count);
    free(check->allowed);
}

static void free_checks(zone_plan *plan)
{
    for (size_t i = 0; i < plan->quota_count; i++) {
        free(plan->quotas[i].kind);
        free(plan->quotas[i].opening);
        free(plan->quotas[i].text);
    }
    for (size_t i = 0; i < plan->check_count; i++)
        free_check(&plan->checks[i]);
    free(plan->quotas);
    free(plan->checks);
}

void zone_plan_close(zone_plan *plan)
{
    if (!plan)
        return;
    for (size_t i = 0; i < plan->layer_count; i++) {
        free(plan->layers[i].key);
        free(plan->layers[i].data);
        free(plan->layers[i].edition);
        free(plan->layers[i].fields);
    }
    for (size_t i = 0; i < plan->zone_count; i++)
        free_zone(&plan->zones[i]);
    for (size_t i = 0; i < plan->construction_count; i++) {
        free(plan->construction[i].edition);
        free_texts(plan->construction[i].classes, plan->construction[i].class_count);
    }
    free_zone(&plan->whole);
    free_texts(plan->expansion, plan->expansion_count);
    free(plan->expansion_lines);
    free_layout(plan);
    free_indicators(plan);
    free_checks(plan);
    char *texts[] = {plan->path, plan->title,  plan->title_en, plan->period,
                     plan->crs,  plan->method, plan->geometry, plan->note};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        free(texts[k]);
    free(plan->layers);
    free(plan->zones);
    free(plan->construction);
    free(plan);
}

const zone_plan_layer *zone_plan_layer_find(const zone_plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->layer_count; i++)
        if (strcmp(plan->layers[i].key, key) == 0)
            return &plan->layers[i];
    return NULL;
}

zone_status zone_plan_layer_need(zone_context *ctx, const zone_plan *plan, const char *key,
                                 const zone_plan_layer **layer)
{
    *layer = zone_plan_layer_find(plan, key);
    if (*layer)
        return ZONE_OK;
    const char *names = "";
    for (size_t i = 0; i < plan->layer_count; i++)
        names = zone_say(ctx, "%s%s%s", names, i ? ", " : "", plan->layers[i].key);
    return zone_fail(ctx, ZONE_BAD_PLAN, .file = plan->path, .key = "layers", .what = "no such layer in this plan",
                     .found = zone_say(ctx, "%s", key), .expected = zone_say(ctx, "one of: %s", names),
                     .remedy =
                         zone_say(ctx, "name one of these, or add to the layers of the plan: %s: {layer: …}", key));
}

/* Which role of the layer's is played by the field called `name`: its number; *role is its word, of *length bytes. */
static int role_of(const zone_plan_layer *layer, const char *name, const char **role, int *length)
{
    int number = 0;

    for (const char *at = layer->fields; name && at && *at; number++) {
        size_t word = strcspn(at, "="), whole = strcspn(at, ",");
        *role = at;
        *length = (int)word;
        if (word < whole && strlen(name) == whole - word - 1 && strncmp(at + word + 1, name, whole - word - 1) == 0)
            return number;
        at += whole + (at[whole] == ',');
    }
    return -1;
}

const char *zone_plan_layer_place(zone_context *ctx, const zone_plan *plan, const zone_plan_layer *layer,
                                  const zone_error *error)
{
    bool field = error->status == ZONE_BAD_FIELD;
    bool name = error->status == ZONE_BAD_LAYER || error->status == ZONE_EMPTY || error->status == ZONE_BAD_GEOMETRY;
    const char *role = NULL;
    int length = 0, number = field ? role_of(layer, error->found, &role, &length) : -1;

    if (number >= 0)
        return zone_say(ctx, "%s:%d, layers.%s.fields.%.*s", plan->path, layer->field_lines[number], layer->key, length,
                        role);
    if (field && layer->fields_line)
        return zone_say(ctx, "%s:%d, layers.%s.fields", plan->path, layer->fields_line, layer->key);
    if (field)
        return zone_say(ctx, "%s:%d, layers.%s", plan->path, layer->line, layer->key);
    if (name && layer->layer_line)
        return zone_say(ctx, "%s:%d, layers.%s.layer", plan->path, layer->layer_line, layer->key);
    if (layer->data_line)
        return zone_say(ctx, "%s:%d, layers.%s.data", plan->path, layer->data_line, layer->key);
    return zone_say(ctx, "%s:%d, data", plan->path, plan->data_line);
}

bool zone_plan_is_construction(const zone_plan *plan, const char *edition, const char *code)
{
    if (!edition || !code)
        return false;
    for (size_t i = 0; i < plan->construction_count; i++) {
        const zone_plan_construction *setting = &plan->construction[i];
        if (strcmp(setting->edition, edition) != 0)
            continue;
        for (size_t k = 0; k < setting->class_count; k++) {
            const char *prefix = setting->classes[k];
            if (strcmp(prefix, "construction") == 0) {
                if (zone_class_broad(zone_edition_find(edition), code) == ZONE_BROAD_CONSTRUCTION)
                    return true;
            } else if (strncmp(code, prefix, strlen(prefix)) == 0) {
                return true;
            }
        }
    }
    return false;
}
