/* Products of 256 bits. */
#include "base/wide.h"

/* a × b as high and low half. */
static void multiply(zone_uint128 a, zone_uint128 b, zone_uint128 product[2])
{
    const zone_uint128 low = ~(uint64_t)0;
    zone_uint128 middle = (a >> 64) * (b & low) + (((a & low) * (b & low)) >> 64);
    zone_uint128 other = (a & low) * (b >> 64) + (middle & low);

    product[0] = (a >> 64) * (b >> 64) + (middle >> 64) + (other >> 64);
    product[1] = a * b;
}

int zone_wide_compare(zone_int128 a, zone_int128 b, zone_int128 c, zone_int128 d)
{
    zone_uint128 left[2], right[2];

    multiply((zone_uint128)a, (zone_uint128)d, left);
    multiply((zone_uint128)c, (zone_uint128)b, right);
    for (int i = 0; i < 2; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* Long division, bit by bit. */
zone_int128 zone_wide_portion(zone_int128 value, zone_int128 part, zone_int128 whole)
{
    zone_uint128 quotient = 0, rest = 0, divisor = (zone_uint128)whole;

    int top = 126;
    while (top > 0 && !(value >> top))
        top--;
    for (int bit = top; bit >= 0; bit--) {
        quotient <<= 1;
        rest <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
        if (!((value >> bit) & 1))
            continue;
        rest += (zone_uint128)part;
        if (rest >= divisor) {
            rest -= divisor;
            quotient++;
        }
    }
    return (zone_int128)quotient;
}
