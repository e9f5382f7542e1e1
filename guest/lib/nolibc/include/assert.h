/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * C11's assert(), which is Unikraft's UK_ASSERT() here.
 * As C wants it, NDEBUG is looked at every time this file is included.
 */
#include <uk/assert.h>

#undef assert
#ifdef NDEBUG
#define assert(x)	((void)0)
#else
#define assert(x)							\
	((x) ? (void)0 : uk_assert_failed(UK_PR_LIBNAME, UK_PR_SRCNAME,	\
					  __LINE__, #x))
#endif

#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert	_Static_assert
#endif
