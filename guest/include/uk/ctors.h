/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of constructors, which run before heap and init functions. Those of
 * the compiler (__constructor, static objects of C++) run once there is a heap.
 * It does not call them, which is up to ukboot.
 */
#ifndef __UK_CTORS_H__
#define __UK_CTORS_H__

#include <uk/essentials.h>
#include <uk/prio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uk_ctor_func_t)(void);

#define __UK_CTORTAB(fn, prio)                                             \
	static const uk_ctor_func_t                                        \
	__used __section(".uk_ctortab" #prio)                              \
	__uk_ctortab##prio##_##fn					   \
	__c_name(__uk_ctortab##prio##_##fn) = (fn)

#define _UK_CTORTAB(fn, prio) __UK_CTORTAB(fn, prio)

/**
 * Has a function called before heap, time and init functions are there.
 *
 * @param fn function of type uk_ctor_func_t
 * @param prio 0 (first) to 9 (last)
 */
#define UK_CTOR_PRIO(fn, prio) _UK_CTORTAB(fn, prio)

/** UK_CTOR_PRIO() after all others. */
#define UK_CTOR(fn) UK_CTOR_PRIO(fn, UK_PRIO_LATEST)

/** The older order of the arguments. */
#define UK_CTOR_FUNC(prio, fn) _UK_CTORTAB(fn, prio)

/* Constructors of the compiler. */
extern const uk_ctor_func_t uk_init_array_start[];
extern const uk_ctor_func_t uk_init_array_end[];

extern const uk_ctor_func_t uk_ctortab_start[];
extern const uk_ctor_func_t uk_ctortab_end[];

/** Walks through the constructor table, end excluded. */
#define uk_ctortab_foreach(itr, start, end) \
	for ((itr) = DECONST(uk_ctor_func_t *, start); (itr) < (end); (itr)++)

#ifdef __cplusplus
}
#endif

#endif /* __UK_CTORS_H__ */
