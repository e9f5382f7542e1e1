/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables as the files of this library see them. A path is the entries that
 * lead to a page: [0] is its own, in the last table; NULL is what is missing.
 */
#ifndef UKPAGING_WALK_H
#define UKPAGING_WALK_H

#include <uk/arch/tables.h>
#include <uk/paging.h>

/* An entry that no access reaches, and yet is a page of ours. */
#define IS_OURS(entry) ((entry) & ENTRY_OURS)
#define IS_THERE(entry) ((entry) & ENTRY_PRESENT)

/** Where a table of a level has the entry for an address. */
unsigned int paging_index(__vaddr_t vaddr, unsigned int level);

/** The table that an entry leads to. */
uk_page_entry *paging_below(uk_page_entry entry);

/** An entry of ours for a frame; `attr` 0 is one that no access reaches. */
uk_page_entry paging_entry(__paddr_t frame, unsigned long attr);

/**
 * The entry of a page.
 *
 * @return NULL where a table is missing, or a page of the boot code is there
 */
uk_page_entry *paging_find(struct uk_pagetable *pt, __vaddr_t vaddr,
			   uk_page_entry *path[LEVELS]);

/** Pages up to the end of what a missing table, or a large page, would map. */
unsigned long paging_missing(__vaddr_t vaddr, uk_page_entry *path[LEVELS]);

/** Frees the tables that have no entry any more, from the last one up. */
void paging_drop_tables(uk_page_entry *path[LEVELS]);

/**
 * paging_find(), with tables where there are none.
 *
 * @return 0; -EEXIST where something is mapped, with path[0] where that is a
 *	page of this size; -ENOMEM
 */
int paging_reach(struct uk_pagetable *pt, __vaddr_t vaddr,
		 uk_page_entry *path[LEVELS]);

/** Whether pages from an address on lie within addresses of so many bits. */
int paging_is_range(__u64 from, unsigned long pages, unsigned int bits);

#endif /* UKPAGING_WALK_H */
