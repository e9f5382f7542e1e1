/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers of x86, under Unikraft's names: the error code of a page fault.
 */
#ifndef __UK_ARCH_X86_64_H__
#define __UK_ARCH_X86_64_H__

/** The page was there; its attributes forbid the access. */
#define UK_ARCH_X86_64_PF_EC_P 0x1
/** A write. */
#define UK_ARCH_X86_64_PF_EC_WR 0x2
/** From code without privileges. */
#define UK_ARCH_X86_64_PF_EC_US 0x4
/** A table has a bit that must be 0. */
#define UK_ARCH_X86_64_PF_EC_RSVD 0x8
/** The fetch of an instruction. */
#define UK_ARCH_X86_64_PF_EC_ID 0x10

#endif /* __UK_ARCH_X86_64_H__ */
