/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages that their user decides on one by one, and a look at the tables as
 * they are. Memory is mapped one to one: it needs no mapping for the kernel.
 */
#include <errno.h>
#include <stddef.h>
#include <uk/arch/paging.h>
#include <uk/falloc.h>

#include "walk.h"

static __vaddr_t table_of(const uk_page_entry *entry)
{
	return (__uptr)entry & UK_PAGING_PAGE_MASK;
}

/* The new entry, before its user has seen it. */
static int propose(struct uk_pagetable *pt, uk_page_entry old, __paddr_t paddr,
		   unsigned long attr, uk_page_entry *entry)
{
	int result;

	if (paddr != UK_PAGING_PADDR_ANY) {
		*entry = paging_entry(paddr, attr);
		return 0;
	}
	if (IS_OURS(old)) {
		*entry = paging_entry(old & ADDRESS, attr) |
			(old & ENTRY_ALLOCATED);
		return 0;
	}
	result = pt->fa->falloc(pt->fa, &paddr, 1, 0);
	*entry = result ? 0 : paging_entry(paddr, attr) | ENTRY_ALLOCATED;
	return result;
}

static int ask(struct uk_pagetable *pt, __vaddr_t vaddr, uk_page_entry *place,
	       uk_page_entry *entry, struct uk_paging_page_mapx *mapx)
{
	const uk_page_entry proposed = *entry;
	__pte_t pte = proposed;
	int result = mapx->map(pt, vaddr, table_of(place), 0, &pte, mapx->ctx);

	*entry = pte;
	if (result && !IS_OURS(*place) && (proposed & ENTRY_ALLOCATED))
		pt->fa->ffree(pt->fa, proposed & ADDRESS, 1);
	/* Frames of its user's are freed with the page. */
	else if ((pte ^ proposed) & ADDRESS)
		*entry |= ENTRY_ALLOCATED;
	/* There is no smaller page to try. */
	return result == UK_PAGING_PAGE_MAPX_ETOOBIG ? -EINVAL : result;
}

static int map_one(struct uk_pagetable *pt, __vaddr_t vaddr, __paddr_t paddr,
		   unsigned long attr, struct uk_paging_page_mapx *mapx)
{
	uk_page_entry *path[LEVELS] = { NULL };
	uk_page_entry entry;
	int result = paging_reach(pt, vaddr, path);

	if (result == -EEXIST && path[0] && IS_OURS(*path[0]))
		result = 0;
	if (!result)
		result = propose(pt, *path[0], paddr, attr, &entry);
	if (!result)
		result = ask(pt, vaddr, path[0], &entry, mapx);
	if (!result)
		*path[0] = entry;
	else if (paging_find(pt, vaddr, path))
		paging_drop_tables(path);
	return result == UK_PAGING_PAGE_MAPX_ESKIP ? 0 : result;
}

int uk_paging_page_mapx(struct uk_pagetable *pt, __vaddr_t vaddr,
			__paddr_t paddr, unsigned long pages,
			unsigned long attr, unsigned long flags,
			struct uk_paging_page_mapx *mapx)
{
	const unsigned int level = UK_PAGING_PAGE_FLAG_SIZE_TO_LEVEL(flags);
	const int is_any = paddr == UK_PAGING_PADDR_ANY;
	unsigned long i;
	int result = 0;

	if (level >= LEVELS ||
	    (level && (flags & UK_PAGING_PAGE_FLAG_FORCE_SIZE)) ||
	    pages > ~0UL >> level * INDEX_BITS)
		return -EINVAL;
	pages <<= level * INDEX_BITS;
	if (!mapx)
		return uk_paging_page_map(pt, vaddr, paddr, pages, attr, 0);
	if (!paging_is_range(vaddr, pages, VIRTUAL_BITS) ||
	    !(is_any || paging_is_range(paddr, pages, PHYSICAL_BITS)))
		return -EINVAL;
	for (i = 0; i < pages && !result; i++)
		result = map_one(pt, vaddr + i * UK_PAGING_PAGE_SIZE,
				 is_any ? paddr
					: paddr + i * UK_PAGING_PAGE_SIZE,
				 attr, mapx);
	ukarch_paging_flush();
	return result;
}

int uk_paging_pt_walk(struct uk_pagetable *pt, __vaddr_t vaddr,
		      unsigned int *level, __vaddr_t *pt_vaddr, __pte_t *pte)
{
	uk_page_entry *path[LEVELS];
	unsigned int at = 0;

	if (!paging_is_range(vaddr & UK_PAGING_PAGE_MASK, 1, VIRTUAL_BITS))
		return -EINVAL;
	paging_find(pt, vaddr, path);
	while (!path[at])
		at++;
	if (level)
		*level = at;
	if (pt_vaddr)
		*pt_vaddr = table_of(path[at]);
	if (pte)
		*pte = *path[at];
	return 0;
}

int uk_paging_pte_read(__vaddr_t pt_vaddr, unsigned int level __unused,
		       unsigned int idx, __pte_t *pte)
{
	*pte = ((const uk_page_entry *)pt_vaddr)[idx];
	return 0;
}

unsigned int _uk_paging_index(__vaddr_t vaddr, unsigned int level)
{
	return paging_index(vaddr, level);
}

int _uk_paging_pte_present(__pte_t pte)
{
	return IS_THERE(pte) != 0;
}

__paddr_t _uk_paging_pte_paddr(__pte_t pte)
{
	return pte & ADDRESS;
}

__pte_t _uk_paging_pte_set_paddr(__pte_t pte, __paddr_t paddr)
{
	return (pte & ~(__pte_t)ADDRESS) | (paddr & ADDRESS);
}

static int is_within(__u64 start, __sz len, unsigned int bits)
{
	return start < 1ULL << bits && len <= (1ULL << bits) - start;
}

int uk_paging_vaddr_range_isvalid(__vaddr_t start, __sz len)
{
	return is_within(start, len, VIRTUAL_BITS);
}

int uk_paging_paddr_range_isvalid(__paddr_t start, __sz len)
{
	return is_within(start, len, PHYSICAL_BITS);
}
