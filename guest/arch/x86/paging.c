/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Holes in the address space that entry.S made, for i386 and x86_64.
 * It adds nothing to it. The form of the tables is each architecture's.
 */
#include <uk/arch/paging.h>
#include <uk/arch/tables.h>

#define PRESENT_WRITABLE 0x3UL
#define LARGE 0x80UL
#define UNCACHED 0x10UL

void *ukarch_paging_root(void)
{
#ifdef __x86_64__
	__uptr root;

	__asm__ __volatile__("mov %%cr3, %0" : "=r"(root));
	return (void *)(root & ADDRESS);
#else
	/* Code may not look, and there is one only. */
	return uk_boot_pd;
#endif
}

void ukarch_paging_flush(void)
{
	/* The code of i386 may not do so, and traps.c does it for it. */
	__asm__ __volatile__("mov %0, %%cr3"
			     : : "a"(ukarch_paging_root()) : "memory");
}

__uptr ukarch_paging_limit(void)
{
	return ENTRIES_MAPPED * LARGE_PAGE;
}

void ukarch_paging_cut(__uptr end)
{
	__uptr i;

	for (i = DIV_ROUND_UP(end, LARGE_PAGE); i < ENTRIES_MAPPED; i++)
		uk_boot_pd[i] = 0;
	ukarch_paging_flush();
}

/* A large page becomes a table of small ones before one can be taken out. */
static uk_page_entry *table_of(__uptr page)
{
	uk_page_entry *entry = &uk_boot_pd[page / LARGE_PAGE];
	__uptr base = ALIGN_DOWN(page, LARGE_PAGE);
	unsigned int i;

	if (*entry & LARGE) {
		for (i = 0; i < ENTRIES; i++)
			uk_boot_spare_pt[i] =
				(base + i * __PAGE_SIZE) | PRESENT_WRITABLE;
		*entry = (__uptr)uk_boot_spare_pt | PRESENT_WRITABLE;
	}
	return (uk_page_entry *)(*entry & ADDRESS);
}

void ukarch_paging_hole(__uptr page)
{
	table_of(page)[page / __PAGE_SIZE % ENTRIES] = 0;
	ukarch_paging_flush();
}

#define WINDOW (ENTRIES_MAPPED - 1)

static uk_page_entry lent;

volatile void *ukarch_paging_borrow(__u32 physical)
{
	lent = uk_boot_pd[WINDOW];
	uk_boot_pd[WINDOW] = ALIGN_DOWN(physical, (__u32)LARGE_PAGE)
		| PRESENT_WRITABLE | LARGE | UNCACHED;
	ukarch_paging_flush();
	return (volatile void *)(WINDOW * LARGE_PAGE + physical % LARGE_PAGE);
}

void ukarch_paging_give_back(void)
{
	uk_boot_pd[WINDOW] = lent;
	ukarch_paging_flush();
}
