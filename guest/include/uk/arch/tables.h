/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Form of the page tables, with pages of 4 KiB; on i386 without PAE.
 * It does not say what they map.
 */
#ifndef __UKARCH_TABLES_H__
#define __UKARCH_TABLES_H__

#include <uk/arch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__aarch64__)

typedef __u64 uk_page_entry;

/* Tables from the last one up, and bits of an address that each one takes. */
#define LEVELS 4
#define INDEX_BITS 9
/* Addresses that code may use, and those of memory, are below. */
#define VIRTUAL_BITS 48
#define PHYSICAL_BITS 36
#define LARGE_PAGE 0x200000UL
/* Bits of an entry that are an address. */
#define ADDRESS 0x0000fffffffff000UL

/* Other bits; the processor ignores those from 55 to 58. */
#define ENTRY_PRESENT 0x1UL
#define ENTRY_TABLE 0x3UL
#define ENTRY_PAGE 0x703UL
#define ENTRY_WRITABLE(entry) (entry)
#define ENTRY_READABLE(entry) ((entry) | 0x80UL)
#define ENTRY_IS_LARGE(entry) (!((entry) & 0x2UL))
#define ENTRY_OURS (1UL << 55)
#define ENTRY_ALLOCATED (1UL << 56)

#else /* x86 */

#if defined(__x86_64__)
typedef __u64 uk_page_entry;

#define LEVELS 4
#define INDEX_BITS 9
/* The upper half begins there. */
#define VIRTUAL_BITS 47
#define PHYSICAL_BITS 40
#define LARGE_PAGE 0x200000UL
#define ADDRESS 0x000ffffffffff000UL
/* Of the first table of large pages, those that entry.S fills. */
#define ENTRIES_MAPPED 512
#else
typedef __u32 uk_page_entry;

#define LEVELS 2
#define INDEX_BITS 10
#define VIRTUAL_BITS 32
#define PHYSICAL_BITS 32
#define LARGE_PAGE 0x400000UL
#define ADDRESS 0xfffff000UL
#define ENTRIES_MAPPED 256
#endif

/* The processor ignores those from 9 to 11. */
#define ENTRY_PRESENT 0x1UL
#define ENTRY_TABLE 0x3UL
#define ENTRY_PAGE 0x1UL
#define ENTRY_WRITABLE(entry) ((entry) | 0x2UL)
#define ENTRY_READABLE(entry) (entry)
#define ENTRY_IS_LARGE(entry) ((entry) & 0x80UL)
#define ENTRY_OURS 0x200UL
#define ENTRY_ALLOCATED 0x400UL

#endif

#define ENTRIES (1 << INDEX_BITS)

/* Of entry.S: the table of large pages, and room for one of small ones. */
#if defined(__aarch64__)
extern uk_page_entry uk_boot_l2[ENTRIES];
extern uk_page_entry uk_boot_spare_l3[ENTRIES];
#else
extern uk_page_entry uk_boot_pd[ENTRIES];
extern uk_page_entry uk_boot_spare_pt[ENTRIES];
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_TABLES_H__ */
