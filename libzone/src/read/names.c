/* A list of names in a message. */
#include "read/names.h"

#include <string.h>

static void append(zone_names *names, const char *text)
{
    size_t length = strlen(text);

    memcpy(names->text + names->length, text, length + 1);
    names->length += length;
}

void zone_names_add(zone_names *names, const char *name)
{
    const size_t room = sizeof names->text - sizeof ", …";

    if (names->length >= room)
        return; /* the list has ended in "…" */
    if (names->length)
        append(names, ", ");
    if (names->length + strlen(name) < room) {
        append(names, name);
        return;
    }
    append(names, "…");
    names->length = sizeof names->text;
}
