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

struct uk_pagetable;

/** The page table that is in force. */
struct uk_pagetable *uk_paging_pt_get_active(void);

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
 * Sets what pages allow.
 *
 * @return 0; -EINVAL for an address that is none of a page, or a page that
 *	uk_paging_page_map() has not mapped. Nothing is changed then.
 */
int uk_paging_page_set_attr(struct uk_pagetable *pt, __vaddr_t vaddr,
			    unsigned long pages, unsigned long attr,
			    unsigned long flags);

#endif /* __UK_PAGING_H__ */
