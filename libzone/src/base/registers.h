/* Registers: loops over plain numbers that are compiled for wide registers too. Which version runs is decided when the
 * program starts; all give the same bytes, for none contracts or reorders a sum. */
#ifndef ZONE_BASE_REGISTERS_H
#define ZONE_BASE_REGISTERS_H

/* Before a function whose loops are the work. Only with GCC and glibc, which choose versions; sanitizers must be there
 * before they do. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&                           \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ZONE_WIDE_REGISTERS __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define ZONE_WIDE_REGISTERS
#endif

/* What such a function calls becomes part of it. */
#define ZONE_IN_LINE __attribute__((always_inline)) inline

#endif
