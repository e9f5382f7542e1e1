/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Multiplication that says whether it overflowed, for numbers twice as wide as
 * a register: clang calls it under -fsanitize=signed-integer-overflow. It is
 * no part of the sanitizer proper.
 */
#include <stdint.h>

#ifdef __SIZEOF_INT128__
#define HALF_BITS 64
#define MULTIPLY __muloti4
typedef __int128 wide;
typedef unsigned __int128 unsigned_wide;
#else
#define HALF_BITS 32
#define MULTIPLY __mulodi4
typedef int64_t wide;
typedef uint64_t unsigned_wide;
#endif

#define LOW_MASK (((unsigned_wide)1 << HALF_BITS) - 1)

static unsigned_wide magnitude(wide n)
{
	return n < 0 ? -(unsigned_wide)n : (unsigned_wide)n;
}

/*
 * Of two numbers only one may reach into the upper half, and what it adds
 * there must fit. The sign is put aside meanwhile.
 */
wide MULTIPLY(wide a, wide b, int *overflow)
{
	unsigned_wide x = magnitude(a), y = magnitude(b);
	unsigned_wide upper = x >> HALF_BITS, other = y;
	unsigned_wide low, middle, limit;
	int is_negative = (a < 0) != (b < 0);

	if (upper == 0) {
		upper = y >> HALF_BITS;
		other = x;
	}
	low = (x & LOW_MASK) * (y & LOW_MASK);
	limit = ((unsigned_wide)1 << (2 * HALF_BITS - 1)) - !is_negative;
	*overflow = (x >> HALF_BITS) != 0 && (y >> HALF_BITS) != 0;
	if (upper != 0 && !*overflow) {
		middle = upper * (other & LOW_MASK);
		*overflow = middle >> HALF_BITS != 0;
		middle <<= HALF_BITS;
		*overflow |= low + middle < low;
		low += middle;
	}
	*overflow |= low > limit;
	return (wide)((unsigned_wide)a * (unsigned_wide)b);
}
