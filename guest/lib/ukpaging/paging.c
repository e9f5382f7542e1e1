/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Adds pages to the tables that the boot code has made, and takes them away.
 * It changes no page but its own: those have a mark that the processor
 * ignores. The form of an entry is each architecture's.
 */
#include <errno.h>
#include <string.h>
#include <uk/arch/paging.h>
#include <uk/falloc.h>

#include "walk.h"

struct uk_pagetable *uk_paging_pt_get_active(void)
{
	static struct uk_pagetable table;

	if (!table.pt_vbase) {
		table.pt_vbase = (__uptr)ukarch_paging_root();
		table.pt_pbase = table.pt_vbase;
		table.fa = uk_falloc_get_default();
	}
	return &table;
}

int uk_paging_pt_set_active(struct uk_pagetable *pt)
{
	return pt->pt_vbase == uk_paging_pt_get_active()->pt_vbase ? 0
								   : -ENOTSUP;
}

static int map_one(struct uk_pagetable *pt, __vaddr_t vaddr, __paddr_t paddr,
		   unsigned long attr)
{
	uk_page_entry *path[LEVELS] = { NULL };
	int result = paging_reach(pt, vaddr, path);
	const int is_any = paddr == UK_PAGING_PADDR_ANY;

	if (result == 0 && is_any)
		result = pt->fa->falloc(pt->fa, &paddr, 1, 0);
	if (result) {
		/* Tables that were made on the way are of no use. */
		if (paging_find(pt, vaddr, path))
			paging_drop_tables(path);
		return result;
	}
	*path[0] = paging_entry(paddr, attr);
	if (is_any) {
		memset((void *)paddr, 0, UK_PAGING_PAGE_SIZE);
		*path[0] |= ENTRY_ALLOCATED;
	}
	return 0;
}

int uk_paging_page_map(struct uk_pagetable *pt, __vaddr_t vaddr,
		       __paddr_t paddr, unsigned long pages,
		       unsigned long attr, unsigned long flags __unused)
{
	const int is_any = paddr == UK_PAGING_PADDR_ANY;
	unsigned long done;
	int result = 0;

	if (!paging_is_range(vaddr, pages, VIRTUAL_BITS) ||
	    !(is_any || paging_is_range(paddr, pages, PHYSICAL_BITS)))
		return -EINVAL;
	for (done = 0; done < pages && !result; done += !result)
		result = map_one(pt, vaddr + done * UK_PAGING_PAGE_SIZE,
				 is_any ? paddr
					: paddr + done * UK_PAGING_PAGE_SIZE,
				 attr);
	if (result)
		uk_paging_page_unmap(pt, vaddr, done, 0);
	ukarch_paging_flush();
	return result;
}

int uk_paging_page_unmap(struct uk_pagetable *pt, __vaddr_t vaddr,
			 unsigned long pages, unsigned long flags)
{
	uk_page_entry *path[LEVELS];
	uk_page_entry *entry, old;
	unsigned long step;

	if (!paging_is_range(vaddr, pages, VIRTUAL_BITS))
		return -EINVAL;
	for (; pages; pages -= step, vaddr += step * UK_PAGING_PAGE_SIZE) {
		entry = paging_find(pt, vaddr, path);
		step = entry ? 1 : MIN(pages, paging_missing(vaddr, path));
		if (!entry || !IS_OURS(*entry))
			continue;
		old = *entry;
		*entry = 0;
		ukarch_paging_flush();
		if ((old & ENTRY_ALLOCATED) &&
		    !(flags & UK_PAGING_PAGE_FLAG_KEEP_FRAMES))
			pt->fa->ffree(pt->fa, old & ADDRESS, 1);
		paging_drop_tables(path);
	}
	ukarch_paging_flush();
	return 0;
}

/* Whether a path ends at a large page, which the boot code has made. */
static int is_of_boot(uk_page_entry *path[LEVELS])
{
	unsigned int level = 1;

	while (!path[level])
		level++;
	return IS_THERE(*path[level]) != 0;
}

int uk_paging_page_set_attr(struct uk_pagetable *pt, __vaddr_t vaddr,
			    unsigned long pages, unsigned long attr,
			    unsigned long flags __unused)
{
	uk_page_entry *path[LEVELS];
	uk_page_entry *entry;
	unsigned long i, step;
	__vaddr_t at;

	if (!paging_is_range(vaddr, pages, VIRTUAL_BITS))
		return -EINVAL;
	for (i = 0; i < pages; i += step) {
		at = vaddr + i * UK_PAGING_PAGE_SIZE;
		entry = paging_find(pt, at, path);
		step = entry ? 1 : paging_missing(at, path);
		if (entry ? IS_THERE(*entry) && !IS_OURS(*entry)
			  : is_of_boot(path))
			return -EINVAL;
	}
	for (i = 0; i < pages; i += step) {
		at = vaddr + i * UK_PAGING_PAGE_SIZE;
		entry = paging_find(pt, at, path);
		step = entry ? 1 : paging_missing(at, path);
		if (entry && IS_OURS(*entry))
			*entry = paging_entry(*entry & ADDRESS, attr) |
				(*entry & ENTRY_ALLOCATED);
	}
	ukarch_paging_flush();
	return 0;
}
