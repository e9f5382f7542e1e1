/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pointers that are negative error numbers.
 * It does not cover error numbers beyond the last page of the address space.
 */
#ifndef __UK_ERRPTR_H__
#define __UK_ERRPTR_H__

#include <uk/arch/types.h>

#ifndef MAXERRNO
#define MAXERRNO 512
#endif

/** Whether a pointer is an error number. */
#define PTRISERR(ptr) \
	((__sptr)(ptr) < 0 && (__sptr)(ptr) >= -(__sptr)MAXERRNO)
/** The negative error number in a pointer. */
#define PTR2ERR(ptr) ((int)(__sptr)(ptr))
/** The pointer that holds a negative error number. */
#define ERR2PTR(err) ((void *)(__sptr)(err))

#endif /* __UK_ERRPTR_H__ */
