/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Holes in the address space that entry.S made.
 * It adds nothing to it.
 */
#include <uk/arch/paging.h>
#include <uk/arch/tables.h>

#define BASE 0x40000000UL
#define TYPE 0x3UL
#define LARGE 0x1UL
#define TABLE 0x3UL
#define NORMAL_PAGE 0x703UL

void *ukarch_paging_root(void)
{
	__uptr root;

	__asm__ __volatile__("mrs %0, ttbr0_el1" : "=r"(root));
	return (void *)(root & ADDRESS);
}

void ukarch_paging_flush(void)
{
	__asm__ __volatile__("dsb ishst; tlbi vmalle1; dsb nsh; isb"
			     : : : "memory");
}

__uptr ukarch_paging_limit(void)
{
	return BASE + ENTRIES * LARGE_PAGE;
}

void ukarch_paging_cut(__uptr end)
{
	__uptr i;

	for (i = DIV_ROUND_UP(end - BASE, LARGE_PAGE); i < ENTRIES; i++)
		uk_boot_l2[i] = 0;
	ukarch_paging_flush();
}

/*
 * A large page becomes a table of small ones before one can be taken out. In
 * between it is gone, as the architecture asks for: nothing may find both.
 */
static __u64 *table_of(__uptr page)
{
	__u64 *entry = &uk_boot_l2[(page - BASE) / LARGE_PAGE];
	__uptr base = ALIGN_DOWN(page, LARGE_PAGE);
	unsigned int i;

	if ((*entry & TYPE) != LARGE)
		return (__u64 *)(*entry & ADDRESS);
	for (i = 0; i < ENTRIES; i++)
		uk_boot_spare_l3[i] = (base + i * __PAGE_SIZE) | NORMAL_PAGE;
	return uk_boot_spare_l3;
}

void ukarch_paging_hole(__uptr page)
{
	__u64 *table = table_of(page);

	table[page / __PAGE_SIZE % ENTRIES] = 0;
	ukarch_paging_flush();
	uk_boot_l2[(page - BASE) / LARGE_PAGE] = (__uptr)table | TABLE;
	ukarch_paging_flush();
}
