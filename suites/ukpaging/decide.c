/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages that a function decides on one by one, what the tables then hold, and
 * frames of an allocator of the test's own.
 */
#include <errno.h>
#include <stddef.h>
#include <uk/alloc.h>
#include <uk/falloc.h>
#include <uk/lcpu.h>
#include <uk/nofault.h>
#include <uk/test.h>

#if __SIZEOF_POINTER__ == 8
#define BASE 0x30000000000UL
#define NO_ADDRESS 0x1000000000000UL
#else
#define BASE 0xe0000000UL
#endif
#define PAGE UK_PAGING_PAGE_SIZE
#define AT(address) (*(volatile unsigned long *)(address))
#define RW UK_PAGING_PAGE_ATTR_PROT_RW

struct decision {
	int calls;
	/* Of the page number `at`. */
	int at, answer;
	/* Sets a frame where it is not 0. */
	__paddr_t frame;
	__pte_t old;
};

static struct uk_pagetable *table(void)
{
	return uk_paging_pt_get_active();
}

static int decide(struct uk_pagetable *pt, __vaddr_t vaddr, __vaddr_t pt_vaddr,
		  unsigned int level, __pte_t *pte, void *ctx)
{
	struct decision *decision = ctx;

	if (pt != table() || vaddr != BASE + decision->calls * PAGE)
		return -EFAULT;
	if (uk_paging_pte_read(pt_vaddr, level,
			       UK_PAGING_PT_Lx_IDX(vaddr, level),
			       &decision->old))
		return -EFAULT;
	if (decision->frame)
		*pte = UK_PAGING_PT_Lx_PTE_SET_PADDR(*pte, level,
						     decision->frame);
	return decision->calls++ == decision->at ? decision->answer : 0;
}

static int map(struct decision *decision, __paddr_t paddr, unsigned long pages)
{
	return uk_paging_page_mapx(table(), BASE, paddr, pages, RW, 0,
				   &(struct uk_paging_page_mapx){
					.map = decide, .ctx = decision });
}

static void unmap(struct uk_testcase *esac __unused)
{
	UK_TEST_EXPECT_ZERO(uk_paging_page_unmap(table(), BASE, 8, 0));
}

UK_TESTCASE(ukpaging_decide, one_page_is_left_out)
{
	struct decision decision = { .at = 1,
				     .answer = UK_PAGING_PAGE_MAPX_ESKIP };

	UK_TEST_EXPECT_ZERO(map(&decision, UK_PAGING_PADDR_ANY, 3));
	UK_TEST_EXPECT_SNUM_EQ(decision.calls, 3);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(BASE, 3 * PAGE,
						   UK_NOFAULTF_CONTINUE),
			       2 * PAGE);
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE + PAGE, 1, 0));
}

UK_TESTCASE(ukpaging_decide, error_ends_it)
{
	struct decision decision = { .at = 1, .answer = -EPERM };
	const __sz before = table()->fa->free_memory;

	UK_TEST_EXPECT_SNUM_EQ(map(&decision, UK_PAGING_PADDR_ANY, 3), -EPERM);
	UK_TEST_EXPECT_SNUM_EQ(decision.calls, 2);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(BASE, 3 * PAGE, 0), PAGE);
	UK_TEST_EXPECT_UNUM_EQ(table()->fa->free_memory, before - PAGE);
	decision = (struct decision){ .answer = UK_PAGING_PAGE_MAPX_ETOOBIG };
	UK_TEST_EXPECT_SNUM_EQ(map(&decision, UK_PAGING_PADDR_ANY, 1), -EINVAL);
}

UK_TESTCASE(ukpaging_decide, frame_of_its_own_goes_with_the_page)
{
	struct decision decision = { .at = -1 };
	const __sz before = table()->fa->free_memory;

	decision.frame = uk_falloc(table()->fa, 1);
	UK_TEST_REQUIRE(decision.frame != UK_PAGING_PADDR_INV);
	AT(decision.frame) = 7;
	UK_TEST_REQUIRE_ZERO(map(&decision, 0, 1));
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE), 7);
	UK_TEST_EXPECT_UNUM_EQ(table()->fa->free_memory, before - PAGE);
	UK_TEST_EXPECT_ZERO(uk_paging_page_unmap(table(), BASE, 1, 0));
	UK_TEST_EXPECT_UNUM_EQ(table()->fa->free_memory, before);
}

UK_TESTCASE(ukpaging_decide, page_that_is_there_keeps_its_frame)
{
	struct decision decision = { .at = -1 };

	UK_TEST_REQUIRE_ZERO(uk_paging_page_map(table(), BASE,
						UK_PAGING_PADDR_ANY, 1,
						UK_PAGING_PAGE_ATTR_PROT_READ,
						0));
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_rw(BASE, 1, 0));
	UK_TEST_REQUIRE_ZERO(map(&decision, UK_PAGING_PADDR_ANY, 1));
	UK_TEST_EXPECT(UK_PAGING_PT_Lx_PTE_PRESENT(decision.old, 0));
	AT(BASE) = 8;
	UK_TEST_EXPECT_UNUM_EQ(
		AT(uk_paging_page_kmap(table(), UK_PAGING_PT_Lx_PTE_PADDR(
			decision.old, 0), 1, 0)), 8);
	/* Without a function it is a page too many. */
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_mapx(table(), BASE,
						   UK_PAGING_PADDR_ANY, 1, RW,
						   0, NULL), -EEXIST);
}

UK_TESTCASE(ukpaging_decide, walk_goes_as_far_as_there_are_tables)
{
	struct decision decision = { .at = -1 };
	unsigned int level = 9;
	__vaddr_t last = 0;
	__pte_t pte = 0;

	UK_TEST_EXPECT_ZERO(uk_paging_pt_walk(table(), BASE, &level, NULL,
					      NULL));
	UK_TEST_EXPECT_UNUM_GT(level, 0);
	UK_TEST_REQUIRE_ZERO(map(&decision, UK_PAGING_PADDR_ANY, 1));
	UK_TEST_EXPECT_ZERO(uk_paging_pt_walk(table(), BASE + 5, &level, &last,
					      &pte));
	UK_TEST_EXPECT_ZERO(level);
	UK_TEST_EXPECT_ZERO(uk_paging_pte_read(
		last, 0, UK_PAGING_PT_Lx_IDX(BASE, 0), &decision.old));
	UK_TEST_EXPECT_UNUM_EQ(pte, decision.old);
	AT(BASE) = 9;
	UK_TEST_EXPECT_UNUM_EQ(AT(UK_PAGING_PT_Lx_PTE_PADDR(pte, 0)), 9);
	UK_TEST_EXPECT_ZERO(uk_paging_pt_walk(table(), BASE + PAGE, NULL, NULL,
					      &pte));
	UK_TEST_EXPECT_ZERO(UK_PAGING_PT_Lx_PTE_PRESENT(pte, 0));
}

UK_TESTCASE(ukpaging_decide, sizes_that_there_are_none_of)
{
	struct decision decision = { .at = -1 };
	struct uk_paging_page_mapx mapx = { .map = decide, .ctx = &decision };
	const unsigned long large = UK_PAGING_PAGE_FLAG_SIZE(1);

	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_mapx(
		table(), BASE, UK_PAGING_PADDR_ANY, 1, RW,
		large | UK_PAGING_PAGE_FLAG_FORCE_SIZE, &mapx), -EINVAL);
	UK_TEST_EXPECT_ZERO(decision.calls);
	/* One large one is many small ones; none of these is wanted. */
	decision.answer = -ECANCELED;
	decision.at = 600;
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_mapx(
		table(), BASE, 0, 2, RW, large, &mapx), -ECANCELED);
	UK_TEST_EXPECT_SNUM_EQ(decision.calls, 601);
	UK_TEST_EXPECT_ZERO(uk_paging_page_unmap(table(), BASE, 600, 0));
	UK_TEST_EXPECT_UNUM_EQ(UK_PAGING_PAGE_SHIFT_Lx(
		UK_PAGING_PAGE_LARGE_SHIFT), 1);
	UK_TEST_EXPECT(!UK_PAGING_PAGE_Lx_HAS(1));
}

UK_TESTCASE(ukpaging_decide, attributes_pass_over_holes)
{
	struct decision decision = { .at = 1,
				     .answer = UK_PAGING_PAGE_MAPX_ESKIP };

	UK_TEST_REQUIRE_ZERO(map(&decision, UK_PAGING_PADDR_ANY, 3));
	UK_TEST_EXPECT_ZERO(uk_paging_page_set_attr(
		table(), BASE, 8, UK_PAGING_PAGE_ATTR_PROT_READ, 0));
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_rw(BASE + 2 * PAGE, 1, 0));
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(BASE + 2 * PAGE, 1, 0), 1);
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE + PAGE, 1, 0));
}

UK_TESTCASE(ukpaging_decide, large_pages_of_the_boot_stay)
{
	const __sz len = 8 << 20;
	char *block = uk_malloc(uk_alloc_get_default(), len);
	__vaddr_t inside = (__vaddr_t)block + len / 2;

	UK_TEST_REQUIRE_NOT_NULL(block);
	inside &= UK_PAGING_PAGE_MASK;
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_page_set_attr(
		table(), inside, 1, UK_PAGING_PAGE_ATTR_PROT_READ, 0),
			       -EINVAL);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(inside, 8, 0), 8);
	UK_TEST_EXPECT_ZERO(uk_paging_page_unmap(table(), inside, 1, 0));
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(inside, 8, 0), 8);
	uk_free(uk_alloc_get_default(), block);
}

/* Maps the page that is missing, where a case says so. */
static int mends, mended;

static int mend(void *data)
{
	const __u64 vaddr = uk_lcpu_except_err_ctx_get_fault_addr(data);

	if (!mends || vaddr < BASE || vaddr >= BASE + PAGE)
		return UK_EVENT_NOT_HANDLED;
	mended++;
	return uk_paging_page_map(table(), BASE, UK_PAGING_PADDR_ANY, 1, RW, 0)
		? UK_EVENT_NOT_HANDLED : UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UK_LCPU_EXCEPT_EVENT_ERR_PAGE_FAULT, mend, 4);

UK_TESTCASE(ukpaging_decide, page_on_demand)
{
	unsigned long value = 1;

	mends = 1;
	mended = 0;
	UK_TEST_EXPECT_ZERO(uk_nofault_probe_r(BASE, 8, UK_NOFAULTF_NOPAGING));
	UK_TEST_EXPECT_ZERO(uk_nofault_try_read_nopaging(
		value, (unsigned long *)BASE));
	UK_TEST_EXPECT_ZERO(mended);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(BASE, 8, 0), 8);
	UK_TEST_EXPECT_SNUM_EQ(mended, 1);
	UK_TEST_EXPECT_ZERO(uk_paging_page_unmap(table(), BASE, 1, 0));
	/* The fault of any other code is mended as well. */
	AT(BASE + 8) = 3;
	mends = 0;
	UK_TEST_EXPECT_SNUM_EQ(mended, 2);
	UK_TEST_EXPECT_UNUM_EQ(AT(BASE + 8), 3);
}

UK_TESTCASE(ukpaging_decide, frames_are_counted_and_aligned)
{
	struct uk_falloc *fa = uk_falloc_get_default();
	__paddr_t paddr = UK_PAGING_PADDR_ANY;
	const __sz before = fa->free_memory;

	UK_TEST_REQUIRE_ZERO(fa->falloc(fa, &paddr, 3, FALLOC_FLAG_ALIGNED));
	UK_TEST_EXPECT_ZERO(paddr % (4 * PAGE));
	UK_TEST_EXPECT_UNUM_EQ(fa->free_memory, before - 3 * PAGE);
	uk_ffree(fa, paddr, 3);
	UK_TEST_EXPECT_UNUM_EQ(fa->free_memory, before);
	UK_TEST_EXPECT_SNUM_EQ(fa->falloc(fa, &paddr, 1, 0), -ENOTSUP);
	UK_TEST_EXPECT(uk_falloc(fa, ~0UL) == UK_PAGING_PADDR_INV);
	UK_TEST_EXPECT(uk_falloc(fa, 0) == UK_PAGING_PADDR_INV);
}

UK_TESTCASE(ukpaging_decide, there_is_one_table)
{
	struct uk_pagetable other = { 0 };

	UK_TEST_EXPECT_ZERO(uk_paging_pt_set_active(table()));
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_pt_set_active(&other), -ENOTSUP);
#ifdef NO_ADDRESS
	UK_TEST_EXPECT(uk_paging_vaddr_isvalid(BASE));
	UK_TEST_EXPECT(!uk_paging_vaddr_isvalid(NO_ADDRESS));
	UK_TEST_EXPECT(!uk_paging_vaddr_range_isvalid(BASE, NO_ADDRESS));
	UK_TEST_EXPECT(!uk_paging_paddr_range_isvalid(NO_ADDRESS, 1));
	UK_TEST_EXPECT_SNUM_EQ(uk_paging_pt_walk(table(), NO_ADDRESS, NULL,
						 NULL, NULL), -EINVAL);
#endif
}

uk_testsuite_fixture(ukpaging_decide, NULL, unmap, NULL);
uk_testsuite_register(ukpaging_decide, NULL);
