/* SPDX-License-Identifier: BSD-3-Clause */
/* Cases that are red in a late round only, for --stress: red on purpose. */
#include <uk/test.h>

static int rounds;

UK_TESTCASE(uktest_rounds, fails_in_the_seventh)
{
	rounds++;
	UK_TEST_EXPECT_SNUM_GT(rounds, 0);
	UK_TEST_EXPECT(rounds != 7);
}

static const int sizes[] = { 1, 2 };
static int of_the_second;

UK_TESTCASE_PARAM(uktest_rounds, second_fails_in_the_third, sizes)
{
	if (*param == 2)
		of_the_second++;
	UK_TEST_REQUIRE(of_the_second != 3);
}

UK_TESTCASE(uktest_rounds, skips_later)
{
	static int ran;

	if (++ran > 1)
		UK_TEST_SKIP("the first round counts");
	UK_TEST_EXPECT(1);
}

uk_testsuite_register(uktest_rounds, NULL);
