/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Outcomes that are not red although something is not as it should be: skipped
 * cases and suites, failures that were expected.
 */
#include <stdbool.h>
#include <uk/test.h>

static void __noinline skip_from_here(int what)
{
	UK_TEST_SKIP("there is no device %d", what);
}

UK_TESTCASE(uktest_outcomes, skipped)
{
	UK_TEST_SKIP("a reason with 100%% of %s", "its words");
	UK_TEST_EXPECT(false);
}

UK_TESTCASE(uktest_outcomes, skipped_by_helper)
{
	UK_TEST_EXPECT(true);
	skip_from_here(7);
	UK_TEST_EXPECT(false);
}

UK_TESTCASE(uktest_outcomes, expected_failure)
{
	UK_TEST_EXPECT(true);
	UK_TEST_EXPECT_FAILURE("the rest is not there yet");
	UK_TEST_EXPECT(true);
	UK_TEST_EXPECT_SNUM_EQ(1, 2);
	UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_outcomes, expected_end)
{
	UK_TEST_EXPECT_FAILURE("ends here");
	UK_TEST_REQUIRE(false);
	UK_TEST_EXPECT(false);
}

UK_TESTCASE(uktest_outcomes, fixme)
{
	UK_FIXME_EXPECT_SNUM_EQ(1, 2);
	UK_FIXME_ASSERTF(false, "a known bug");
	UK_TEST_EXPECT(true);
}

uk_testsuite_register(uktest_outcomes, NULL);

static int skip_suite(struct uk_testsuite *suite)
{
	return uk_testsuite_skip(suite, "no %s in this machine", "network");
}

UK_TESTCASE(uktest_skipped, never)
{
	UK_TEST_EXPECT(false);
}

uk_testsuite_register(uktest_skipped, skip_suite);

static int skip_suite_silently(struct uk_testsuite *suite
			       __unused)
{
	return 3;
}

UK_TESTCASE(uktest_skipped_silently, never)
{
	UK_TEST_EXPECT(false);
}

uk_testsuite_register(uktest_skipped_silently, skip_suite_silently);
