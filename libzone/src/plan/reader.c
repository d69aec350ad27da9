/* Reading a YAML document: libyaml parses, this checks shapes and says where something is wrong. */
#include "plan/schema.h"

#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A plan is read by people: more than this is not one. */
enum { MOST_BYTES = 16 * 1024 * 1024, MOST_LEVELS = 64 };

/* ---------------------------------------------------------------- the file */

static char *read_file(zone_context *ctx, const char *file, size_t *size, zone_status *status)
{
    FILE *stream = fopen(file, "rb");
    char *text = NULL;

    *status = ZONE_OK;
    *size = 0;
    if (!stream) {
        *status = zone_fail(ctx, errno == ENOENT ? ZONE_NOT_FOUND : ZONE_BAD_FILE, .file = file,
                            .found = strerror(errno), .remedy = "check the path");
        return NULL;
    }
    text = zone_allocate(ctx, MOST_BYTES + 1, 1);
    if (text)
        *size = fread(text, 1, MOST_BYTES + 1, stream);
    if (!text)
        *status = ZONE_NO_MEMORY;
    else if (ferror(stream))
        *status = zone_fail(ctx, ZONE_BAD_FILE, .file = file, .found = strerror(errno));
    else if (*size > MOST_BYTES)
        *status = zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .found = "more than 16 MB", .expected = "a plan file");
    fclose(stream);
    return text;
}

static zone_status fail_parse(zone_context *ctx, const char *file, const char *text, size_t size,
                              const yaml_parser_t *parser)
{
    int line = (int)parser->problem_mark.line + 1;

    /* Encoding errors have an offset and no line. */
    if (parser->error == YAML_READER_ERROR) {
        line = 1;
        for (size_t i = 0; i < size && i < parser->problem_offset; i++)
            line += text[i] == '\n';
    }
    return zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .line = line,
                     .found = parser->problem ? parser->problem : "text that is not YAML", .expected = "YAML in UTF-8",
                     .remedy = "look at this line and the one above: blanks before keys, a blank after each colon, "
                               "closed quotes and brackets");
}

/* How many levels deeper a document is after this event: 1, 0 or -1. */
static int descent(yaml_event_type_t event)
{
    if (event == YAML_SEQUENCE_START_EVENT || event == YAML_MAPPING_START_EVENT)
        return 1;
    return event == YAML_SEQUENCE_END_EVENT || event == YAML_MAPPING_END_EVENT ? -1 : 0;
}

/* Aliases make graphs of trees, even cyclic ones, and libyaml is slower the deeper they go: a hundred thousand levels
 * take minutes. A plan needs no alias and few levels. */
static zone_status refuse_tangles(zone_context *ctx, const char *file, const char *text, size_t size)
{
    yaml_parser_t parser;
    yaml_event_t event;
    zone_status status = ZONE_OK;
    bool more = true;
    int documents = 0, depth = 0;

    if (!yaml_parser_initialize(&parser))
        return zone_fail(ctx, ZONE_NO_MEMORY, .file = file);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (more && !status) {
        if (!yaml_parser_parse(&parser, &event)) {
            status = fail_parse(ctx, file, text, size, &parser);
            break;
        }
        int line = (int)event.start_mark.line + 1;
        if (event.type == YAML_ALIAS_EVENT)
            status = zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .line = line, .found = "an alias (*name)",
                               .expected = "plain values", .remedy = "write the value itself, or quote the text");
        else if (event.type == YAML_DOCUMENT_START_EVENT && ++documents > 1)
            status = zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .line = line, .found = "a second document (---)",
                               .expected = "one document", .remedy = "a file for each plan");
        else if ((depth += descent(event.type)) > MOST_LEVELS)
            status = zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .line = line, .found = "more than 64 levels",
                               .expected = "plain values");
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return status;
}

static zone_status load(zone_context *ctx, const char *file, const char *text, size_t size, yaml_document_t *document)
{
    yaml_parser_t parser;
    zone_status status = refuse_tangles(ctx, file, text, size);

    if (status)
        return status;
    if (!yaml_parser_initialize(&parser))
        return zone_fail(ctx, ZONE_NO_MEMORY, .file = file);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    if (!yaml_parser_load(&parser, document))
        status = fail_parse(ctx, file, text, size, &parser);
    yaml_parser_delete(&parser);
    return status;
}

zone_status zone_reader_open(zone_context *ctx, const char *file, zone_reader *reader)
{
    size_t size = 0;
    zone_status status = ZONE_OK;
    char *text = read_file(ctx, file, &size, &status);

    *reader = (zone_reader){.ctx = ctx, .file = file};
    if (!status)
        status = load(ctx, file, text, size, &reader->document);
    free(text);
    if (!status && !zone_reader_root(reader)) {
        zone_reader_close(reader);
        status = zone_fail(ctx, ZONE_BAD_PLAN, .file = file, .line = 1, .found = "an empty file",
                           .expected = "a plan: keys such as title, zones, layers",
                           .remedy = "copy geodata/jinlan.yaml and change what it says");
    }
    return status;
}

void zone_reader_close(zone_reader *reader)
{
    yaml_document_delete(&reader->document);
}

yaml_node_t *zone_reader_root(zone_reader *reader)
{
    return yaml_document_get_root_node(&reader->document);
}

int zone_reader_line(const yaml_node_t *node)
{
    return (int)node->start_mark.line + 1;
}

/* ---------------------------------------------------------------- where and what */

zone_status zone_reader_fail(zone_reader *reader, const yaml_node_t *node, const char *key, const char *what,
                             const char *found, const char *expected, const char *remedy)
{
    const char *path = reader->path;

    if (key)
        path = *path ? zone_say(reader->ctx, "%s.%s", path, key) : key;
    return zone_fail(reader->ctx, ZONE_BAD_PLAN, .what = what, .file = reader->file, .line = zone_reader_line(node),
                     .key = *path ? path : NULL, .found = found, .expected = expected, .remedy = remedy);
}

size_t zone_reader_enter(zone_reader *reader, const char *key, int index)
{
    size_t mark = strlen(reader->path), room = sizeof reader->path - mark;

    int wanted = index >= 0 ? snprintf(reader->path + mark, room, "%s%s[%d]", mark ? "." : "", key, index)
                            : snprintf(reader->path + mark, room, "%s%s", mark ? "." : "", key);
    /* A name too long for the path loses its end, but never half a character. */
    if (wanted >= (int)room) {
        size_t end = sizeof reader->path - 1;
        while (end > mark && ((unsigned char)reader->path[end - 1] & 0xC0) == 0x80)
            end--;
        if (end > mark && ((unsigned char)reader->path[end - 1] & 0x80))
            end--;
        reader->path[end] = '\0';
    }
    return mark;
}

void zone_reader_leave(zone_reader *reader, size_t mark)
{
    reader->path[mark] = '\0';
}

static const char *scalar(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

static const char *kind_of(const yaml_node_t *node)
{
    if (node->type == YAML_MAPPING_NODE)
        return "a mapping";
    return node->type == YAML_SEQUENCE_NODE ? "a list" : "a single value";
}

/* Edits (insert, delete, change, swap neighbours) between two short words; 99 for long ones. */
static int distance(const char *a, const char *b)
{
    enum { MOST = 40 };
    int rows[3][MOST + 1];
    int la = (int)strlen(a), lb = (int)strlen(b);

    if (la > MOST || lb > MOST)
        return 99;
    for (int j = 0; j <= lb; j++)
        rows[0][j] = j;
    for (int i = 1; i <= la; i++) {
        int *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= lb; j++) {
            int best = before[j - 1] + (a[i - 1] != b[j - 1]);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[la % 3][lb];
}

/* What is near must be so for its length: of a word of five letters two may differ, of one letter none. */
static const char *nearest(zone_context *ctx, const char *word, const char *const *words)
{
    int best = (int)strlen(word) < 9 ? ((int)strlen(word) + 1) / 3 + 1 : 4;
    const char *found = NULL;

    for (; *words; words++)
        if (distance(word, *words) < best) {
            best = distance(word, *words);
            found = *words;
        }
    return found ? zone_say(ctx, "perhaps: %s", found) : NULL;
}

static const char *list_words(zone_context *ctx, const char *const *words)
{
    const char *list = words[0];

    for (size_t i = 1; words[i]; i++)
        list = zone_say(ctx, "%s, %s", list, words[i]);
    return list;
}

static bool known(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- mappings */

zone_status zone_reader_mapping(zone_reader *reader, const yaml_node_t *node, const char *const *keys)
{
    zone_context *ctx = reader->ctx;

    if (node->type != YAML_MAPPING_NODE)
        return zone_reader_fail(reader, node, NULL, NULL, kind_of(node), "a mapping (key: value)", NULL);
    yaml_node_pair_t *first = node->data.mapping.pairs.start, *end = node->data.mapping.pairs.top;
    for (yaml_node_pair_t *pair = first; pair < end; pair++) {
        yaml_node_t *key = yaml_document_get_node(&reader->document, pair->key);
        const char *word = scalar(key);
        if (!word)
            return zone_reader_fail(reader, key, NULL, NULL, kind_of(key), "a key", NULL);
        if (keys && !known(word, keys))
            return zone_reader_fail(reader, key, word, "unknown key", zone_say(ctx, "%s", word), list_words(ctx, keys),
                                    nearest(ctx, word, keys));
        for (yaml_node_pair_t *other = first; other < pair; other++)
            if (strcmp(scalar(yaml_document_get_node(&reader->document, other->key)), word) == 0)
                return zone_reader_fail(reader, key, word, "the same key twice", zone_say(ctx, "%s", word),
                                        "each key once", NULL);
    }
    return ZONE_OK;
}

yaml_node_t *zone_reader_get(zone_reader *reader, const yaml_node_t *mapping, const char *key)
{
    for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.start; pair < mapping->data.mapping.pairs.top; pair++) {
        const char *word = scalar(yaml_document_get_node(&reader->document, pair->key));
        if (word && strcmp(word, key) == 0)
            return yaml_document_get_node(&reader->document, pair->value);
    }
    return NULL;
}

static zone_status missing(zone_reader *reader, const yaml_node_t *mapping, const char *key)
{
    return zone_reader_fail(reader, mapping, key, "a key is missing", NULL, zone_say(reader->ctx, "%s: …", key), NULL);
}

/* ---------------------------------------------------------------- values */

zone_status zone_reader_text(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed, char **text)
{
    yaml_node_t *node = zone_reader_get(reader, mapping, key);
    const char *value = scalar(node);

    *text = NULL;
    if (!node)
        return needed ? missing(reader, mapping, key) : ZONE_OK;
    if (!value || !*value || strlen(value) != node->data.scalar.length)
        return zone_reader_fail(reader, node, key, NULL, value ? "an empty text" : kind_of(node), "a text", NULL);
    *text = zone_copy_text(reader->ctx, value);
    return *text ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_reader_number(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                               double *number)
{
    char *text = NULL, *end = NULL;
    zone_status status = zone_reader_text(reader, mapping, key, needed, &text);

    *number = NAN;
    if (status || !text)
        return status;
    double value = zone_number_read(text, &end);
    if (end == text || *end || !isfinite(value))
        status = zone_reader_fail(reader, zone_reader_get(reader, mapping, key), key, NULL,
                                  zone_say(reader->ctx, "%s", text), "a number", NULL);
    else
        *number = value;
    free(text);
    return status;
}

/* The number of "300 m"; NAN where the unit is another. *bare: it has none. */
static double measure_of(const char *text, const char *unit, bool *bare)
{
    char *end = NULL;
    double value = zone_number_read(text, &end);

    while (*end == ' ')
        end++;
    bool number = end != text && isfinite(value);
    *bare = number && *end == '\0' && value >= 0.0;
    return number && strcmp(end, unit) == 0 ? value : NAN;
}

zone_status zone_reader_measure(zone_reader *reader, const yaml_node_t *mapping, const char *key, const char *unit,
                                double *number)
{
    char *text = NULL, *end = NULL;
    bool bare = false;
    zone_status status = zone_reader_text(reader, mapping, key, true, &text);

    *number = NAN;
    if (status)
        return status;
    double value = measure_of(text, unit, &bare);
    int example = strcmp(unit, "deg") == 0 ? 45 : 300;
    if (!(value >= 0.0))
        status = zone_reader_fail(reader, zone_reader_get(reader, mapping, key), key, NULL,
                                  zone_say(reader->ctx, "%s", text),
                                  zone_say(reader->ctx, "a number with its unit, such as %d %s", example, unit),
                                  bare ? zone_say(reader->ctx, "%s: %g %s", key, zone_number_read(text, &end), unit)
                                       : zone_say(reader->ctx, "%s: %d %s", key, example, unit));
    else
        *number = value;
    free(text);
    return status;
}

zone_status zone_reader_measure_between(zone_reader *reader, const yaml_node_t *mapping, const char *key,
                                        const char *unit, double least, double most, double *number)
{
    char *text = NULL;
    bool bare = false;
    zone_status status = zone_reader_text(reader, mapping, key, true, &text);

    *number = NAN;
    if (status)
        return status;
    double value = measure_of(text, unit, &bare);
    if (value >= least && value <= most)
        *number = value;
    else
        status = zone_reader_fail(
            reader, zone_reader_get(reader, mapping, key), key, NULL, zone_say(reader->ctx, "%s", text),
            zone_say(reader->ctx, "a number with its unit, from %g %s to %g %s", least, unit, most, unit), NULL);
    free(text);
    return status;
}

zone_status zone_reader_sequence(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                                 yaml_node_t **sequence)
{
    yaml_node_t *node = zone_reader_get(reader, mapping, key);

    *sequence = NULL;
    if (!node)
        return needed ? missing(reader, mapping, key) : ZONE_OK;
    if (node->type != YAML_SEQUENCE_NODE)
        return zone_reader_fail(reader, node, key, NULL, kind_of(node), "a list", NULL);
    *sequence = node;
    return ZONE_OK;
}

size_t zone_reader_length(const yaml_node_t *sequence)
{
    return sequence ? (size_t)(sequence->data.sequence.items.top - sequence->data.sequence.items.start) : 0;
}

yaml_node_t *zone_reader_item(zone_reader *reader, const yaml_node_t *sequence, size_t index)
{
    return yaml_document_get_node(&reader->document, sequence->data.sequence.items.start[index]);
}

static zone_status append(zone_reader *reader, const yaml_node_t *node, const char *key, char ***list, size_t *count)
{
    const char *value = scalar(node);

    if (!value || !*value || strlen(value) != node->data.scalar.length)
        return zone_reader_fail(reader, node, key, NULL, value ? "an empty text" : kind_of(node), "a text", NULL);
    char **grown = realloc(*list, (*count + 1) * sizeof *grown);
    if (!grown)
        return zone_fail(reader->ctx, ZONE_NO_MEMORY, .file = reader->file);
    *list = grown;
    grown[*count] = zone_copy_text(reader->ctx, value);
    return grown[(*count)++] ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_reader_list(zone_reader *reader, const yaml_node_t *mapping, const char *key, bool needed,
                             char ***list, size_t *count)
{
    yaml_node_t *node = zone_reader_get(reader, mapping, key);
    zone_status status = ZONE_OK;

    if (!node)
        return needed ? missing(reader, mapping, key) : ZONE_OK;
    if (node->type == YAML_SCALAR_NODE)
        return append(reader, node, key, list, count);
    if (node->type != YAML_SEQUENCE_NODE)
        return zone_reader_fail(reader, node, key, NULL, kind_of(node), "a list", NULL);
    for (size_t i = 0; i < zone_reader_length(node) && !status; i++)
        status = append(reader, zone_reader_item(reader, node, i), key, list, count);
    return status;
}

void *zone_reader_grow(zone_reader *reader, void **array, size_t *count, size_t size)
{
    char *grown = realloc(*array, (*count + 1) * size);

    if (!grown) {
        zone_fail(reader->ctx, ZONE_NO_MEMORY, .what = NULL);
        return NULL;
    }
    *array = grown;
    memset(grown + *count * size, 0, size);
    return grown + (*count)++ * size;
}

zone_status zone_reader_items(zone_reader *reader, const yaml_node_t *root, const char *key, const zone_plan *plan,
                              void **array, size_t *count, size_t size, zone_item_reader read)
{
    yaml_node_t *list = NULL;
    zone_status status = zone_reader_sequence(reader, root, key, false, &list);

    for (size_t i = 0; i < zone_reader_length(list) && !status; i++) {
        size_t mark = zone_reader_enter(reader, key, (int)i);
        void *item = zone_reader_grow(reader, array, count, size);
        status = item ? read(reader, zone_reader_item(reader, list, i), plan, item) : ZONE_NO_MEMORY;
        zone_reader_leave(reader, mark);
    }
    return status;
}

zone_status zone_reader_one_of(zone_reader *reader, const yaml_node_t *mapping, const char *key, const char *text,
                               const char *const *words)
{
    if (known(text, words))
        return ZONE_OK;
    return zone_reader_fail(reader, zone_reader_get(reader, mapping, key), key, NULL, zone_say(reader->ctx, "%s", text),
                            list_words(reader->ctx, words), nearest(reader->ctx, text, words));
}
