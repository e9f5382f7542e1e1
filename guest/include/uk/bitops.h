/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bits in words and in arrays of words, under Unikraft's names. Bit 0 is the
 * lowest of the first word. It does not cover arrays that are no whole words.
 */
#ifndef __UK_BITOPS_H__
#define __UK_BITOPS_H__

#include <uk/arch/atomic.h>
#include <uk/bitcount.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_BITS_PER_LONG (__CHAR_BIT__ * __SIZEOF_LONG__)
#define UK_BITS_PER_LONG_LONG (__CHAR_BIT__ * __SIZEOF_LONG_LONG__)
#ifndef BITS_PER_BYTE
#define BITS_PER_BYTE __CHAR_BIT__
#endif
#define UK_BIT_MASK(nr) (1UL << ((nr) % UK_BITS_PER_LONG))
#define UK_BIT_WORD(nr) ((nr) / UK_BITS_PER_LONG)
#define UK_BITS_TO_LONGS(n) DIV_ROUND_UP((n), UK_BITS_PER_LONG)

/** Bits l to h, both included. */
#define UK_GENMASK(h, l) \
	((~0UL >> (UK_BITS_PER_LONG - 1 - (h))) & (~0UL << (l)))
#define UK_GENMASK_ULL(h, l) \
	((~0ULL >> (UK_BITS_PER_LONG_LONG - 1 - (h))) & (~0ULL << (l)))

/** Of the word that a range begins in: the bits from its start on. */
#define UK_BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) % UK_BITS_PER_LONG))
/** Of the word that a range ends in: its first n bits, 1 to a whole word. */
#define UK_BITMAP_LAST_WORD_MASK(n) (~0UL >> (UK_BITS_PER_LONG - (n)))

#define uk_hweight8(x) uk_bitcount((__u8)(x))
#define uk_hweight16(x) uk_bitcount16(x)
#define uk_hweight32(x) uk_bitcount32(x)
#define uk_hweight64(x) uk_bitcount64(x)
#define uk_hweight_long(x) uk_bitcountl(x)

static inline __u32 uk_ror32(__u32 word, unsigned int shift)
{
	return word >> shift % 32 | word << (32 - shift % 32) % 32;
}

/** The value whose lowest bits up to `index` are given, its sign included. */
static inline __s64 uk_sign_extend64(__u64 value, int index)
{
	return (__s64)(value << (63 - index)) >> (63 - index);
}

/** Exponent of the smallest power of two that is not below `count` (> 0). */
static inline int uk_get_count_order(unsigned int count)
{
	return ukarch_fls(count) + !POWER_OF_2(count);
}

static inline void uk_set_bit(long nr, volatile unsigned long *words)
{
	ukarch_or(&words[UK_BIT_WORD(nr)], UK_BIT_MASK(nr));
}

static inline void uk_clear_bit(long nr, volatile unsigned long *words)
{
	ukarch_and(&words[UK_BIT_WORD(nr)], ~UK_BIT_MASK(nr));
}

static inline int uk_test_bit(long nr, const volatile unsigned long *words)
{
	return (words[UK_BIT_WORD(nr)] & UK_BIT_MASK(nr)) != 0;
}

/** Sets a bit and returns what it was. */
static inline int uk_test_and_set_bit(long nr, volatile unsigned long *words)
{
	return (__atomic_fetch_or(&words[UK_BIT_WORD(nr)], UK_BIT_MASK(nr),
				  __ATOMIC_SEQ_CST) & UK_BIT_MASK(nr)) != 0;
}

/** Clears a bit and returns what it was. */
static inline int uk_test_and_clear_bit(long nr, volatile unsigned long *words)
{
	return (__atomic_fetch_and(&words[UK_BIT_WORD(nr)], ~UK_BIT_MASK(nr),
				   __ATOMIC_SEQ_CST) & UK_BIT_MASK(nr)) != 0;
}

/* Without a promise to others: a processor of its own needs none. */
#define __uk_set_bit(nr, words) uk_set_bit((nr), (words))
#define __uk_clear_bit(nr, words) uk_clear_bit((nr), (words))
#define __uk_test_and_set_bit(nr, words) uk_test_and_set_bit((nr), (words))
#define __uk_test_and_clear_bit(nr, words) \
	uk_test_and_clear_bit((nr), (words))

/* The first bit from `at` on that is not as `flip` says, or `size`. */
static inline unsigned long __uk_find_bit(const unsigned long *words,
					  unsigned long size, unsigned long at,
					  unsigned long flip)
{
	unsigned long word;

	while (at < size) {
		word = (words[UK_BIT_WORD(at)] ^ flip) &
		       UK_BITMAP_FIRST_WORD_MASK(at);
		at -= at % UK_BITS_PER_LONG;
		if (word) {
			at += ukarch_ffsl(word);
			return at < size ? at : size;
		}
		at += UK_BITS_PER_LONG;
	}
	return size;
}

/**
 * The first bit that is set.
 *
 * @param size number of bits of the array
 * @return its number, `size` where there is none; so for all of these
 */
static inline unsigned long uk_find_first_bit(const unsigned long *words,
					      unsigned long size)
{
	return __uk_find_bit(words, size, 0, 0);
}

static inline unsigned long uk_find_first_zero_bit(const unsigned long *words,
						   unsigned long size)
{
	return __uk_find_bit(words, size, 0, ~0UL);
}

/** The first bit from `offset` on, that one included. */
static inline unsigned long uk_find_next_bit(const unsigned long *words,
					     unsigned long size,
					     unsigned long offset)
{
	return __uk_find_bit(words, size, offset, 0);
}

static inline unsigned long uk_find_next_zero_bit(const unsigned long *words,
						  unsigned long size,
						  unsigned long offset)
{
	return __uk_find_bit(words, size, offset, ~0UL);
}

static inline unsigned long uk_find_last_bit(const unsigned long *words,
					     unsigned long size)
{
	unsigned long at;

	for (at = size; at-- > 0;)
		if (words[UK_BIT_WORD(at)] & UK_BIT_MASK(at))
			return at;
	return size;
}

#define uk_for_each_set_bit(bit, words, size)                              \
	for ((bit) = uk_find_first_bit((words), (size)); (bit) < (size);   \
	     (bit) = uk_find_next_bit((words), (size), (bit) + 1))

#define uk_for_each_clear_bit(bit, words, size)                            \
	for ((bit) = uk_find_first_zero_bit((words), (size));              \
	     (bit) < (size);                                               \
	     (bit) = uk_find_next_zero_bit((words), (size), (bit) + 1))

#ifdef __cplusplus
}
#endif

#endif /* __UK_BITOPS_H__ */
