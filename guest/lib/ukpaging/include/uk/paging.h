/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages at addresses of one's own, under Unikraft's names.
 * There is one page table, that of the kit, and one size of pages. Code can be
 * executed on every page that can be read: no table here forbids that.
 */
#ifndef __UK_PAGING_H__
#define __UK_PAGING_H__

#include <uk/arch/lcpu.h>
#include <uk/arch/types.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_PAGING_PAGE_ATTR_PROT_NONE 0x0
#define UK_PAGING_PAGE_ATTR_PROT_READ 0x1
#define UK_PAGING_PAGE_ATTR_PROT_WRITE 0x2
#define UK_PAGING_PAGE_ATTR_PROT_EXEC 0x4
#define UK_PAGING_PAGE_ATTR_PROT_RW \
	(UK_PAGING_PAGE_ATTR_PROT_READ | UK_PAGING_PAGE_ATTR_PROT_WRITE)
#define UK_PAGING_PAGE_ATTR_PROT_RWX \
	(UK_PAGING_PAGE_ATTR_PROT_RW | UK_PAGING_PAGE_ATTR_PROT_EXEC)

#define UK_PAGING_PAGE_SHIFT 12
#define UK_PAGING_PAGE_SIZE __PAGE_SIZE
#define UK_PAGING_PAGE_MASK (~(UK_PAGING_PAGE_SIZE - 1))
/* Sizes by level. Pages of the kit are of level 0; the others are there for
 * code that asks which ones there are.
 */
#define UK_PAGING_PAGE_LEVEL 0
#if __SIZEOF_POINTER__ == 8
#define _UK_PAGING_INDEX_BITS 9
#else
#define _UK_PAGING_INDEX_BITS 10
#endif
#define UK_PAGING_PAGE_Lx_HAS(level) ((level) == UK_PAGING_PAGE_LEVEL)
#define UK_PAGING_PAGE_Lx_SHIFT(level) \
	(UK_PAGING_PAGE_SHIFT + _UK_PAGING_INDEX_BITS * (level))
#define UK_PAGING_PAGE_SHIFT_Lx(shift) \
	(((shift) - UK_PAGING_PAGE_SHIFT) / _UK_PAGING_INDEX_BITS)
#define UK_PAGING_PAGE_Lx_SIZE(level) (1UL << UK_PAGING_PAGE_Lx_SHIFT(level))
#define UK_PAGING_PAGE_Lx_ALIGN_UP(a, level) \
	ALIGN_UP((a), UK_PAGING_PAGE_Lx_SIZE(level))
#define UK_PAGING_PAGE_Lx_ALIGN_DOWN(a, level) \
	ALIGN_DOWN((a), UK_PAGING_PAGE_Lx_SIZE(level))
#define UK_PAGING_PAGE_Lx_ALIGNED(a, level) \
	(!((a) & (UK_PAGING_PAGE_Lx_SIZE(level) - 1)))
#define UK_PAGING_PAGE_LARGE_LEVEL 1
#define UK_PAGING_PAGE_LARGE_SHIFT \
	UK_PAGING_PAGE_Lx_SHIFT(UK_PAGING_PAGE_LARGE_LEVEL)
#define UK_PAGING_PAGE_LARGE_SIZE \
	UK_PAGING_PAGE_Lx_SIZE(UK_PAGING_PAGE_LARGE_LEVEL)
#define UK_PAGING_PAGE_LARGE_ALIGN_UP(a) \
	UK_PAGING_PAGE_Lx_ALIGN_UP((a), UK_PAGING_PAGE_LARGE_LEVEL)
#define UK_PAGING_PAGE_LARGE_ALIGN_DOWN(a) \
	UK_PAGING_PAGE_Lx_ALIGN_DOWN((a), UK_PAGING_PAGE_LARGE_LEVEL)
#define UK_PAGING_PAGE_LARGE_ALIGNED(a) \
	UK_PAGING_PAGE_Lx_ALIGNED((a), UK_PAGING_PAGE_LARGE_LEVEL)

#define UK_PAGING_PAGE_ALIGN_UP(a) ALIGN_UP((a), UK_PAGING_PAGE_SIZE)
#define UK_PAGING_PAGE_ALIGN_DOWN(a) ALIGN_DOWN((a), UK_PAGING_PAGE_SIZE)
#define UK_PAGING_PAGE_ALIGNED(a) (!((a) & (UK_PAGING_PAGE_SIZE - 1)))
#define UK_PAGING_PAGE_COUNT(len) DIV_ROUND_UP((len), UK_PAGING_PAGE_SIZE)

/** No address of any memory, whatever the processor. */
#if __SIZEOF_POINTER__ == 8
#define UK_PAGING_VADDR_INV 0xbaadbaad80000000UL
#else
#define UK_PAGING_VADDR_INV 0xfff00000UL
#endif
#define UK_PAGING_PADDR_INV UK_PAGING_VADDR_INV
#define UK_PAGING_VADDR_ANY UK_PAGING_VADDR_INV
/** Has frames allocated, from the heap. */
#define UK_PAGING_PADDR_ANY UK_PAGING_PADDR_INV

/** Keeps the frames of pages that are unmapped. */
#define UK_PAGING_PAGE_FLAG_KEEP_FRAMES 0x02
/** Pages of the size asked for and no other; see the next one. */
#define UK_PAGING_PAGE_FLAG_FORCE_SIZE 0x04
/** The level whose size is asked for, and in which pages are counted. */
#define UK_PAGING_PAGE_FLAG_SIZE(level) (((level) & 0xfUL) << 4)
#define UK_PAGING_PAGE_FLAG_SIZE_TO_LEVEL(flags) ((flags) >> 4 & 0xfUL)

struct uk_falloc;

struct uk_pagetable {
	/** The first table, which is where it is in memory. */
	__vaddr_t pt_vbase;
	__paddr_t pt_pbase;
	/** What frames are allocated with: the kit's own, or another one. */
	struct uk_falloc *fa;
};

/** An entry of a table, in the form of the architecture. */
#if defined(__i386__)
typedef __u32 __pte_t;
#else
typedef __u64 __pte_t;
#endif

/** The page table that is in force. */
struct uk_pagetable *uk_paging_pt_get_active(void);

/** @return 0; -ENOTSUP for any other than the one that is in force */
int uk_paging_pt_set_active(struct uk_pagetable *pt);

/**
 * Maps pages.
 *
 * @param pt the page table
 * @param vaddr address of the first one
 * @param paddr frame of the first one, or UK_PAGING_PADDR_ANY
 * @param pages how many
 * @param attr one or more of UK_PAGING_PAGE_ATTR_PROT_*
 * @param flags 0
 * @return 0; -EINVAL for an address that is none of a page, -EEXIST where
 *	something is mapped, -ENOMEM. Nothing is mapped then.
 */
int uk_paging_page_map(struct uk_pagetable *pt, __vaddr_t vaddr,
		       __paddr_t paddr, unsigned long pages,
		       unsigned long attr, unsigned long flags);

/**
 * Takes pages away again, and frees their frames where those were allocated
 * for them. Pages that are not there are passed over.
 *
 * @param flags UK_PAGING_PAGE_FLAG_KEEP_FRAMES, or 0
 * @return 0; -EINVAL for an address that is none of a page
 */
int uk_paging_page_unmap(struct uk_pagetable *pt, __vaddr_t vaddr,
			 unsigned long pages, unsigned long flags);

/**
 * Sets what pages allow. Those that are not there are passed over.
 *
 * @return 0; -EINVAL for an address that is none of a page, or a page that is
 *	there and was not mapped here. Nothing is changed then.
 */
int uk_paging_page_set_attr(struct uk_pagetable *pt, __vaddr_t vaddr,
			    unsigned long pages, unsigned long attr,
			    unsigned long flags);

/** The page is left as it is. */
#define UK_PAGING_PAGE_MAPX_ESKIP 1
/** Smaller pages are to be tried; there are none, so that it is -EINVAL. */
#define UK_PAGING_PAGE_MAPX_ETOOBIG 2

/**
 * Decides on a page.
 *
 * @param pt_vaddr the table that gets the entry, with the old one in it
 * @param level of the table: 0
 * @param pte the new entry, to be changed at will
 * @return 0; one of the two above; a negative error number, which ends it
 */
typedef int (*uk_paging_page_mapx_func_t)(struct uk_pagetable *pt,
					  __vaddr_t vaddr, __vaddr_t pt_vaddr,
					  unsigned int level, __pte_t *pte,
					  void *ctx);

struct uk_paging_page_mapx {
	uk_paging_page_mapx_func_t map;
	void *ctx;
};

/**
 * uk_paging_page_map() that asks for each page, those included that are there
 * already. With UK_PAGING_PADDR_ANY they keep their frame, and others have one
 * that is not cleared. A frame that `mapx` sets is freed with its page.
 *
 * @param paddr 0 where `mapx` sets the frames
 * @param flags UK_PAGING_PAGE_FLAG_SIZE() and _FORCE_SIZE
 * @return as uk_paging_page_map(); pages before the one with an error stay
 */
int uk_paging_page_mapx(struct uk_pagetable *pt, __vaddr_t vaddr,
			__paddr_t paddr, unsigned long pages,
			unsigned long attr, unsigned long flags,
			struct uk_paging_page_mapx *mapx);

/**
 * Goes down the tables as far as there are any for an address.
 *
 * @param level gets the level of the last one, where it is not NULL
 * @param pt_vaddr gets its address, as well
 * @param pte gets its entry for the address, as well
 * @return 0; -EINVAL for an address that is none of a page
 */
int uk_paging_pt_walk(struct uk_pagetable *pt, __vaddr_t vaddr,
		      unsigned int *level, __vaddr_t *pt_vaddr, __pte_t *pte);

/** Reads an entry of a table. @return 0 */
int uk_paging_pte_read(__vaddr_t pt_vaddr, unsigned int level,
		       unsigned int idx, __pte_t *pte);

unsigned int _uk_paging_index(__vaddr_t vaddr, unsigned int level);
int _uk_paging_pte_present(__pte_t pte);
__paddr_t _uk_paging_pte_paddr(__pte_t pte);
__pte_t _uk_paging_pte_set_paddr(__pte_t pte, __paddr_t paddr);

#define UK_PAGING_PT_Lx_IDX(vaddr, level) _uk_paging_index((vaddr), (level))
#define UK_PAGING_PT_Lx_PTE_PRESENT(pte, level) \
	((void)(level), _uk_paging_pte_present(pte))
#define UK_PAGING_PT_Lx_PTE_PADDR(pte, level) \
	((void)(level), _uk_paging_pte_paddr(pte))
#define UK_PAGING_PT_Lx_PTE_SET_PADDR(pte, level, paddr) \
	((void)(level), _uk_paging_pte_set_paddr((pte), (paddr)))

/** Where memory can be accessed: at its own address. */
static inline __vaddr_t uk_paging_page_kmap(struct uk_pagetable *pt __unused,
					    __paddr_t paddr,
					    unsigned long pages __unused,
					    unsigned long flags __unused)
{
	return paddr;
}

static inline void uk_paging_page_kunmap(struct uk_pagetable *pt __unused,
					 __vaddr_t vaddr __unused,
					 unsigned long pages __unused,
					 unsigned long flags __unused)
{
}

/** Whether bytes can be pages at all, or memory. */
int uk_paging_vaddr_range_isvalid(__vaddr_t start, __sz len);
int uk_paging_paddr_range_isvalid(__paddr_t start, __sz len);

static inline int uk_paging_vaddr_isvalid(__vaddr_t addr)
{
	return uk_paging_vaddr_range_isvalid(addr, 1);
}

#ifdef __cplusplus
}
#endif

#endif /* __UK_PAGING_H__ */
