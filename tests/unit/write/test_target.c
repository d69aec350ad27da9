/* Where output goes. */
#include "write/target.h"

#include "test.h"

#include <errno.h>
#include <unistd.h>

TEST(a_neighbour_lies_in_the_same_folder)
{
    char *beside = zone_target_neighbour(NULL, "out/areas.csv", ".new"),
         *here = zone_target_neighbour(NULL, "areas.csv", ".new"),
         *absolute = zone_target_neighbour(NULL, "out/link.csv", "/else/where.csv");

    EXPECT_TEXT(beside, "out/.new");
    EXPECT_TEXT(here, ".new");
    EXPECT_TEXT(absolute, "/else/where.csv");
    free(beside);
    free(here);
    free(absolute);
}

TEST(links_are_followed_to_their_end_and_no_farther_than_an_open_file)
{
    char folder[] = "/tmp/zone-test-XXXXXX", near[64], far[64], out[64], real[64];

    EXPECT(mkdtemp(folder) != NULL);
    snprintf(near, sizeof near, "%s/near", folder);
    snprintf(far, sizeof far, "%s/far", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    snprintf(real, sizeof real, "%s/real", folder);
    EXPECT(symlink("real", near) == 0 && symlink(near, far) == 0 && symlink("/proc/self/fd/1", out) == 0);
    char *end = zone_target_behind_links(NULL, far), *open = zone_target_behind_links(NULL, out);
    EXPECT_TEXT(end, real);
    EXPECT_INT(zone_target_open_already(open), 1);
    EXPECT_INT(zone_target_open_already(real), -1);
    free(end);
    free(open);
    unlink(near);
    unlink(far);
    unlink(out);
    EXPECT_INT(rmdir(folder), 0);
}

TEST(only_plain_files_and_nothing_can_be_replaced)
{
    EXPECT(zone_target_replaceable("/tmp/zone-test-of-nothing.csv"));
    EXPECT(!zone_target_replaceable("/dev/full"));
    EXPECT(!zone_target_replaceable("/tmp"));
}

TEST(a_refusal_says_why_and_which_file)
{
    zone_context *ctx = NULL;

    zone_context_create(&ctx);
    errno = ENOSPC;
    EXPECT_INT(zone_target_refuse(ctx, "areas.csv"), ZONE_CANNOT_WRITE);
    EXPECT_CONTAINS(zone_context_error_text(ctx), "areas.csv");
    EXPECT_CONTAINS(zone_context_error_text(ctx), "No space left on device");
    zone_context_free(ctx);
}
