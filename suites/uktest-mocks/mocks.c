/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mocks, and assumptions. A mock is on from where a case says so to the end of
 * the case, however that ends; its calls are those of the case.
 */
#include <uk/test.h>

#include "disk.h"

static int broken_sector = -1;

UK_MOCK(int, driver_read, (int sector, int *to), (sector, to))
{
	if (sector == broken_sector)
		return -1;
	if (sector >= 3)
		return UK_MOCK_REAL(driver_read)(sector, to);
	*to = 100 + sector;
	return 0;
}

UK_MOCK(void, driver_note, (const char *what), (what))
{
	UK_TEST_EXPECT_STR_EQ(what, "sectors");
}

UK_TESTCASE(uktest_mocks, a_none_is_on)
{
	unsigned int notes = driver_notes;

	UK_TEST_EXPECT_SNUM_EQ(disk_sectors(), 8);
	UK_TEST_EXPECT_SNUM_EQ(disk_sum(0, 4), 6);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 0);
	UK_TEST_EXPECT_UNUM_EQ(driver_notes, notes + 1);
}

UK_TESTCASE(uktest_mocks, b_one_is_on)
{
	UK_MOCK_ON(driver_read);
	broken_sector = -1;
	UK_TEST_EXPECT_SNUM_EQ(disk_sum(0, 4), 100 + 101 + 102 + 3);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 4);
	broken_sector = 1;
	UK_TEST_EXPECT_SNUM_EQ(disk_sum(0, 4), -1);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 6);
	UK_MOCK_OFF(driver_read);
	UK_TEST_EXPECT_SNUM_EQ(disk_sum(0, 4), 6);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 6);
}

UK_TESTCASE(uktest_mocks, c_the_case_before_left_it_on)
{
	unsigned int notes = driver_notes;

	UK_MOCK_ON(driver_read);
	UK_MOCK_ON(driver_note);
	broken_sector = 2;
	UK_TEST_EXPECT_SNUM_EQ(disk_sectors(), 2);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_note), 1);
	UK_TEST_EXPECT_UNUM_EQ(driver_notes, notes);
	UK_TEST_SKIP("it leaves by a skip, with both mocks on");
}

UK_TESTCASE(uktest_mocks, d_and_it_is_off_again)
{
	unsigned int notes = driver_notes;

	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 0);
	UK_TEST_EXPECT_SNUM_EQ(disk_sectors(), 8);
	UK_TEST_EXPECT_UNUM_EQ(driver_notes, notes + 1);
}

static void setup(struct uk_testcase *esac __unused)
{
	UK_MOCK_ON(driver_read);
	broken_sector = 5;
}

UK_TESTCASE(uktest_mocks_fixture, a_setup_turns_one_on)
{
	UK_TEST_EXPECT_SNUM_EQ(disk_sectors(), 5);
	UK_MOCK_OFF(driver_read);
}

UK_TESTCASE(uktest_mocks_fixture, for_each_case)
{
	UK_TEST_EXPECT_SNUM_EQ(disk_sectors(), 5);
	UK_TEST_EXPECT_UNUM_EQ(UK_MOCK_CALLS(driver_read), 6);
}

static int assumed;

UK_TESTCASE(uktest_mocks_fixture, what_is_assumed)
{
	UK_TEST_ASSUME(++assumed == 1);
	UK_TEST_EXPECT_SNUM_EQ(assumed, 1);
	UK_TEST_ASSUME(assumed > 1 && "goes no further");
	UK_TEST_EXPECT(0);
}

uk_testsuite_fixture(uktest_mocks_fixture, setup, NULL, NULL);
uk_testsuite_register(uktest_mocks, NULL);
uk_testsuite_register(uktest_mocks_fixture, NULL);
