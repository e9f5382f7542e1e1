/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Division of 64 bits on i386, for compilers that bring no libgcc for it.
 * All of it is weak: a real one wins. The other architectures link libgcc.
 */
#include <stdint.h>
#include <uk/essentials.h>

#if defined(__i386__)

/* high:low / d, where high < d: the one division that the machine has. */
static uint32_t divide_word(uint32_t high, uint32_t low, uint32_t d,
			    uint32_t *rem)
{
	uint32_t quot;

	__asm__("divl %4" : "=a"(quot), "=d"(*rem)
			  : "a"(low), "d"(high), "rm"(d) : "cc");
	return quot;
}

__weak uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rem)
{
	uint32_t high = (uint32_t)(n >> 32), top = (uint32_t)(d >> 32);
	uint32_t quot = 0, rest, bit;

	if (!top) {
		/* A zero divisor has to trap here, as it would in a machine. */
		quot = divide_word(0, high, (uint32_t)d, &rest);
		n = (uint64_t)quot << 32 |
		    divide_word(rest, (uint32_t)n, (uint32_t)d, &rest);
		if (rem)
			*rem = rest;
		return n;
	}
	/* Both have a high half: the quotient is small, bits are few. */
	if (n >= d) {
		bit = 1U << (__builtin_clz(top) - __builtin_clz(high));
		for (d *= bit; bit; bit >>= 1, d >>= 1) {
			if (n < d)
				continue;
			n -= d;
			quot |= bit;
		}
	}
	if (rem)
		*rem = n;
	return quot;
}

__weak uint64_t __udivdi3(uint64_t n, uint64_t d)
{
	return __udivmoddi4(n, d, 0);
}

__weak uint64_t __umoddi3(uint64_t n, uint64_t d)
{
	uint64_t rem;

	__udivmoddi4(n, d, &rem);
	return rem;
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

__weak int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rem)
{
	uint64_t quot, rest;

	quot = __udivmoddi4(magnitude(n), magnitude(d), &rest);
	*rem = (int64_t)(n < 0 ? 0 - rest : rest);
	return (int64_t)((n < 0) != (d < 0) ? 0 - quot : quot);
}

__weak int64_t __divdi3(int64_t n, int64_t d)
{
	int64_t rem;

	return __divmoddi4(n, d, &rem);
}

__weak int64_t __moddi3(int64_t n, int64_t d)
{
	int64_t rem;

	__divmoddi4(n, d, &rem);
	return rem;
}

#endif
