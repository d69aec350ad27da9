/* Staging: files that GDAL makes become the user's only when they are whole. */
#include "write/staging.h"

#include "write/target.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- the folder */

/* "folder/name"; the caller's. */
static char *inside(zone_context *ctx, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = zone_allocate(ctx, size, 1);

    if (path)
        snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* A new folder beside the target; errno says why there is none. */
static void make_folder(zone_context *ctx, zone_staging *staging)
{
    for (int attempt = 0; attempt < 1000; attempt++) {
        char name[48];
        snprintf(name, sizeof name, ".zone-%ld-%d", (long)getpid(), attempt);
        free(staging->folder);
        staging->folder = zone_target_neighbour(ctx, staging->target, name);
        if (!staging->folder || mkdir(staging->folder, 0700) == 0)
            return;
        if (errno != EEXIST)
            break;
    }
    free(staging->folder);
    staging->folder = NULL;
}

zone_status zone_staging_open(zone_context *ctx, const char *path, zone_staging *staging)
{
    const char *slash = strrchr(path, '/');
    zone_status status = ZONE_OK;

    *staging = (zone_staging){.target = zone_target_behind_links(ctx, path)};
    if (!staging->target)
        return ZONE_NO_MEMORY;
    if (!zone_target_replaceable(path)) {
        struct stat present;
        errno = stat(path, &present) == 0 ? (S_ISDIR(present.st_mode) ? EISDIR : EINVAL) : errno;
        return zone_target_refuse(ctx, path);
    }
    make_folder(ctx, staging);
    if (!staging->folder)
        status = zone_target_refuse(ctx, path);
    if (!status)
        staging->made = inside(ctx, staging->folder, slash ? slash + 1 : path);
    if (!status)
        staging->before = inside(ctx, staging->folder, "before");
    if (!status && (!staging->made || !staging->before))
        status = ZONE_NO_MEMORY;
    return status;
}

static void empty_folder(const char *path)
{
    DIR *folder = path ? opendir(path) : NULL;

    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        char *file =
            strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") ? inside(NULL, path, entry->d_name) : NULL;
        if (file)
            unlink(file);
        free(file);
    }
    if (folder)
        closedir(folder);
    if (path)
        rmdir(path);
}

void zone_staging_close(zone_staging *staging)
{
    empty_folder(staging->before);
    empty_folder(staging->folder);
    free(staging->target);
    free(staging->folder);
    free(staging->made);
    free(staging->before);
    *staging = (zone_staging){0};
}

/* ---------------------------------------------------------------- taking the target's place */

/* The file on the disk, with the mode of the one it is to replace; else as the umask made it. */
static bool settle(const char *made, const char *target)
{
    struct stat present;
    FILE *file = fopen(made, "rb");
    bool done = file && (stat(target, &present) != 0 || fchmod(fileno(file), present.st_mode & 07777) == 0) &&
                fsync(fileno(file)) == 0;

    if (file)
        fclose(file);
    return done;
}

zone_status zone_staging_replace(zone_context *ctx, const char *path, const zone_staging *staging)
{
    if (settle(staging->made, staging->target) && rename(staging->made, staging->target) == 0)
        return ZONE_OK;
    return zone_target_refuse(ctx, path);
}

/* `path` with another ending; the caller's. */
static char *with_ending(zone_context *ctx, const char *path, const char *ending)
{
    const char *point = strrchr(path, '.'), *slash = strrchr(path, '/');
    size_t stem = point && (!slash || point > slash) ? (size_t)(point - path) : strlen(path);
    size_t size = stem + strlen(ending) + 2;
    char *made = zone_allocate(ctx, size, 1);

    if (made)
        snprintf(made, size, "%.*s.%s", (int)stem, path, ending);
    return made;
}

/* A part on its way: made in the folder, to stand at `target`, where `old` kept what stood there. */
typedef struct {
    char *made, *target, *old;
    bool kept, placed;
} part;

static bool place(part *p)
{
    struct stat present;
    bool fresh = lstat(p->made, &present) == 0;

    if (fresh && !settle(p->made, p->target))
        return false;
    if (lstat(p->target, &present) == 0) {
        if (S_ISDIR(present.st_mode))
            errno = EISDIR;
        p->kept = !S_ISDIR(present.st_mode) && rename(p->target, p->old) == 0;
        if (!p->kept)
            return false;
    }
    p->placed = fresh && rename(p->made, p->target) == 0;
    return p->placed || !fresh;
}

static void put_back(part *p)
{
    if (p->placed)
        unlink(p->target);
    if (p->kept)
        rename(p->old, p->target);
}

static bool name_part(zone_context *ctx, const zone_staging *staging, const char *ending, part *p)
{
    char name[32];

    snprintf(name, sizeof name, "part.%s", ending);
    *p = (part){.made = with_ending(ctx, staging->made, ending),
                .target = with_ending(ctx, staging->target, ending),
                .old = inside(ctx, staging->before, name)};
    return p->made && p->target && p->old;
}

zone_status zone_staging_exchange(zone_context *ctx, const char *path, const zone_staging *staging,
                                  const char *const *parts)
{
    size_t count = 0, done = 0;
    zone_status status = ZONE_OK;

    while (parts[count])
        count++;
    part *all = zone_allocate(ctx, count + 1, sizeof *all);
    for (size_t i = 0; all && i < count && !status; i++)
        status = name_part(ctx, staging, parts[i], &all[i]) ? ZONE_OK : ZONE_NO_MEMORY;
    if (!all)
        status = ZONE_NO_MEMORY;
    if (!status && mkdir(staging->before, 0700) != 0)
        status = zone_target_refuse(ctx, path);
    for (; done < count && !status; done++)
        if (!place(&all[done]))
            status = zone_target_refuse(ctx, path);
    for (; status && done > 0; done--)
        put_back(&all[done - 1]);
    for (size_t i = 0; all && i < count; i++) {
        free(all[i].made);
        free(all[i].target);
        free(all[i].old);
    }
    free(all);
    return status;
}
