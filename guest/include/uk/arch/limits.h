/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Limits of the types of uk/arch/types.h, and sizes of the machine.
 * It refuses the limits of C's own types, which limits.h has.
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

#define __SZ_MAX __SIZE_MAX__
#define __UPTR_MAX __UINTPTR_MAX__
#define __SPTR_MAX __INTPTR_MAX__
#define __SPTR_MIN (-__SPTR_MAX - 1)
#define __SSZ_MAX __PTRDIFF_MAX__
#define __SSZ_MIN (-__SSZ_MAX - 1)
#define __OFF_MAX __PTRDIFF_MAX__

#define __PADDR_MAX __UPTR_MAX
#define __VADDR_MAX __UPTR_MAX
#define __VADDR_INV __VADDR_MAX
#define __PADDR_INV __PADDR_MAX

#endif /* __UKARCH_LIMITS_H__ */
