/* The test frame: TEST(a_sentence) { EXPECT(…); } registers itself; main runs all and counts. */
#ifndef ZONE_TEST_H
#define ZONE_TEST_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct test_case {
    const char *name;
    void (*run)(void);
    struct test_case *next;
} test_case;

static test_case *test_first, **test_last = &test_first;
static int test_failures;

static void test_register(test_case *item)
{
    *test_last = item;
    test_last = &item->next;
}

#define TEST(sentence)                                                                                                 \
    static void sentence(void);                                                                                        \
    static test_case case_##sentence = {#sentence, sentence, NULL};                                                    \
    __attribute__((constructor)) static void register_##sentence(void)                                                 \
    {                                                                                                                  \
        test_register(&case_##sentence);                                                                               \
    }                                                                                                                  \
    static void sentence(void)

#define TEST_FAIL(...)    (test_failures++, printf("  %s:%d: ", __FILE__, __LINE__), printf(__VA_ARGS__), putchar('\n'))
#define EXPECT(condition) ((condition) ? (void)0 : (void)TEST_FAIL("not true: %s", #condition))
#define EXPECT_INT(actual, expected)                                                                                   \
    do {                                                                                                               \
        long long is_ = (long long)(actual), should_ = (long long)(expected);                                          \
        if (is_ != should_)                                                                                            \
            TEST_FAIL("%s is %lld, expected %lld", #actual, is_, should_);                                             \
    } while (0)
#define EXPECT_REAL(actual, expected, tolerance)                                                                       \
    do {                                                                                                               \
        double is_ = (double)(actual), should_ = (double)(expected);                                                   \
        if (!(fabs(is_ - should_) <= (tolerance)))                                                                     \
            TEST_FAIL("%s is %.17g, expected %.17g", #actual, is_, should_);                                           \
    } while (0)
#define EXPECT_TEXT(actual, expected)                                                                                  \
    do {                                                                                                               \
        const char *is_ = (actual), *should_ = (expected);                                                             \
        if (!is_ || strcmp(is_, should_) != 0)                                                                         \
            TEST_FAIL("%s is \"%s\", expected \"%s\"", #actual, is_ ? is_ : "(null)", should_);                        \
    } while (0)
#define EXPECT_CONTAINS(text, part)                                                                                    \
    do {                                                                                                               \
        const char *is_ = (text), *should_ = (part);                                                                   \
        if (!is_ || !strstr(is_, should_))                                                                             \
            TEST_FAIL("%s is \"%s\", expected to hold \"%s\"", #text, is_ ? is_ : "(null)", should_);                  \
    } while (0)

int main(void)
{
    int count = 0, failed = 0;

    for (test_case *item = test_first; item; item = item->next, count++) {
        int before = test_failures;
        item->run();
        if (test_failures != before) {
            failed++;
            printf("FAILED %s\n", item->name);
        }
    }
    printf("%d tests, %d failed\n", count, failed);
    return failed > 0 || count == 0;
}

#endif
