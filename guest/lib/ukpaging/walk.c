/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way through the tables to the entry of a page, and tables that are made
 * or dropped on it. The form of an entry is each architecture's.
 */
#include <errno.h>
#include <string.h>
#include <uk/alloc.h>

#include "walk.h"

unsigned int paging_index(__vaddr_t vaddr, unsigned int level)
{
	return vaddr >> (UK_PAGING_PAGE_SHIFT + level * INDEX_BITS) &
		(ENTRIES - 1);
}

uk_page_entry *paging_below(uk_page_entry entry)
{
	return (uk_page_entry *)(__uptr)(entry & ADDRESS);
}

static void *new_table(void)
{
	void *table = uk_memalign(uk_alloc_get_default(), UK_PAGING_PAGE_SIZE,
				  UK_PAGING_PAGE_SIZE);

	if (table)
		memset(table, 0, UK_PAGING_PAGE_SIZE);
	return table;
}

uk_page_entry paging_entry(__paddr_t frame, unsigned long attr)
{
	uk_page_entry entry = (frame & ADDRESS) | ENTRY_OURS;

	if (!attr)
		return entry;
	entry |= ENTRY_PAGE;
	return attr & UK_PAGING_PAGE_ATTR_PROT_WRITE ? ENTRY_WRITABLE(entry)
						     : ENTRY_READABLE(entry);
}

/*
 * The entry of a page in the last table, and those of the tables above it.
 * NULL where a table is missing, or a page of the boot code is in its place.
 */
uk_page_entry *paging_find(struct uk_pagetable *pt, __vaddr_t vaddr,
			   uk_page_entry *path[LEVELS])
{
	uk_page_entry *table = (uk_page_entry *)pt->pt_vbase;
	unsigned int level;

	for (level = 0; level < LEVELS; level++)
		path[level] = NULL;
	for (level = LEVELS - 1; level > 0; level--) {
		path[level] = &table[paging_index(vaddr, level)];
		if (!IS_THERE(*path[level]) || ENTRY_IS_LARGE(*path[level]))
			return NULL;
		table = paging_below(*path[level]);
	}
	path[0] = &table[paging_index(vaddr, 0)];
	return path[0];
}

/* Pages up to the end of what a missing table, or a large page, would map. */
unsigned long paging_missing(__vaddr_t vaddr,
				   uk_page_entry *path[LEVELS])
{
	unsigned int level = 1;
	unsigned long pages;

	while (level < LEVELS - 1 && !path[level])
		level++;
	pages = 1UL << level * INDEX_BITS;
	return pages - (vaddr >> UK_PAGING_PAGE_SHIFT) % pages;
}

/* Frees the tables that have no entry any more, from the last one up. */
void paging_drop_tables(uk_page_entry *path[LEVELS])
{
	const uk_page_entry *table;
	unsigned int level, i;

	for (level = 1; level < LEVELS && IS_OURS(*path[level]); level++) {
		table = paging_below(*path[level]);
		for (i = 0; i < ENTRIES; i++)
			if (table[i])
				return;
		uk_free(uk_alloc_get_default(), (void *)table);
		*path[level] = 0;
	}
}

/* paging_find(), with tables where there are none. */
int paging_reach(struct uk_pagetable *pt, __vaddr_t vaddr,
		 uk_page_entry *path[LEVELS])
{
	uk_page_entry *table = (uk_page_entry *)pt->pt_vbase;
	unsigned int level;
	void *fresh;

	for (level = LEVELS - 1; level > 0; level--) {
		path[level] = &table[paging_index(vaddr, level)];
		if (IS_THERE(*path[level]) && ENTRY_IS_LARGE(*path[level]))
			return -EEXIST;
		if (!IS_THERE(*path[level])) {
			fresh = new_table();
			if (!fresh)
				return -ENOMEM;
			*path[level] = (__uptr)fresh | ENTRY_TABLE | ENTRY_OURS;
		}
		table = paging_below(*path[level]);
	}
	path[0] = &table[paging_index(vaddr, 0)];
	return IS_THERE(*path[0]) || IS_OURS(*path[0]) ? -EEXIST : 0;
}

int paging_is_range(__u64 from, unsigned long pages, unsigned int bits)
{
	return UK_PAGING_PAGE_ALIGNED(from) && from < 1ULL << bits &&
		pages <= ((1ULL << bits) - from) >> UK_PAGING_PAGE_SHIFT;
}
