/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The heap: cuts blocks off free ones and joins neighbours again.
 * It never gives memory back to anybody but its own lists.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/trace.h>
#include "heap.h"
#include "measure.h"

UK_TRACEPOINT(trace_ukalloc_malloc, "%p 0x%x -> %p", void *, size_t, void *);
UK_TRACEPOINT(trace_ukalloc_enomem, "%p 0x%x", void *, size_t);
UK_TRACEPOINT(trace_ukalloc_free, "%p 0x%x %p", void *, size_t, void *);

size_t heap_block_size(size_t wanted)
{
	size_t size;

	if (wanted > PTRDIFF_MAX - HEADER - GUARD - HEAP_ALIGN)
		return 0;
	size = ALIGN_UP(HEADER + wanted + GUARD, (size_t)HEAP_ALIGN);
	return size < MIN_BLOCK ? MIN_BLOCK : size;
}

void heap_set_size(struct block *block, size_t size)
{
	block->size = size;
	block_after(block)->prev_size = size;
}

void heap_release(struct heap *heap, struct block *block)
{
	struct block *after = block_after(block);
	struct block *before = block_before(block);

	if (has_mark(after, MARK_FREE)) {
		heap_list_remove(heap, after);
		heap_set_size(block, block->size + after->size);
	}
	if (block->prev_size && has_mark(before, MARK_FREE)) {
		heap_list_remove(heap, before);
		block->mark = 0;
		heap_set_size(before, before->size + block->size);
		block = before;
	}
	heap_list_add(heap, block);
}

void heap_trim(struct heap *heap, struct block *block, size_t size)
{
	struct block *rest;
	size_t whole = block->size;

	if (whole - size < MIN_BLOCK)
		return;
	heap_set_size(block, size);
	rest = block_after(block);
	heap_set_size(rest, whole - size);
	heap_release(heap, rest);
}

static size_t guard_size(struct block *block)
{
	return block->size - HEADER - block->wanted;
}

void *heap_hand_out(struct block *block, size_t wanted)
{
	set_mark(block, MARK_USED);
	block->wanted = wanted;
	memset((char *)payload(block) + wanted, GUARD_BYTE, guard_size(block));
	if (unlikely(measure_is_on))
		measure_hand_out(payload(block), wanted);
	return payload(block);
}

int heap_guard_intact(struct block *block)
{
	const unsigned char *guard = payload(block);
	size_t i;

	if (block->wanted > block->size - HEADER - GUARD)
		return 0;
	for (i = block->wanted; i < block->size - HEADER; i++)
		if (guard[i] != GUARD_BYTE)
			return 0;
	return 1;
}

struct block *heap_used_block(void *ptr, const char *caller)
{
	struct block *block = block_of(ptr);

	if ((uintptr_t)ptr % HEAP_ALIGN)
		UK_CRASH("%s: %p was never allocated\n", caller, ptr);
	if (has_mark(block, MARK_FREE))
		UK_CRASH("%s: %p has been freed before\n", caller, ptr);
	if (!has_mark(block, MARK_USED))
		UK_CRASH("%s: %p is no allocation, or its record is damaged\n",
			 caller, ptr);
	if (!heap_guard_intact(block))
		UK_CRASH("%s: buffer overflow past the %zu-byte block at %p\n",
			 caller, block->wanted, ptr);
	return block;
}

void *heap_malloc(struct uk_alloc *a, size_t wanted)
{
	struct heap *heap = heap_of(a);
	size_t size = heap_block_size(wanted);
	struct block *block = size ? heap_list_find(heap, size) : NULL;

	if (!block) {
		trace_ukalloc_enomem(a, wanted);
		return stats_count_enomem(a);
	}
	heap_list_remove(heap, block);
	heap_trim(heap, block, size);
	stats_count_alloc(a, wanted);
	trace_ukalloc_malloc(a, wanted, payload(block));
	return heap_hand_out(block, wanted);
}

void heap_free(struct uk_alloc *a, void *ptr)
{
	struct block *block;

	if (!ptr)
		return;
	block = heap_used_block(ptr, "free");
	stats_count_free(a, block->wanted);
	if (unlikely(measure_is_on))
		measure_take_back(ptr);
	trace_ukalloc_free(a, block->wanted, ptr);
	memset(ptr, FREED_BYTE,
	       block->wanted < FREED_BYTES ? block->wanted : FREED_BYTES);
	heap_release(heap_of(a), block);
}
