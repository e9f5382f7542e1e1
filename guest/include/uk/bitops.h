/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bits in arrays of words, under Unikraft's names.
 * It refuses ranges: one bit at a time.
 */
#ifndef __UK_BITOPS_H__
#define __UK_BITOPS_H__

#include <uk/arch/atomic.h>
#include <uk/essentials.h>

#define UK_BITS_PER_LONG (__CHAR_BIT__ * sizeof(long))
#define UK_BIT_MASK(nr) (1UL << ((nr) % UK_BITS_PER_LONG))
#define UK_BIT_WORD(nr) ((nr) / UK_BITS_PER_LONG)
#define UK_BITS_TO_LONGS(n) DIV_ROUND_UP((n), UK_BITS_PER_LONG)

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

#endif /* __UK_BITOPS_H__ */
