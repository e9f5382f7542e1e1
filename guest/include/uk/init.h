/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of functions that the boot calls class by class, in Unikraft's
 * names and order. It refuses to call them, which is up to ukboot.
 */
#ifndef __UK_INIT_H__
#define __UK_INIT_H__

#include <uk/essentials.h>
#include <uk/prio.h>

/** A step of the boot. A negative result aborts the boot. */
typedef int (*uk_init_func_t)(void);

#define UK_INIT_CLASS_EARLY 1
#define UK_INIT_CLASS_PLAT 2
#define UK_INIT_CLASS_LIB 3
#define UK_INIT_CLASS_ROOTFS 4
#define UK_INIT_CLASS_SYS 5
#define UK_INIT_CLASS_LATE 6

/*
 * The linker sorts the sections by name; class and priority are one digit
 * each, so that the names sort like the numbers.
 */
#define __UK_INITTAB(fn, base, prio)                                       \
	static const uk_init_func_t                                        \
	__used __section(".uk_inittab" #base #prio)                        \
	__uk_inittab##base##prio##_##fn##_0x0 = (fn)

#define _UK_INITTAB(fn, base, prio) __UK_INITTAB(fn, base, prio)

/**
 * Has a function called during the boot.
 *
 * @param fn function of type uk_init_func_t
 * @param class 1 (early) to 6 (late)
 * @param prio 0 (first in its class) to 9 (last)
 */
#define uk_initcall_class_prio(fn, class, prio) _UK_INITTAB(fn, class, prio)

#define uk_early_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_EARLY, prio)
#define uk_plat_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_PLAT, prio)
#define uk_lib_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_LIB, prio)
#define uk_rootfs_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_ROOTFS, prio)
#define uk_sys_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_SYS, prio)
#define uk_late_initcall_prio(fn, prio) \
	uk_initcall_class_prio(fn, UK_INIT_CLASS_LATE, prio)

#define uk_early_initcall(fn) uk_early_initcall_prio(fn, UK_PRIO_LATEST)
#define uk_plat_initcall(fn) uk_plat_initcall_prio(fn, UK_PRIO_LATEST)
#define uk_lib_initcall(fn) uk_lib_initcall_prio(fn, UK_PRIO_LATEST)
#define uk_rootfs_initcall(fn) uk_rootfs_initcall_prio(fn, UK_PRIO_LATEST)
#define uk_sys_initcall(fn) uk_sys_initcall_prio(fn, UK_PRIO_LATEST)
#define uk_late_initcall(fn) uk_late_initcall_prio(fn, UK_PRIO_LATEST)

extern const uk_init_func_t uk_inittab_start[];
extern const uk_init_func_t uk_inittab_end[];

/** Walks through a part of the init table, end excluded. */
#define uk_inittab_foreach(itr, start, end) \
	for ((itr) = DECONST(uk_init_func_t *, start); (itr) < (end); (itr)++)

#endif /* __UK_INIT_H__ */
