/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sorting and searching arrays, with orders that are hard for some ways to
 * sort. Elements larger than a machine word are among them.
 */
#include <stdlib.h>
#include <string.h>
#include <uk/test.h>

#define COUNT	200

static int numbers[COUNT];
static long comparisons;

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	comparisons++;
	return (x > y) - (x < y);
}

static int is_sorted(int count)
{
	int i;

	for (i = 1; i < count; i++)
		if (numbers[i - 1] > numbers[i])
			return 0;
	return 1;
}

/* Sorts what a rule makes, and watches that it takes few steps. */
static void expect_sorted(int (*rule)(int))
{
	long sum = 0;
	int i;

	for (i = 0; i < COUNT; i++) {
		numbers[i] = rule(i);
		sum += numbers[i];
	}
	comparisons = 0;
	qsort(numbers, COUNT, sizeof(*numbers), by_value);
	UK_TEST_EXPECT(is_sorted(COUNT));
	for (i = 0; i < COUNT; i++)
		sum -= numbers[i];
	UK_TEST_EXPECT_ZERO(sum);
	UK_TEST_EXPECT_SNUM_LT(comparisons, 4 * COUNT * 8);
}

static int upwards(int i)
{
	return i;
}

static int downwards(int i)
{
	return -i;
}

static int alike(int i __unused)
{
	return 5;
}

static int sawtooth(int i)
{
	return i % 7 - 3;
}

static int mixed(int i)
{
	return i * 7919 % 1009;
}

UK_TESTCASE(nolibc_sort_testsuite, qsort_orders)
{
	expect_sorted(upwards);
	expect_sorted(downwards);
	expect_sorted(alike);
	expect_sorted(sawtooth);
	expect_sorted(mixed);
}

UK_TESTCASE(nolibc_sort_testsuite, qsort_few)
{
	numbers[0] = 2;
	numbers[1] = 1;
	qsort(numbers, 0, sizeof(*numbers), by_value);
	qsort(numbers, 1, sizeof(*numbers), by_value);
	UK_TEST_EXPECT_SNUM_EQ(numbers[0], 2);
	qsort(numbers, 2, sizeof(*numbers), by_value);
	UK_TEST_EXPECT_SNUM_EQ(numbers[0], 1);
	UK_TEST_EXPECT_SNUM_EQ(numbers[1], 2);
}

struct wide {
	char name[45];
	char tail[4];
};

static int by_name(const void *a, const void *b, void *arg)
{
	int order = strcmp(((const struct wide *)a)->name,
			   ((const struct wide *)b)->name);

	return *(int *)arg ? -order : order;
}

UK_TESTCASE(nolibc_sort_testsuite, qsort_r_wide_elements)
{
	struct wide words[4] = {
		{ "pear", "p" }, { "apple", "a" }, { "fig", "f" },
		{ "kiwi", "k" },
	};
	int backwards = 1;

	qsort_r(words, 4, sizeof(*words), by_name, &backwards);
	UK_TEST_EXPECT_STR_EQ(words[0].name, "pear");
	UK_TEST_EXPECT_STR_EQ(words[0].tail, "p");
	UK_TEST_EXPECT_STR_EQ(words[3].name, "apple");
	UK_TEST_EXPECT_STR_EQ(words[3].tail, "a");
}

UK_TESTCASE(nolibc_sort_testsuite, bsearch_finds)
{
	int i, key, wrong = 0;

	for (i = 0; i < COUNT; i++)
		numbers[i] = 2 * i;
	for (i = 0; i < COUNT; i++) {
		key = 2 * i;
		wrong += bsearch(&key, numbers, COUNT, sizeof(int),
				 by_value) != &numbers[i];
		key = 2 * i - 1;
		wrong += bsearch(&key, numbers, COUNT, sizeof(int),
				 by_value) != NULL;
	}
	UK_TEST_EXPECT_ZERO(wrong);
	UK_TEST_EXPECT_NULL(bsearch(&key, numbers, 0, sizeof(int), by_value));
}

uk_testsuite_register(nolibc_sort_testsuite, NULL);
