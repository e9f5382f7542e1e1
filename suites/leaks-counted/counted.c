/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cases that keep memory, in an image that counts as one of Unikraft does with
 * CONFIG_LIBUKALLOC_IFSTATS_GLOBAL: in one structure, and for no case. A test
 * takes the tables of the kit out of it and has it measured from outside.
 */
#include <stdlib.h>
#include <uk/alloc.h>
#include <uk/test.h>

struct uk_alloc_stats _uk_alloc_stats_global;

/* Each number is written once, and as a whole, as an allocator writes it. */
static void uk_count_allocs(void)
{
	struct uk_alloc_stats now;

	uk_alloc_stats_get_global(&now);
	_uk_alloc_stats_global.cur_nb_allocs = now.cur_nb_allocs;
	_uk_alloc_stats_global.max_mem_use = now.max_mem_use;
	_uk_alloc_stats_global.cur_mem_use = now.cur_mem_use;
}

static __attribute__((noinline)) void *hold(size_t bytes)
{
	void *ptr = malloc(bytes);

	uk_count_allocs();
	return ptr;
}

static void give_back(void *ptr)
{
	free(ptr);
	uk_count_allocs();
}

UK_TESTCASE(counted, a_gives_back)
{
	void *ptr = hold(100);

	UK_TEST_EXPECT_NOT_NULL(ptr);
	give_back(ptr);
}

UK_TESTCASE(counted, b_keeps_64_bytes)
{
	UK_TEST_EXPECT_NOT_NULL(hold(64));
}

UK_TESTCASE(counted, c_fills_a_cache)
{
	static void *cache;

	if (!cache)
		cache = hold(100);
	UK_TEST_EXPECT_NOT_NULL(cache);
}

static unsigned int sum_of(unsigned int depth)
{
	if (!depth) {
		give_back(hold(16));
		return 0;
	}
	return depth + sum_of(depth - 1);
}

/* Returns to the same place many times before it is over. */
UK_TESTCASE(counted, d_calls_itself)
{
	UK_TEST_EXPECT_SNUM_EQ(sum_of(10), 55);
}

/* Dies where it is called a second time, which only a measurement does. */
UK_TESTCASE(counted, e_dies_again)
{
	static int calls;

	UK_ASSERT(calls++ == 0);
	UK_TEST_EXPECT_NOT_NULL(hold(48));
}

UK_TESTCASE(counted, f_keeps_too)
{
	UK_TEST_EXPECT_NOT_NULL(hold(8));
}

/* Goes another way the second time, as one that makes a file does. */
UK_TESTCASE(counted, g_fails_again)
{
	static int calls;

	UK_TEST_EXPECT_ZERO(calls);
	if (!calls++)
		hold(24);
}

UK_TESTCASE(counted, h_fails)
{
	UK_TEST_EXPECT_NULL(hold(32));
}

uk_testsuite_register(counted, NULL);
