/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory allocators under Unikraft's names: a table of functions each, a list
 * of them, and statistics. Which memory they manage is the business of those
 * who make them.
 */
#ifndef __UK_ALLOC_H__
#define __UK_ALLOC_H__

#include <errno.h>
#include <stddef.h>
#include <uk/arch/types.h>
#include <uk/assert.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_alloc;

typedef void *(*uk_alloc_malloc_func_t)(struct uk_alloc *a, __sz size);
typedef void *(*uk_alloc_calloc_func_t)(struct uk_alloc *a, __sz nmemb,
					__sz size);
typedef int (*uk_alloc_posix_memalign_func_t)(struct uk_alloc *a,
					      void **memptr, __sz align,
					      __sz size);
typedef void *(*uk_alloc_memalign_func_t)(struct uk_alloc *a, __sz align,
					  __sz size);
typedef void *(*uk_alloc_realloc_func_t)(struct uk_alloc *a, void *ptr,
					 __sz size);
typedef void (*uk_alloc_free_func_t)(struct uk_alloc *a, void *ptr);
typedef void *(*uk_alloc_palloc_func_t)(struct uk_alloc *a,
					unsigned long num_pages);
typedef void (*uk_alloc_pfree_func_t)(struct uk_alloc *a, void *ptr,
				      unsigned long num_pages);
typedef __ssz (*uk_alloc_getsize_func_t)(struct uk_alloc *a);
typedef long (*uk_alloc_getpsize_func_t)(struct uk_alloc *a);
typedef int (*uk_alloc_addmem_func_t)(struct uk_alloc *a, void *base,
				      __sz size);

/** What an allocator did since it was made, or since the last reset. */
struct uk_alloc_stats {
	/** Size of the latest, the largest and the smallest allocation. */
	__sz last_alloc_size;
	__sz max_alloc_size;
	__sz min_alloc_size;

	/** Number of allocations and of frees. */
	__u64 tot_nb_allocs;
	__u64 tot_nb_frees;
	/** Allocations that are there now, and the most there ever were. */
	__s64 cur_nb_allocs;
	__s64 max_nb_allocs;

	/** Bytes in use now, and the most there ever were. */
	__ssz cur_mem_use;
	__ssz max_mem_use;

	/** Allocations that failed. */
	__u64 nb_enomem;
};

struct uk_alloc {
	uk_alloc_malloc_func_t malloc;
	uk_alloc_calloc_func_t calloc;
	uk_alloc_realloc_func_t realloc;
	uk_alloc_posix_memalign_func_t posix_memalign;
	uk_alloc_memalign_func_t memalign;
	uk_alloc_free_func_t free;

	uk_alloc_palloc_func_t palloc;
	uk_alloc_pfree_func_t pfree;

	/** The following ones may be NULL. */
	uk_alloc_getsize_func_t maxalloc;
	uk_alloc_getsize_func_t availmem;
	uk_alloc_getpsize_func_t pmaxalloc;
	uk_alloc_getpsize_func_t pavailmem;
	uk_alloc_addmem_func_t addmem;

	struct uk_alloc_stats _stats;

	struct uk_alloc *next;
	__u8 priv[] __align16;
};

extern struct uk_alloc *_uk_alloc_head;

/** The first allocator of the list serves malloc(). */
static inline struct uk_alloc *uk_alloc_get_default(void)
{
	return _uk_alloc_head;
}

/** Puts an allocator at the end of the list. */
int uk_alloc_register(struct uk_alloc *a);
/** Puts an allocator at the start of the list, wherever it was before. */
int uk_alloc_set_default(struct uk_alloc *a);

#define uk_alloc_foreach(iter) \
	for ((iter) = _uk_alloc_head; (iter); (iter) = (iter)->next)

static inline void *uk_do_malloc(struct uk_alloc *a, __sz size)
{
	return a->malloc(a, size);
}

/**
 * Memory of a size, with undefined contents. A size of 0 yields a pointer of
 * its own, which has to be freed as any other.
 *
 * @return NULL with errno ENOMEM when there is none
 */
static inline void *uk_malloc(struct uk_alloc *a, __sz size)
{
	if (unlikely(!a)) {
		errno = ENOMEM;
		return __NULL;
	}
	return uk_do_malloc(a, size);
}

static inline void *uk_do_calloc(struct uk_alloc *a, __sz nmemb, __sz size)
{
	return a->calloc(a, nmemb, size);
}

/** Memory for an array, filled with zeros. */
static inline void *uk_calloc(struct uk_alloc *a, __sz nmemb, __sz size)
{
	if (unlikely(!a)) {
		errno = ENOMEM;
		return __NULL;
	}
	return uk_do_calloc(a, nmemb, size);
}

#define uk_do_zalloc(a, size) uk_do_calloc((a), 1, (size))
#define uk_zalloc(a, size) uk_calloc((a), 1, (size))

static inline void *uk_do_realloc(struct uk_alloc *a, void *ptr, __sz size)
{
	return a->realloc(a, ptr, size);
}

/** Changes the size of an allocation, in place where that is possible. */
static inline void *uk_realloc(struct uk_alloc *a, void *ptr, __sz size)
{
	if (unlikely(!a)) {
		errno = ENOMEM;
		return __NULL;
	}
	return uk_do_realloc(a, ptr, size);
}

static inline int uk_do_posix_memalign(struct uk_alloc *a, void **memptr,
				       __sz align, __sz size)
{
	return a->posix_memalign(a, memptr, align, size);
}

/** @return 0, ENOMEM or EINVAL; errno stays as it is */
static inline int uk_posix_memalign(struct uk_alloc *a, void **memptr,
				    __sz align, __sz size)
{
	if (unlikely(!a)) {
		*memptr = __NULL;
		return ENOMEM;
	}
	return uk_do_posix_memalign(a, memptr, align, size);
}

static inline void *uk_do_memalign(struct uk_alloc *a, __sz align, __sz size)
{
	return a->memalign(a, align, size);
}

/** Memory whose address is a multiple of a power of two. */
static inline void *uk_memalign(struct uk_alloc *a, __sz align, __sz size)
{
	if (unlikely(!a)) {
		errno = ENOMEM;
		return __NULL;
	}
	return uk_do_memalign(a, align, size);
}

static inline void uk_do_free(struct uk_alloc *a, void *ptr)
{
	a->free(a, ptr);
}

/** Gives memory back; NULL is allowed. */
static inline void uk_free(struct uk_alloc *a, void *ptr)
{
	uk_do_free(a, ptr);
}

static inline void *uk_do_palloc(struct uk_alloc *a, unsigned long num_pages)
{
	return a->palloc(a, num_pages);
}

/** Whole pages of memory. */
static inline void *uk_palloc(struct uk_alloc *a, unsigned long num_pages)
{
	if (unlikely(!a || !a->palloc))
		return __NULL;
	return uk_do_palloc(a, num_pages);
}

static inline void uk_do_pfree(struct uk_alloc *a, void *ptr,
			       unsigned long num_pages)
{
	a->pfree(a, ptr, num_pages);
}

static inline void uk_pfree(struct uk_alloc *a, void *ptr,
			    unsigned long num_pages)
{
	uk_do_pfree(a, ptr, num_pages);
}

/** Gives an allocator one more piece of memory to manage. */
static inline int uk_alloc_addmem(struct uk_alloc *a, void *base, __sz size)
{
	return a->addmem ? a->addmem(a, base, size) : -ENOTSUP;
}

/** Bytes that are free altogether, or -ENOTSUP. */
static inline __ssz uk_alloc_availmem(struct uk_alloc *a)
{
	return a->availmem ? a->availmem(a) : (__ssz)-ENOTSUP;
}

/** Size of the largest allocation that would succeed now, or -ENOTSUP. */
static inline __ssz uk_alloc_maxalloc(struct uk_alloc *a)
{
	return a->maxalloc ? a->maxalloc(a) : (__ssz)-ENOTSUP;
}

static inline long uk_alloc_pavailmem(struct uk_alloc *a)
{
	return a->pavailmem ? a->pavailmem(a) : (long)-ENOTSUP;
}

static inline long uk_alloc_pmaxalloc(struct uk_alloc *a)
{
	return a->pmaxalloc ? a->pmaxalloc(a) : (long)-ENOTSUP;
}

/** Free bytes and free pages of all allocators together. */
__sz uk_alloc_availmem_total(void);
unsigned long uk_alloc_pavailmem_total(void);

/** Copies the statistics of an allocator. */
void uk_alloc_stats_get(struct uk_alloc *a, struct uk_alloc_stats *dst);
/** Statistics of all allocators together. */
void uk_alloc_stats_get_global(struct uk_alloc_stats *dst);
/** Starts counting again; what is allocated now stays counted. */
void uk_alloc_stats_reset(struct uk_alloc *a);

/**
 * Makes a heap of a piece of memory and puts it into the list of allocators.
 * It keeps its own records inside the piece.
 *
 * @return the heap, NULL when the piece is too small
 */
struct uk_alloc *uk_heap_init(void *base, size_t len);

/** Takes a heap out of the list; its memory is the caller's again. */
void uk_heap_fini(struct uk_alloc *a);

/**
 * Looks through a whole heap for records that do not fit together, and for
 * writes after the end of an allocation.
 *
 * @param a a heap that uk_heap_init() made
 * @param where if not NULL, gets the address of the damaged record
 * @return NULL when the heap is in order, otherwise what is wrong with it
 */
const char *uk_heap_check(struct uk_alloc *a, void **where);

#ifdef __cplusplus
}
#endif

#endif /* __UK_ALLOC_H__ */
