/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checks that -fsanitize=undefined leaves out. The build defines UBSAN_MORE
 * and switches them on: for both compilers float-cast-overflow and
 * float-divide-by-zero, for clang also integer, implicit-conversion and
 * nullability.
 */
#include <limits.h>
#include <stddef.h>
#include <uk/test.h>

#ifdef UBSAN_MORE

static volatile double large = 1e10;
static volatile float large_float = 1e10f;
static volatile double nothing;
static volatile int sink;
static volatile double sink_double;

#define GOES_ON() UK_TEST_ASSERTF(1, "the case goes on after the report")

UK_TESTCASE(ubsan_more, double_to_int)
{
	sink = (int)large; /* UB: float-cast-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_more, float_to_int)
{
	sink = (int)large_float; /* UB: float-cast-overflow */
	GOES_ON();
}

/* On arm64 it takes a function of libgcc to convert such a number. */
#ifndef __aarch64__
static volatile long double huge = 1e30L;

UK_TESTCASE(ubsan_more, long_double_to_int)
{
	sink = (int)huge; /* UB: float-cast-overflow */
	GOES_ON();
}
#endif

UK_TESTCASE(ubsan_more, double_by_zero)
{
	sink_double = large / nothing; /* UB: float-divide-by-zero */
	GOES_ON();
}

#ifdef __clang__
static volatile unsigned int all = UINT_MAX;
static volatile int minus = -1, wide = 300;
static volatile unsigned int sink_unsigned;
static volatile unsigned char sink_byte;
static volatile signed char sink_signed_byte;

UK_TESTCASE(ubsan_more, unsigned_wraps)
{
	sink_unsigned = all + 1; /* UB: unsigned-integer-overflow */
	GOES_ON();
}

UK_TESTCASE(ubsan_more, unsigned_truncated)
{
	sink_byte = all; /* UB: implicit-conversion */
	GOES_ON();
}

UK_TESTCASE(ubsan_more, signed_truncated)
{
	sink_signed_byte = wide; /* UB: implicit-conversion */
	GOES_ON();
}

UK_TESTCASE(ubsan_more, sign_changed)
{
	sink_unsigned = minus; /* UB: implicit-conversion */
	GOES_ON();
}

static void takes(const void *_Nonnull pointer)
{
	__asm__ __volatile__("" : : "r" (pointer));
}

static const void *_Nonnull gives(const void *pointer)
{
	__asm__ __volatile__("" : "+r" (pointer));
	return pointer; /* UB: nullability-return */
}

UK_TESTCASE(ubsan_more, null_argument)
{
	const void *volatile none = NULL;

	takes(none); /* UB: nullability-arg */
	GOES_ON();
}

UK_TESTCASE(ubsan_more, null_result)
{
	const void *volatile none = NULL;
	const void *volatile result = gives(none);

	UK_TEST_EXPECT_NULL(result);
}
#endif /* __clang__ */

uk_testsuite_register(ubsan_more, NULL);

#endif /* UBSAN_MORE */
