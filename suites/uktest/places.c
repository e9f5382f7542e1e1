/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where assertions may stand: in helper functions, several in a line, in
 * macros, in loops, in more than one file of a suite. All of them are true.
 */
#include <stdbool.h>
#include <uk/test.h>

#include "places.h"

/* Stands above every case: Unikraft's library would take it for the end. */
static int counted(int value)
{
	UK_TEST_EXPECT_SNUM_GT(value, 0);
	UK_TEST_REQUIRE(value < 100);
	return value;
}

#define BOTH(a, b) \
	do { UK_TEST_EXPECT(a); UK_TEST_EXPECT(b); } while (0)

UK_TESTCASE(uktest_places, helper)
{
	counted(1);
	counted(2);
	assert_elsewhere(3);
}

UK_TESTCASE(uktest_places, one_line)
{
	UK_TEST_EXPECT(true); UK_TEST_EXPECT_ZERO(0); UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_places, macro)
{
	BOTH(1 < 2, 2 < 3);
}

UK_TESTCASE(uktest_places, loop)
{
	for (int i = 0; i < 5; i++)
		UK_TEST_EXPECT_SNUM_LT(i, 5);
}

UK_TESTCASE(uktest_places, branches)
{
	if (esac == NULL)
		UK_TEST_EXPECT(false);
	else
		UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_places, arguments_once)
{
	int a = 0, b = 0, n = 1;

	UK_TEST_EXPECT_SNUM_EQ(a++, b++);
	UK_TEST_EXPECT_BYTES_EQ(&"xyz"[a++], &"yyz"[b++], n++);
	UK_TEST_EXPECT(a++ == 2);
	UK_TEST_EXPECT_SNUM_EQ(a, 3);
	UK_TEST_EXPECT_SNUM_EQ(b, 2);
	UK_TEST_EXPECT_SNUM_EQ(n, 2);
}

UK_TESTCASE(uktest_places, wide_numbers)
{
	long long large = 0x100000001;

	UK_TEST_EXPECT_SNUM_NQ(large, 1);
	UK_TEST_EXPECT_SNUM_LT(-large, -1);
	UK_TEST_EXPECT_UNUM_GT(-1LL, large);
	UK_TEST_EXPECT_NOT_ZERO(0x100000000);
	UK_TEST_EXPECT_NOT_ZERO(esac);
}

UK_TESTCASE(uktest_places, wide_messages)
{
	static const char eighty[] = "0123456789012345678901234567890123456789"
				     "0123456789012345678901234567890123456789";

	UK_TEST_EXPECT_STR_EQ(eighty, eighty);
	UK_TEST_ASSERTF(true, "%s", eighty);
	UK_TEST_ASSERTF(true, "%s%s%s%s", eighty, eighty, eighty, eighty);
	UK_TEST_ASSERTF(true, "two\nlines\tand more");
	UK_TEST_ASSERTF(true, " ");
}

UK_TESTCASE(uktest_places, nothing)
{
}

UK_TESTCASE(uktest_places, notes)
{
	uk_test_printf("a note with a number: %d\n", 42);
	uk_test_printf("two\nlines");
	UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_places, own_record)
{
	struct uk_assert *assert;
	int sites = 0;

	UK_TEST_EXPECT_STR_EQ(esac->name, "own_record");
	UK_TEST_EXPECT_NULL(esac->desc);
	uk_test_assert_foreach(esac, assert)
		sites++;
	UK_TEST_EXPECT_SNUM_GE(sites, 3);
}

uk_testsuite_register(uktest_places, NULL);
