/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Limits of integer types under Unikraft's names, and sizes of the machine.
 * It does not cover the names of C, which limits.h and stdint.h have.
 */
#ifndef __UKARCH_LIMITS_H__
#define __UKARCH_LIMITS_H__

#include <uk/arch/lcpu.h>

#define __U8_MAX __UINT8_MAX__
#define __U16_MAX __UINT16_MAX__
#define __U32_MAX __UINT32_MAX__
#define __U64_MAX __UINT64_MAX__
#define __U8_MIN 0
#define __U16_MIN 0
#define __U32_MIN 0
#define __U64_MIN 0

#define __S8_MAX __INT8_MAX__
#define __S16_MAX __INT16_MAX__
#define __S32_MAX __INT32_MAX__
#define __S64_MAX __INT64_MAX__
#define __S8_MIN (-__S8_MAX - 1)
#define __S16_MIN (-__S16_MAX - 1)
#define __S32_MIN (-__S32_MAX - 1)
#define __S64_MIN (-__S64_MAX - 1)

/* The limits of C's own types, signed, signed as unsigned, and unsigned. */
#define __C_MAX __SCHAR_MAX__
#define __C_MAX_U 127U
#define __C_MIN (-__C_MAX - 1)
#define __UC_MAX 255U
#define __UC_MIN 0U
#define __S_MAX __SHRT_MAX__
#define __S_MAX_U 32767U
#define __S_MIN (-__S_MAX - 1)
#define __US_MAX 65535U
#define __US_MIN 0U
#define __I_MAX __INT_MAX__
#define __I_MAX_U 2147483647U
#define __I_MIN (-__I_MAX - 1)
#define __UI_MAX 4294967295U
#define __UI_MIN 0U
#define __L_MAX __LONG_MAX__
#define __L_MAX_U ((unsigned long)__LONG_MAX__)
#define __L_MIN (-__L_MAX - 1L)
#define __UL_MAX (__L_MAX * 2UL + 1UL)
#define __UL_MIN 0UL
#define __LL_MAX __LONG_LONG_MAX__
#define __LL_MAX_U ((unsigned long long)__LONG_LONG_MAX__)
#define __LL_MIN (-__LL_MAX - 1LL)
#define __ULL_MAX (__LL_MAX * 2ULL + 1ULL)
#define __ULL_MIN 0ULL

#define __PTR_MAX __UINTPTR_MAX__
#define __PTR_MIN 0
#define __UPTR_MAX __UINTPTR_MAX__
#define __SPTR_MAX __INTPTR_MAX__
#define __SPTR_MIN (-__SPTR_MAX - 1)
/* Half of what fits, as in Unikraft: one more must not be zero. */
#define __SZ_MAX (__SIZE_MAX__ / 2)
#define __SZ_MIN 0
#define __SSZ_MAX __PTRDIFF_MAX__
#define __SSZ_MIN (-__SSZ_MAX - 1)
#define __OFF_MAX __PTRDIFF_MAX__
#define __OFF_MIN (-__OFF_MAX - 1)

#define STACK_MASK_TOP (~(__STACK_SIZE - 1))

#define __PADDR_MAX __UPTR_MAX
#define __PADDR_MIN 0
#define __VADDR_MIN 0
#define __VADDR_MAX __UPTR_MAX
#define __VADDR_INV __VADDR_MAX
#define __PADDR_INV __PADDR_MAX

#endif /* __UKARCH_LIMITS_H__ */
