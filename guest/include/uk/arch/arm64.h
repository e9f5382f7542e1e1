/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers of arm64, under Unikraft's names: the syndrome of an access that
 * failed.
 */
#ifndef __UK_ARCH_ARM64_H__
#define __UK_ARCH_ARM64_H__

/** A write. */
#define UK_ARCH_ARM64_ESR_ISS_ABRT_WnR_BIT (1UL << 6)
/** The syndrome says which register the access has. */
#define UK_ARCH_ARM64_ESR_ISS_ABRT_ISV_BIT (1UL << 24)
#define UK_ARCH_ARM64_ESR_ISS_ABRT_FSC_MASK 0x3fUL
/** No page, found in the table of a level. */
#define UK_ARCH_ARM64_ESR_ISS_ABRT_FSC_TRANS_L0 0x4UL
#define UK_ARCH_ARM64_ESR_ISS_ABRT_FSC_TRANS_L1 0x5UL
#define UK_ARCH_ARM64_ESR_ISS_ABRT_FSC_TRANS_L2 0x6UL
#define UK_ARCH_ARM64_ESR_ISS_ABRT_FSC_TRANS_L3 0x7UL

#endif /* __UK_ARCH_ARM64_H__ */
