/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Adds pages to the tables that the boot code has made, and takes them away.
 * It changes no page but its own: those have a mark that the processor
 * ignores. The form of an entry is each architecture's.
 */
#include <errno.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/arch/paging.h>
#include <uk/arch/tables.h>
#include <uk/paging.h>

/* An entry that no access reaches, and yet is a page of ours. */
#define IS_OURS(entry) ((entry) & ENTRY_OURS)
#define IS_THERE(entry) ((entry) & ENTRY_PRESENT)

static unsigned int index_of(__vaddr_t vaddr, unsigned int level)
{
	return vaddr >> (UK_PAGING_PAGE_SHIFT + level * INDEX_BITS) &
		(ENTRIES - 1);
}

static uk_page_entry *below(uk_page_entry entry)
{
	return (uk_page_entry *)(__uptr)(entry & ADDRESS);
}

static void *new_frame(void)
{
	void *frame = uk_memalign(uk_alloc_get_default(), UK_PAGING_PAGE_SIZE,
				  UK_PAGING_PAGE_SIZE);

	if (frame)
		memset(frame, 0, UK_PAGING_PAGE_SIZE);
	return frame;
}

static uk_page_entry page_entry(__paddr_t frame, unsigned long attr)
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
static uk_page_entry *find(struct uk_pagetable *pt, __vaddr_t vaddr,
			   uk_page_entry *path[LEVELS])
{
	uk_page_entry *table = (uk_page_entry *)pt;
	unsigned int level;

	for (level = 0; level < LEVELS; level++)
		path[level] = NULL;
	for (level = LEVELS - 1; level > 0; level--) {
		path[level] = &table[index_of(vaddr, level)];
		if (!IS_THERE(*path[level]) || ENTRY_IS_LARGE(*path[level]))
			return NULL;
		table = below(*path[level]);
	}
	path[0] = &table[index_of(vaddr, 0)];
	return path[0];
}

/* Pages up to the end of what a missing table, or a large page, would map. */
static unsigned long missing_pages(__vaddr_t vaddr,
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
static void drop_tables(uk_page_entry *path[LEVELS])
{
	const uk_page_entry *table;
	unsigned int level, i;

	for (level = 1; level < LEVELS && IS_OURS(*path[level]); level++) {
		table = below(*path[level]);
		for (i = 0; i < ENTRIES; i++)
			if (table[i])
				return;
		uk_free(uk_alloc_get_default(), (void *)table);
		*path[level] = 0;
	}
}

/* find(), with tables where there are none. */
static int reach(struct uk_pagetable *pt, __vaddr_t vaddr,
		 uk_page_entry *path[LEVELS])
{
	uk_page_entry *table = (uk_page_entry *)pt;
	unsigned int level;
	void *frame;

	for (level = LEVELS - 1; level > 0; level--) {
		path[level] = &table[index_of(vaddr, level)];
		if (IS_THERE(*path[level]) && ENTRY_IS_LARGE(*path[level]))
			return -EEXIST;
		if (!IS_THERE(*path[level])) {
			frame = new_frame();
			if (!frame)
				return -ENOMEM;
			*path[level] = (__uptr)frame | ENTRY_TABLE | ENTRY_OURS;
		}
		table = below(*path[level]);
	}
	path[0] = &table[index_of(vaddr, 0)];
	return IS_THERE(*path[0]) || IS_OURS(*path[0]) ? -EEXIST : 0;
}

struct uk_pagetable *uk_paging_pt_get_active(void)
{
	return (struct uk_pagetable *)ukarch_paging_root();
}

static int is_range(__u64 from, unsigned long pages, unsigned int bits)
{
	return UK_PAGING_PAGE_ALIGNED(from) && from < 1ULL << bits &&
		pages <= ((1ULL << bits) - from) >> UK_PAGING_PAGE_SHIFT;
}

static int map_one(struct uk_pagetable *pt, __vaddr_t vaddr, __paddr_t paddr,
		   unsigned long attr)
{
	uk_page_entry *path[LEVELS] = { NULL };
	int result = reach(pt, vaddr, path);
	void *frame = NULL;

	if (result == 0 && paddr == UK_PAGING_PADDR_ANY) {
		frame = new_frame();
		result = frame ? 0 : -ENOMEM;
	}
	if (result) {
		/* Tables that were made on the way are of no use. */
		if (find(pt, vaddr, path))
			drop_tables(path);
		return result;
	}
	*path[0] = frame ? page_entry((__uptr)frame, attr) | ENTRY_ALLOCATED
			 : page_entry(paddr, attr);
	return 0;
}

int uk_paging_page_map(struct uk_pagetable *pt, __vaddr_t vaddr,
		       __paddr_t paddr, unsigned long pages,
		       unsigned long attr, unsigned long flags __unused)
{
	const int is_any = paddr == UK_PAGING_PADDR_ANY;
	unsigned long done;
	int result = 0;

	if (!is_range(vaddr, pages, VIRTUAL_BITS) ||
	    !(is_any || is_range(paddr, pages, PHYSICAL_BITS)))
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

	if (!is_range(vaddr, pages, VIRTUAL_BITS))
		return -EINVAL;
	for (; pages; pages -= step, vaddr += step * UK_PAGING_PAGE_SIZE) {
		entry = find(pt, vaddr, path);
		step = entry ? 1 : MIN(pages, missing_pages(vaddr, path));
		if (!entry || !IS_OURS(*entry))
			continue;
		old = *entry;
		*entry = 0;
		ukarch_paging_flush();
		if ((old & ENTRY_ALLOCATED) &&
		    !(flags & UK_PAGING_PAGE_FLAG_KEEP_FRAMES))
			uk_free(uk_alloc_get_default(), below(old));
		drop_tables(path);
	}
	ukarch_paging_flush();
	return 0;
}

int uk_paging_page_set_attr(struct uk_pagetable *pt, __vaddr_t vaddr,
			    unsigned long pages, unsigned long attr,
			    unsigned long flags __unused)
{
	uk_page_entry *path[LEVELS];
	uk_page_entry *entry;
	unsigned long i;

	if (!is_range(vaddr, pages, VIRTUAL_BITS))
		return -EINVAL;
	for (i = 0; i < pages; i++) {
		entry = find(pt, vaddr + i * UK_PAGING_PAGE_SIZE, path);
		if (!entry || !IS_OURS(*entry))
			return -EINVAL;
	}
	for (i = 0; i < pages; i++) {
		entry = find(pt, vaddr + i * UK_PAGING_PAGE_SIZE, path);
		*entry = page_entry(*entry & ADDRESS, attr) |
			(*entry & ENTRY_ALLOCATED);
	}
	ukarch_paging_flush();
	return 0;
}
