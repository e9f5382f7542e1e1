/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sizes and distances of C11, from what the compiler itself knows.
 * It does not cover wchar_t in C++, or the Annex K types.
 */
#ifndef UKTEST_STDDEF_H
#define UKTEST_STDDEF_H

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __WCHAR_TYPE__ wchar_t;

typedef struct {
	long long max_align_ll __attribute__((aligned(__alignof__(long long))));
	long double max_align_ld
		__attribute__((aligned(__alignof__(long double))));
} max_align_t;

#ifndef NULL
#define NULL ((void *) 0)
#endif

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

#endif /* UKTEST_STDDEF_H */
