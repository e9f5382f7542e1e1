/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The newer names of the atomic operations.
 * Most are those of uk/arch/atomic.h. Names that end in _relax ask for no
 * order; they get the strongest one, as all do.
 */
#ifndef __UK_ATOMIC_H__
#define __UK_ATOMIC_H__

#include <uk/arch/atomic.h>

#define uk_load_n(src) ukarch_load_n(src)
#define uk_store_n(dst, value) ukarch_store_n(dst, value)
#define uk_fetch_add(dst, value) ukarch_fetch_add(dst, value)
#define uk_fetch_sub(dst, value) ukarch_fetch_sub(dst, value)
#define uk_add_fetch(dst, value) ukarch_add_fetch(dst, value)
#define uk_sub_fetch(dst, value) ukarch_sub_fetch(dst, value)
#define uk_inc(dst) ukarch_inc(dst)
#define uk_dec(dst) ukarch_dec(dst)
/* The value before the operation, unlike those of the older names. */
#define uk_or(dst, value) __atomic_fetch_or((dst), (value), __ATOMIC_SEQ_CST)
#define uk_and(dst, value) __atomic_fetch_and((dst), (value), __ATOMIC_SEQ_CST)
#define uk_exchange_n(dst, value) ukarch_exchange_n(dst, value)
#define uk_compare_exchange_sync(dst, old, new) \
	ukarch_compare_exchange_sync(dst, old, new)
/** True, and the new value, where the old one was *expected; else that. */
#define uk_compare_exchange_n(dst, expected, value)                        \
	__atomic_compare_exchange_n((dst), (expected), (value), 0,         \
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define uk_load_n_relax(src) uk_load_n(src)
#define uk_store_n_relax(dst, value) uk_store_n(dst, value)
#define uk_fetch_add_relax(dst, value) uk_fetch_add(dst, value)
#define uk_fetch_sub_relax(dst, value) uk_fetch_sub(dst, value)
#define uk_add_fetch_relax(dst, value) uk_add_fetch(dst, value)
#define uk_sub_fetch_relax(dst, value) uk_sub_fetch(dst, value)
#define uk_or_relax(dst, value) uk_or(dst, value)
#define uk_and_relax(dst, value) uk_and(dst, value)
#define uk_exchange_n_relax(dst, value) uk_exchange_n(dst, value)
#define UK_ACCESS_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#define uk_ffs(x) ukarch_ffs(x)
#define uk_fls(x) ukarch_fls(x)
#define uk_ffsl(x) ukarch_ffsl(x)
#define uk_flsl(x) ukarch_flsl(x)

#endif /* __UK_ATOMIC_H__ */
