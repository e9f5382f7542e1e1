/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every assertion of every family, true each time. The bodies are included from
 * another file, which Unikraft's own library does not allow.
 */
#include <stddef.h>
#include <uk/test.h>

static volatile int one = 1;
static volatile unsigned long long all = ~0ULL;
static void *volatile no_pointer;
static const char *volatile text = "a \"text\"\n";
static volatile double half = 0.5;
static volatile double not_a_number = __builtin_nan("");

UK_TESTCASE(uktest_every, expect)
{
#define ASSERTION(name) UK_TEST_EXPECT##name
#include "every.h"
#undef ASSERTION
	UK_TEST_ASSERT(one == 1);
	UK_TEST_ASSERTF(one == 1, "%s is %d, 100%%", "one", one);
}

UK_TESTCASE(uktest_every, require)
{
#define ASSERTION(name) UK_TEST_REQUIRE##name
#include "every.h"
#undef ASSERTION
	UK_TEST_REQUIREF(one == 1, "%s is %d, 100%%", "one", one);
}

UK_TESTCASE_DESC(uktest_every, fixme, "known to be broken, and yet it works")
{
#define ASSERTION(name) UK_FIXME_EXPECT##name
#include "every.h"
#undef ASSERTION
	UK_FIXME_ASSERT(one == 1);
	UK_FIXME_ASSERTF(one == 1, "%s is %d", "one", one);
}

uk_testsuite_register(uktest_every, NULL);
