/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Assertions that fail outside of any case. Every case here passes; what is red
 * is the init function, the exit function, or main().
 */
#include <uk/test.h>

static const char kept[] = "last";
static int answer = 41;

static int init_expects(struct uk_testsuite *suite __unused)
{
	UK_TEST_EXPECT(answer < 42);
	UK_TEST_EXPECT_SNUM_EQ(answer, 42);
	return 0;
}

UK_TESTCASE(outside_init, runs)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, 41);
}

uk_testsuite_prio(outside_init, init_expects, 0);

static int init_skips(struct uk_testsuite *suite)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, 43);
	return uk_testsuite_skip(suite, "nothing to do");
}

UK_TESTCASE(outside_init_skips, never)
{
	UK_TEST_EXPECT(0);
}

uk_testsuite_prio(outside_init_skips, init_skips, 1);

static void exit_expects(struct uk_testsuite *suite __unused)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, 44);
	UK_TEST_EXPECT_STR_EQ("left", "behind");
	UK_TEST_EXPECT_BYTES_EQ(kept, "lost", 4);
}

UK_TESTCASE(outside_exit, runs)
{
	UK_TEST_EXPECT(1);
}

uk_testsuite_prio(outside_exit, NULL, 2);
uk_testsuite_fixture(outside_exit, NULL, NULL, exit_expects);

static void exit_requires(struct uk_testsuite *suite __unused)
{
	UK_TEST_REQUIRE_SNUM_EQ(answer, 45);
	answer = 0;
}

UK_TESTCASE(outside_exit_requires, runs)
{
	UK_TEST_EXPECT(1);
}

uk_testsuite_prio(outside_exit_requires, NULL, 3);
uk_testsuite_fixture(outside_exit_requires, NULL, NULL, exit_requires);

UK_TESTCASE(outside_last, the_rest_of_that_exit_function_was_left)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, 41);
}

uk_testsuite_register(outside_last, NULL);

static void check_answer(int wanted)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, wanted);
}

int main(int argc __unused, char *argv[] __unused)
{
	check_answer(41);
	check_answer(46);
	return 0;
}
