/* Where output goes: the file behind links, names beside it, what can't be replaced. */
#include "write/target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Number of the open file of this process that a path stands for (/proc/self/fd/1); negative: none. */
int zone_target_open_already(const char *path)
{
    char owner[32];
    int number = -1, end = 0;

    if (sscanf(path, "/dev/fd/%9d%n", &number, &end) == 1 && !path[end])
        return number;
    if (sscanf(path, "/proc/%31[^/]/fd/%9d%n", owner, &number, &end) == 2 && !path[end] &&
        (strcmp(owner, "self") == 0 || strtol(owner, NULL, 10) == (long)getpid()))
        return number;
    return -1;
}

/* The path of `name` as it is meant in the folder of `path`. */
char *zone_target_neighbour(zone_context *ctx, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash && *name != '/' ? (size_t)(slash - path) + 1 : 0, length = strlen(name);
    char *made = zone_allocate(ctx, folder + length + 1, 1);

    if (made) {
        memcpy(made, path, folder);
        memcpy(made + folder, name, length);
    }
    return made;
}

/* The path behind all links, whether a file is there yet or not. Links to an open file end at its number: a file that
 * stdout goes to must not be replaced under the hands of whoever opened it. */
char *zone_target_behind_links(zone_context *ctx, const char *path)
{
    char link[4096];
    char *at = zone_copy_text(ctx, path);

    for (int links = 0; at && links < 40 && zone_target_open_already(at) < 0; links++) {
        ssize_t length = readlink(at, link, sizeof link - 1);
        if (length < 0)
            break;
        link[length] = '\0';
        char *next = zone_target_neighbour(ctx, at, link);
        free(at);
        at = next;
    }
    return at;
}

/* A device or pipe (/dev/full) can't be replaced: it is written as it stands. */
bool zone_target_replaceable(const char *path)
{
    struct stat present;

    return stat(path, &present) == 0 ? S_ISREG(present.st_mode) : errno == ENOENT;
}

zone_status zone_target_refuse(zone_context *ctx, const char *path)
{
    return zone_fail(ctx, ZONE_CANNOT_WRITE, .file = path, .found = strerror(errno),
                     .remedy = "another folder, or more room on the disk");
}
