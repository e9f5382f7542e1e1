/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * uk/paging.h under the names of Unikraft up to 0.20.
 */
#ifndef __UKPLAT_PAGING_H__
#define __UKPLAT_PAGING_H__

#include <uk/paging.h>

#define PAGE_ATTR_PROT_NONE UK_PAGING_PAGE_ATTR_PROT_NONE
#define PAGE_ATTR_PROT_READ UK_PAGING_PAGE_ATTR_PROT_READ
#define PAGE_ATTR_PROT_WRITE UK_PAGING_PAGE_ATTR_PROT_WRITE
#define PAGE_ATTR_PROT_EXEC UK_PAGING_PAGE_ATTR_PROT_EXEC
#define PAGE_ATTR_PROT_RW UK_PAGING_PAGE_ATTR_PROT_RW
#define PAGE_ATTR_PROT_RWX UK_PAGING_PAGE_ATTR_PROT_RWX
#define PAGE_FLAG_KEEP_FRAMES UK_PAGING_PAGE_FLAG_KEEP_FRAMES
#define PAGE_SHIFT UK_PAGING_PAGE_SHIFT
#define PAGE_SIZE UK_PAGING_PAGE_SIZE
#define PAGE_MASK UK_PAGING_PAGE_MASK
#define PAGE_ALIGN_UP UK_PAGING_PAGE_ALIGN_UP
#define PAGE_ALIGN_DOWN UK_PAGING_PAGE_ALIGN_DOWN
#define PAGE_ALIGNED UK_PAGING_PAGE_ALIGNED
#define PAGE_COUNT UK_PAGING_PAGE_COUNT
/* Those of uk/arch/limits.h are of no table of pages. */
#undef __VADDR_INV
#undef __PADDR_INV
#define __VADDR_INV UK_PAGING_VADDR_INV
#define __VADDR_ANY UK_PAGING_VADDR_ANY
#define __PADDR_INV UK_PAGING_PADDR_INV
#define __PADDR_ANY UK_PAGING_PADDR_ANY

#define ukplat_pt_get_active uk_paging_pt_get_active
#define ukplat_page_map uk_paging_page_map
#define ukplat_page_unmap uk_paging_page_unmap
#define ukplat_page_set_attr uk_paging_page_set_attr

#endif /* __UKPLAT_PAGING_H__ */
