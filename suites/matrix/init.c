/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Suites that cannot begin: the first of all, one in the middle and the last,
 * by what the init function does. Each costs itself and no other.
 */
#include <errno.h>
#include <uk/assert.h>
#include <uk/test.h>

static volatile int two = 2;

static int init_fails(struct uk_testsuite *suite __unused)
{
	return -ENODEV;
}

static int init_crashes(struct uk_testsuite *suite __unused)
{
	UK_ASSERT(two == 3);
	return 0;
}

#define SUITE(suite, init, prio)					\
	static volatile int two;					\
	UK_TESTCASE(suite, a_passes) { UK_TEST_EXPECT_SNUM_EQ(two, 2); } \
	UK_TESTCASE(suite, b_fails) { UK_TEST_EXPECT_SNUM_EQ(two, 3); }	\
	uk_testsuite_prio(suite, init, prio)

SUITE(matrix_init_first, init_fails, 1);
SUITE(matrix_init_beside, NULL, 2);
SUITE(matrix_init_middle, init_crashes, 6);
SUITE(matrix_init_after, NULL, 7);
SUITE(matrix_init_last, init_fails, 9);
