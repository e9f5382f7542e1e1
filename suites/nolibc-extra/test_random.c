/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers that look random are the same in every run.
 * How random they look is not looked at.
 */
#include <stdlib.h>
#include <uk/test.h>

UK_TESTCASE(nolibc_extra_random_testsuite, random_repeats)
{
	unsigned int seed = 1;
	int first, second;

	srand(7);
	first = rand();
	second = rand();
	UK_TEST_EXPECT_SNUM_GE(first, 0);
	UK_TEST_EXPECT_SNUM_LE(first, RAND_MAX);
	UK_TEST_EXPECT(first != second);
	srand(7);
	UK_TEST_EXPECT_SNUM_EQ(rand(), first);
	srandom(7);
	UK_TEST_EXPECT_SNUM_EQ(random(), first);
	UK_TEST_EXPECT(rand_r(&seed) != rand_r(&seed));
}

uk_testsuite_register(nolibc_extra_random_testsuite, NULL);
