/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Form of the page tables of x86_64.
 * It does not say what they map.
 */
#ifndef __UKARCH_TABLES_H__
#define __UKARCH_TABLES_H__

#include <uk/arch/types.h>

typedef __u64 uk_page_entry;

#define LARGE_PAGE 0x200000UL
/* Of a table, and of the first one those that entry.S fills. */
#define ENTRIES 512
#define ENTRIES_MAPPED 512
/* Bits of an entry that are an address. */
#define ADDRESS 0x000ffffffffff000UL

/* Of entry.S: the table of large pages, and room for one of small ones. */
extern uk_page_entry uk_boot_pd[ENTRIES];
extern uk_page_entry uk_boot_spare_pt[ENTRIES];

#endif /* __UKARCH_TABLES_H__ */
