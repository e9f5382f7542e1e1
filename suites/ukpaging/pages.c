/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages at addresses of a test's own: what they hold, what they allow, and
 * that nothing of them is left.
 */
#include <errno.h>
#include <stddef.h>
#include <uk/alloc.h>
#include <uk/nofault.h>
#include <uk/paging.h>
#include <uk/test.h>

#if __SIZEOF_POINTER__ == 8
#define BASE 0x30000000000UL
/* Between the halves of what addresses there are, and beyond all memory. */
#define NO_ADDRESS 0x1004000000000UL
#define NO_MEMORY 0xffff000000000000UL
/* Nothing is mapped there. */
#define EMPTY 0x20000000000UL
#define EMPTY_PAGES (1UL << 33)
#else
#define BASE 0xe0000000UL
/* Two pages from there are more than there are. */
#define NO_ADDRESS 0xfffff000UL
#define NO_MEMORY 0xfffff000UL
#define EMPTY 0xd0000000UL
#define EMPTY_PAGES (1UL << 16)
#endif
#define PAGE UK_PAGING_PAGE_SIZE
#define AT(address) (*(volatile unsigned long *)(address))

static struct uk_pagetable *table(void)
{
	return uk_paging_pt_get_active();
}

static int map(__vaddr_t vaddr, unsigned long pages, unsigned long attr)
{
	return uk_paging_page_map(table(), vaddr, UK_PAGING_PADDR_ANY, pages,
				  attr, 0);
}

static int unmap(__vaddr_t vaddr, unsigned long pages)
{
	return uk_paging_page_unmap(table(), vaddr, pages, 0);
}

static __ssz in_use(void)
{
	struct uk_alloc_stats stats;

	uk_alloc_stats_get_global(&stats);
	return stats.cur_mem_use;
}

UK_TESTCASE(ukpaging, pages_are_there_and_gone)
{
	__ssz before = in_use();

	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE, 1, 0));
	UK_TEST_REQUIRE_ZERO(map(BASE, 2, UK_PAGING_PAGE_ATTR_PROT_RW));
	UK_TEST_EXPECT_ZERO(AT(BASE));
	AT(BASE) = 1;
	AT(BASE + 2 * PAGE - sizeof(long)) = 2;
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE), 1);
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE + 2 * PAGE - sizeof(long)), 2);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(BASE, 3 * PAGE, 0),
			       2 * PAGE);
	UK_TEST_EXPECT_ZERO(unmap(BASE, 2));
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE, 1, 0));
	UK_TEST_EXPECT_SNUM_EQ(in_use(), before);
}

UK_TESTCASE(ukpaging, pages_allow_what_was_asked_for)
{
	UK_TEST_REQUIRE_ZERO(map(BASE, 1, UK_PAGING_PAGE_ATTR_PROT_READ));
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(BASE, 1, 0), 1);
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_rw(BASE, 1, 0));
	UK_TEST_EXPECT_ZERO(uk_paging_page_set_attr(
		table(), BASE, 1, UK_PAGING_PAGE_ATTR_PROT_RW, 0));
	AT(BASE) = 3;
	UK_TEST_EXPECT_ZERO(uk_paging_page_set_attr(
		table(), BASE, 1, UK_PAGING_PAGE_ATTR_PROT_NONE, 0));
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE, 1, 0));
	UK_TEST_EXPECT_ZERO(uk_paging_page_set_attr(
		table(), BASE, 1, UK_PAGING_PAGE_ATTR_PROT_READ, 0));
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE), 3);
	UK_TEST_EXPECT_ZERO(unmap(BASE, 1));
}

UK_TESTCASE(ukpaging, one_frame_can_be_in_two_places)
{
	void *frame = uk_memalign(uk_alloc_get_default(), PAGE, PAGE);

	UK_TEST_REQUIRE_NOT_NULL(frame);
	AT(frame) = 4;
	for (int i = 0; i < 2; i++)
		UK_TEST_REQUIRE_ZERO(uk_paging_page_map(
			table(), BASE + i * 16 * PAGE, (__paddr_t)frame, 1,
			UK_PAGING_PAGE_ATTR_PROT_RW, 0));
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE + 16 * PAGE), 4);
	AT(BASE) = 5;
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE + 16 * PAGE), 5);
	UK_TEST_EXPECT_UNUM_EQ(AT(frame), 5);
	/* Pages in between were never there. */
	UK_TEST_EXPECT_ZERO(unmap(BASE, 17));
	/* It is not theirs. */
	UK_TEST_EXPECT_UNUM_EQ(AT(frame), 5);
	uk_free(uk_alloc_get_default(), frame);
}

UK_TESTCASE(ukpaging, mistakes_change_nothing)
{
	const unsigned long attr = UK_PAGING_PAGE_ATTR_PROT_RW;
	__ssz before = in_use();

	UK_TEST_EXPECT_SNUM_EQ(map(BASE + 1, 1, attr), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(unmap(BASE + 1, 1), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_map(table(), BASE, 1, 1, attr,
						  0), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_set_attr(table(), BASE + 1, 1,
						       attr, 0), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_set_attr(
		table(), (__vaddr_t)&before & UK_PAGING_PAGE_MASK, 1, attr,
		0), -EINVAL);
	/* No address of any page, or of any memory. */
	UK_TEST_EXPECT_SNUM_EQ(unmap(0, ~0UL), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(map(NO_ADDRESS, 2, attr), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_map(table(), BASE, NO_MEMORY, 2,
						  attr, 0), -EINVAL);
	/* What is not there is passed over at once, however much it is. */
	UK_TEST_EXPECT_ZERO(unmap(EMPTY, EMPTY_PAGES));
	/* What is there stays: the image, and a page of one's own. */
	UK_TEST_EXPECT_SNUM_EQ(map((__vaddr_t)&before & UK_PAGING_PAGE_MASK, 1,
				   attr), -EEXIST);
	UK_TEST_EXPECT_ZERO(unmap((__vaddr_t)&before & UK_PAGING_PAGE_MASK,
				  1));
	UK_TEST_REQUIRE_ZERO(map(BASE + PAGE, 1, attr));
	AT(BASE + PAGE) = 6;
	UK_TEST_EXPECT_SNUM_EQ(map(BASE, 3, attr), -EEXIST);
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE, 1, 0));
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE + PAGE), 6);
	UK_TEST_EXPECT_ZERO(unmap(BASE + PAGE, 1));
	UK_TEST_EXPECT_SNUM_EQ(in_use(), before);
}

uk_testsuite_register(ukpaging, NULL);
