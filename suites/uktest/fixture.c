/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions around the cases of a suite, and in which order they run. The
 * suite after it looks at what the exit function of this one has left.
 */
#include <string.h>
#include <uk/test.h>

/* One letter for each function that ran. */
static char order[64];

static void note(char letter)
{
	size_t len = strlen(order);

	UK_ASSERT(len + 1 < sizeof(order));
	order[len] = letter;
	order[len + 1] = '\0';
}

static int init(struct uk_testsuite *suite)
{
	note('i');
	return -(suite->cases_end <= (struct uk_testcase *)(suite + 1));
}

static void setup(struct uk_testcase *esac)
{
	note('s');
	UK_TEST_EXPECT_NOT_NULL(esac->name);
	if (!strcmp(esac->name, "c_skipped_by_setup"))
		UK_TEST_SKIP("setup says so");
}

static void teardown(struct uk_testcase *esac)
{
	note('t');
	UK_TEST_EXPECT_NOT_NULL(esac->name);
}

static void leave(struct uk_testsuite *suite __unused)
{
	note('x');
}

UK_TESTCASE(uktest_fixture, a_first)
{
	note('a');
	UK_TEST_EXPECT_STR_EQ(order, "isa");
}

UK_TESTCASE(uktest_fixture, b_second)
{
	note('b');
	UK_TEST_EXPECT_STR_EQ(order, "isatsb");
	UK_TEST_SKIP("teardown runs all the same");
}

UK_TESTCASE(uktest_fixture, c_skipped_by_setup)
{
	note('c');
}

UK_TESTCASE(uktest_fixture, d_last)
{
	note('d');
	UK_TEST_EXPECT_STR_EQ(order, "isatsbtstsd");
}

uk_testsuite_prio(uktest_fixture, init, 0);
uk_testsuite_fixture(uktest_fixture, setup, teardown, leave);

UK_TESTCASE(uktest_fixture_order, exit_ran)
{
	UK_TEST_EXPECT_STR_EQ(order, "isatsbtstsdtx");
}

uk_testsuite_register(uktest_fixture_order, NULL);
