/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sum, product, quotient and order of long double on arm64.
 * It refuses exceptions and other rounding than to nearest.
 */
#if defined(__aarch64__)

#include <uk/essentials.h>
#include "quad.h"

#define WORD(bits) ((quad_bits)(uint64_t)(bits))

long double __addtf3(long double a, long double b);
long double __subtf3(long double a, long double b);
long double __multf3(long double a, long double b);
long double __divtf3(long double a, long double b);
int __eqtf2(long double a, long double b);
int __netf2(long double a, long double b);
int __lttf2(long double a, long double b);
int __letf2(long double a, long double b);
int __gttf2(long double a, long double b);
int __getf2(long double a, long double b);
int __unordtf2(long double a, long double b);

static struct quad no_number(void)
{
	return (struct quad){ .kind = QUAD_NAN };
}

static struct quad add_finite(struct quad a, struct quad b)
{
	struct quad small = a.exponent < b.exponent ? a : b;
	struct quad sum = a.exponent < b.exponent ? b : a;

	small.significand = quad_shift_right(small.significand,
					     sum.exponent - small.exponent);
	if (small.negative == sum.negative) {
		sum.significand += small.significand;
	} else if (sum.significand >= small.significand) {
		sum.significand -= small.significand;
	} else {
		sum.significand = small.significand - sum.significand;
		sum.negative = small.negative;
	}
	if (!sum.significand)
		return (struct quad){ .kind = QUAD_ZERO };
	return sum;
}

static struct quad add(struct quad a, struct quad b)
{
	if (a.kind == QUAD_NAN || b.kind == QUAD_NAN)
		return no_number();
	if (a.kind == QUAD_INFINITE && b.kind == QUAD_INFINITE)
		return a.negative == b.negative ? a : no_number();
	if (a.kind == QUAD_INFINITE || b.kind == QUAD_INFINITE)
		return a.kind == QUAD_INFINITE ? a : b;
	if (a.kind == QUAD_ZERO && b.kind == QUAD_ZERO)
		return (struct quad){ .negative = a.negative && b.negative };
	if (a.kind == QUAD_ZERO || b.kind == QUAD_ZERO)
		return a.kind == QUAD_ZERO ? b : a;
	return add_finite(a, b);
}

__weak long double __addtf3(long double a, long double b)
{
	return quad_value(add(quad_of(a), quad_of(b)));
}

__weak long double __subtf3(long double a, long double b)
{
	struct quad minus = quad_of(b);

	minus.negative = !minus.negative;
	return quad_value(add(quad_of(a), minus));
}

/* Product of 113 bits each, without the lowest 100, which leave one after it. */
static quad_bits multiply(quad_bits x, quad_bits y)
{
	quad_bits low = WORD(x) * WORD(y);
	quad_bits middle = (x >> 64) * WORD(y) + WORD(x) * (y >> 64)
		+ (low >> 64);
	quad_bits high = (x >> 64) * (y >> 64) + (middle >> 64);

	low = middle << 64 | WORD(low);
	return high << 28 | quad_shift_right(low, 100);
}

__weak long double __multf3(long double a, long double b)
{
	struct quad x = quad_of(a), y = quad_of(b);
	struct quad product = { .kind = QUAD_FINITE,
				.negative = x.negative != y.negative };

	if (x.kind == QUAD_NAN || y.kind == QUAD_NAN
	    || (x.kind == QUAD_INFINITE && y.kind == QUAD_ZERO)
	    || (x.kind == QUAD_ZERO && y.kind == QUAD_INFINITE))
		return quad_value(no_number());
	if (x.kind == QUAD_INFINITE || y.kind == QUAD_INFINITE)
		product.kind = QUAD_INFINITE;
	else if (x.kind == QUAD_ZERO || y.kind == QUAD_ZERO)
		product.kind = QUAD_ZERO;
	/* Two points at bit 112, and 100 bits less: a point at bit 124. */
	product.exponent = x.exponent + y.exponent - (124 - QUAD_ONE);
	product.significand = multiply(x.significand >> 3, y.significand >> 3);
	return quad_value(product);
}

/* Quotient with its point at bit 117; a remainder leaves the lowest bit. */
static struct quad divide(struct quad x, struct quad y)
{
	struct quad quot = { .kind = QUAD_FINITE,
			     .exponent = x.exponent - y.exponent - 2 };
	int i;

	for (i = 0; i <= QUAD_ONE + 2; i++) {
		quot.significand <<= 1;
		if (x.significand >= y.significand) {
			x.significand -= y.significand;
			quot.significand |= 1;
		}
		x.significand <<= 1;
	}
	quot.significand |= x.significand != 0;
	return quot;
}

__weak long double __divtf3(long double a, long double b)
{
	struct quad x = quad_of(a), y = quad_of(b), quot;

	if (x.kind == QUAD_NAN || y.kind == QUAD_NAN
	    || (x.kind == y.kind && x.kind != QUAD_FINITE))
		return quad_value(no_number());
	if (x.kind == QUAD_FINITE && y.kind == QUAD_FINITE)
		quot = divide(x, y);
	else if (x.kind == QUAD_INFINITE || y.kind == QUAD_ZERO)
		quot = (struct quad){ .kind = QUAD_INFINITE };
	else
		quot = (struct quad){ .kind = QUAD_ZERO };
	quot.negative = x.negative != y.negative;
	return quad_value(quot);
}

/* -1, 0 or 1; what comes out when there is no order is for the caller. */
static int compare(long double a, long double b, int unordered)
{
	struct quad x = quad_of(a), y = quad_of(b);
	union { long double value; quad_bits bits; } u = { a }, v = { b };

	if (x.kind == QUAD_NAN || y.kind == QUAD_NAN)
		return unordered;
	if ((x.kind == QUAD_ZERO && y.kind == QUAD_ZERO) || u.bits == v.bits)
		return 0;
	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return (u.bits < v.bits) != x.negative ? -1 : 1;
}

__weak int __eqtf2(long double a, long double b)
{
	return compare(a, b, 1);
}

__weak int __netf2(long double a, long double b)
{
	return compare(a, b, 1);
}

__weak int __lttf2(long double a, long double b)
{
	return compare(a, b, 1);
}

__weak int __letf2(long double a, long double b)
{
	return compare(a, b, 1);
}

__weak int __gttf2(long double a, long double b)
{
	return compare(a, b, -1);
}

__weak int __getf2(long double a, long double b)
{
	return compare(a, b, -1);
}

__weak int __unordtf2(long double a, long double b)
{
	return quad_of(a).kind == QUAD_NAN || quad_of(b).kind == QUAD_NAN;
}

#endif
