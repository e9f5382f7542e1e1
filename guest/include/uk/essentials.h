/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Attributes, arithmetic and small operations that every file may use.
 * It refuses declarations of functions and anything with a state.
 */
#ifndef __UK_ESSENTIALS_H__
#define __UK_ESSENTIALS_H__

#include <uk/arch/types.h>
#include <uk/config.h>

#ifndef __packed
#define __packed __attribute__((packed))
#endif
#ifndef __noreturn
#define __noreturn __attribute__((noreturn))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
#ifndef __alias
#define __alias(old, new) \
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
#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#ifndef __naked
#define __naked __attribute__((naked))
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

#define __align4 __align(4)
#define __align8 __align(8)
#define __align16 __align(16)
#define __align32 __align(32)
#define __align64 __align(64)
#define __align4k __align(4096)
#define __align32b __align4
#define __align64b __align8
#define __align128b __align16
#define __align256b __align32
#define __align512b __align64

#ifndef likely
#define likely(x) __builtin_expect(!!(x), 1)
#endif
#ifndef unlikely
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif
#ifndef barrier
#define barrier() __asm__ __volatile__("" : : : "memory")
#endif

#ifndef ACCESS_ONCE
#define ACCESS_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#endif
#ifndef READ_ONCE
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#endif
#ifndef WRITE_ONCE
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#endif
#define UK_READ_ONCE(x) READ_ONCE(x)
#define UK_WRITE_ONCE(x, value) WRITE_ONCE(x, value)

#ifndef STRINGIFY
#ifndef __STRINGIFY
#define __STRINGIFY(x) #x
#endif
#define STRINGIFY(x) __STRINGIFY(x)
#endif

#ifndef UK_CONCAT
#define __UK_CONCAT_X(a, b) a##b
#define UK_CONCAT(a, b) __UK_CONCAT_X(a, b)
#endif

#ifndef MIN
#define MIN(a, b)                                                          \
	({                                                                 \
		__typeof__(a) __min_a = (a);                               \
		__typeof__(b) __min_b = (b);                               \
		__min_a < __min_b ? __min_a : __min_b;                     \
	})
#endif
#ifndef MIN3
#define MIN3(a, b, c) MIN(MIN((a), (b)), (c))
#endif
#ifndef MIN4
#define MIN4(a, b, c, d) MIN(MIN((a), (b)), MIN((c), (d)))
#endif
#ifndef MAX
#define MAX(a, b)                                                          \
	({                                                                 \
		__typeof__(a) __max_a = (a);                               \
		__typeof__(b) __max_b = (b);                               \
		__max_a > __max_b ? __max_a : __max_b;                     \
	})
#endif
#ifndef MAX3
#define MAX3(a, b, c) MAX(MAX((a), (b)), (c))
#endif
#ifndef MAX4
#define MAX4(a, b, c, d) MAX(MAX((a), (b)), MAX((c), (d)))
#endif

#ifndef POWER_OF_2
#define POWER_OF_2(v) ((v) != 0 && ((v) & ((v) - 1)) == 0)
#endif
#ifndef DIV_ROUND_UP
#define DIV_ROUND_UP(v, d) (((v) + (d) - 1) / (d))
#endif
/* The alignments below are powers of two. */
#ifndef ALIGN_UP
#define ALIGN_UP(v, a) (((v) + (a) - 1) & ~((__typeof__(v))(a) - 1))
#endif
#ifndef ALIGN_DOWN
#define ALIGN_DOWN(v, a) ((v) & ~((__typeof__(v))(a) - 1))
#endif
#ifndef PTR_ALIGN_UP
#define PTR_ALIGN_UP(p, a) ((__typeof__(p))ALIGN_UP((__uptr)(p), (__uptr)(a)))
#endif
#ifndef PTR_ALIGN_DOWN
#define PTR_ALIGN_DOWN(p, a) \
	((__typeof__(p))ALIGN_DOWN((__uptr)(p), (__uptr)(a)))
#endif

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#endif

#ifndef UK_BIT
#define UK_BIT(nr) (1UL << (nr))
#define UK_BIT_ULL(nr) (1ULL << (nr))
#endif

/** Compile-time assertion: an untrue constant expression stops the build. */
#ifndef UK_CTASSERT
#define UK_CTASSERT(x) _Static_assert(x, #x)
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

#endif /* __UK_ESSENTIALS_H__ */
