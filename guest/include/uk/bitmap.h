/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sets of small numbers in arrays of unsigned long, under Unikraft's names.
 * Bits after the last one of a set keep their value, but for fill and zero.
 */
#ifndef __UK_BITMAP_H__
#define __UK_BITMAP_H__

#include <string.h>
#include <uk/bitops.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_BITMAP_SIZE(nbits) (UK_BITS_TO_LONGS(nbits) * sizeof(long))

static inline void uk_bitmap_zero(unsigned long *map, int nbits)
{
	memset(map, 0, UK_BITMAP_SIZE(nbits));
}

static inline void uk_bitmap_fill(unsigned long *map, int nbits)
{
	memset(map, 0xff, UK_BITMAP_SIZE(nbits));
}

static inline void uk_bitmap_copy(unsigned long *to, const unsigned long *from,
				  int nbits)
{
	memcpy(to, from, UK_BITMAP_SIZE(nbits));
}

static inline void uk_bitmap_set(unsigned long *map, unsigned int start,
				 int nbits)
{
	for (int nth = 0; nth < nbits; nth++)
		uk_set_bit((long)start + nth, map);
}

static inline void uk_bitmap_clear(unsigned long *map, unsigned int start,
				   int nbits)
{
	for (int nth = 0; nth < nbits; nth++)
		uk_clear_bit((long)start + nth, map);
}

static inline int uk_bitmap_empty(const unsigned long *map, int nbits)
{
	return uk_find_first_bit(map, (unsigned long)nbits) ==
	       (unsigned long)nbits;
}

static inline int uk_bitmap_full(const unsigned long *map, int nbits)
{
	return uk_find_first_zero_bit(map, (unsigned long)nbits) ==
	       (unsigned long)nbits;
}

static inline int uk_bitmap_weight(const unsigned long *map, int nbits)
{
	int weight = 0;

	for (int nth = 0; nth < nbits; nth++)
		weight += uk_test_bit(nth, map);
	return weight;
}

/**
 * Finds the first run of clear bits from a place on.
 *
 * @param align_mask its start is a multiple of this and one, a power of two
 * @return where it begins; a number above size - nr where there is none
 */
static inline unsigned long
uk_bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
			      unsigned long start, unsigned int nr,
			      unsigned long align_mask)
{
	for (;;) {
		unsigned long first = uk_find_next_zero_bit(map, size, start);
		unsigned long set;

		first = (first + align_mask) & ~align_mask;
		if (first + nr > size)
			return first + nr;
		set = uk_find_next_bit(map, first + nr, first);
		if (set >= first + nr)
			return first;
		start = set + 1;
	}
}

#ifdef __cplusplus
}
#endif

#endif /* __UK_BITMAP_H__ */
