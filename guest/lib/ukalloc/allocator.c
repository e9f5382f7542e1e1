/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes an allocator of a piece of memory.
 * What an allocator may be asked for beyond the heap's own work is here, too.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "heap.h"

static void *heap_calloc(struct uk_alloc *a, size_t count, size_t size)
{
	size_t len;
	void *ptr;

	if (__builtin_mul_overflow(count, size, &len))
		return stats_count_enomem(a);
	ptr = heap_malloc(a, len);
	if (ptr)
		memset(ptr, 0, len);
	return ptr;
}

static int heap_posix_memalign(struct uk_alloc *a, void **memptr, size_t align,
			       size_t size)
{
	int saved = errno;
	void *ptr;

	if (!POWER_OF_2(align) || align % sizeof(void *))
		return EINVAL;
	ptr = heap_memalign(a, align, size);
	errno = saved;
	if (!ptr)
		return ENOMEM;
	*memptr = ptr;
	return 0;
}

static void *heap_palloc(struct uk_alloc *a, unsigned long pages)
{
	if (pages > PTRDIFF_MAX / HEAP_PAGE)
		return stats_count_enomem(a);
	return heap_memalign(a, HEAP_PAGE, pages * HEAP_PAGE);
}

static void heap_pfree(struct uk_alloc *a, void *ptr, unsigned long pages)
{
	(void)pages;
	heap_free(a, ptr);
}

static __ssz heap_availmem(struct uk_alloc *a)
{
	return (__ssz)heap_of(a)->free_bytes;
}

static __ssz heap_maxalloc(struct uk_alloc *a)
{
	struct block *block = heap_list_largest(heap_of(a));

	return block ? (__ssz)(block->size - HEADER - GUARD) : 0;
}

static long heap_pavailmem(struct uk_alloc *a)
{
	return (long)(heap_of(a)->free_bytes / HEAP_PAGE);
}

static long heap_pmaxalloc(struct uk_alloc *a)
{
	size_t lost = HEADER + GUARD + HEAP_PAGE + MIN_BLOCK + HEAP_ALIGN;
	struct block *block = heap_list_largest(heap_of(a));

	if (!block || block->size < lost)
		return 0;
	return (long)((block->size - lost) / HEAP_PAGE);
}

static int heap_addmem(struct uk_alloc *a, void *base, size_t len)
{
	uintptr_t start = ALIGN_UP((uintptr_t)base, (uintptr_t)HEAP_ALIGN);
	uintptr_t end = ALIGN_DOWN((uintptr_t)base + len,
				   (uintptr_t)HEAP_ALIGN);
	struct heap *heap = heap_of(a);
	struct region *region = (struct region *)start;
	size_t head = ALIGN_UP(sizeof(*region), (size_t)HEAP_ALIGN);

	if (!base || end < start || end - start < head + MIN_BLOCK + HEADER)
		return -EINVAL;
	region->first = (struct block *)(start + head);
	region->end = (struct block *)(end - HEADER);
	region->next = heap->regions;
	heap->regions = region;

	/* The end looks like a used block: nothing joins with it. */
	memset(region->end, 0, HEADER);
	set_mark(region->end, MARK_USED);
	region->first->prev_size = 0;
	heap_set_size(region->first, end - HEADER - (start + head));
	heap_list_add(heap, region->first);
	return 0;
}

struct uk_alloc *uk_heap_init(void *base, size_t len)
{
	uintptr_t start = ALIGN_UP((uintptr_t)base, (uintptr_t)HEAP_ALIGN);
	size_t lost = start - (uintptr_t)base;
	struct uk_alloc *a = (struct uk_alloc *)start;
	size_t head = sizeof(*a) + sizeof(struct heap);

	if (!base || len < lost + head)
		return NULL;
	memset(a, 0, head);
	a->malloc = heap_malloc;
	a->calloc = heap_calloc;
	a->realloc = heap_realloc;
	a->posix_memalign = heap_posix_memalign;
	a->memalign = heap_memalign;
	a->free = heap_free;
	a->palloc = heap_palloc;
	a->pfree = heap_pfree;
	a->maxalloc = heap_maxalloc;
	a->availmem = heap_availmem;
	a->pmaxalloc = heap_pmaxalloc;
	a->pavailmem = heap_pavailmem;
	a->addmem = heap_addmem;
	if (heap_addmem(a, (char *)a + head, len - lost - head) < 0)
		return NULL;
	uk_alloc_register(a);
	return a;
}
