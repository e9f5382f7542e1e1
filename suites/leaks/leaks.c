/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cases that keep memory on purpose, each in another way, and cases that only
 * look like it. What has to be found is in tests/runner/leaks.test.ts.
 */
#include <stdlib.h>
#include <string.h>
#include <uk/test.h>

static char *cache;
static char *grown;

static char *keep(size_t bytes)
{
	return malloc(bytes);
}

UK_TESTCASE(leaks, a_gives_back)
{
	char *text = strdup("held for a while");

	UK_TEST_EXPECT_NOT_NULL(text);
	free(text);
}

UK_TESTCASE(leaks, b_keeps_64_bytes)
{
	UK_TEST_EXPECT_NOT_NULL(keep(64));
}

/* The first use alone allocates. */
UK_TESTCASE(leaks, c_fills_a_cache)
{
	if (!cache)
		cache = keep(100);
	UK_TEST_EXPECT_NOT_NULL(cache);
}

UK_TESTCASE(leaks, d_keeps_copies)
{
	for (int i = 0; i < 3; i++)
		UK_TEST_EXPECT_NOT_NULL(strdup("a copy"));
}

UK_TESTCASE(leaks, e_lets_a_block_grow)
{
	size_t bytes = grown ? strlen(grown) + 33 : 33;

	grown = realloc(grown, bytes);
	UK_TEST_REQUIRE_NOT_NULL(grown);
	memset(grown, 'x', bytes - 1);
	grown[bytes - 1] = '\0';
}

/* It could not give back what it holds. */
UK_TESTCASE(leaks, f_fails_first)
{
	UK_TEST_REQUIRE_NULL(keep(32));
}

/* A second run of it fails, and proves nothing. */
UK_TESTCASE(leaks, g_runs_once)
{
	static int runs;

	UK_TEST_EXPECT_SNUM_EQ(runs++, 0);
	UK_TEST_EXPECT_NOT_NULL(keep(48));
}

UK_TESTCASE(leaks, h_gives_back_of_another)
{
	free(cache);
	cache = NULL;
	UK_TEST_EXPECT_NULL(cache);
}

UK_TESTCASE(leaks, i_needs_too_much)
{
	char *large = keep(5000);

	UK_TEST_EXPECT_NOT_NULL(large);
	free(large);
}
UK_TEST_LIMIT(leaks, i_needs_too_much, peak_bytes, 4096);

UK_TESTCASE(leaks, j_keeps_what_it_may)
{
	UK_TEST_EXPECT_NOT_NULL(keep(16));
}
UK_TEST_LIMIT(leaks, j_keeps_what_it_may, leaked_bytes, 16);
UK_TEST_LIMIT(leaks, j_keeps_what_it_may, leaked_blocks, 1);

static const int sizes[] = { 0, 24 };

UK_TESTCASE_PARAM(leaks, k_per_parameter, sizes)
{
	if (*param)
		keep(*param);
	UK_TEST_EXPECT_NULL(NULL);
}

static char *lent;

UK_TESTCASE(leaks, l_lends)
{
	lent = keep(40);
	UK_TEST_EXPECT_NOT_NULL(lent);
}

/* What it gives back of another hides what it keeps. */
UK_TESTCASE(leaks, m_gives_back_and_keeps)
{
	free(lent);
	lent = NULL;
	UK_TEST_EXPECT_NOT_NULL(keep(40));
}

/* Its name looks like that of an allocator. */
UK_TESTCASE(leaks, n_calloc_alloc)
{
	void *block = calloc(1, 56);

	UK_TEST_EXPECT_NOT_NULL(block);
}

/* It runs again for its cache, and only the first run needs much. */
UK_TESTCASE(leaks, o_needs_much_once)
{
	static char *table;

	if (!table) {
		free(keep(6000));
		table = keep(10);
	}
	UK_TEST_EXPECT_NOT_NULL(table);
}
UK_TEST_LIMIT(leaks, o_needs_much_once, peak_bytes, 5000);

/* Left where it fails, it had no chance to give back. */
UK_TESTCASE(leaks, p_fails_as_expected)
{
	char *block = keep(72);

	UK_TEST_EXPECT_FAILURE("to see what is held then");
	UK_TEST_REQUIRE_NULL(block);
	free(block);
}

uk_testsuite_register(leaks, NULL);
