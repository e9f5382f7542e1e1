/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading numbers from text, and arithmetic on them.
 * The divisions of 64 bits are ours on 32-bit machines.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
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

uk_testsuite_register(nolibc_numbers_testsuite, NULL);
