/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading floating point numbers from text, rounded right in the last bit.
 * Printing them is nolibc's, and tested there.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uk/test.h>

UK_TESTCASE(nolibc_extra_reals_testsuite, strtod_texts)
{
	char *end;

	UK_TEST_EXPECT_FLOAT_EQ(strtod("1.5", NULL), 1.5);
	UK_TEST_EXPECT_FLOAT_EQ(strtod(" -12.5e-1x", &end), -1.25);
	UK_TEST_EXPECT_SNUM_EQ(*end, 'x');
	UK_TEST_EXPECT_FLOAT_EQ(strtod(".1", NULL), 0.1);
	UK_TEST_EXPECT_FLOAT_EQ(strtod("1e23", NULL), 1e23);
	UK_TEST_EXPECT_FLOAT_EQ(strtod("9007199254740993", NULL),
				9007199254740992.0);
	UK_TEST_EXPECT_FLOAT_EQ(strtod("2.2250738585072011e-308", NULL),
				2.2250738585072011e-308);
	UK_TEST_EXPECT_FLOAT_EQ(strtod("1e", &end), 1.0);
	UK_TEST_EXPECT_SNUM_EQ(*end, 'e');
	UK_TEST_EXPECT_FLOAT_EQ(strtod("inf", NULL), INFINITY);
	UK_TEST_EXPECT(isnan(strtod("nan", NULL)));
	errno = 0;
	UK_TEST_EXPECT_FLOAT_EQ(strtod("1e999", NULL), INFINITY);
	UK_TEST_EXPECT_SNUM_EQ(errno, ERANGE);
	UK_TEST_EXPECT_FLOAT_EQ(strtof("0.5", NULL), 0.5);
	UK_TEST_EXPECT_FLOAT_EQ(atof("x"), 0.0);
}

/* Each is rounded otherwise on a way over double. */
UK_TESTCASE(nolibc_extra_reals_testsuite, strtof_rounds_once)
{
	UK_TEST_EXPECT(strtof(".7006492321624085354e-45", NULL) == 0.0f);
	UK_TEST_EXPECT(strtof(".7006492321624085355e-45", NULL)
		       == __FLT_DENORM_MIN__);
	UK_TEST_EXPECT(strtof("340282356779733661637539395458142568447.9",
			      NULL) == __FLT_MAX__);
	errno = 0;
	UK_TEST_EXPECT(strtof("340282356779733661637539395458142568448", NULL)
		       > __FLT_MAX__);
	UK_TEST_EXPECT_SNUM_EQ(errno, ERANGE);
	UK_TEST_EXPECT(strtof("1.00000005960464477540", NULL)
		       == 1.0f + __FLT_EPSILON__);
}

/* Whether a text is this number and ends `left` characters before its end. */
static int is_real(const char *text, double value, size_t left)
{
	char *end;

	return strtod(text, &end) == value && strlen(end) == left;
}

UK_TESTCASE(nolibc_extra_reals_testsuite, strtod_hexadecimal)
{
	UK_TEST_EXPECT(is_real("0x1p4", 16, 0));
	UK_TEST_EXPECT(is_real("-0X.8", -0.5, 0));
	UK_TEST_EXPECT(is_real("0x1234p56", 0x1234p56, 0));
	UK_TEST_EXPECT(is_real("0xAB.Cp", 171.75, 1));
	UK_TEST_EXPECT(is_real("0x", 0, 1));
	UK_TEST_EXPECT(is_real("0x.p1", 0, 4));
	UK_TEST_EXPECT(is_real("0x00000000000000000000p9", 0, 0));
	/* Half to even, and a little more than half. */
	UK_TEST_EXPECT(is_real("0x1.00000000000008", 1, 0));
	UK_TEST_EXPECT(is_real("0x1.00000000000018", 1 + 0x2p-52, 0));
	UK_TEST_EXPECT(is_real("0x1.000000000000080000000001", 1 + 0x1p-52, 0));
	UK_TEST_EXPECT(is_real("0x1.fffffffffffff8p0", 2, 0));
	UK_TEST_EXPECT(is_real("0x1p-1074", 0x1p-1074, 0));
	UK_TEST_EXPECT(is_real("0x1p-1075", 0, 0));
	UK_TEST_EXPECT(is_real("0x1.8p-1075", 0x1p-1074, 0));
	UK_TEST_EXPECT(is_real("0x1.fffffffffffffp1023", __DBL_MAX__, 0));
	UK_TEST_EXPECT(is_real("0x1.fffffffffffff8p1023", HUGE_VAL, 0));
	UK_TEST_EXPECT(is_real("0x1p99999", HUGE_VAL, 0));
	UK_TEST_EXPECT(is_real("0x1p-99999", 0, 0));
	UK_TEST_EXPECT(strtof("0x1.000001p0", NULL) == 1);
	UK_TEST_EXPECT(strtof("0x1.fffffep127", NULL) == __FLT_MAX__);
	UK_TEST_EXPECT(strtof("0x1p-149", NULL) == __FLT_DENORM_MIN__);
	UK_TEST_EXPECT(strtof("0x1.ffffffp127", NULL) > __FLT_MAX__);
}

uk_testsuite_register(nolibc_extra_reals_testsuite, NULL);
