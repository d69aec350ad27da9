/* Keys to group by. */
#include "ask/keys.h"

#include <stdlib.h>
#include <string.h>

static const char *const level_names[] = {"", "first", "broad", "name"};

/* ---------------------------------------------------------------- what is asked */

static const char *edition_names(zone_context *ctx)
{
    const char *names = "";

    for (size_t i = 0; zone_edition_at(i); i++)
        names = zone_say(ctx, "%s%s%s", names, i ? ", " : "", zone_edition_name(zone_edition_at(i)));
    return names;
}

static zone_status find_edition(zone_context *ctx, const char *name, const zone_edition **edition)
{
    *edition = zone_edition_find(name);
    if (*edition)
        return ZONE_OK;
    return zone_fail(ctx, ZONE_BAD_USAGE, .what = "unknown edition of classes", .found = zone_say(ctx, "%s", name),
                     .expected = edition_names(ctx));
}

/* "first@survey-2019": a level, perhaps with its edition. */
static zone_status read_level(zone_context *ctx, const zone_source *source, const char *text, zone_key *key)
{
    const char *at = strchr(text, '@');
    size_t length = at ? (size_t)(at - text) : strlen(text);

    for (int level = ZONE_KEY_FIRST; level <= ZONE_KEY_NAME; level++)
        if (strlen(level_names[level]) == length && strncmp(level_names[level], text, length) == 0)
            key->level = (zone_key_level)level;
    if (key->level == ZONE_KEY_VALUE)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "unknown level of classes", .found = zone_say(ctx, "%s", text),
                         .expected = "first, broad or name");
    if (at)
        return find_edition(ctx, at + 1, &key->edition);
    if (!key->edition)
        return zone_fail(ctx, ZONE_BAD_USAGE, .what = "the edition of the classes is not known",
                         .file = zone_source_path(source), .layer = zone_source_layer(source),
                         .found = zone_say(ctx, "%s", text),
                         .expected = zone_say(ctx, "one of: %s", edition_names(ctx)),
                         .remedy = zone_say(ctx, "--by FIELD:%s@%s", text, zone_edition_name(zone_edition_at(0))));
    return ZONE_OK;
}

static zone_status add_key(zone_context *ctx, const zone_source *source, char *text, const zone_edition *own,
                           zone_keys *keys)
{
    int field = zone_source_field_find(source, text), *found = NULL;
    char *colon = field < 0 ? strrchr(text, ':') : NULL;
    size_t one = 0;
    zone_key key = {0};
    zone_status status = ZONE_OK;

    if (keys->count == ZONE_KEYS_MOST)
        return zone_fail(ctx, ZONE_BAD_USAGE, .expected = "at most 64 fields to group by");
    if (colon)
        *colon = '\0';
    status = zone_source_find_fields(ctx, source, text, &found, &one);
    if (!status && one == 1) {
        keys->fields[keys->count] = found[0];
        if (colon || found[0] == zone_source_role(source, ZONE_ROLE_CLASS))
            key.edition = own;
        status = colon ? read_level(ctx, source, colon + 1, &key) : ZONE_OK;
    }
    if (!status && one == 1) {
        const char *name = zone_source_field_name(source, (size_t)found[0]);
        key.name = zone_copy_text(ctx, colon ? zone_say(ctx, "%s_%s", name, level_names[key.level]) : name);
        status = key.name ? ZONE_OK : ZONE_NO_MEMORY;
    }
    if (!status && one == 1)
        keys->key[keys->count++] = key;
    free(found);
    return status;
}

/* A column that stands there twice says nothing more, and a name that is missing was meant to be one. */
static zone_status refuse_repeated(zone_context *ctx, const zone_keys *keys, const char *by)
{
    for (size_t k = 0; k < keys->count; k++)
        for (size_t before = 0; before < k; before++)
            if (strcmp(keys->key[k].name, keys->key[before].name) == 0)
                return zone_fail(ctx, ZONE_BAD_USAGE, .key = "--by", .what = "a field is named twice", .found = by,
                                 .expected = "each field once");
    return ZONE_OK;
}

zone_status zone_keys_names(zone_context *ctx, const char *option, const char *names)
{
    for (const char *at = names; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (at[strspn(at, " \t")] == ',' || at[strspn(at, " \t")] == '\0')
            return zone_fail(ctx, ZONE_BAD_USAGE, .key = option, .what = "the name of a field is missing",
                             .found = *names ? names : NULL, .expected = "names of fields between commas");
    return ZONE_OK;
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t");
    for (size_t end = strlen(text); end && (text[end - 1] == ' ' || text[end - 1] == '\t'); end--)
        text[end - 1] = '\0';
    return text;
}

zone_status zone_keys_open(zone_context *ctx, const zone_source *source, const char *by, zone_keys *keys)
{
    const zone_edition *own = NULL;
    char *copy = zone_copy_text(ctx, by ? by : "");
    zone_status status = copy ? ZONE_OK : ZONE_NO_MEMORY;

    keys->unknown.key_count = 2;
    keys->fields = zone_allocate(ctx, ZONE_KEYS_MOST, sizeof *keys->fields);
    if (!keys->fields)
        status = ZONE_NO_MEMORY;
    if (!status && by && *by)
        status = zone_keys_names(ctx, "--by", by);
    if (!status && zone_source_classes(source))
        status = find_edition(ctx, zone_source_classes(source), &own);
    for (char *text = copy, *next = NULL; text && !status; text = next) {
        if ((next = strchr(text, ',')))
            *next++ = '\0';
        text = trimmed(text);
        if (*text)
            status = add_key(ctx, source, text, own, keys);
    }
    if (!status)
        status = refuse_repeated(ctx, keys, by);
    free(copy);
    return status;
}

void zone_keys_close(zone_keys *keys)
{
    for (size_t k = 0; k < keys->count; k++)
        free(keys->key[k].name);
    free(keys->fields);
    zone_groups_free(&keys->unknown);
    *keys = (zone_keys){0};
}

void zone_keys_columns(zone_table *table, const zone_keys *keys)
{
    for (size_t k = 0; k < keys->count; k++)
        zone_table_add_column(table, (zone_column){.name = keys->key[k].name,
                                                   .type = ZONE_COLUMN_TEXT,
                                                   .verdict = keys->key[k].level == ZONE_KEY_BROAD});
}

/* ---------------------------------------------------------------- features */

static const char *text_of(zone_key *key, const char *code)
{
    switch (code ? key->level : ZONE_KEY_VALUE) {
    case ZONE_KEY_VALUE:
        return code;
    case ZONE_KEY_FIRST:
        zone_class_first(key->edition, code, key->first, &key->class);
        return key->first;
    case ZONE_KEY_BROAD:
        return zone_broad_name(zone_class_broad(key->edition, code));
    case ZONE_KEY_NAME:
        return zone_class_find(key->edition, code, &key->class) ? key->class.name : code;
    }
    return code;
}

void zone_keys_texts(zone_keys *keys, const zone_batch *batch, size_t feature, const char *texts[ZONE_KEYS_MOST])
{
    for (size_t k = 0; k < keys->count; k++)
        texts[k] = text_of(&keys->key[k], zone_batch_text(batch, feature, k));
}

zone_status zone_keys_count(zone_context *ctx, zone_keys *keys, const zone_batch *batch)
{
    zone_status status = ZONE_OK;

    for (size_t k = 0; k < keys->count; k++) {
        const zone_edition *edition = keys->key[k].edition;
        for (size_t f = 0; edition && f < batch->feature_count && !status; f++) {
            const char *code = zone_batch_text(batch, f, k), *unknown[] = {zone_edition_name(edition), code};
            zone_class class;
            size_t index = 0;
            if (!code || zone_class_find(edition, code, &class))
                continue;
            status = zone_groups_find(ctx, &keys->unknown, k, unknown, &index);
            if (!status)
                keys->unknown.group[index].pieces++;
        }
    }
    return status;
}

/* The unknown codes of one key: "9999 (3), ZZ (1)". */
static const char *unknown_codes(zone_context *ctx, const zone_keys *keys, size_t key)
{
    const char *text = NULL;

    for (size_t g = 0; g < keys->unknown.count; g++) {
        const zone_group *group = &keys->unknown.group[g];
        if (group->order == key)
            text = zone_say(ctx, "%s%s%s (%llu)", text ? text : "", text ? ", " : "", group->key[1],
                            (unsigned long long)group->pieces);
    }
    return text;
}

void zone_keys_provenance(zone_context *ctx, zone_keys *keys, zone_table *table)
{
    if (zone_groups_sort(ctx, &keys->unknown))
        return;
    for (size_t k = 0; k < keys->count; k++) {
        const zone_key *key = &keys->key[k];
        const char *unknown = unknown_codes(ctx, keys, k);
        if (!key->edition)
            continue;
        zone_table_add_provenance(table, "edition of classes",
                                  zone_say(ctx, "%s: %s", key->name, zone_edition_name(key->edition)));
        zone_table_add_provenance(table, "unknown classes",
                                  zone_say(ctx, "%s: %s", key->name, unknown ? unknown : zone_tell(ctx, "none")));
    }
}
