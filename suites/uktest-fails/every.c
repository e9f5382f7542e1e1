/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every assertion that goes on, false each time: as many failures as lines. The
 * third case knows of its failures, and passes.
 */
#include <stddef.h>
#include <uk/test.h>

static volatile int one = 1;
static volatile unsigned long long all = ~0ULL;
static void *volatile no_pointer;
static const char *volatile text = "a \"text\"\n";
static volatile double half = 0.5;
static volatile double not_a_number = __builtin_nan("");

UK_TESTCASE(uktest_fails, expect)
{
#define ASSERTION(name) UK_TEST_EXPECT##name
#include "every.h"
#undef ASSERTION
}

UK_TESTCASE(uktest_fails, expect_more)
{
	UK_TEST_ASSERT(one == 2);
	UK_TEST_ASSERTF(one == 2, "%s is %d, not %d", "one", one, 2);
	UK_TEST_EXPECT(one == 1);
}

UK_TESTCASE_DESC(uktest_fails, fixme, "known failures are not red")
{
#define ASSERTION(name) UK_FIXME_EXPECT##name
#include "every.h"
#undef ASSERTION
	UK_FIXME_ASSERT(one == 2);
	UK_FIXME_ASSERTF(one == 2, "%s is %d, not %d", "one", one, 2);
}

uk_testsuite_register(uktest_fails, NULL);
