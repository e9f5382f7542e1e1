/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sizes and distances of C11, from what the compiler itself knows.
 * It does not cover the Annex K types.
 */
#ifndef UKTEST_STDDEF_H
#define UKTEST_STDDEF_H

#ifdef __cplusplus
extern "C" {
#endif

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
#ifndef __cplusplus
typedef __WCHAR_TYPE__ wchar_t;
#else
typedef decltype(nullptr) nullptr_t;
#endif

typedef struct {
	long long max_align_ll __attribute__((aligned(__alignof__(long long))));
	long double max_align_ld
		__attribute__((aligned(__alignof__(long double))));
} max_align_t;

#ifndef NULL
#ifdef __cplusplus
#define NULL __null
#else
#define NULL ((void *) 0)
#endif
#endif

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

#ifdef __cplusplus
}
#endif

#endif /* UKTEST_STDDEF_H */
