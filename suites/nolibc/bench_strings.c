/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How many instructions functions take that everything calls: a length, a copy,
 * a formatted line, a sort.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/test.h>

#define BYTES	1024
#define NUMBERS	64

static char source[BYTES], target[BYTES];

UK_TEST_BENCH(nolibc_bench_testsuite, length)
{
	uk_test_keep(strlen("the name of a file, or a line of a log"));
}

UK_TEST_BENCH(nolibc_bench_testsuite, copy_1024_bytes)
{
	uk_test_keep(memcpy(target, source, BYTES));
}
/* A byte at a time takes less, however it is built. */
UK_TEST_LIMIT(nolibc_bench_testsuite, copy_1024_bytes, instructions, 16384);

UK_TEST_BENCH(nolibc_bench_testsuite, format)
{
	char line[40];

	UK_TEST_ASSERT(snprintf(line, sizeof(line), "%s=%d (%#x)", "level", 42,
				0xbeef) == 17);
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Each round sorts the same numbers. */
UK_TEST_BENCH(nolibc_bench_testsuite, sort_64_numbers)
{
	int numbers[NUMBERS];

	for (int at = 0; at < NUMBERS; at++)
		numbers[at] = at * 37 % NUMBERS;
	qsort(numbers, NUMBERS, sizeof(numbers[0]), compare);
	UK_TEST_ASSERT(numbers[NUMBERS - 1] == NUMBERS - 1);
}

uk_testsuite_register(nolibc_bench_testsuite, NULL);
