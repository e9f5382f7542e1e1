/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What C11's math.h has that compilers know by themselves.
 * There is no mathematical library after it.
 */
#ifndef __MATH_H__
#define __MATH_H__

#define NAN		__builtin_nanf("")
#define INFINITY	__builtin_inff()
#define HUGE_VAL	__builtin_huge_val()
#define HUGE_VALF	__builtin_huge_valf()
#define HUGE_VALL	__builtin_huge_vall()

#define M_E		2.7182818284590452354
#define M_PI		3.14159265358979323846
#define M_SQRT2		1.41421356237309504880

#define FP_NAN		0
#define FP_INFINITE	1
#define FP_ZERO		2
#define FP_SUBNORMAL	3
#define FP_NORMAL	4

#define fpclassify(x)	__builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, \
					     FP_SUBNORMAL, FP_ZERO, (x))
#define isnan(x)	__builtin_isnan(x)
#define isinf(x)	__builtin_isinf(x)
#define isfinite(x)	__builtin_isfinite(x)
#define isnormal(x)	__builtin_isnormal(x)
#define signbit(x)	(__builtin_signbit(x) != 0)
#define isgreater(x, y)		__builtin_isgreater((x), (y))
#define isgreaterequal(x, y)	__builtin_isgreaterequal((x), (y))
#define isless(x, y)		__builtin_isless((x), (y))
#define islessequal(x, y)	__builtin_islessequal((x), (y))
#define islessgreater(x, y)	__builtin_islessgreater((x), (y))
#define isunordered(x, y)	__builtin_isunordered((x), (y))

#define fabs(x)		__builtin_fabs(x)
#define fabsf(x)	__builtin_fabsf(x)
#define fabsl(x)	__builtin_fabsl(x)
#define copysign(x, y)	__builtin_copysign((x), (y))
#define copysignf(x, y)	__builtin_copysignf((x), (y))

#endif /* __MATH_H__ */
