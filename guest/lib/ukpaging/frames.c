/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames from the heap, whose addresses are those of the memory.
 */
#include <errno.h>
#include <uk/alloc.h>
#include <uk/falloc.h>

static int take(struct uk_falloc *fa, __paddr_t *paddr, unsigned long frames,
		unsigned long flags)
{
	const __sz len = frames * UK_PAGING_PAGE_SIZE;
	__sz alignment = UK_PAGING_PAGE_SIZE;
	void *memory;

	if (*paddr != UK_PAGING_PADDR_ANY)
		return -ENOTSUP;
	*paddr = UK_PAGING_PADDR_INV;
	if (!frames || frames > (__sz)-1 / UK_PAGING_PAGE_SIZE)
		return -ENOMEM;
	if (flags & FALLOC_FLAG_ALIGNED)
		while (alignment < len)
			alignment <<= 1;
	memory = uk_memalign(uk_alloc_get_default(), alignment, len);
	if (!memory)
		return -ENOMEM;
	fa->free_memory -= len;
	*paddr = (__uptr)memory;
	return 0;
}

static int take_in_range(struct uk_falloc *fa __unused,
			 __paddr_t *paddr __unused,
			 unsigned long frames __unused,
			 unsigned long flags __unused, __paddr_t min __unused,
			 __paddr_t max __unused)
{
	return -ENOTSUP;
}

static int give_back(struct uk_falloc *fa, __paddr_t paddr,
		     unsigned long frames)
{
	fa->free_memory += frames * UK_PAGING_PAGE_SIZE;
	uk_free(uk_alloc_get_default(), (void *)paddr);
	return 0;
}

static int add(struct uk_falloc *fa __unused, void *metadata __unused,
	       __paddr_t paddr __unused, unsigned long frames __unused,
	       __vaddr_t dm_off __unused)
{
	return -ENOTSUP;
}

struct uk_falloc *uk_falloc_get_default(void)
{
	static struct uk_falloc heap = {
		.falloc = take,
		.falloc_from_range = take_in_range,
		.ffree = give_back,
		.addmem = add,
	};

	if (!heap.total_memory) {
		heap.free_memory = uk_alloc_availmem_total();
		heap.total_memory = heap.free_memory;
	}
	return &heap;
}
