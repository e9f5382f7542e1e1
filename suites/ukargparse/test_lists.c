/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walking through lists, and keywords in front of a value.
 * Empty elements count as well.
 */
#include <stddef.h>
#include <uk/argparse.h>
#include <uk/test.h>

UK_TESTCASE(ukargparse_lists_testsuite, nextarg_elements)
{
	char text[] = "one:two::four:";
	char *rest = text;

	UK_TEST_EXPECT_STR_EQ(uk_nextarg(&rest, ':'), "one");
	UK_TEST_EXPECT_STR_EQ(uk_nextarg(&rest, ':'), "two");
	UK_TEST_EXPECT_STR_EQ(uk_nextarg(&rest, ':'), "");
	UK_TEST_EXPECT_STR_EQ(uk_nextarg(&rest, ':'), "four");
	UK_TEST_EXPECT_NOT_NULL(rest);
	UK_TEST_EXPECT_STR_EQ(uk_nextarg(&rest, ':'), "");
	UK_TEST_EXPECT_NULL(rest);
	UK_TEST_EXPECT_NULL(uk_nextarg(&rest, ':'));
}

UK_TESTCASE(ukargparse_lists_testsuite, nextarg_single)
{
	char text[] = "alone";
	char *rest = text;

	UK_TEST_EXPECT_PTR_EQ(uk_nextarg(&rest, ','), text);
	UK_TEST_EXPECT_NULL(rest);
	UK_TEST_EXPECT_STR_EQ(text, "alone");
}

UK_TESTCASE(ukargparse_lists_testsuite, nextarg_r_elements)
{
	const char *text = "ab,,c", *rest = text;

	UK_TEST_EXPECT_SNUM_EQ(uk_nextarg_r(&rest, ','), 2);
	UK_TEST_EXPECT_PTR_EQ(rest, text + 3);
	UK_TEST_EXPECT_SNUM_EQ(uk_nextarg_r(&rest, ','), 0);
	UK_TEST_EXPECT_PTR_EQ(rest, text + 4);
	UK_TEST_EXPECT_SNUM_EQ(uk_nextarg_r(&rest, ','), 1);
	UK_TEST_EXPECT_NULL(rest);
	UK_TEST_EXPECT_SNUM_EQ(uk_nextarg_r(&rest, ','), 0);
}

UK_TESTCASE(ukargparse_lists_testsuite, strnkeycmp_keys)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ramfs=2", 7, "ramfs", "="), 5);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ramfs=2", 7, "ram", "="), -1);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ramfs=2", 7, "format", "="), -1);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ramfs=2", 5, "ramfs", "="), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ramfs=2", 4, "ramfs", "="), -1);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ro", 9, "ro", NULL), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ro,x", 9, "ro", NULL), -1);
	UK_TEST_EXPECT_SNUM_EQ(uk_strnkeycmp("ro,x", 9, "ro", "=,"), 2);
}

uk_testsuite_register(ukargparse_lists_testsuite, NULL);
