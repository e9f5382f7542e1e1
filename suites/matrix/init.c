/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Suites that cannot begin: the first, one in the middle and the last of those
 * in this file, by what the init function does. Each costs itself and no other.
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

#define SUITE(suite, init)						\
	UK_TESTCASE(suite, a_passes) { UK_TEST_EXPECT_SNUM_EQ(two, 2); } \
	UK_TESTCASE(suite, b_fails) { UK_TEST_EXPECT_SNUM_EQ(two, 3); }	\
	uk_testsuite_register(suite, init)

SUITE(matrix_init_first, init_fails);
SUITE(matrix_init_beside, NULL);
SUITE(matrix_init_middle, init_crashes);
SUITE(matrix_init_behind, NULL);
SUITE(matrix_init_last, init_fails);
