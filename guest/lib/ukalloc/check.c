/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Proves that a heap is in order, or says what is wrong and where.
 * It repairs nothing.
 */
#include <stddef.h>
#include <stdint.h>
#include "heap.h"

struct findings {
	size_t free_bytes;
	size_t free_blocks;
};

static const char *check_block(struct region *region, struct block *block,
			       size_t prev_size, struct findings *found)
{
	int is_free = has_mark(block, MARK_FREE);
	size_t room = (char *)region->end - (char *)block;

	if (!is_free && !has_mark(block, MARK_USED))
		return "the record of a block is overwritten";
	if (block->size < MIN_BLOCK || block->size > room ||
	    block->size % HEAP_ALIGN)
		return "the size of a block is impossible";
	if (block->prev_size != prev_size)
		return "a block disagrees with the one in front of it";
	if (!is_free)
		return heap_guard_intact(block) ? NULL
			: "something was written after the end of a block";
	if (has_mark(block_after(block), MARK_FREE))
		return "two free blocks side by side";
	found->free_bytes += block->size;
	found->free_blocks++;
	return NULL;
}

static const char *check_region(struct region *region, void **where,
				struct findings *found)
{
	struct block *block = region->first;
	const char *wrong;
	size_t prev_size = 0;

	while (block != region->end) {
		*where = block;
		wrong = check_block(region, block, prev_size, found);
		if (wrong)
			return wrong;
		prev_size = block->size;
		block = block_after(block);
	}
	*where = block;
	if (!has_mark(block, MARK_USED) || block->prev_size != prev_size)
		return "the end of the heap is overwritten";
	return NULL;
}

/* Every free block has to be in the list of its size, once. */
static const char *check_lists(struct heap *heap, void **where, size_t expected)
{
	struct block *block, *prev;
	size_t count = 0, i;

	for (i = 0; i < LIST_COUNT; i++) {
		prev = NULL;
		for (block = heap->lists[i]; block;
		     block = ((struct link *)payload(block))->next) {
			*where = block;
			if (!has_mark(block, MARK_FREE))
				return "a list holds a block that is not free";
			if (((struct link *)payload(block))->prev != prev)
				return "a list of free blocks is overwritten";
			if (++count > expected)
				return "a block is in the lists twice";
			prev = block;
		}
	}
	return count == expected ? NULL : "a free block is in no list";
}

const char *uk_heap_check(struct uk_alloc *a, void **where)
{
	struct heap *heap = heap_of(a);
	struct findings found = { 0, 0 };
	struct region *region;
	const char *wrong;
	void *place = NULL;

	if (!where)
		where = &place;
	for (region = heap->regions; region; region = region->next) {
		wrong = check_region(region, where, &found);
		if (wrong)
			return wrong;
	}
	wrong = check_lists(heap, where, found.free_blocks);
	if (wrong)
		return wrong;
	*where = heap;
	if (found.free_bytes != heap->free_bytes)
		return "the number of free bytes is wrong";
	*where = NULL;
	return NULL;
}
