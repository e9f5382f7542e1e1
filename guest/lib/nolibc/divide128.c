/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The division of 128 bits that compilers leave to a library on 64-bit
 * machines. It refuses speed: one bit of the quotient at a time.
 */
#include <stdint.h>
#include <uk/essentials.h>

#ifdef __SIZEOF_INT128__

typedef __int128 wide;
typedef unsigned __int128 uwide;

uwide __udivmodti4(uwide n, uwide d, uwide *rem);
uwide __udivti3(uwide n, uwide d);
uwide __umodti3(uwide n, uwide d);
wide __divmodti4(wide n, wide d, wide *rem);
wide __divti3(wide n, wide d);
wide __modti3(wide n, wide d);
wide __muloti4(wide a, wide b, int *overflow);

static int leading_zeros(uwide n)
{
	uint64_t high = (uint64_t)(n >> 64);

	return high ? __builtin_clzll(high)
		    : 64 + __builtin_clzll((uint64_t)n);
}

__weak uwide __udivmodti4(uwide n, uwide d, uwide *rem)
{
	uwide quot = 0;
	int shift;

	/* Where the machine traps for a word it has to for a wide one. */
	if (!(uint64_t)(n >> 64) && !(uint64_t)(d >> 64)) {
		if (rem)
			*rem = (uint64_t)n % (uint64_t)d;
		return (uint64_t)n / (uint64_t)d;
	}
	if (!d)
		return 1 / (uint64_t)d;
	if (n >= d) {
		shift = leading_zeros(d) - leading_zeros(n);
		for (d <<= shift; shift >= 0; shift--, d >>= 1) {
			quot <<= 1;
			if (n < d)
				continue;
			n -= d;
			quot |= 1;
		}
	}
	if (rem)
		*rem = n;
	return quot;
}

__weak uwide __udivti3(uwide n, uwide d)
{
	return __udivmodti4(n, d, (uwide *)0);
}

__weak uwide __umodti3(uwide n, uwide d)
{
	uwide rem;

	__udivmodti4(n, d, &rem);
	return rem;
}

static uwide magnitude(wide n)
{
	return n < 0 ? -(uwide)n : (uwide)n;
}

__weak wide __divmodti4(wide n, wide d, wide *rem)
{
	uwide rest;
	uwide quot = __udivmodti4(magnitude(n), magnitude(d), &rest);

	/* The remainder has the sign of what was divided. */
	*rem = n < 0 ? (wide)-rest : (wide)rest;
	return (n < 0) != (d < 0) ? (wide)-quot : (wide)quot;
}

__weak wide __divti3(wide n, wide d)
{
	wide rem;

	return __divmodti4(n, d, &rem);
}

__weak wide __modti3(wide n, wide d)
{
	wide rem;

	__divmodti4(n, d, &rem);
	return rem;
}

__weak wide __muloti4(wide a, wide b, int *overflow)
{
	uwide x = magnitude(a), y = magnitude(b);
	uwide limit = ~(uwide)0 / 2 + ((a < 0) != (b < 0));

	*overflow = y && x > __udivti3(limit, y);
	return (wide)((uwide)a * (uwide)b);
}

#endif
