/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Counters of references, under Unikraft's names.
 * They refuse to wrap: one too many is an assertion failure.
 */
#ifndef __UK_REFCOUNT_H__
#define __UK_REFCOUNT_H__

#include <uk/arch/limits.h>
#include <uk/assert.h>
#include <uk/atomic.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_REFCOUNT_INITIALIZER(val) { .counter = (val) }
#define UK_REFCOUNT_INIT_VALUE(val) ((__atomic)UK_REFCOUNT_INITIALIZER(val))

static inline void uk_refcount_init(__atomic *ref, __u32 value)
{
	UK_ASSERT(ref);
	uk_store_n(&ref->counter, value);
}

static inline __u32 uk_refcount_read(const __atomic *ref)
{
	UK_ASSERT(ref);
	return uk_load_n(&ref->counter);
}

static inline void uk_refcount_acquire(__atomic *ref)
{
	UK_ASSERT(ref && ref->counter < __U32_MAX);
	uk_inc(&ref->counter);
}

/** @return 1 when that was the last reference, else 0 */
static inline int uk_refcount_release(__atomic *ref)
{
	__u32 old;

	UK_ASSERT(ref);
	old = uk_dec(&ref->counter);
	UK_ASSERT(old > 0);
	return old == 1;
}

/* Adds `step` unless the counter has the value `never`; 1 when it did. */
static inline int __uk_refcount_unless(__atomic *ref, __u32 never, __u32 step)
{
	__u32 old;

	UK_ASSERT(ref);
	old = uk_load_n(&ref->counter);
	do {
		if (old == never)
			return 0;
	} while (!uk_compare_exchange_n(&ref->counter, &old, old + step));
	return 1;
}

/** @return 1 when there is one reference more, 0 when there was none */
static inline int uk_refcount_acquire_if_not_zero(__atomic *ref)
{
	return __uk_refcount_unless(ref, 0, 1);
}

/** @return 1 when there is one reference less, 0 when it was the last */
static inline int uk_refcount_release_if_not_last(__atomic *ref)
{
	return __uk_refcount_unless(ref, 1, -1);
}

#ifdef __cplusplus
}
#endif

#endif /* __UK_REFCOUNT_H__ */
