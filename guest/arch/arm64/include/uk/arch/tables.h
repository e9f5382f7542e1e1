/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Form of the page tables of arm64, with pages of 4 KiB.
 * It does not say what they map.
 */
#ifndef __UKARCH_TABLES_H__
#define __UKARCH_TABLES_H__

#include <uk/arch/types.h>

#define LARGE_PAGE 0x200000UL
#define ENTRIES 512
/* Bits of an entry that are an address. */
#define ADDRESS 0x0000fffffffff000UL

/* Of entry.S: the table of large pages, and room for one of small ones. */
extern __u64 uk_boot_l2[ENTRIES];
extern __u64 uk_boot_spare_l3[ENTRIES];

#endif /* __UKARCH_TABLES_H__ */
