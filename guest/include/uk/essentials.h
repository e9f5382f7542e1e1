/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arithmetic and small operations that every file may use, and attributes.
 * It declares no functions, and nothing with a state.
 */
#ifndef __UK_ESSENTIALS_H__
#define __UK_ESSENTIALS_H__

#include <uk/arch/types.h>
#include <uk/compiler.h>
#include <uk/config.h>

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
#ifndef IS_ALIGNED
#define IS_ALIGNED(v, a) (((v) & ((__typeof__(v))(a) - 1)) == 0)
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

/* Ranges are a first element and a number of elements. */
#ifndef IN_RANGE
#define IN_RANGE(val, base, len) ((val) >= (base) && (val) < (base) + (len))
#endif
#ifndef RANGE_ISEQUAL
#define RANGE_ISEQUAL(base0, len0, base1, len1) \
	((base0) == (base1) && (len0) == (len1))
#endif
/** Whether the first range holds all of the second. */
#ifndef RANGE_CONTAIN
#define RANGE_CONTAIN(base0, len0, base1, len1)                            \
	(IN_RANGE((base1), (base0), (len0)) &&                             \
	 (base1) + (len1) >= (base0) &&                                    \
	 (base1) + (len1) <= (base0) + (len0))
#endif
#ifndef RANGE_OVERLAP
#define RANGE_OVERLAP(base0, len0, base1, len1)                            \
	((base1) + (len1) > (base0) && (base1) < (base0) + (len0))
#endif

/** Number of arguments, 0 to 16. */
#ifndef UK_NARGS
#define __UK_NARGS_X(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q,     \
		     count, ...) count
#define UK_NARGS(...)                                                      \
	__UK_NARGS_X(, ##__VA_ARGS__, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, \
		     6, 5, 4, 3, 2, 1, 0)
#endif

#ifndef UK_BIT
#define UK_BIT(nr) (1UL << (nr))
#define UK_BIT_ULL(nr) (1ULL << (nr))
#endif

/** Compile-time assertion: an untrue constant expression stops the build. */
#ifndef UK_CTASSERT
#define UK_CTASSERT(x) _Static_assert(x, #x)
#endif

/* Unikraft's header brings them with some C libraries: suites count on it. */
#ifndef __ASSEMBLER__
#include <inttypes.h>
#include <sys/param.h>
#endif

#endif /* __UK_ESSENTIALS_H__ */
