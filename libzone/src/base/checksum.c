/* FNV-1a in 128 bits. */
#include "base/checksum.h"

void zone_checksum_begin(zone_checksum *sum)
{
    sum->state = ((zone_uint128)UINT64_C(0x6c62272e07bb0142) << 64) | UINT64_C(0x62b821756295c58d);
}

void zone_checksum_add(zone_checksum *sum, const char *bytes, size_t count)
{
    const zone_uint128 prime = ((zone_uint128)1 << 88) | 0x13b;
    zone_uint128 state = sum->state;

    for (size_t i = 0; i < count; i++)
        state = (state ^ (unsigned char)bytes[i]) * prime;
    sum->state = state;
}

char *zone_checksum_print(const zone_checksum *sum, char text[ZONE_CHECKSUM_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (int i = 0; i < 32; i++)
        text[i] = digits[(sum->state >> (4 * (31 - i))) & 15];
    text[32] = '\0';
    return text;
}
