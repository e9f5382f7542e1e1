/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Number of bits that are set, under Unikraft's names.
 * It calls nothing, not even the library of the compiler.
 */
#ifndef __UK_BITCOUNT_H__
#define __UK_BITCOUNT_H__

#include <uk/arch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

static inline int uk_bitcount64(__u64 x)
{
	int count = 0;

	for (; x; x &= x - 1)
		count++;
	return count;
}

static inline int uk_bitcount32(__u32 x)
{
	return uk_bitcount64(x);
}

static inline int uk_bitcount16(__u16 x)
{
	return uk_bitcount64(x);
}

#define uk_bitcount(x) uk_bitcount64((unsigned int)(x))
#define uk_bitcountl(x) uk_bitcount64((unsigned long)(x))

#ifdef __cplusplus
}
#endif

#endif /* __UK_BITCOUNT_H__ */
