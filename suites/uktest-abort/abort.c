/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A suite whose init function fails: the boot ends there, and what should come
 * after runs in a boot without it. It has an image of its own for that reason.
 */
#include <errno.h>
#include <uk/test.h>

UK_TESTCASE(uktest_before, runs)
{
	UK_TEST_EXPECT(1);
}

uk_testsuite_prio(uktest_before, NULL, 0);

static int init(struct uk_testsuite *suite __unused)
{
	return -ENODEV;
}

UK_TESTCASE(uktest_init_fails, never)
{
	UK_TEST_EXPECT(1);
}

uk_testsuite_prio(uktest_init_fails, init, 5);

UK_TESTCASE(uktest_after, runs)
{
	UK_TEST_EXPECT(1);
}

uk_testsuite_register(uktest_after, NULL);
