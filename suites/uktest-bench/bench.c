/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Benchmarks whose counts are known: of each other, of a limit, of none. Some
 * of them fail, at once or in a later round, and one ends the machine.
 */
#include <stdlib.h>
#include <string.h>
#include <uk/test.h>

#define TURNS	1000

static unsigned int runs_of_fails_later, runs_of_crashes;

UK_TEST_BENCH(uktest_bench, a_nothing)
{
}

/* As many instructions, whatever the compiler makes of the loop around. */
#define LOOP(body)							\
	do {								\
		for (int turn = 0; turn < TURNS; turn++)		\
			__asm__ __volatile__(body);			\
	} while (0)

UK_TEST_BENCH(uktest_bench, b_one)
{
	LOOP("nop");
}

UK_TEST_BENCH(uktest_bench, c_two)
{
	LOOP("nop\n\tnop");
}

UK_TEST_BENCH(uktest_bench, d_computes)
{
	const char *text = "as many instructions in each round";

	uk_test_keep(strlen(text));
}

UK_TEST_BENCH(uktest_bench, e_within)
{
	__asm__ __volatile__("nop\n\tnop\n\tnop");
}
UK_TEST_LIMIT(uktest_bench, e_within, instructions, 3);

UK_TEST_BENCH(uktest_bench, f_exceeds)
{
	__asm__ __volatile__("nop\n\tnop\n\tnop\n\tnop");
}
UK_TEST_LIMIT(uktest_bench, f_exceeds, instructions, 3);

UK_TEST_BENCH(uktest_bench, g_asserts)
{
	void *block = malloc(40);

	UK_TEST_EXPECT_NOT_NULL(block);
	free(block);
}

UK_TEST_BENCH(uktest_bench, h_fails)
{
	UK_TEST_EXPECT_SNUM_EQ(2 + 2, 5);
}

UK_TEST_BENCH(uktest_bench, i_fails_later)
{
	UK_TEST_EXPECT(++runs_of_fails_later != 3);
}

UK_TEST_BENCH(uktest_bench, j_skips)
{
	UK_TEST_SKIP("not here");
}

/* No benchmark: it runs once. */
UK_TESTCASE(uktest_bench, k_plain)
{
	static int runs;

	UK_TEST_EXPECT_SNUM_EQ(++runs, 1);
}

UK_TEST_BENCH(uktest_bench, z_crashes)
{
	if (++runs_of_crashes == 2)
		UK_CRASH("the second round");
}

uk_testsuite_register(uktest_bench, NULL);
