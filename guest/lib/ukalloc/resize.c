/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Aligned memory, and allocations that change their size.
 * An allocation moves only when its neighbour has no room for it.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uk/trace.h>
#include "heap.h"

UK_TRACEPOINT(trace_ukalloc_realloc, "%p 0x%x -> 0x%x", void *, size_t, size_t);

/* Frees what lies in front of an aligned address; returns the new block. */
static struct block *cut_front(struct heap *heap, struct block *block,
			       size_t align)
{
	uintptr_t start = (uintptr_t)payload(block);
	uintptr_t place = ALIGN_UP(start, (uintptr_t)align);
	size_t gap, whole = block->size;
	struct block *rest;

	/* The gap becomes a block as well, so it must have the size of one. */
	while (place != start && place - start < MIN_BLOCK)
		place += align;
	gap = place - start;
	if (!gap)
		return block;
	heap_set_size(block, gap);
	rest = block_after(block);
	heap_set_size(rest, whole - gap);
	/* Whatever was here before, it must not look free. */
	rest->mark = 0;
	heap_release(heap, block);
	return rest;
}

void *heap_memalign(struct uk_alloc *a, size_t align, size_t wanted)
{
	struct heap *heap = heap_of(a);
	size_t size = heap_block_size(wanted);
	struct block *block = NULL;

	if (!POWER_OF_2(align)) {
		errno = EINVAL;
		return NULL;
	}
	if (align <= HEAP_ALIGN)
		return heap_malloc(a, wanted);
	if (size && align <= PTRDIFF_MAX / 4 && size <= PTRDIFF_MAX / 4)
		block = heap_list_find(heap, size + align + MIN_BLOCK);
	if (!block)
		return stats_count_enomem(a);
	heap_list_remove(heap, block);
	block = cut_front(heap, block, align);
	heap_trim(heap, block, size);
	stats_count_alloc(a, wanted);
	return heap_hand_out(block, wanted);
}

/* Lets a block swallow a free one after it, if that is enough. */
static int grow(struct heap *heap, struct block *block, size_t size)
{
	struct block *after = block_after(block);

	if (block->size >= size)
		return 1;
	if (!has_mark(after, MARK_FREE) || block->size + after->size < size)
		return 0;
	heap_list_remove(heap, after);
	heap_set_size(block, block->size + after->size);
	return 1;
}

static void *move(struct uk_alloc *a, struct block *block, size_t wanted)
{
	void *ptr = heap_malloc(a, wanted);

	if (!ptr)
		return NULL;
	memcpy(ptr, payload(block),
	       wanted < block->wanted ? wanted : block->wanted);
	heap_free(a, payload(block));
	return ptr;
}

void *heap_realloc(struct uk_alloc *a, void *ptr, size_t wanted)
{
	struct heap *heap = heap_of(a);
	size_t size = heap_block_size(wanted);
	struct block *block;

	if (!ptr)
		return heap_malloc(a, wanted);
	block = heap_used_block(ptr, "realloc");
	if (!wanted) {
		heap_free(a, ptr);
		return NULL;
	}
	if (!size)
		return stats_count_enomem(a);
	if (!grow(heap, block, size))
		return move(a, block, wanted);
	stats_count_free(a, block->wanted);
	stats_count_alloc(a, wanted);
	trace_ukalloc_realloc(a, block->wanted, wanted);
	heap_trim(heap, block, size);
	return heap_hand_out(block, wanted);
}
