/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Conversions of long double on arm64 from and to the other types.
 * It refuses 128-bit integers, which nobody converts.
 */
#include <stdint.h>

#if defined(__aarch64__)

#include <uk/essentials.h>
#include "quad.h"

#define DOUBLE_FORMAT ((struct quad_format){ 52, 11 })
#define FLOAT_FORMAT ((struct quad_format){ 23, 8 })

long double __extenddftf2(double value);
long double __extendsftf2(float value);
double __trunctfdf2(long double value);
float __trunctfsf2(long double value);
long double __floatditf(int64_t value);
long double __floatsitf(int value);
long double __floatunditf(uint64_t value);
long double __floatunsitf(unsigned int value);
int64_t __fixtfdi(long double value);
int __fixtfsi(long double value);
uint64_t __fixunstfdi(long double value);
unsigned int __fixunstfsi(long double value);

__weak long double __extenddftf2(double value)
{
	union { double value; uint64_t bits; } both = { value };

	return quad_value(quad_split(both.bits, DOUBLE_FORMAT));
}

__weak long double __extendsftf2(float value)
{
	union { float value; uint32_t bits; } both = { value };

	return quad_value(quad_split(both.bits, FLOAT_FORMAT));
}

__weak double __trunctfdf2(long double value)
{
	union { uint64_t bits; double value; } both;

	both.bits = (uint64_t)quad_join(quad_of(value), DOUBLE_FORMAT);
	return both.value;
}

__weak float __trunctfsf2(long double value)
{
	union { uint32_t bits; float value; } both;

	both.bits = (uint32_t)quad_join(quad_of(value), FLOAT_FORMAT);
	return both.value;
}

static long double of_magnitude(uint64_t magnitude, bool negative)
{
	return quad_value((struct quad){
		.kind = magnitude ? QUAD_FINITE : QUAD_ZERO,
		.negative = negative,
		.exponent = QUAD_ONE,
		.significand = magnitude,
	});
}

__weak long double __floatditf(int64_t value)
{
	return of_magnitude(value < 0 ? -(uint64_t)value : (uint64_t)value,
			    value < 0);
}

__weak long double __floatsitf(int value)
{
	return __floatditf(value);
}

__weak long double __floatunditf(uint64_t value)
{
	return of_magnitude(value, false);
}

__weak long double __floatunsitf(unsigned int value)
{
	return of_magnitude(value, false);
}

/* The whole part, or the limit where it is beyond; a limit of 0 for none. */
static uint64_t to_magnitude(struct quad number, uint64_t limit)
{
	quad_bits whole;

	if (number.kind == QUAD_INFINITE)
		return limit;
	if (number.kind != QUAD_FINITE || number.exponent < 0)
		return 0;
	if (number.exponent >= 64)
		return limit;
	whole = number.significand >> (QUAD_ONE - number.exponent);
	return whole > limit ? limit : (uint64_t)whole;
}

static int64_t to_signed(long double value, uint64_t limit)
{
	struct quad number = quad_of(value);

	if (number.negative)
		return (int64_t)-to_magnitude(number, limit + 1);
	return (int64_t)to_magnitude(number, limit);
}

__weak int64_t __fixtfdi(long double value)
{
	return to_signed(value, INT64_MAX);
}

__weak int __fixtfsi(long double value)
{
	return (int)to_signed(value, INT32_MAX);
}

__weak uint64_t __fixunstfdi(long double value)
{
	struct quad number = quad_of(value);

	return to_magnitude(number, number.negative ? 0 : UINT64_MAX);
}

__weak unsigned int __fixunstfsi(long double value)
{
	struct quad number = quad_of(value);

	return (unsigned int)to_magnitude(number,
					  number.negative ? 0 : UINT32_MAX);
}

#endif
