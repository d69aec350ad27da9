/* The question "layout": elements counted and named, and the plan's rules on where they lie. */
#include "ask/layout.h"

#include "ask/rules.h"

#include <string.h>

/* ---------------------------------------------------------------- counts and names */

static bool has_name(const zone_element_layer *layer, const char *name)
{
    /* A plan's short name may stand in a longer one of the data: 海绵示范 in 海绵示范廊道. */
    for (size_t f = 0; f < layer->loaded.batch.feature_count; f++)
        if (strstr(zone_element_name(layer, f), name))
            return true;
    return false;
}

static void add_count(zone_context *ctx, zone_table *table, const zone_plan_element *element,
                      const zone_element_layer *layer)
{
    size_t count = 0;
    zone_finding finding = {.check = "count", .of = element->layer, .line = element->line};

    for (size_t f = 0; f < layer->loaded.batch.feature_count; f++)
        count += layer->loaded.batch.state[f] != ZONE_FEATURE_REJECTED;
    bool met = element->count < 0 ? count > 0 : count == (size_t)element->count;
    finding.declared = element->count < 0 ? zone_say(ctx, "many") : zone_say(ctx, "%d", element->count);
    finding.measured = zone_say(ctx, "%zu", count);
    finding.difference = element->count < 0 ? NULL : zone_say(ctx, "%lld", (long long)count - element->count);
    finding.verdict = met ? ZONE_FINDING_MET : ZONE_FINDING_UNMET;
    finding.margin = zone_say(ctx, "%lld", element->count < 0 || met ? 1LL : (long long)count - element->count);
    finding.remark = zone_say(ctx, "%s: %s", zone_tell(ctx, element->structure), zone_tell(ctx, element->element));
    zone_findings_add(table, &finding);
}

static void add_names(zone_context *ctx, zone_table *table, const zone_plan_element *element,
                      const zone_element_layer *layer)
{
    zone_finding finding = {.check = "names", .of = element->layer, .line = element->line};
    const char *declared = "", *missing = "";
    size_t found = 0;

    if (element->name_count == 0)
        return;
    for (size_t i = 0; i < element->name_count; i++) {
        declared = zone_say(ctx, "%s%s%s", declared, i ? " " : "", element->names[i]);
        if (has_name(layer, element->names[i]))
            found++;
        else
            missing = zone_say(ctx, "%s%s%s", missing, *missing ? " " : "", element->names[i]);
    }
    finding.declared = declared;
    finding.measured = *missing ? zone_say(ctx, "missing: %s", missing) : zone_say(ctx, "all %zu found", found);
    finding.margin = zone_say(ctx, "%zu", *missing ? element->name_count - found : 1);
    finding.verdict = *missing ? ZONE_FINDING_UNMET : ZONE_FINDING_MET;
    zone_findings_add(table, &finding);
}

/* ---------------------------------------------------------------- rules */

static const char *describe_rule(zone_context *ctx, const zone_plan_rule *rule)
{
    const char *text = "";

    for (size_t i = 0; i < rule->operand_count; i++)
        text = zone_say(ctx, "%s%s%s", text, i ? " " : "", rule->operands[i]);
    if (rule->tolerance > 0.0)
        text = zone_say(ctx, "%s ±%g m", text, rule->tolerance);
    bool angle = strcmp(rule->rule, "leaves_from") == 0;
    if (rule->amount == rule->amount)
        text = zone_say(ctx, angle ? "%s ≤ %g°" : "%s ≥ %g", text, rule->amount);
    return text;
}

static zone_status add_rule(zone_context *ctx, zone_elements *elements, zone_projection *projection,
                            const zone_plan_rule *rule, zone_table *table)
{
    zone_rule_result result;
    zone_status status = zone_rule_apply(ctx, elements, projection, rule, &result);

    if (status)
        return status;
    zone_finding finding = {.check = rule->rule,
                            .of = rule->of,
                            .declared = describe_rule(ctx, rule),
                            .measured = result.measured,
                            .margin = result.margin,
                            .place = result.place,
                            .remark = rule->text,
                            .verdict = result.met ? ZONE_FINDING_MET : ZONE_FINDING_UNMET,
                            .line = rule->line};
    zone_findings_add(table, &finding);
    return ZONE_OK;
}

zone_status zone_layout_findings(zone_context *ctx, const zone_plan *plan, zone_elements *elements,
                                 zone_projection *projection, zone_table *table)
{
    zone_status status = ZONE_OK;

    for (size_t i = 0; i < plan->element_count && !status; i++) {
        const zone_element_layer *layer = NULL;
        status = zone_elements_layer(ctx, elements, plan->elements[i].layer, &layer);
        if (status)
            break;
        add_count(ctx, table, &plan->elements[i], layer);
        add_names(ctx, table, &plan->elements[i], layer);
    }
    for (size_t i = 0; i < plan->rule_count && !status; i++) {
        status = add_rule(ctx, elements, projection, &plan->rules[i], table);
        if (!status)
            status = zone_progress(ctx, i + 1, plan->rule_count);
    }
    return status;
}

zone_status zone_layout(zone_context *ctx, const zone_plan *plan, const zone_plan_options *options, zone_table **table)
{
    zone_elements elements;
    zone_method method;
    zone_projection *projection = NULL;
    zone_table *made = NULL;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *table = NULL;
    if (!plan)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "a plan");
    zone_elements_open(&elements, plan);
    status = zone_plan_projection(ctx, plan, options ? options->method : NULL, &method, &projection);
    made = zone_findings_create("layout");
    zone_table_set_title(made, zone_say(ctx, "layout of %s", plan->title));
    if (!status)
        status = zone_layout_findings(ctx, plan, &elements, projection, made);
    if (!status) {
        zone_findings_judge(ctx, made);
        zone_elements_books(ctx, &elements, made);
        zone_provenance_plan(ctx, made, plan);
        zone_provenance_run(ctx, made, &method, NULL);
        status = zone_table_finish(ctx, made, table);
        made = NULL;
    }
    zone_table_free(made);
    zone_projection_free(projection);
    zone_elements_close(&elements);
    return status;
}
