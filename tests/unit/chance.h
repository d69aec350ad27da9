/* Random cases from a seed, the same on every machine, fewer of them under a sanitizer. */
#ifndef ZONE_TEST_CHANCE_H
#define ZONE_TEST_CHANCE_H

#include <stdint.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CHANCE_SANITIZED 1
#endif
#endif
#if defined(CHANCE_SANITIZED) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MANY_OR_FEW(many, few) (few)
#else
#define MANY_OR_FEW(many, few) (many)
#endif

static uint64_t chance_state;

/* Each case is drawn from the seed and its own number, so that one can be repeated alone. */
static inline void chance_begin(unsigned long long seed, long number)
{
    chance_state = seed * 1000003u + (uint64_t)number;
}

/* splitmix64 */
static inline uint64_t chance(uint64_t below)
{
    chance_state += 0x9e3779b97f4a7c15u;
    uint64_t z = chance_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % below;
}

/* In [0, 1). */
static inline double share(void)
{
    return (double)chance((uint64_t)1 << 53) / 9007199254740992.0;
}

#endif
