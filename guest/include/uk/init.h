/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of functions that the boot calls class by class, in Unikraft's
 * names and order. It does not call them, which is up to ukboot.
 */
#ifndef __UK_INIT_H__
#define __UK_INIT_H__

#include <uk/essentials.h>
#include <uk/plat/bootstrap.h>
#include <uk/prio.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Argument of an init function. */
struct uk_init_ctx {
	struct {
		int argc;
		char **argv;
	} cmdline;
};

/** Argument of a function that undoes an init function. */
struct uk_term_ctx {
	enum ukplat_gstate target;
};

/** A step of the boot. A negative result aborts the boot. */
typedef int (*uk_init_func_t)(struct uk_init_ctx *ctx);
/** Undoes a step of the boot, when the machine is about to end. */
typedef void (*uk_term_func_t)(const struct uk_term_ctx *ctx);

#define UK_INIT_CLASS_EARLY 1
#define UK_INIT_CLASS_PLAT 2
#define UK_INIT_CLASS_LIB 3
#define UK_INIT_CLASS_ROOTFS 4
#define UK_INIT_CLASS_SYS 5
#define UK_INIT_CLASS_LATE 6

/*
 * The linker sorts the sections by name; class and priority are one digit
 * each, so that the names sort like the numbers. Functions without a parameter
 * are welcome too, hence the casts.
 */
#define __UK_INITTAB(fn, base, prio)                                       \
	static const uk_init_func_t                                        \
	__used __section(".uk_inittab" #base #prio)                        \
	__uk_inittab##base##prio##_##fn##_0x0                              \
	__c_name(__uk_inittab##base##prio##_##fn##_0x0) =                  \
		(uk_init_func_t)(__uptr)(fn)

/* The same, and a function that undoes it. */
#define __UK_INITTERMTAB(fn, term, base, prio)                             \
	static const uk_term_func_t                                        \
	__used __section(".uk_termtab" #base #prio)                        \
	__uk_termtab##base##prio##_##fn = (uk_term_func_t)(__uptr)(term);  \
	__UK_INITTAB(fn, base, prio)

#define _UK_INITTAB(fn, base, prio) __UK_INITTAB(fn, base, prio)
#define _UK_INITTERMTAB(fn, term, base, prio) \
	__UK_INITTERMTAB(fn, term, base, prio)

/*
 * Unikraft 0.16 put a second function, or 0x0, after the first: both forms
 * are there, told apart by the number of arguments.
 */
#define __UK_INIT_PICK(a, b, c, d, name, ...) name
#define __UK_INIT_3(fn, base, prio) _UK_INITTAB(fn, base, prio)
#define __UK_INIT_4(fn, term, base, prio) _UK_INITTERMTAB(fn, term, base, prio)

/**
 * Has a function called during the boot: uk_initcall_class_prio(fn, class,
 * prio), or uk_initcall_class_prio(fn, term, class, prio) with one that is
 * called in front of an orderly end.
 *
 * fn is a function of type uk_init_func_t, class 1 (early) to 6 (late), prio 0
 * (first in its class) to 9 (last).
 */
#define uk_initcall_class_prio(...)                                        \
	__UK_INIT_PICK(__VA_ARGS__, __UK_INIT_4, __UK_INIT_3, 0,           \
		       0)(__VA_ARGS__)

#define __UK_INIT_PRIO_2(base, fn, prio) _UK_INITTAB(fn, base, prio)
#define __UK_INIT_PRIO_3(base, fn, term, prio) \
	_UK_INITTERMTAB(fn, term, base, prio)
#define __UK_INIT_PRIO(base, ...)                                          \
	__UK_INIT_PICK(0, __VA_ARGS__, __UK_INIT_PRIO_3, __UK_INIT_PRIO_2, \
		       0)(base, __VA_ARGS__)

#define __UK_INIT_LAST_1(base, fn) _UK_INITTAB(fn, base, 9)
#define __UK_INIT_LAST_2(base, fn, term) _UK_INITTERMTAB(fn, term, base, 9)
#define __UK_INIT_LAST(base, ...)                                          \
	__UK_INIT_PICK(0, 0, __VA_ARGS__, __UK_INIT_LAST_2,                \
		       __UK_INIT_LAST_1, 0)(base, __VA_ARGS__)

/* (fn, prio) or (fn, term, prio) */
#define uk_early_initcall_prio(...) __UK_INIT_PRIO(1, __VA_ARGS__)
#define uk_plat_initcall_prio(...) __UK_INIT_PRIO(2, __VA_ARGS__)
#define uk_lib_initcall_prio(...) __UK_INIT_PRIO(3, __VA_ARGS__)
#define uk_rootfs_initcall_prio(...) __UK_INIT_PRIO(4, __VA_ARGS__)
#define uk_sys_initcall_prio(...) __UK_INIT_PRIO(5, __VA_ARGS__)
#define uk_late_initcall_prio(...) __UK_INIT_PRIO(6, __VA_ARGS__)

/* (fn) or (fn, term); last in their class. */
#define uk_early_initcall(...) __UK_INIT_LAST(1, __VA_ARGS__)
#define uk_plat_initcall(...) __UK_INIT_LAST(2, __VA_ARGS__)
#define uk_lib_initcall(...) __UK_INIT_LAST(3, __VA_ARGS__)
#define uk_rootfs_initcall(...) __UK_INIT_LAST(4, __VA_ARGS__)
#define uk_sys_initcall(...) __UK_INIT_LAST(5, __VA_ARGS__)
#define uk_late_initcall(...) __UK_INIT_LAST(6, __VA_ARGS__)

extern const uk_init_func_t uk_inittab_start[];
extern const uk_init_func_t uk_inittab_end[];
extern const uk_term_func_t uk_termtab_start[];
extern const uk_term_func_t uk_termtab_end[];

/** Walks through a part of the init table, end excluded. */
#define uk_inittab_foreach(itr, start, end) \
	for ((itr) = DECONST(uk_init_func_t *, start); (itr) < (end); (itr)++)

/** Walks through a part of the init table from its end. */
#define uk_inittab_foreach_reverse(itr, start, end)                        \
	for ((itr) = DECONST(uk_init_func_t *, (end)) - 1;                 \
	     (itr) >= (start); (itr)--)

#ifdef __cplusplus
}
#endif

#endif /* __UK_INIT_H__ */
