/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Steps of the boot that fail and have nothing to do with a suite: in front of
 * all suites, between them and after. Each stops a boot, and costs no case.
 */
#include <errno.h>
#include <uk/init.h>
#include <uk/test.h>

static volatile int two = 2;

static int fails_first(struct uk_init_ctx *context __unused)
{
	return -ENODEV;
}

static int fails_between(struct uk_init_ctx *context __unused)
{
	return -ENOMEM;
}

static int fails_last(struct uk_init_ctx *context __unused)
{
	return -EIO;
}

#define SUITE(suite, prio)						\
	static volatile int two;					\
	UK_TESTCASE(suite, a_passes) { UK_TEST_EXPECT_SNUM_EQ(two, 2); } \
	UK_TESTCASE(suite, b_fails) { UK_TEST_EXPECT_SNUM_EQ(two, 3); }	\
	UK_TESTCASE(suite, c_is_skipped) { UK_TEST_SKIP("on purpose"); } \
	uk_testsuite_prio(suite, NULL, prio)

SUITE(matrix_step_early, 1);
SUITE(matrix_step_late, 5);

uk_initcall_class_prio(fails_first, UK_INIT_CLASS_LIB, 0);
uk_initcall_class_prio(fails_between, UK_INIT_CLASS_LATE, 3);
uk_initcall_class_prio(fails_last, UK_INIT_CLASS_LATE, 9);
