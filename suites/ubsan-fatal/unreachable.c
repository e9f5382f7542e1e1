/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The check after which nothing can go on: its report ends the machine. It has
 * an image of its own for that reason.
 */
#include <uk/test.h>

static volatile int one = 1;

UK_TESTCASE(ubsan_unreachable, place)
{
	UK_TEST_EXPECT_SNUM_EQ(one, 1);
	if (one)
		__builtin_unreachable(); /* UB: unreachable */
	UK_TEST_EXPECT(one);
}

uk_testsuite_register(ubsan_unreachable, NULL);
