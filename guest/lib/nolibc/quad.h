/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers of long double on arm64, taken apart: the processor knows none.
 * It refuses to be used beyond the files that do their arithmetic.
 */
#ifndef UKTEST_NOLIBC_QUAD_H
#define UKTEST_NOLIBC_QUAD_H

#include <stdbool.h>
#include <stdint.h>

typedef unsigned __int128 quad_bits;

enum quad_kind { QUAD_ZERO, QUAD_FINITE, QUAD_INFINITE, QUAD_NAN };

/** Bit of the significand that stands for 1, three more for rounding below. */
#define QUAD_ONE 115

struct quad {
	enum quad_kind kind;
	bool negative;
	/* A finite one is significand * 2^(exponent - QUAD_ONE). */
	int exponent;
	quad_bits significand;
};

/** Form of a binary floating point type. */
struct quad_format {
	/* Bits after the point. */
	int fraction;
	int exponent;
};

/** Takes a number apart; the highest bit of a finite one is QUAD_ONE. */
struct quad quad_split(quad_bits bits, struct quad_format format);

/**
 * Puts a number together, rounded to nearest and even. The lowest bit of the
 * significand stands for all that were lost below it.
 */
quad_bits quad_join(struct quad number, struct quad_format format);

/** Shifts right; what is lost stays visible in the lowest bit. */
quad_bits quad_shift_right(quad_bits bits, int count);

#define QUAD_FORMAT ((struct quad_format){ 112, 15 })

static inline struct quad quad_of(long double value)
{
	union { long double value; quad_bits bits; } both = { value };

	return quad_split(both.bits, QUAD_FORMAT);
}

static inline long double quad_value(struct quad number)
{
	union { quad_bits bits; long double value; } both;

	both.bits = quad_join(number, QUAD_FORMAT);
	return both.value;
}

#endif /* UKTEST_NOLIBC_QUAD_H */
