/* Areas of a data set, and their sum: reads a table column by column.
 *
 *     areas geodata/jinlan.gpkg:zones
 */
#include <inttypes.h>
#include <stdio.h>
#include <zone.h>

static void print_areas(const zone_table *table)
{
    int id = zone_table_column_find(table, "fid"), area = zone_table_column_find(table, "area");
    double sum = 0.0;

    for (size_t row = 0; row < zone_table_row_count(table); row++) {
        double m2 = zone_table_number(table, row, (size_t)area);
        sum += m2;
        printf("%" PRId64 "  %.2f m2\n", zone_table_integer(table, row, (size_t)id), m2);
    }
    printf("sum  %.2f m2\n", sum);
}

int main(int count, char **arguments)
{
    zone_context *ctx = NULL;
    zone_source *source = NULL;
    zone_table *table = NULL;
    zone_status status = zone_context_create(&ctx);

    if (!status)
        status = zone_source_open(ctx, count > 1 ? arguments[1] : "", NULL, &source);
    if (!status)
        status = zone_area(ctx, source, NULL, &table);
    if (!status)
        print_areas(table);
    else
        fprintf(stderr, "%s\n", zone_context_error_text(ctx));
    zone_table_free(table);
    zone_source_close(source);
    zone_context_free(ctx);
    return zone_status_exit_code(status);
}
