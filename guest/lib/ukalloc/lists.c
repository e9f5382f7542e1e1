/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lists of free blocks: one for each small size, sixteen for each power of two
 * above, and one bit for each list that is not empty.
 * It does not know what is beside a block.
 */
#include <stddef.h>
#include <stdint.h>
#include "heap.h"

static struct link *link_of(struct block *block)
{
	return payload(block);
}

/* The list whose blocks are as large as this one. */
static unsigned int list_of(size_t size)
{
	unsigned long units = size / HEAP_ALIGN;
	unsigned int top;

	if (units < EXACT_LISTS)
		return (unsigned int)units;
	top = (unsigned int)LIST_WORD_BITS - 1 - __builtin_clzl(units);
	return EXACT_LISTS + (top - 5) * 16 + ((units >> (top - 4)) & 15);
}

/* The first list all of whose blocks are at least as large. */
static unsigned int list_above(size_t size)
{
	unsigned long units = size / HEAP_ALIGN;
	unsigned long step;

	if (units < EXACT_LISTS)
		return (unsigned int)units;
	step = 1UL << (LIST_WORD_BITS - 5 - __builtin_clzl(units));
	return list_of(((units + step - 1) & ~(step - 1)) * HEAP_ALIGN);
}

void heap_list_add(struct heap *heap, struct block *block)
{
	unsigned int i = list_of(block->size);
	struct block *head = heap->lists[i];

	set_mark(block, MARK_FREE);
	block->wanted = 0;
	link_of(block)->prev = NULL;
	link_of(block)->next = head;
	if (head)
		link_of(head)->prev = block;
	heap->lists[i] = block;
	heap->filled[i / LIST_WORD_BITS] |= 1UL << i % LIST_WORD_BITS;
	heap->free_bytes += block->size;
}

void heap_list_remove(struct heap *heap, struct block *block)
{
	unsigned int i = list_of(block->size);
	struct link *link = link_of(block);

	if (link->prev)
		link_of(link->prev)->next = link->next;
	else
		heap->lists[i] = link->next;
	if (link->next)
		link_of(link->next)->prev = link->prev;
	if (!heap->lists[i])
		heap->filled[i / LIST_WORD_BITS] &=
			~(1UL << i % LIST_WORD_BITS);
	heap->free_bytes -= block->size;
	/* It is nobody's now: no neighbour may take it for a free one. */
	block->mark = 0;
}

struct block *heap_list_find(struct heap *heap, size_t size)
{
	unsigned int i = list_above(size);
	unsigned int word = i / LIST_WORD_BITS;
	unsigned long bits;
	struct block *block;

	if (i < LIST_COUNT) {
		bits = heap->filled[word] & ~0UL << i % LIST_WORD_BITS;
		while (!bits && ++word < LIST_WORDS)
			bits = heap->filled[word];
		if (bits)
			return heap->lists[word * LIST_WORD_BITS +
					   __builtin_ctzl(bits)];
	}
	/* Nothing surely fits. The last resort is the list of its own size. */
	for (block = heap->lists[list_of(size)]; block;
	     block = link_of(block)->next)
		if (block->size >= size)
			return block;
	return NULL;
}

struct block *heap_list_largest(struct heap *heap)
{
	struct block *largest = NULL, *block;
	unsigned int word = LIST_WORDS;

	while (word-- && !heap->filled[word])
		;
	if (word == ~0U)
		return NULL;
	block = heap->lists[word * LIST_WORD_BITS + LIST_WORD_BITS - 1 -
			    __builtin_clzl(heap->filled[word])];
	for (; block; block = link_of(block)->next)
		if (!largest || block->size > largest->size)
			largest = block;
	return largest;
}
