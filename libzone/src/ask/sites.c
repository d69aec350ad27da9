/* The red lines of a batch. */
#include "ask/sites.h"

#include "ask/groups.h"
#include "read/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const zone_role roles[ZONE_SITE_WORDS] = {
    [ZONE_SITE_ID] = ZONE_ROLE_ID,
    [ZONE_SITE_NAME] = ZONE_ROLE_NAME,
    [ZONE_SITE_KIND] = ZONE_ROLE_KIND,
    [ZONE_SITE_CLAIMED] = ZONE_ROLE_CLAIMED,
    [ZONE_SITE_TERM] = ZONE_ROLE_TERM,
    [ZONE_SITE_OWNER] = ZONE_ROLE_OWNER,
    [ZONE_SITE_PRIORITY] = ZONE_ROLE_PRIORITY,
    [ZONE_SITE_SUPPLY] = ZONE_ROLE_SUPPLY,
};

void zone_sites_free(zone_sites *sites)
{
    for (size_t i = 0; sites->key && i < sites->batch.feature_count && i < sites->key_capacity; i++)
        free(sites->key[i]);
    for (size_t i = 0; i < sites->source_count; i++)
        free(sites->label[i]);
    zone_batch_free(&sites->batch);
    zone_table_free(sites->notes);
    free(sites->key);
    free(sites->twin);
    free(sites->nameless);
    free(sites->books);
    free(sites->label);
    *sites = (zone_sites){0};
}

/* ---------------------------------------------------------------- sources */

/* Books of another source, whose name is copied. */
static zone_status open_books(zone_context *ctx, zone_sites *sites, const char *label)
{
    size_t count = sites->source_count;
    zone_status status =
        zone_grow(ctx, (void **)&sites->books, &sites->books_capacity, count + 1, sizeof *sites->books);

    if (!status)
        status = zone_grow(ctx, (void **)&sites->label, &sites->label_capacity, count + 1, sizeof *sites->label);
    if (!status && !(sites->label[count] = zone_copy_text(ctx, label)))
        status = ZONE_NO_MEMORY;
    if (status)
        return status;
    zone_books_open(&sites->books[count], sites->label[count]);
    sites->source_count++;
    return ZONE_OK;
}

/* Which field plays which role, for the reader of the log. */
static void tell_roles(zone_context *ctx, const zone_source *source)
{
    const char *found = "";

    for (int word = 0; word < ZONE_SITE_WORDS; word++) {
        int field = zone_source_role(source, roles[word]);
        if (field >= 0)
            found = zone_say(ctx, "%s %s=%s", found, zone_role_name(roles[word]),
                             zone_source_field_name(source, (size_t)field));
    }
    zone_log(ctx, "%s: fields of sites:%s", zone_source_label(source), *found ? found : " -");
}

typedef struct {
    zone_context *ctx;
    zone_batch *into;
    int words[ZONE_SITE_WORDS]; /* of each field that was asked for */
    size_t count;
} gathering;

static zone_status gather(gathering *run, const zone_batch *batch)
{
    zone_status status = ZONE_OK;

    for (size_t f = 0; f < batch->feature_count && !status; f++) {
        status = zone_batch_add_copy(run->ctx, run->into, batch, f);
        if (!status && batch->reason[f])
            status = zone_batch_set_reason(run->ctx, run->into, batch->reason[f]);
        if (!status)
            run->into->area_change[run->into->feature_count - 1] = batch->area_change[f];
        for (size_t i = 0; i < run->count && !status; i++) {
            const char *text = zone_batch_text(batch, f, i);
            if (text)
                status = zone_batch_set_text(run->ctx, run->into, (size_t)run->words[i], text);
        }
    }
    return status;
}

static zone_status read_source(zone_context *ctx, zone_source *source, zone_books *books, zone_batch *into)
{
    gathering run = {.ctx = ctx, .into = into};
    int fields[ZONE_SITE_WORDS];
    zone_batch batch = {0};
    zone_status status = ZONE_OK;

    for (int word = 0; word < ZONE_SITE_WORDS; word++) {
        int field = zone_source_role(source, roles[word]);
        if (field < 0)
            continue;
        fields[run.count] = field;
        run.words[run.count++] = word;
    }
    zone_request request = {.fields = fields, .field_count = run.count, .shape = ZONE_SHAPE_AREA};
    status = zone_source_rewind(ctx, source, &request);
    while (!status) {
        status = zone_source_next(ctx, source, &batch);
        if (status || batch.feature_count == 0)
            break;
        zone_books_count(books, &batch);
        status = gather(&run, &batch);
    }
    zone_batch_free(&batch);
    return status;
}

zone_status zone_sites_add_source(zone_context *ctx, zone_sites *sites, zone_source *source, const zone_crs *crs)
{
    zone_batch read = {.field_count = ZONE_SITE_WORDS};
    zone_books books;
    zone_status status = zone_source_project(ctx, source, crs);

    zone_books_open(&books, zone_source_label(source));
    if (!status)
        status = read_source(ctx, source, &books, &read);
    sites->batch.field_count = ZONE_SITE_WORDS;
    if (!status)
        status = open_books(ctx, sites, zone_source_label(source));
    if (!status) {
        books.counts.input = sites->label[sites->source_count - 1];
        sites->books[sites->source_count - 1] = books;
        tell_roles(ctx, source);
        if (!sites->notes)
            sites->notes = zone_table_create("quota");
        zone_provenance_source(ctx, sites->notes, source);
        status = zone_batch_append(ctx, &sites->batch, &read);
    }
    zone_batch_free(&read);
    return status;
}

/* ---------------------------------------------------------------- data by name */

static bool stops_batch(zone_status status)
{
    return status == ZONE_NO_MEMORY || status == ZONE_CANCELLED || status == ZONE_BAD_USAGE || status == ZONE_INTERNAL;
}

/* A site that stands for what could not be read. */
static zone_status add_unreadable(zone_context *ctx, zone_sites *sites, const char *data)
{
    const zone_error *error = zone_context_error(ctx);
    const char *reason =
        zone_say(ctx, "%s%s%s", error->what, error->found ? ": " : "", error->found ? error->found : "");
    if (error->line)
        reason = zone_say(ctx, "line %d: %s", error->line, reason);
    zone_batch *batch = &sites->batch;
    zone_status status = ZONE_OK;

    batch->field_count = ZONE_SITE_WORDS;
    status = zone_batch_add_feature(ctx, batch, (int64_t)batch->feature_count, batch->feature_count, ZONE_SHAPE_AREA);
    if (status)
        return status;
    batch->state[batch->feature_count - 1] = ZONE_FEATURE_REJECTED;
    status = zone_batch_set_reason(ctx, batch, reason);
    if (!status)
        status = zone_batch_set_text(ctx, batch, ZONE_SITE_NAME, data);
    if (!status)
        status = open_books(ctx, sites, data);
    if (!status) {
        zone_completeness *counts = &sites->books[sites->source_count - 1].counts;
        counts->features = counts->rejected = 1;
        zone_log(ctx, "%s can't be read: %s", data, reason);
    }
    return status;
}

static zone_status add_layer(zone_context *ctx, zone_sites *sites, const char *layer,
                             const zone_source_options *options, const zone_crs *crs)
{
    zone_source *source = NULL;
    zone_status status = zone_source_open(ctx, layer, options, &source);

    if (!status)
        status = zone_sites_add_source(ctx, sites, source, crs);
    zone_source_close(source);
    return status && !stops_batch(status) ? add_unreadable(ctx, sites, layer) : status;
}

static zone_status add_path(zone_context *ctx, zone_sites *sites, const char *path, const zone_source_options *options,
                            const zone_crs *crs)
{
    char **layers = NULL;
    size_t count = 0;
    zone_status status = zone_source_layers(ctx, path, options, &layers, &count);

    if (status && !stops_batch(status))
        return add_unreadable(ctx, sites, path);
    for (size_t i = 0; i < count && !status; i++)
        status = add_layer(ctx, sites, count == 1 ? path : layers[i], options, crs);
    zone_source_layers_free(layers);
    return status;
}

zone_status zone_sites_add(zone_context *ctx, zone_sites *sites, const char *data, const zone_source_options *options,
                           const zone_crs *crs)
{
    char **paths = NULL;
    size_t count = 0;
    zone_status status = zone_paths_expand(ctx, data, &paths, &count);

    if (status && !stops_batch(status))
        return add_unreadable(ctx, sites, data);
    for (size_t i = 0; i < count && !status; i++)
        status = add_path(ctx, sites, paths[i], options, crs);
    zone_paths_free(paths);
    return status;
}

/* ---------------------------------------------------------------- keys */

const char *zone_site_text(const zone_sites *sites, size_t site, zone_site_word word)
{
    return zone_batch_text(&sites->batch, site, (size_t)word);
}

/* What is known of a text: sum[0] is the number of the first site that has it for an id or name (0: none has), pieces
 * is how many sites asked for it as a key (1 where it is a numbered one that another text led to). */
static zone_status find_key(zone_context *ctx, zone_groups *taken, const char *text, zone_group **group)
{
    size_t index = 0;
    zone_status status = zone_groups_find(ctx, taken, 0, &text, &index);

    *group = status ? NULL : &taken->group[index];
    return status;
}

/* "S12 (2)", or what follows of these that no other site has. */
static zone_status number_key(zone_context *ctx, zone_groups *taken, const char *wanted, uint64_t turn, char **key)
{
    size_t size = strlen(wanted) + 32;
    zone_group *group = NULL;
    zone_status status = ZONE_OK;

    *key = zone_allocate(ctx, size, 1);
    if (!*key)
        return ZONE_NO_MEMORY;
    do {
        snprintf(*key, size, "%s (%llu)", wanted, (unsigned long long)turn++);
        status = find_key(ctx, taken, *key, &group);
    } while (!status && group->pieces > 0);
    if (!status)
        group->pieces = 1;
    return status;
}

/* "S12", and for the second of them "S12 (2)". */
static zone_status make_key(zone_context *ctx, zone_sites *sites, zone_groups *taken, size_t site)
{
    const char *id = zone_site_text(sites, site, ZONE_SITE_ID), *name = zone_site_text(sites, site, ZONE_SITE_NAME);
    const char *own = id ? id : name, *wanted = own;
    char number[32];
    zone_group *group = NULL;

    sites->nameless[site] = !id || !name;
    if (!own) {
        snprintf(number, sizeof number, "#%zu", site + 1);
        wanted = number;
    }
    zone_status status = find_key(ctx, taken, wanted, &group);
    if (status)
        return status;
    sites->twin[site] = own && group->sum[0] > 0;
    if (sites->twin[site])
        sites->twin[group->sum[0] - 1] = true;
    else if (own)
        group->sum[0] = (zone_exact)site + 1;
    if (++group->pieces > 1)
        return number_key(ctx, taken, wanted, group->pieces, &sites->key[site]);
    sites->key[site] = zone_copy_text(ctx, wanted);
    return sites->key[site] ? ZONE_OK : ZONE_NO_MEMORY;
}

zone_status zone_sites_name(zone_context *ctx, zone_sites *sites)
{
    zone_groups taken = {.key_count = 1, .sum_count = 1};
    size_t count = sites->batch.feature_count;
    zone_status status = zone_grow(ctx, (void **)&sites->key, &sites->key_capacity, count + 1, sizeof *sites->key);

    if (!status)
        status = zone_grow(ctx, (void **)&sites->twin, &sites->twin_capacity, count + 1, sizeof *sites->twin);
    if (!status)
        status =
            zone_grow(ctx, (void **)&sites->nameless, &sites->nameless_capacity, count + 1, sizeof *sites->nameless);
    for (size_t i = 0; i < count && !status; i++) {
        free(sites->key[i]);
        sites->key[i] = NULL;
        status = make_key(ctx, sites, &taken, i);
    }
    zone_groups_free(&taken);
    return status;
}

size_t zone_sites_find(const zone_sites *sites, const char *key)
{
    size_t site = 0;

    while (site < sites->batch.feature_count && strcmp(sites->key[site], key) != 0)
        site++;
    return site;
}

/* ---------------------------------------------------------------- what an answer says of them */

void zone_sites_add_books(const zone_sites *sites, zone_table *table)
{
    for (size_t i = 0; i < sites->source_count; i++) {
        zone_books books = sites->books[i];
        zone_books_close(&books, table);
    }
}

void zone_sites_add_notes(const zone_sites *sites, zone_table *table)
{
    const zone_table *notes = zone_table_section(sites->notes, ZONE_SECTION_PROVENANCE);

    for (size_t r = 0; r < zone_table_row_count(notes); r++)
        zone_table_add_provenance(table, zone_table_text(notes, r, 0), zone_table_text(notes, r, 1));
}
