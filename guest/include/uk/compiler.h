/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the compiler offers beyond the language, under Unikraft's names.
 * It does not cover compilers other than gcc and clang.
 */
#ifndef __UK_COMPILER_H__
#define __UK_COMPILER_H__

#include <uk/arch/types.h>

/* What C11 has and C++ calls otherwise, or not at all. */
#if defined(__cplusplus) && !defined(_Static_assert)
#define _Static_assert static_assert
#endif

/**
 * After the name of what has a place in a table: it is called that in the
 * image too, from C++ as well. The host knows tables by these names.
 */
#ifndef __c_name
#ifdef __cplusplus
#define __c_name(name) __asm__(#name)
#else
#define __c_name(name)
#endif
#endif

#ifndef __packed
#define __packed __attribute__((packed))
#endif
#ifndef __noreturn
#define __noreturn __attribute__((noreturn))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
/* The structure is never defined: a macro that declares begins with a type. */
#ifndef __alias
#define __alias(old, new)                                                  \
	struct __uk_alias;                                                 \
	extern __typeof(old) new __attribute__((alias(#old)))
#endif
#ifndef __used
#define __used __attribute__((used))
#endif
#ifndef __unused
#define __unused __attribute__((unused))
#endif
#ifndef __maybe_unused
#define __maybe_unused __attribute__((unused))
#endif
#ifndef __section
#define __section(name) __attribute__((section(name)))
#endif
#ifndef __nonnull
#define __nonnull __attribute__((nonnull))
#endif
#ifndef __deprecated
#define __deprecated __attribute__((deprecated))
#endif
#ifndef __printf
#define __printf(fmt, args) __attribute__((format(printf, (fmt), (args))))
#endif
#ifndef __scanf
#define __scanf(fmt, args) __attribute__((format(scanf, (fmt), (args))))
#endif
#ifndef __align
#define __align(bytes) __attribute__((aligned(bytes)))
#endif
#ifndef __aligned
#define __aligned(bytes) __attribute__((aligned(bytes)))
#endif
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif
#ifndef __naked
#define __naked __attribute__((naked))
#endif
/*
 * A function that a trap may call. It may use all registers: the stubs of
 * traps keep those of floating point too.
 */
#ifndef __isr
#define __isr
#endif
#ifndef __returns_twice
#define __returns_twice __attribute__((returns_twice))
#endif
#ifndef __check_result
#define __check_result __attribute__((warn_unused_result))
#endif
#ifndef __constructor
#define __constructor __attribute__((constructor))
#endif
#ifndef __constructor_prio
#define __constructor_prio(lvl) __attribute__((constructor(lvl)))
#endif

#ifndef __unalign
#define __unalign __align(1)
#endif
#ifndef __may_alias
#define __may_alias __attribute__((may_alias))
#endif
#ifndef __fallthrough
#define __fallthrough __attribute__((fallthrough))
#endif
#ifndef __weak_alias
#define __weak_alias(old, new)                                             \
	struct __uk_alias;                                                 \
	extern __typeof(old) new __attribute__((weak, alias(#old)))
#endif
#ifndef __uk_tls
/* There is one thread. */
#define __uk_tls
#endif

#ifndef __GNUC_PREREQ__
#define __GNUC_PREREQ__(major, minor)                                      \
	(__GNUC__ > (major) ||                                             \
	 (__GNUC__ == (major) && __GNUC_MINOR__ >= (minor)))
#endif

#ifndef likely
#define likely(x) __builtin_expect(!!(x), 1)
#endif
#ifndef unlikely
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif
#ifndef barrier
#define barrier() do { __asm__ __volatile__("" : : : "memory"); } while (0)
#endif

#ifndef DECONST
#define DECONST(t, a) ((t)(__uptr)(const void *)(a))
#endif
#ifndef DEQUALIFY
#define DEQUALIFY(t, a) ((t)(__uptr)(const volatile void *)(a))
#endif
#ifndef __offsetof
#define __offsetof(t, field) __builtin_offsetof(t, field)
#endif
/** Whether a structure of this size is long enough to have a field. */
#ifndef __contains
#define __contains(t, field, size) \
	(__offsetof(t, field) + sizeof(((t *)0)->field) <= (size))
#endif

/** Address of the structure that holds the member that a pointer points to. */
#ifndef __containerof
#define __containerof(x, s, m)                                             \
	({                                                                 \
		const volatile __typeof__(((s *)0)->m) *__member = (x);    \
		DEQUALIFY(s *, (const volatile char *)__member             \
				       - __offsetof(s, m));                \
	})
#endif

#ifndef __return_addr
#define __return_addr(lvl) ((__uptr)__builtin_return_address(lvl))
#endif
#ifndef __frame_addr
#define __frame_addr(lvl) ((__uptr)__builtin_frame_address(lvl))
#endif

#endif /* __UK_COMPILER_H__ */
