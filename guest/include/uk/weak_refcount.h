/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two counters for what is destroyed in two steps: strong references keep what
 * an object does, weak ones its memory. Each strong one is a weak one too.
 * They stop as those of uk/refcount.h do.
 */
#ifndef __UK_WEAK_REFCOUNT_H__
#define __UK_WEAK_REFCOUNT_H__

#include <uk/assert.h>
#include <uk/refcount.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_swrefcount {
	/** All references. */
	__atomic refcount;
	/** The strong ones among them. */
	__atomic strong;
};

#define UK_SWREFCOUNT_INITIALIZER(all, strongs)                            \
	{                                                                  \
		.refcount = UK_REFCOUNT_INITIALIZER((all)),                \
		.strong = UK_REFCOUNT_INITIALIZER((strongs)),              \
	}
#define UK_SWREFCOUNT_INIT_VALUE(all, strongs) \
	((struct uk_swrefcount)UK_SWREFCOUNT_INITIALIZER((all), (strongs)))

/** The last reference of all is gone: the memory may go. */
#define UK_SWREFCOUNT_LAST_REF 1
/** The last strong reference is gone: the object is to end. */
#define UK_SWREFCOUNT_LAST_STRONG 2

static inline void uk_swrefcount_init(struct uk_swrefcount *count, __u32 all,
				      __u32 strongs)
{
	UK_ASSERT(all >= strongs);
	uk_refcount_init(&count->refcount, all);
	uk_refcount_init(&count->strong, strongs);
}

static inline void uk_swrefcount_acquire_weak(struct uk_swrefcount *count)
{
	uk_refcount_acquire(&count->refcount);
}

/** One more strong reference; the caller has one of that kind already. */
static inline void uk_swrefcount_acquire(struct uk_swrefcount *count)
{
	uk_swrefcount_acquire_weak(count);
	uk_refcount_acquire(&count->strong);
}

/** @return UK_SWREFCOUNT_LAST_REF, or 0 */
static inline int uk_swrefcount_release_weak(struct uk_swrefcount *count)
{
	return uk_refcount_release(&count->refcount) ? UK_SWREFCOUNT_LAST_REF
						     : 0;
}

/**
 * Makes a strong reference, for a caller that has a weak one.
 *
 * @return 1; 0 when there was no strong one any more
 */
static inline int uk_swrefcount_try_acquire(struct uk_swrefcount *count)
{
	/* The memory is held first, so that it is there in either case. */
	uk_swrefcount_acquire_weak(count);
	if (uk_refcount_acquire_if_not_zero(&count->strong))
		return 1;
	uk_swrefcount_release_weak(count);
	return 0;
}

/**
 * Gives a strong reference back.
 *
 * @return UK_SWREFCOUNT_LAST_STRONG, with UK_SWREFCOUNT_LAST_REF where no weak
 *	one is left either; 0
 */
static inline int uk_swrefcount_release(struct uk_swrefcount *count)
{
	const int is_last = uk_refcount_release(&count->strong);
	const int gone = uk_swrefcount_release_weak(count);

	/* There cannot be more strong references than there are in all. */
	UK_ASSERT(is_last || !gone);
	return (is_last ? UK_SWREFCOUNT_LAST_STRONG : 0) | gone;
}

#ifdef __cplusplus
}
#endif

#endif /* __UK_WEAK_REFCOUNT_H__ */
