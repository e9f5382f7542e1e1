/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Takes floating point numbers apart and puts them together, with rounding.
 * It refuses arithmetic, exceptions and other rounding than to nearest.
 */
#include <stdint.h>

#if defined(__aarch64__)

#include "quad.h"

#define ONE ((quad_bits)1)

static int bias_of(struct quad_format format)
{
	return (1 << (format.exponent - 1)) - 1;
}

static int highest_bit(quad_bits bits)
{
	uint64_t high = (uint64_t)(bits >> 64);

	return high ? 127 - __builtin_clzll(high)
		    : 63 - __builtin_clzll((uint64_t)bits);
}

quad_bits quad_shift_right(quad_bits bits, int count)
{
	if (count <= 0)
		return bits;
	if (count >= 128)
		return bits != 0;
	return bits >> count | ((bits & ((ONE << count) - 1)) != 0);
}

/* Moves the highest bit to where 1 stands. */
static void normalize(struct quad *number)
{
	int shift = highest_bit(number->significand) - QUAD_ONE;

	if (shift > 0)
		number->significand =
			quad_shift_right(number->significand, shift);
	else
		number->significand <<= -shift;
	number->exponent += shift;
}

struct quad quad_split(quad_bits bits, struct quad_format format)
{
	int field = (int)(bits >> format.fraction)
		& ((1 << format.exponent) - 1);
	quad_bits fraction = bits & ((ONE << format.fraction) - 1);
	struct quad number = {
		.negative = bits >> (format.fraction + format.exponent) & 1,
		.exponent = field - bias_of(format),
		.significand = fraction << (QUAD_ONE - format.fraction),
	};

	if (field == (1 << format.exponent) - 1) {
		number.kind = fraction ? QUAD_NAN : QUAD_INFINITE;
	} else if (field) {
		number.kind = QUAD_FINITE;
		number.significand |= ONE << QUAD_ONE;
	} else {
		number.kind = fraction ? QUAD_FINITE : QUAD_ZERO;
		number.exponent++;
		if (fraction)
			normalize(&number);
	}
	return number;
}

static quad_bits join_finite(struct quad number, struct quad_format format)
{
	int dropped = QUAD_ONE - format.fraction;
	quad_bits half = ONE << (dropped - 1);
	quad_bits bits, rest;
	int field;

	normalize(&number);
	field = number.exponent + bias_of(format);
	if (field <= 0) {
		number.significand =
			quad_shift_right(number.significand, 1 - field);
		field = 0;
	}
	rest = number.significand & ((ONE << dropped) - 1);
	bits = number.significand >> dropped;
	if (rest > half || (rest == half && (bits & 1)))
		bits++;
	/*
	 * The bit of 1 adds one to the field below, and a carry of the rounding
	 * another, which is what both should do.
	 */
	if (field)
		bits += (quad_bits)(field - 1) << format.fraction;
	if (bits >> format.fraction >= (quad_bits)(1 << format.exponent) - 1)
		bits = (quad_bits)((1 << format.exponent) - 1)
			<< format.fraction;
	return bits;
}

quad_bits quad_join(struct quad number, struct quad_format format)
{
	quad_bits all = (quad_bits)((1 << format.exponent) - 1)
		<< format.fraction;
	quad_bits bits = 0;

	if (number.kind == QUAD_NAN)
		bits = all | ONE << (format.fraction - 1);
	else if (number.kind == QUAD_INFINITE)
		bits = all;
	else if (number.kind == QUAD_FINITE && number.significand)
		bits = join_finite(number, format);
	if (number.negative)
		bits |= ONE << (format.fraction + format.exponent);
	return bits;
}

#endif
