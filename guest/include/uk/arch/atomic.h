/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Atomic operations and the search for bits, under Unikraft's names.
 * It does not cover weaker orders than the strongest one.
 */
#ifndef __UKARCH_ATOMIC_H__
#define __UKARCH_ATOMIC_H__

#include <uk/arch/lcpu.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ukarch_load_n(src) __atomic_load_n((src), __ATOMIC_SEQ_CST)
#define ukarch_store_n(dst, value) \
	__atomic_store_n((dst), (value), __ATOMIC_SEQ_CST)

/* The value before the operation. */
#define ukarch_fetch_add(dst, value) \
	__atomic_fetch_add((dst), (value), __ATOMIC_SEQ_CST)
#define ukarch_fetch_sub(dst, value) \
	__atomic_fetch_sub((dst), (value), __ATOMIC_SEQ_CST)
#define ukarch_inc(dst) ukarch_fetch_add((dst), 1)
#define ukarch_dec(dst) ukarch_fetch_sub((dst), 1)

/* The value after the operation. */
#define ukarch_add_fetch(dst, value) \
	__atomic_add_fetch((dst), (value), __ATOMIC_SEQ_CST)
#define ukarch_sub_fetch(dst, value) \
	__atomic_sub_fetch((dst), (value), __ATOMIC_SEQ_CST)
#define ukarch_or(dst, value) \
	__atomic_or_fetch((dst), (value), __ATOMIC_SEQ_CST)
#define ukarch_and(dst, value) \
	__atomic_and_fetch((dst), (value), __ATOMIC_SEQ_CST)

#define ukarch_exchange(dst, src, old) \
	__atomic_exchange((dst), (src), (old), __ATOMIC_SEQ_CST)
#define ukarch_exchange_n(dst, value) \
	__atomic_exchange_n((dst), (value), __ATOMIC_SEQ_CST)

/** The new value where the old one was as expected, else the expected one. */
#define ukarch_compare_exchange_sync(dst, old, new)                        \
	({                                                                 \
		__typeof__(*(dst)) __expected = (old);                     \
		__atomic_compare_exchange_n((dst), &__expected, (new), 0,  \
					    __ATOMIC_SEQ_CST,              \
					    __ATOMIC_SEQ_CST)              \
			? (new) : (old);                                   \
	})

/** Number of the lowest bit that is set. */
static inline unsigned int ukarch_ffs(unsigned int x)
{
	return __builtin_ctz(x);
}

/** Number of the highest bit that is set. */
static inline unsigned int ukarch_fls(unsigned int x)
{
	return __CHAR_BIT__ * sizeof(x) - 1 - __builtin_clz(x);
}

static inline unsigned int ukarch_ffsl(unsigned long x)
{
	return __builtin_ctzl(x);
}

static inline unsigned int ukarch_flsl(unsigned long x)
{
	return __CHAR_BIT__ * sizeof(x) - 1 - __builtin_clzl(x);
}

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_ATOMIC_H__ */
