/* JSON and JSON Lines. */
#include "sink.h"

#include <json-c/json.h>

TEST(json_is_whole_and_keeps_every_digit)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSON, .exact = 1};
    json_object *rows = NULL, *area = NULL, *totals = NULL;

    format(&options, &out);
    json_object *object = json_tokener_parse(out.text);
    EXPECT(object && json_object_object_get_ex(object, "rows", &rows) && json_object_array_length(rows) == 3);
    EXPECT(rows && json_object_object_get_ex(json_object_array_get_idx(rows, 0), "area_m2", &area));
    EXPECT_REAL(area ? json_object_get_double(area) : 0.0, 0.335, 0.0);
    EXPECT(object && json_object_object_get_ex(object, "totals", &totals));
    EXPECT_CONTAINS(out.text, "\"area_m2\": 1.005000");
    EXPECT_CONTAINS(out.text, "\"verdict\": \"met\"");
    EXPECT_CONTAINS(out.text, "\\u001b[31m");
    json_object_put(object);
}

TEST(json_lines_has_a_line_a_row)
{
    static kept out;
    const zone_write_options options = {.size = sizeof options, .format = ZONE_FORMAT_JSONL};
    int lines = 0;

    format(&options, &out);
    for (const char *c = out.text; *c; c++)
        lines += *c == '\n';
    EXPECT_INT(lines, 3);
    EXPECT_CONTAINS(out.text, "{\"name\":\"水田\",\"area_m2\":0.34}\n");
}
