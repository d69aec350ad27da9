/* Numbers as text, in a host program whose locale writes a comma. */
#include "base/number.h"
#include "test.h"

#include <locale.h>
#include <unistd.h>

/* Builds the locale in a folder of its own: a plain machine has none with a comma. */
static int speak_german(char *folder)
{
    char command[256];

    if (!mkdtemp(folder))
        return 0;
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >/dev/null 2>&1", folder);
    if (system(command) != 0 || setenv("LOCPATH", folder, 1) != 0)
        return 0;
    return setlocale(LC_ALL, "de_DE.UTF-8") != NULL;
}

static void forget(const char *folder)
{
    char command[256];

    setlocale(LC_ALL, "C");
    snprintf(command, sizeof command, "rm -rf %s", folder);
    EXPECT_INT(system(command), 0);
}

TEST(a_comma_of_the_host_is_not_ours)
{
    char folder[] = "/tmp/zone-locale-XXXXXX", text[32], *end = NULL;

    EXPECT(speak_german(folder));
    snprintf(text, sizeof text, "%.1f", 0.5);
    EXPECT_TEXT(text, "0,5"); /* the host's locale is at work */
    EXPECT_INT(zone_number_print(text, sizeof text, "%.2f %s", 29.54, "km2"), 9);
    EXPECT_TEXT(text, "29.54 km2");
    EXPECT_REAL(zone_number_read("29.54 km2", &end), 29.54, 0.0);
    EXPECT_TEXT(end, " km2");
    snprintf(text, sizeof text, "%.1f", 0.5);
    EXPECT_TEXT(text, "0,5"); /* and is left as it was */
    forget(folder);
}

TEST(length_is_told_as_snprintf_tells_it)
{
    char text[4];

    EXPECT_INT(zone_number_print(text, sizeof text, "%d", 123456), 6);
    EXPECT_TEXT(text, "123");
    EXPECT_INT(zone_number_print(NULL, 0, "%.1f", 10.0), 4);
}
