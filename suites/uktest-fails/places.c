/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Failures in unusual places, and how they are shown: in helper functions, in
 * loops, in messages and blocks of memory of any length.
 */
#include <stdbool.h>
#include <stdint.h>
#include <uk/test.h>

static void counted(int value)
{
	UK_TEST_EXPECT_SNUM_GT(value, 0);
	UK_TEST_EXPECT_SNUM_LT(value, 3);
}

UK_TESTCASE(uktest_places_fail, helper)
{
	counted(0);
	counted(1);
	counted(3);
}

UK_TESTCASE(uktest_places_fail, one_line)
{
	UK_TEST_EXPECT(true); UK_TEST_EXPECT(false); UK_TEST_EXPECT(true);
}

UK_TESTCASE(uktest_places_fail, loop)
{
	for (int i = 0; i < 4; i++)
		UK_TEST_EXPECT_SNUM_NQ(i, 2);
}

UK_TESTCASE(uktest_places_fail, message_like_a_result)
{
	UK_TEST_ASSERTF(false, "it said .......... [ PASSED ]");
	UK_TEST_ASSERTF(false, "test:\033[0m other->case");
	UK_TEST_ASSERTF(false, "first line\nsecond line");
}

UK_TESTCASE(uktest_places_fail, wide_message)
{
	static const char forty[] = "0123456789012345678901234567890123456789";

	UK_TEST_ASSERTF(false, "%s%s%s%s", forty, forty, forty, forty);
	UK_TEST_EXPECT_STR_EQ(forty, forty + 10);
}

UK_TESTCASE(uktest_places_fail, wide_numbers)
{
	long long large = 0x100000001;

	UK_TEST_EXPECT_SNUM_EQ(large, 1);
	UK_TEST_EXPECT_UNUM_EQ(-1LL, 0xffffffff);
	UK_TEST_EXPECT_FLOAT_EQ(0.1 + 0.2, 0.3);
}

UK_TESTCASE(uktest_places_fail, bytes)
{
	static uint8_t wanted[100], is[100];

	for (unsigned int i = 0; i < sizeof(is); i++)
		is[i] = wanted[i] = (uint8_t)(i * 7);
	is[66] ^= 1;
	is[80] = 0;
	UK_TEST_EXPECT_BYTES_EQ(is, wanted, sizeof(is));
	UK_TEST_EXPECT_BYTES_EQ(is, wanted, 66);
	UK_TEST_EXPECT_BYTES_EQ(is + 96, wanted + 80, 4);
	UK_TEST_EXPECT_BYTES_EQ(NULL, wanted, 4);
}

UK_TESTCASE(uktest_places_fail, strings)
{
	const char *volatile none = NULL;

	UK_TEST_EXPECT_STR_EQ(none, "text");
	UK_TEST_EXPECT_STR_EQ("tab\tquote\"", "tab quote");
	UK_TEST_EXPECT_STR_CONTAINS(none, "text");
	UK_TEST_EXPECT_STR_NQ(none, NULL);
}

uk_testsuite_register(uktest_places_fail, NULL);
