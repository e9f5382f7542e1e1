/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every point of the boot at which a suite can be registered, and that they
 * come in their order. The names are in the reverse order of the stages.
 */
#include <uk/test.h>

static int stage;

UK_TESTCASE(uktest_stage_z, constructor)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 0);
}
UK_TESTSUITE_AT_CTORCALL_PRIO(uktest_stage_z, NULL, 5);

UK_TESTCASE(uktest_stage_y, early)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 1);
}
uk_testsuite_early_prio(uktest_stage_y, NULL, 9);

UK_TESTCASE(uktest_stage_x, plat)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 2);
}
uk_testsuite_plat_prio(uktest_stage_x, NULL, 0);

UK_TESTCASE(uktest_stage_w, lib)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 3);
}
uk_testsuite_lib_prio(uktest_stage_w, NULL, 5);

UK_TESTCASE(uktest_stage_v, rootfs)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 4);
}
uk_testsuite_rootfs_prio(uktest_stage_v, NULL, 5);

UK_TESTCASE(uktest_stage_u, sys)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 5);
}
uk_testsuite_sys_prio(uktest_stage_u, NULL, 5);

UK_TESTCASE(uktest_stage_t, late_first)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 6);
}
uk_testsuite_late_prio(uktest_stage_t, NULL, 3);

UK_TESTCASE(uktest_stage_s, late_second)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 7);
}
uk_testsuite_prio(uktest_stage_s, NULL, 4);

UK_TESTCASE(uktest_stage_r, initcall)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 8);
}
UK_TESTSUITE_AT_INITCALL_PRIO(uktest_stage_r, NULL, UK_INIT_CLASS_LATE, 5);

UK_TESTCASE(uktest_stage_q, last)
{
	UK_TEST_EXPECT_SNUM_EQ(stage++, 9);
}
uk_testsuite_register(uktest_stage_q, NULL);
