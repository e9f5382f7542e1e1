/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Multiplication that says whether it overflowed, for numbers twice as wide as
 * a register: clang calls it under -fsanitize=signed-integer-overflow. It is
 * no part of the sanitizer proper.
 */
#include <stdint.h>

/*
 * Of two numbers only one may reach into the upper half, and what it adds
 * there must fit. The sign is put aside meanwhile.
 */
#define DEFINE_MULTIPLY(name, wide, unsigned_wide, half_bits)		\
	wide name(wide a, wide b, int *overflow);			\
	wide name(wide a, wide b, int *overflow)			\
	{								\
		unsigned_wide x = a < 0 ? -(unsigned_wide)a :		\
					  (unsigned_wide)a;		\
		unsigned_wide y = b < 0 ? -(unsigned_wide)b :		\
					  (unsigned_wide)b;		\
		unsigned_wide low_mask =				\
			((unsigned_wide)1 << half_bits) - 1;		\
		unsigned_wide upper = x >> half_bits, other = y;	\
		unsigned_wide low, limit;				\
		int is_negative = (a < 0) != (b < 0);			\
									\
		if (upper == 0) {					\
			upper = y >> half_bits;				\
			other = x;					\
		}							\
		low = (x & low_mask) * (y & low_mask);			\
		limit = ((unsigned_wide)1 << (2 * half_bits - 1)) -	\
			!is_negative;					\
		*overflow = (x >> half_bits) != 0 &&			\
			    (y >> half_bits) != 0;			\
		if (upper != 0 && !*overflow) {				\
			unsigned_wide middle = upper *			\
				(other & low_mask);			\
									\
			*overflow = middle >> half_bits != 0;		\
			middle <<= half_bits;				\
			*overflow |= low + middle < low;		\
			low += middle;					\
		}							\
		*overflow |= low > limit;				\
		return (wide)((unsigned_wide)a * (unsigned_wide)b);	\
	}

#ifdef __i386__
DEFINE_MULTIPLY(__mulodi4, int64_t, uint64_t, 32)
#endif

#ifdef __SIZEOF_INT128__
DEFINE_MULTIPLY(__muloti4, __int128, unsigned __int128, 64)
#endif
