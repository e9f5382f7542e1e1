/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Allocation of frames of memory, under Unikraft's names and in its layout.
 * The kit has one allocator, that takes them from the heap: what was allocated
 * at once is freed at once, and no memory can be added to it. It counts
 * nothing: code that wants the statistics of Unikraft's ukfalloc gets that
 * library's own header, from the folders after this one.
 */
#if CONFIG_LIBUKFALLOC_STATS
#include_next <uk/falloc.h>
#endif

#ifndef __UK_FALLOC_H__
#define __UK_FALLOC_H__

#include <uk/arch/types.h>
#include <uk/paging.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Aligned to the size that is asked for. */
#define FALLOC_FLAG_ALIGNED 0x01

struct uk_falloc {
	/**
	 * Allocates frames.
	 *
	 * @param paddr UK_PAGING_PADDR_ANY; gets the first one
	 * @return 0; -ENOMEM; of the kit, -ENOTSUP for any other address
	 */
	int (*falloc)(struct uk_falloc *fa, __paddr_t *paddr,
		      unsigned long frames, unsigned long flags);
	/** The same within a range of addresses; of the kit, -ENOTSUP. */
	int (*falloc_from_range)(struct uk_falloc *fa, __paddr_t *paddr,
				 unsigned long frames, unsigned long flags,
				 __paddr_t min, __paddr_t max);
	/** Frees frames. */
	int (*ffree)(struct uk_falloc *fa, __paddr_t paddr,
		     unsigned long frames);
	/** Takes memory to allocate from; of the kit, -ENOTSUP. */
	int (*addmem)(struct uk_falloc *fa, void *metadata, __paddr_t paddr,
		      unsigned long frames, __vaddr_t dm_off);
	/** Bytes; of the kit, what is allocated is missing in the first one. */
	__sz free_memory;
	__sz total_memory;
};

/** Any frames; UK_PAGING_PADDR_INV where there are none. */
static inline __paddr_t uk_falloc(struct uk_falloc *fa, unsigned long frames)
{
	__paddr_t paddr = UK_PAGING_PADDR_ANY;

	return fa->falloc(fa, &paddr, frames, 0) ? UK_PAGING_PADDR_INV : paddr;
}

static inline void uk_ffree(struct uk_falloc *fa, __paddr_t paddr,
			    unsigned long frames)
{
	fa->ffree(fa, paddr, frames);
}

/** The allocator of the kit. */
struct uk_falloc *uk_falloc_get_default(void);

#ifdef __cplusplus
}
#endif

#endif /* __UK_FALLOC_H__ */
