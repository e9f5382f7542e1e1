/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Outcomes that must be red: a pass where a failure was expected, failures
 * around a skip, failures in the functions around a case.
 */
#include <stdbool.h>
#include <string.h>
#include <uk/test.h>

UK_TESTCASE(uktest_outcomes_fail, unexpected_pass)
{
	UK_TEST_EXPECT_FAILURE("the bug is said to be there");
	UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_outcomes_fail, unexpected_pass_without_words)
{
	UK_TEST_EXPECT_FAILURE("nothing is asserted at all");
}

UK_TESTCASE(uktest_outcomes_fail, fails_before_expecting_it)
{
	UK_TEST_EXPECT(false);
	UK_TEST_EXPECT_FAILURE("too late for the first");
	UK_TEST_EXPECT(false);
}

UK_TESTCASE(uktest_outcomes_fail, fails_then_skips)
{
	UK_TEST_EXPECT(false);
	UK_TEST_SKIP("too late");
}

uk_testsuite_register(uktest_outcomes_fail, NULL);

static int bodies;

static void setup(struct uk_testcase *esac)
{
	if (!strcmp(esac->name, "setup_expects"))
		UK_TEST_EXPECT(false);
	if (!strcmp(esac->name, "setup_requires"))
		UK_TEST_REQUIRE(false);
}

static void teardown(struct uk_testcase *esac)
{
	if (!strcmp(esac->name, "teardown_requires"))
		UK_TEST_REQUIRE(false);
	UK_TEST_EXPECT_SNUM_LE(bodies, 1);
}

UK_TESTCASE(uktest_fixture_fails, setup_expects)
{
	bodies++;
}

UK_TESTCASE(uktest_fixture_fails, setup_requires)
{
	bodies++;
}

UK_TESTCASE(uktest_fixture_fails, teardown_requires)
{
	bodies++;
	UK_TEST_EXPECT_SNUM_EQ(bodies, 1);
}

uk_testsuite_register(uktest_fixture_fails, NULL);
uk_testsuite_fixture(uktest_fixture_fails, setup, teardown, NULL);

static const int numbers[] = { 1, 2, 3 };

UK_TESTCASE_PARAM(uktest_params_fail, second, numbers)
{
	UK_TEST_EXPECT_SNUM_NQ(*param, 2);
}

uk_testsuite_register(uktest_params_fail, NULL);
