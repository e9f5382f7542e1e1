/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Parameterised cases, time limits and tags. Every parameter is a result of
 * its own.
 */
#include <uk/test.h>

static const struct square {
	const char *name;
	int root, square;
} squares[] = {
	{ "one", 1, 1 },
	{ "two_and_a half", 2, 4 },
	{ "minus-3", -3, 9 },
};

UK_TESTCASE_PARAM_LABEL(uktest_params, labelled, squares, name)
{
	UK_TEST_EXPECT_SNUM_EQ(param->root * param->root, param->square);
}

static const int numbers[] = { 2, 3, 5, 7 };

UK_TESTCASE_PARAM(uktest_params, numbered, numbers)
{
	UK_TEST_EXPECT_STR_EQ(esac->name, "numbered");
	if (*param == 5)
		UK_TEST_SKIP("not this one");
	UK_TEST_EXPECT_SNUM_BETWEEN(*param, 2, 7);
}
UK_TESTCASE_TIMEOUT(uktest_params, numbered, 2500);

UK_TESTCASE(uktest_params, limited)
{
	UK_TEST_EXPECT(1);
}
UK_TESTCASE_TIMEOUT(uktest_params, limited, 10000);
UK_TESTCASE_TAGS(uktest_params, limited, "slow example");

uk_testsuite_register(uktest_params, NULL);
