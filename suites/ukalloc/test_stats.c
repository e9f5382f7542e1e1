/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The statistics of an allocator, for every kind of call.
 * The heap is our own, so that nobody else counts in it.
 */
#include <stdint.h>
#include <uk/alloc.h>
#include <uk/test.h>

static unsigned char memory[32 * 1024];
static struct uk_alloc *heap;
static struct uk_alloc_stats stats;

static void make_heap(struct uk_testcase *esac __unused)
{
	heap = uk_heap_init(memory, sizeof(memory));
	UK_TEST_EXPECT_NOT_NULL(heap);
}

static void drop_heap(struct uk_testcase *esac __unused)
{
	uk_heap_fini(heap);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_at_start)
{
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_ZERO(stats.tot_nb_allocs);
	UK_TEST_EXPECT_ZERO(stats.tot_nb_frees);
	UK_TEST_EXPECT_ZERO(stats.cur_nb_allocs);
	UK_TEST_EXPECT_ZERO(stats.cur_mem_use);
	UK_TEST_EXPECT_ZERO(stats.nb_enomem);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_sizes)
{
	void *a = uk_malloc(heap, 100), *b = uk_calloc(heap, 2, 10);
	void *c = uk_memalign(heap, 64, 50);

	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_SNUM_EQ(stats.last_alloc_size, 50);
	UK_TEST_EXPECT_SNUM_EQ(stats.max_alloc_size, 100);
	UK_TEST_EXPECT_SNUM_EQ(stats.min_alloc_size, 20);
	UK_TEST_EXPECT_SNUM_EQ(stats.tot_nb_allocs, 3);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_nb_allocs, 3);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_mem_use, 170);
	uk_free(heap, a);
	uk_free(heap, b);
	uk_free(heap, c);
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_SNUM_EQ(stats.tot_nb_frees, 3);
	UK_TEST_EXPECT_ZERO(stats.cur_nb_allocs);
	UK_TEST_EXPECT_SNUM_EQ(stats.max_nb_allocs, 3);
	UK_TEST_EXPECT_ZERO(stats.cur_mem_use);
	UK_TEST_EXPECT_SNUM_EQ(stats.max_mem_use, 170);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_realloc)
{
	void *a = uk_malloc(heap, 100);

	a = uk_realloc(heap, a, 300);
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_nb_allocs, 1);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_mem_use, 300);
	uk_realloc(heap, a, 0);
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_ZERO(stats.cur_nb_allocs);
	UK_TEST_EXPECT_ZERO(stats.cur_mem_use);
	UK_TEST_EXPECT_SNUM_EQ(stats.tot_nb_allocs, stats.tot_nb_frees);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_failures)
{
	void *ptr;

	UK_TEST_EXPECT_NULL(uk_malloc(heap, sizeof(memory)));
	UK_TEST_EXPECT_NULL(uk_calloc(heap, SIZE_MAX / 2, 4));
	UK_TEST_EXPECT_NULL(uk_memalign(heap, 64, sizeof(memory)));
	UK_TEST_EXPECT_NOT_ZERO(uk_posix_memalign(heap, &ptr, 64,
						  sizeof(memory)));
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_SNUM_EQ(stats.nb_enomem, 4);
	UK_TEST_EXPECT_ZERO(stats.tot_nb_allocs);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_reset)
{
	void *a = uk_malloc(heap, 10), *b = uk_malloc(heap, 20);

	uk_free(heap, a);
	uk_alloc_stats_reset(heap);
	uk_alloc_stats_get(heap, &stats);
	UK_TEST_EXPECT_ZERO(stats.tot_nb_allocs);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_nb_allocs, 1);
	UK_TEST_EXPECT_SNUM_EQ(stats.max_nb_allocs, 1);
	UK_TEST_EXPECT_SNUM_EQ(stats.cur_mem_use, 20);
	uk_free(heap, b);
}

UK_TESTCASE(ukalloc_stats_testsuite, stats_global)
{
	struct uk_alloc_stats before, after;
	__sz avail = uk_alloc_availmem_total();
	void *a;

	uk_alloc_stats_get_global(&before);
	a = uk_malloc(heap, 123);
	uk_alloc_stats_get_global(&after);
	UK_TEST_EXPECT_SNUM_EQ(after.cur_nb_allocs, before.cur_nb_allocs + 1);
	UK_TEST_EXPECT_SNUM_EQ(after.cur_mem_use, before.cur_mem_use + 123);
	UK_TEST_EXPECT_SNUM_GE(avail - uk_alloc_availmem_total(), 123);
	UK_TEST_EXPECT_SNUM_GT(uk_alloc_pavailmem_total(), 0);
	uk_free(heap, a);
}

uk_testsuite_register(ukalloc_stats_testsuite, NULL);
uk_testsuite_fixture(ukalloc_stats_testsuite, make_heap, drop_heap, NULL);
