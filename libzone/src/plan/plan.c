/* Building a plan from its file. */
#include "plan/plan.h"

#include "plan/classes.h"
#include "plan/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The line of a key's value; 0 where the key is not there. */
static int line_of(zone_reader *reader, const yaml_node_t *mapping, const char *key)
{
    const yaml_node_t *value = zone_reader_get(reader, mapping, key);

    return value ? zone_reader_line(value) : 0;
}

/* ---------------------------------------------------------------- zones and declared figures */

static zone_status read_declared(zone_reader *reader, const yaml_node_t *node, const char *what, zone_plan_zone *zone)
{
    const char *reason = NULL;
    char *text = NULL;
    zone_status status = zone_reader_text(reader, node, what, false, &text);

    if (status || !text)
        return status;
    zone_plan_declared *declared =
        zone_reader_grow(reader, (void **)&zone->declared, &zone->declared_count, sizeof *declared);
    if (!declared) {
        free(text);
        return ZONE_NO_MEMORY;
    }
    const yaml_node_t *value = zone_reader_get(reader, node, what);
    declared->text = text;
    declared->line = zone_reader_line(value);
    declared->what = zone_copy_text(reader->ctx, what);
    if (!declared->what)
        return ZONE_NO_MEMORY;
    if (!zone_figure_parse(text, &declared->figure, &reason))
        return zone_reader_fail(reader, value, what, reason, zone_say(reader->ctx, "%s", text),
                                "a figure with its unit, such as 29.54 km2 or 1590 mu", NULL);
    return ZONE_OK;
}

static zone_status read_zone(zone_reader *reader, yaml_node_t *node, bool whole, zone_plan_zone *zone)
{
    static const char *const figures[] = {"area", "farmland", "built", "available"};
    zone_status status = zone_reader_mapping(reader, node, zone_schema_zone_keys);

    zone->line = zone_reader_line(node);
    if (!status && whole)
        zone->id = zone_copy_text(reader->ctx, "boundary");
    else if (!status)
        status = zone_reader_text(reader, node, "id", true, &zone->id);
    if (!status)
        status = zone_reader_text(reader, node, "name", true, &zone->name);
    for (size_t i = 0; i < sizeof figures / sizeof *figures && !status; i++)
        status = read_declared(reader, node, figures[i], zone);
    return status;
}

static zone_status refuse_twin(zone_reader *reader, const zone_plan *plan, const yaml_node_t *node)
{
    const zone_plan_zone *last = &plan->zones[plan->zone_count - 1];

    for (const zone_plan_zone *zone = plan->zones; zone < last; zone++)
        if (strcmp(zone->id, last->id) == 0)
            return zone_reader_fail(reader, zone_reader_get(reader, node, "id"), "id", "the same zone twice",
                                    zone_say(reader->ctx, "%s", last->id), "each zone once", NULL);
    return ZONE_OK;
}

static zone_status read_expansion(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    yaml_node_t *node = zone_reader_get(reader, root, "expansion");
    zone_status status = zone_reader_list(reader, root, "expansion", false, &plan->expansion, &plan->expansion_count);

    if (status || !node)
        return status;
    plan->expansion_lines = zone_allocate(reader->ctx, plan->expansion_count, sizeof *plan->expansion_lines);
    for (size_t i = 0; plan->expansion_lines && i < plan->expansion_count; i++)
        plan->expansion_lines[i] =
            zone_reader_line(node->type == YAML_SEQUENCE_NODE ? zone_reader_item(reader, node, i) : node);
    return plan->expansion_lines ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status read_zones(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    yaml_node_t *list = NULL, *whole = zone_reader_get(reader, root, "whole");
    zone_status status = zone_reader_sequence(reader, root, "zones", true, &list);

    if (!status && !whole)
        status = zone_reader_fail(reader, root, "whole", "a key is missing", NULL, "whole: {name: …, area: …}", NULL);
    if (!status) {
        size_t mark = zone_reader_enter(reader, "whole", -1);
        status = read_zone(reader, whole, true, &plan->whole);
        zone_reader_leave(reader, mark);
    }
    for (size_t i = 0; i < zone_reader_length(list) && !status; i++) {
        size_t mark = zone_reader_enter(reader, "zones", (int)i);
        yaml_node_t *node = zone_reader_item(reader, list, i);
        zone_plan_zone *zone = zone_reader_grow(reader, (void **)&plan->zones, &plan->zone_count, sizeof *zone);
        status = zone ? read_zone(reader, node, false, zone) : ZONE_NO_MEMORY;
        if (!status)
            status = refuse_twin(reader, plan, node);
        zone_reader_leave(reader, mark);
    }
    return status ? status : read_expansion(reader, root, plan);
}

/* ---------------------------------------------------------------- layers */

/* A path of the plan is relative to the plan's folder. */
static char *beside_plan(zone_context *ctx, const zone_plan *plan, const char *path)
{
    const char *slash = strrchr(plan->path, '/');

    if (path[0] == '/' || !slash)
        return zone_copy_text(ctx, path);
    return zone_copy_text(ctx, zone_say(ctx, "%.*s%s", (int)(slash - plan->path + 1), plan->path, path));
}

/* fields: {class: DLBM, area: TBMJ} becomes "class=DLBM,area=TBMJ". */
static zone_status read_fields(zone_reader *reader, const yaml_node_t *node, zone_plan_layer *layer)
{
    yaml_node_t *fields = zone_reader_get(reader, node, "fields");
    size_t mark = zone_reader_enter(reader, "fields", -1);
    zone_status status = fields ? zone_reader_mapping(reader, fields, zone_schema_roles) : ZONE_OK;
    const char *joined = NULL;
    int count = 0;

    layer->fields_line = fields ? zone_reader_line(fields) : 0;
    for (size_t i = 0; fields && zone_schema_roles[i] && !status; i++) {
        char *name = NULL;
        status = zone_reader_text(reader, fields, zone_schema_roles[i], false, &name);
        if (name)
            layer->field_lines[count++] = line_of(reader, fields, zone_schema_roles[i]);
        if (name && joined)
            joined = zone_say(reader->ctx, "%s,%s=%s", joined, zone_schema_roles[i], name);
        else if (name)
            joined = zone_say(reader->ctx, "%s=%s", zone_schema_roles[i], name);
        free(name);
    }
    zone_reader_leave(reader, mark);
    if (status || !joined)
        return status;
    layer->fields = zone_copy_text(reader->ctx, joined);
    return layer->fields ? ZONE_OK : ZONE_NO_MEMORY;
}

static zone_status check_edition(zone_reader *reader, const yaml_node_t *node, const char *key, const char *edition)
{
    const char *names = NULL;

    if (!edition || zone_edition_find(edition))
        return ZONE_OK;
    for (size_t i = 0; zone_edition_at(i); i++) {
        const char *name = zone_edition_name(zone_edition_at(i));
        names = names ? zone_say(reader->ctx, "%s, %s", names, name) : name;
    }
    return zone_reader_fail(reader, node, key, "unknown edition of classes", zone_say(reader->ctx, "%s", edition),
                            names, NULL);
}

static zone_status read_layer(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, const char *common,
                              zone_plan_layer *layer)
{
    char *data = NULL, *name = NULL;
    zone_status status = zone_reader_mapping(reader, node, zone_schema_layer_keys);

    layer->line = zone_reader_line(node);
    layer->data_line = status ? 0 : line_of(reader, node, "data");
    layer->layer_line = status ? 0 : line_of(reader, node, "layer");
    if (!status)
        status = zone_reader_text(reader, node, "data", false, &data);
    if (!status)
        status = zone_reader_text(reader, node, "layer", false, &name);
    if (!status && !data && !common)
        status = zone_reader_fail(reader, node, "data", "a key is missing", NULL, "data: a file that GDAL reads", NULL);
    if (!status) {
        char *path = beside_plan(reader->ctx, plan, data ? data : common);
        layer->data = path && name ? zone_copy_text(reader->ctx, zone_say(reader->ctx, "%s:%s", path, name)) : path;
        if (layer->data != path)
            free(path);
        status = layer->data ? ZONE_OK : ZONE_NO_MEMORY;
    }
    if (!status)
        status = zone_reader_text(reader, node, "edition", false, &layer->edition);
    if (!status)
        status = check_edition(reader, zone_reader_get(reader, node, "edition"), "edition", layer->edition);
    if (!status)
        status = read_fields(reader, node, layer);
    free(data);
    free(name);
    return status;
}

static zone_status read_layers(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    yaml_node_t *layers = zone_reader_get(reader, root, "layers");
    char *common = NULL;
    zone_status status = zone_reader_text(reader, root, "data", false, &common);
    size_t mark = zone_reader_enter(reader, "layers", -1);

    if (!status)
        status = layers ? zone_reader_mapping(reader, layers, NULL)
                        : zone_reader_fail(reader, root, NULL, "a key is missing", NULL, "layers: …", NULL);
    for (yaml_node_pair_t *pair = status ? NULL : layers->data.mapping.pairs.start;
         pair && pair < layers->data.mapping.pairs.top && !status; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&reader->document, pair->key);
        zone_plan_layer *layer = zone_reader_grow(reader, (void **)&plan->layers, &plan->layer_count, sizeof *layer);
        status = layer ? ZONE_OK : ZONE_NO_MEMORY;
        if (status)
            break;
        layer->key = zone_copy_text(reader->ctx, (const char *)key->data.scalar.value);
        size_t inner = zone_reader_enter(reader, (const char *)key->data.scalar.value, -1);
        status = layer->key
                     ? read_layer(reader, yaml_document_get_node(&reader->document, pair->value), plan, common, layer)
                     : ZONE_NO_MEMORY;
        zone_reader_leave(reader, inner);
    }
    zone_reader_leave(reader, mark);
    free(common);
    return status;
}

/* ---------------------------------------------------------------- elements and rules */

/* "layer" or "layer/id": the layer must be one of the plan's. `node` is the mapping that has the operand under `key`.
 */
static zone_status check_operand(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan, const char *key,
                                 const char *operand)
{
    const char *slash = strchr(operand, '/');
    const char *layer = slash ? zone_say(reader->ctx, "%.*s", (int)(slash - operand), operand) : operand;
    const char *names = NULL;

    if (zone_plan_layer_find(plan, layer))
        return ZONE_OK;
    for (size_t i = 0; i < plan->layer_count; i++)
        names = names ? zone_say(reader->ctx, "%s, %s", names, plan->layers[i].key)
                      : zone_say(reader->ctx, "%s", plan->layers[i].key);
    return zone_reader_fail(reader, zone_reader_get(reader, node, key), key, "no such layer in this plan",
                            zone_say(reader->ctx, "%s", operand), names, NULL);
}

static zone_status read_element(zone_reader *reader, yaml_node_t *node, const zone_plan *plan,
                                zone_plan_element *element)
{
    static const char *const structures[] = {"layout", "landscape", NULL};
    static const char *const elements[] = {"core", "ring", "axis", "corridor", "island", "node", "belt", NULL};
    char *count = NULL, *end = NULL;
    zone_status status = zone_reader_mapping(reader, node, zone_schema_element_keys);

    element->line = zone_reader_line(node);
    if (!status)
        status = zone_reader_text(reader, node, "structure", true, &element->structure);
    if (!status)
        status = zone_reader_one_of(reader, node, "structure", element->structure, structures);
    if (!status)
        status = zone_reader_text(reader, node, "element", true, &element->element);
    if (!status)
        status = zone_reader_one_of(reader, node, "element", element->element, elements);
    if (!status)
        status = zone_reader_text(reader, node, "layer", true, &element->layer);
    if (!status)
        status = check_operand(reader, node, plan, "layer", element->layer);
    if (!status)
        status = zone_reader_text(reader, node, "count", true, &count);
    if (!status) {
        bool many = strcmp(count, "many") == 0;
        long value = many ? -1 : strtol(count, &end, 10);
        if (!many && (end == count || *end || value < 1 || value > 100000))
            status = zone_reader_fail(reader, zone_reader_get(reader, node, "count"), "count", NULL,
                                      zone_say(reader->ctx, "%s", count), "a whole number from 1, or many", NULL);
        element->count = (int)value;
    }
    free(count);
    return status ? status : zone_reader_list(reader, node, "names", false, &element->names, &element->name_count);
}

/* Keys a rule may have: rule, of, its operands, tolerance, its amount, text. `words` holds 9. */
static void rule_keys(zone_context *ctx, const zone_schema_rule *schema, const char *words[9])
{
    size_t count = 0;

    words[count++] = "rule";
    words[count++] = "of";
    words[count++] = "text";
    for (int i = 0; i < 3 && schema->operands[i]; i++) {
        size_t length = strcspn(schema->operands[i], "*");
        words[count++] = zone_say(ctx, "%.*s", (int)length, schema->operands[i]);
    }
    if (schema->tolerance)
        words[count++] = "tolerance";
    if (schema->amount)
        words[count++] = schema->amount;
    words[count] = NULL;
}

static zone_status read_operands(zone_reader *reader, const yaml_node_t *node, const zone_plan *plan,
                                 const zone_schema_rule *schema, zone_plan_rule *rule)
{
    zone_status status = zone_reader_text(reader, node, "of", true, &rule->of);

    if (!status)
        status = check_operand(reader, node, plan, "of", rule->of);
    for (int i = 0; i < 3 && schema->operands[i] && !status; i++) {
        size_t first = rule->operand_count;
        const char *key = zone_say(reader->ctx, "%.*s", (int)strcspn(schema->operands[i], "*"), schema->operands[i]);
        status = zone_reader_list(reader, node, key, true, &rule->operands, &rule->operand_count);
        bool one = strchr(schema->operands[i], '*') == NULL;
        if (!status && one && rule->operand_count != first + 1)
            status = zone_reader_fail(reader, zone_reader_get(reader, node, key), key, NULL, "a list",
                                      "one layer or layer/id", NULL);
        for (size_t k = first; k < rule->operand_count && !status && strcmp(key, "groups") != 0; k++)
            status = check_operand(reader, node, plan, key, rule->operands[k]);
    }
    return status;
}

static zone_status read_rule(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, zone_plan_rule *rule)
{
    const char *words[9];
    const zone_schema_rule *schema = NULL;
    zone_status status = zone_reader_mapping(reader, node, NULL);

    rule->line = zone_reader_line(node);
    rule->amount = NAN;
    if (!status)
        status = zone_reader_text(reader, node, "rule", true, &rule->rule);
    if (!status && !(schema = zone_schema_rule_find(rule->rule)))
        status = zone_reader_fail(reader, zone_reader_get(reader, node, "rule"), "rule", "no such rule",
                                  zone_say(reader->ctx, "%s", rule->rule), zone_schema_rule_names(reader->ctx), NULL);
    if (status)
        return status;
    rule_keys(reader->ctx, schema, words);
    status = zone_reader_mapping(reader, node, words);
    if (!status)
        status = read_operands(reader, node, plan, schema, rule);
    if (!status && schema->tolerance)
        status = zone_reader_measure(reader, node, "tolerance", "m", &rule->tolerance);
    if (!status && schema->amount && strcmp(schema->amount, "angle") == 0)
        status = zone_reader_measure(reader, node, "angle", "deg", &rule->amount);
    else if (!status && schema->amount)
        status = zone_reader_number(reader, node, schema->amount, true, &rule->amount);
    /* The only number besides angles is a share; 90 for 90 % would never be met. */
    if (!status && schema->amount && strcmp(schema->amount, "share") == 0 && !(rule->amount >= 0 && rule->amount <= 1))
        status = zone_reader_fail(reader, zone_reader_get(reader, node, "share"), "share", NULL,
                                  zone_say(reader->ctx, "%g", rule->amount), "a share of 0 to 1", NULL);
    return status ? status : zone_reader_text(reader, node, "text", false, &rule->text);
}

/* ---------------------------------------------------------------- construction and indicators */

/* A prefix that no code of the edition begins with counts nothing: it is a slip, or of another edition. */
zone_status zone_reader_classes(zone_reader *reader, yaml_node_t *node, const char *key, const char *name,
                                const char *const *broads, char *const *classes, size_t count)
{
    const zone_edition *edition = zone_edition_find(name);
    const char *firsts = NULL, *words = NULL;
    zone_class class;

    for (size_t k = 0; k < count; k++) {
        bool known = zone_class_find(edition, classes[k], &class);
        for (size_t i = 0; broads[i] && !known; i++)
            known = strcmp(classes[k], broads[i]) == 0;
        for (size_t i = 0; !known && zone_class_at(edition, i, &class); i++)
            known = strncmp(class.code, classes[k], strlen(classes[k])) == 0;
        if (known)
            continue;
        for (size_t i = 0; zone_class_at(edition, i, &class); i++)
            if (class.level == 1)
                firsts = firsts ? zone_say(reader->ctx, "%s, %s", firsts, class.code) : class.code;
        for (size_t i = 0; broads[i]; i++)
            words = words ? zone_say(reader->ctx, "%s, %s", words, broads[i]) : broads[i];
        if (node->type == YAML_SEQUENCE_NODE)
            node = zone_reader_item(reader, node, k);
        return zone_reader_fail(reader, node, key, "no such class in this edition",
                                zone_say(reader->ctx, "%s", classes[k]),
                                zone_say(reader->ctx, "a code or the beginning of one (%s …), or %s", firsts, words),
                                zone_say(reader->ctx, "%s: %s, for example", key, broads[0]));
    }
    return ZONE_OK;
}

static zone_status read_construction(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    static const char *const broads[] = {"construction", NULL};
    yaml_node_t *node = zone_reader_get(reader, root, "construction");
    size_t mark = zone_reader_enter(reader, "construction", -1);
    zone_status status = node ? zone_reader_mapping(reader, node, NULL) : ZONE_OK;

    for (yaml_node_pair_t *pair = node && !status ? node->data.mapping.pairs.start : NULL;
         pair && pair < node->data.mapping.pairs.top && !status; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&reader->document, pair->key);
        const char *edition = (const char *)key->data.scalar.value;
        zone_plan_construction *setting =
            zone_reader_grow(reader, (void **)&plan->construction, &plan->construction_count, sizeof *setting);
        status = setting ? check_edition(reader, key, edition, edition) : ZONE_NO_MEMORY;
        if (!status && !(setting->edition = zone_copy_text(reader->ctx, edition)))
            status = ZONE_NO_MEMORY;
        if (!status)
            status = zone_reader_list(reader, node, edition, true, &setting->classes, &setting->class_count);
        if (!status)
            status = zone_reader_classes(reader, zone_reader_get(reader, node, edition), edition, edition, broads,
                                         setting->classes, setting->class_count);
    }
    zone_reader_leave(reader, mark);
    return status;
}

static zone_status read_indicator(zone_reader *reader, yaml_node_t *node, const zone_plan *plan,
                                  zone_plan_indicator *indicator)
{
    zone_status status = zone_reader_mapping(reader, node, zone_schema_indicator_keys);
    char **const texts[] = {&indicator->number, &indicator->group, &indicator->name,  &indicator->unit,
                            &indicator->kind,   &indicator->base,  &indicator->target};
    static const char *const keys[] = {"number", "group", "name", "unit", "kind", "base", "target"};
    static const bool needed[] = {true, false, true, true, false, false, true};

    (void)plan;
    indicator->line = zone_reader_line(node);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = zone_reader_text(reader, node, keys[i], needed[i], texts[i]);
    if (!status)
        status = zone_reader_number(reader, node, "base", false, &indicator->base_value);
    return status ? status : zone_reader_number(reader, node, "target", true, &indicator->target_value);
}

/* ---------------------------------------------------------------- lists of things */

static zone_status element_item(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item)
{
    return read_element(reader, node, plan, item);
}

static zone_status rule_item(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item)
{
    return read_rule(reader, node, plan, item);
}

static zone_status indicator_item(zone_reader *reader, yaml_node_t *node, const zone_plan *plan, void *item)
{
    return read_indicator(reader, node, plan, item);
}

/* ---------------------------------------------------------------- the head and the whole */

/* "2021-2025". The years are what indicators grow in, so a text that is none may not pass for one. */
static zone_status read_period(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    static const char digits[] = "0123456789";
    const char *text = plan->period, *remedy = "period: 2021-2025";

    if (!text)
        return ZONE_OK;
    bool formed = strspn(text, digits) == 4 && text[4] == '-' && strspn(text + 5, digits) == 4 && !text[9];
    int first = formed ? atoi(text) : 0, last = formed ? atoi(text + 5) : 0;
    if (formed && first <= last && first > 0) {
        plan->first_year = first;
        plan->last_year = last;
        return ZONE_OK;
    }
    if (formed && first > last && last > 0)
        remedy = zone_say(reader->ctx, "period: %d-%d", last, first);
    return zone_reader_fail(reader, zone_reader_get(reader, root, "period"), "period", "no period of years",
                            zone_say(reader->ctx, "%s", text), "first and last year, such as 2021-2025", remedy);
}

static zone_status read_head(zone_reader *reader, const yaml_node_t *root, zone_plan *plan)
{
    static const char *const geometries[] = {"schematic", "official", NULL};
    static const char *const keys[] = {"title", "title_en", "period", "crs", "area", "geometry", "note"};
    char **const texts[] = {&plan->title,  &plan->title_en, &plan->period, &plan->crs,
                            &plan->method, &plan->geometry, &plan->note};
    static const bool needed[] = {true, false, false, true, false, true, false};
    char *unit = NULL, *version = NULL;
    zone_status status = zone_reader_text(reader, root, "plan", true, &version);

    if (!status && strcmp(version, "1") != 0)
        status = zone_reader_fail(reader, zone_reader_get(reader, root, "plan"), "plan", NULL,
                                  zone_say(reader->ctx, "%s", version), "plan: 1, the version of the schema", NULL);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = zone_reader_text(reader, root, keys[i], needed[i], texts[i]);
    if (!status)
        status = read_period(reader, root, plan);
    plan->crs_line = line_of(reader, root, "crs");
    plan->method_line = line_of(reader, root, "area");
    plan->data_line = line_of(reader, root, "data");
    if (!status)
        status = zone_reader_one_of(reader, root, "geometry", plan->geometry, geometries);
    if (!status)
        status = zone_reader_text(reader, root, "unit", false, &unit);
    plan->unit = zone_unit_find(unit);
    if (!status && !plan->unit)
        status = zone_reader_fail(reader, zone_reader_get(reader, root, "unit"), "unit", "an unknown unit",
                                  zone_say(reader->ctx, "%s", unit), "m2, mu, wanmu, ha or km2", NULL);
    free(unit);
    free(version);
    return status;
}

static zone_status read_plan(zone_reader *reader, zone_plan *plan)
{
    const yaml_node_t *root = zone_reader_root(reader);
    zone_status status = zone_reader_mapping(reader, root, zone_schema_plan_keys);

    if (!status)
        status = read_head(reader, root, plan);
    if (!status)
        status = read_zones(reader, root, plan);
    if (!status)
        status = read_layers(reader, root, plan);
    if (!status)
        status = read_construction(reader, root, plan);
    if (!status)
        status = zone_reader_items(reader, root, "elements", plan, (void **)&plan->elements, &plan->element_count,
                                   sizeof *plan->elements, element_item);
    if (!status)
        status = zone_reader_items(reader, root, "rules", plan, (void **)&plan->rules, &plan->rule_count,
                                   sizeof *plan->rules, rule_item);
    if (!status)
        status = zone_reader_items(reader, root, "indicators", plan, (void **)&plan->indicators, &plan->indicator_count,
                                   sizeof *plan->indicators, indicator_item);
    if (!status)
        status = zone_reader_quotas(reader, root, plan);
    if (!status)
        status = zone_reader_checks(reader, root, plan);
    return status;
}

zone_status zone_plan_open(zone_context *ctx, const char *path, zone_plan **out)
{
    zone_reader reader;
    zone_plan *plan = NULL;
    zone_status status = ZONE_OK;

    zone_context_begin(ctx);
    *out = NULL;
    if (!path || !*path)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "the path of a plan file");
    status = zone_reader_open(ctx, path, &reader);
    if (status)
        return status;
    plan = zone_allocate(ctx, 1, sizeof *plan);
    if (plan)
        plan->path = zone_copy_text(ctx, path);
    status = plan && plan->path ? read_plan(&reader, plan) : ZONE_NO_MEMORY;
    if (!status)
        status = zone_memory_status(ctx); /* a text of the plan may be lost */
    zone_reader_close(&reader);
    if (status)
        zone_plan_close(plan);
    else
        *out = plan;
    return status;
}
