/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One case for each check of numbers: every case does one thing that C leaves
 * undefined, in the line marked with the name of the check, and passes. What
 * must be reported where stands in expected.json.
 */
#include <limits.h>
#include <stdint.h>
#include <uk/test.h>

/* Without volatile the compiler would warn, and know the outcome. */
static volatile int zero, one = 1, most = INT_MAX, least = INT_MIN;
static volatile int64_t most64 = INT64_MAX, least64 = INT64_MIN;
static volatile int sink;
static volatile int64_t sink64;

#define GOES_ON() UK_TEST_ASSERTF(1, "the case goes on after the report")

UK_TESTCASE(ubsan_arithmetic, add_overflow)
{
	sink = most + one; /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, sub_overflow)
{
	sink = least - one; /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, mul_overflow)
{
	sink = most * (one + 1); /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, negate_overflow)
{
	sink = -least; /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, add_overflow_64)
{
	sink64 = most64 + one; /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, mul_overflow_64)
{
	sink64 = least64 * (one + 2); /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, negate_overflow_64)
{
	sink64 = -least64; /* UB: signed-integer-overflow */
	GOES_ON();
}

#ifdef __SIZEOF_INT128__
UK_TESTCASE(ubsan_arithmetic, add_overflow_128)
{
	volatile __int128 large = (__int128)INT64_MAX << 64 | UINT64_MAX;

	large = large + one; /* UB: signed-integer-overflow */
	GOES_ON();
}
#endif

/*
 * x86 traps where it divides by zero. Nobody uses these quotients, so that the
 * compiler leaves the division out, but not its check.
 */
UK_TESTCASE(ubsan_arithmetic, divide_by_zero)
{
	(void)(one / zero); /* UB: integer-divide-by-zero */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, divide_overflow)
{
	(void)(least / (zero - one)); /* UB: signed-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, remainder_of_zero_64)
{
	(void)(least64 % zero); /* UB: integer-divide-by-zero */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, shift_too_far)
{
	sink = one << (one + 39); /* UB: shift-exponent */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, shift_by_negative)
{
	sink = one >> -one; /* UB: shift-exponent */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, shift_of_negative)
{
	sink = -one << one; /* UB: shift-base */
	GOES_ON();
}

UK_TESTCASE(ubsan_arithmetic, shift_into_sign_64)
{
	sink64 = most64 << one; /* UB: shift-base */
	GOES_ON();
}

#if !defined(__clang__) || !defined(__aarch64__)
UK_TESTCASE(ubsan_arithmetic, builtin_of_zero)
{
	sink = __builtin_ctz((unsigned int)zero); /* UB: builtin */
	GOES_ON();
}
#endif

uk_testsuite_register(ubsan_arithmetic, NULL);
