/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading numbers from text, and arithmetic on them.
 * The divisions of 64 bits are ours on 32-bit machines.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/test.h>

/* A number, where its text ends, and errno. */
static void expect_long(const char *text, int base, long want, int end,
			int error)
{
	char *stop = NULL;

	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(strtol(text, &stop, base), want);
	UK_TEST_EXPECT_SNUM_EQ(stop - text, end);
	UK_TEST_EXPECT_SNUM_EQ(errno, error);
}

UK_TESTCASE(nolibc_numbers_testsuite, strtol_texts)
{
	expect_long("42", 10, 42, 2, 0);
	expect_long(" \t\n-17x", 10, -17, 6, 0);
	expect_long("+5", 10, 5, 2, 0);
	expect_long("ff", 16, 255, 2, 0);
	expect_long("0xFf", 16, 255, 4, 0);
	expect_long("0x1f", 0, 31, 4, 0);
	expect_long("017", 0, 15, 3, 0);
	expect_long("19", 0, 19, 2, 0);
	expect_long("zz", 36, 35 * 36 + 35, 2, 0);
	expect_long("129", 2, 1, 1, 0);
}

UK_TESTCASE(nolibc_numbers_testsuite, strtol_nothing)
{
	expect_long("", 10, 0, 0, 0);
	expect_long("  x", 10, 0, 0, 0);
	expect_long("-", 10, 0, 0, 0);
	expect_long("- 1", 10, 0, 0, 0);
	/* The x only counts if a digit follows. */
	expect_long("0x", 16, 0, 1, 0);
	expect_long("0xg", 0, 0, 1, 0);
	expect_long("1", 1, 0, 0, EINVAL);
	expect_long("1", 37, 0, 0, EINVAL);
}

UK_TESTCASE(nolibc_numbers_testsuite, strtol_limits)
{
	char text[32];

	snprintf(text, sizeof(text), "%ld", LONG_MAX);
	expect_long(text, 10, LONG_MAX, (int)strlen(text), 0);
	snprintf(text, sizeof(text), "%ld", LONG_MIN);
	expect_long(text, 10, LONG_MIN, (int)strlen(text), 0);
	snprintf(text, sizeof(text), "%lu", (unsigned long)LONG_MAX + 1);
	expect_long(text, 10, LONG_MAX, (int)strlen(text), ERANGE);
	expect_long("-99999999999999999999999", 10, LONG_MIN, 24, ERANGE);
	errno = 0;
	UK_TEST_EXPECT(strtoul("-1", NULL, 10) == ULONG_MAX);
	UK_TEST_EXPECT_ZERO(errno);
	UK_TEST_EXPECT(strtoull("99999999999999999999", NULL, 10) ==
		       ULLONG_MAX);
	UK_TEST_EXPECT_SNUM_EQ(errno, ERANGE);
	UK_TEST_EXPECT(strtoll("-9223372036854775808", NULL, 10) == LLONG_MIN);
	UK_TEST_EXPECT(strtoumax("18446744073709551615", NULL, 10) ==
		       UINTMAX_MAX);
	UK_TEST_EXPECT_SNUM_EQ(atoi("-12 monkeys"), -12);
	UK_TEST_EXPECT_SNUM_EQ(atol("0012"), 12);
}

/* Volatile, so that the machine computes and not the compiler. */
static volatile int64_t signed_numbers[] = {
	0, 1, -1, 7, -7, 1000000007, -1000000007, INT32_MAX, INT32_MIN,
	0x123456789abLL, -0x123456789abLL, INT64_MAX, INT64_MIN + 1,
};

UK_TESTCASE(nolibc_numbers_testsuite, division_of_64_bits)
{
	int64_t n, d, quot, rem;
	int wrong = 0;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(signed_numbers); i++)
		for (j = 1; j < ARRAY_SIZE(signed_numbers); j++) {
			n = signed_numbers[i];
			d = signed_numbers[j];
			quot = n / d;
			rem = n % d;
			wrong += quot * d + rem != n;
			wrong += rem && (rem < 0) != (n < 0);
			wrong += imaxabs(rem) >= imaxabs(d);
			wrong += (uint64_t)n / (uint64_t)d * (uint64_t)d +
				 (uint64_t)n % (uint64_t)d != (uint64_t)n;
			wrong += (uint64_t)n % (uint64_t)d >= (uint64_t)d;
		}
	UK_TEST_EXPECT_ZERO(wrong);
}

UK_TESTCASE(nolibc_numbers_testsuite, div_and_abs)
{
	UK_TEST_EXPECT_SNUM_EQ(div(-7, 2).quot, -3);
	UK_TEST_EXPECT_SNUM_EQ(div(-7, 2).rem, -1);
	UK_TEST_EXPECT_SNUM_EQ(ldiv(7, -2).quot, -3);
	UK_TEST_EXPECT_SNUM_EQ(lldiv(7, -2).rem, 1);
	UK_TEST_EXPECT_SNUM_EQ(imaxdiv(9, 4).quot, 2);
	UK_TEST_EXPECT_SNUM_EQ(abs(-3), 3);
	UK_TEST_EXPECT_SNUM_EQ(labs(-3L), 3);
	UK_TEST_EXPECT_SNUM_EQ(llabs(-3LL), 3);
	UK_TEST_EXPECT_SNUM_EQ(abs(INT_MIN), INT_MIN);
}

UK_TESTCASE(nolibc_numbers_testsuite, strtod_texts)
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
UK_TESTCASE(nolibc_numbers_testsuite, strtof_rounds_once)
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

UK_TESTCASE(nolibc_numbers_testsuite, strtod_hexadecimal)
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

UK_TESTCASE(nolibc_numbers_testsuite, sscanf_of_half_a_number)
{
	int a = 7, b = 7;
	double real;

	UK_TEST_EXPECT_SNUM_EQ(sscanf(" 0x12 0x34", "%5i%2i", &a, &b), 1);
	UK_TEST_EXPECT_SNUM_EQ(a, 0x12);
	UK_TEST_EXPECT_SNUM_EQ(b, 7);
	UK_TEST_EXPECT_ZERO(sscanf("0xg", "%x", &a));
	UK_TEST_EXPECT_SNUM_EQ(sscanf("10x", "%x", &a), 1);
	UK_TEST_EXPECT_SNUM_EQ(a, 16);
	UK_TEST_EXPECT_ZERO(sscanf("10e", "%lf", &real));
	UK_TEST_EXPECT_ZERO(sscanf("10e+", "%lf", &real));
	UK_TEST_EXPECT_SNUM_EQ(sscanf("10 e", "%lf", &real), 1);
}

UK_TESTCASE(nolibc_numbers_testsuite, sscanf_values)
{
	char word[16], letters[8];
	unsigned int hex;
	double real;
	int a, b;

	UK_TEST_EXPECT_SNUM_EQ(sscanf("12 -34", "%d%d", &a, &b), 2);
	UK_TEST_EXPECT_SNUM_EQ(a, 12);
	UK_TEST_EXPECT_SNUM_EQ(b, -34);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("key=0x1f;", "%[^=]=%x;%n", word, &hex,
				      &a), 2);
	UK_TEST_EXPECT_STR_EQ(word, "key");
	UK_TEST_EXPECT_SNUM_EQ(hex, 31);
	UK_TEST_EXPECT_SNUM_EQ(a, 9);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("abc123", "%7[a-z]%2d%d", letters, &a,
				      &b), 3);
	UK_TEST_EXPECT_STR_EQ(letters, "abc");
	UK_TEST_EXPECT_SNUM_EQ(a, 12);
	UK_TEST_EXPECT_SNUM_EQ(b, 3);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("7 2.5", "%*d %lf", &real), 1);
	UK_TEST_EXPECT_FLOAT_EQ(real, 2.5);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("x", "%d", &a), 0);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("", "%d", &a), EOF);
}

uk_testsuite_register(nolibc_numbers_testsuite, NULL);
