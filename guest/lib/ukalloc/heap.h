/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Records of the heap. A piece of memory is a row of blocks, each with a
 * header; free blocks are also in one of many lists, sorted by size.
 * Nobody outside this folder includes it.
 */
#ifndef __UKALLOC_HEAP_H__
#define __UKALLOC_HEAP_H__

#include <stddef.h>
#include <stdint.h>
#include <uk/alloc.h>

#define HEAP_ALIGN	16
#define HEAP_PAGE	4096

/* Below this number of units every size has a list of its own. */
#define EXACT_LISTS	32
#define LIST_WORD_BITS	(8 * sizeof(unsigned long))
#define LIST_COUNT	(EXACT_LISTS + (LIST_WORD_BITS - 9) * 16)
#define LIST_WORDS	((LIST_COUNT + LIST_WORD_BITS - 1) / LIST_WORD_BITS)

/* A block is used or free by its mark, which also depends on its place. */
#define MARK_USED	((size_t)0x75b10c6bUL)
#define MARK_FREE	((size_t)0x46b10c6bUL)

/* Bytes after what was asked for: at least GUARD of them, all alike. */
#define GUARD		sizeof(size_t)
#define GUARD_BYTE	0xa5

/* What is freed does not keep its content, at least not its beginning. */
#define FREED_BYTE	0xdd
#define FREED_BYTES	256

struct block {
	/* Whole size of the block in front, 0 if there is none. */
	size_t prev_size;
	/* Whole size of this one, header included; 0 after the last one. */
	size_t size;
	/* What was asked for. */
	size_t wanted;
	size_t mark;
};

/* What a free block holds after its header. */
struct link {
	struct block *next;
	struct block *prev;
};

struct region {
	struct region *next;
	struct block *first;
	struct block *end;
};

struct heap {
	struct region *regions;
	size_t free_bytes;
	unsigned long filled[LIST_WORDS];
	struct block *lists[LIST_COUNT];
};

#define HEADER		ALIGN_UP(sizeof(struct block), (size_t)HEAP_ALIGN)
#define MIN_BLOCK	(HEADER + ALIGN_UP(sizeof(struct link), \
					   (size_t)HEAP_ALIGN))

static inline struct heap *heap_of(struct uk_alloc *a)
{
	return (struct heap *)a->priv;
}

static inline void *payload(struct block *block)
{
	return (char *)block + HEADER;
}

static inline struct block *block_of(void *ptr)
{
	return (struct block *)((char *)ptr - HEADER);
}

static inline struct block *block_after(struct block *block)
{
	return (struct block *)((char *)block + block->size);
}

static inline struct block *block_before(struct block *block)
{
	return (struct block *)((char *)block - block->prev_size);
}

static inline int has_mark(const struct block *block, size_t mark)
{
	return block->mark == (mark ^ (uintptr_t)block);
}

static inline void set_mark(struct block *block, size_t mark)
{
	block->mark = mark ^ (uintptr_t)block;
}

/* Whole size of a block for a request; 0 if it exceeds all memory. */
size_t heap_block_size(size_t wanted);

/* Takes a block out of its list, or puts one in and marks it free. */
void heap_list_add(struct heap *heap, struct block *block);
void heap_list_remove(struct heap *heap, struct block *block);
/* A block of at least this size, still in its list; NULL if there is none. */
struct block *heap_list_find(struct heap *heap, size_t size);
/* The largest free block; NULL if there is none. */
struct block *heap_list_largest(struct heap *heap);

/* Changes the size and tells the block after. */
void heap_set_size(struct block *block, size_t size);
/* Joins with free neighbours and puts the result into a list. */
void heap_release(struct heap *heap, struct block *block);
/* Gives back what a block that is in no list has beyond a size. */
void heap_trim(struct heap *heap, struct block *block, size_t size);
/* Marks a block used and writes its guard. */
void *heap_hand_out(struct block *block, size_t wanted);
/* The block of a pointer; a pointer that is none ends the machine. */
struct block *heap_used_block(void *ptr, const char *caller);
int heap_guard_intact(struct block *block);

void *heap_malloc(struct uk_alloc *a, size_t size);
void *heap_memalign(struct uk_alloc *a, size_t align, size_t size);
void *heap_realloc(struct uk_alloc *a, void *ptr, size_t size);
void heap_free(struct uk_alloc *a, void *ptr);

/* Statistics. */
void stats_count_alloc(struct uk_alloc *a, size_t size);
void stats_count_free(struct uk_alloc *a, size_t size);
/* Counts the failure, sets errno, returns NULL. */
void *stats_count_enomem(struct uk_alloc *a);

#endif /* __UKALLOC_HEAP_H__ */
