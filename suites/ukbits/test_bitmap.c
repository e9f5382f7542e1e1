/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sets of small numbers: their borders between two words, and runs of numbers
 * that are free.
 */
#include <uk/bitops/bitmap.h>
#include <uk/test.h>

#define BITS 150

/* A word more than the set has: nothing may write there. */
static unsigned long map[UK_BITS_TO_LONGS(BITS) + 1];

static void setup(struct uk_testcase *esac __unused)
{
	uk_bitmap_zero(map, BITS);
	map[UK_BITS_TO_LONGS(BITS)] = 0x5a5a;
}

static void teardown(struct uk_testcase *esac __unused)
{
	UK_TEST_EXPECT_UNUM_EQ(map[UK_BITS_TO_LONGS(BITS)], 0x5a5a);
}

UK_TESTCASE(uk_bitmap, set_and_clear_over_words)
{
	UK_TEST_EXPECT(uk_bitmap_empty(map, BITS));
	uk_bitmap_set(map, 60, 10);
	UK_TEST_EXPECT_SNUM_EQ(uk_bitmap_weight(map, BITS), 10);
	UK_TEST_EXPECT_ZERO(uk_test_bit(59, map));
	UK_TEST_EXPECT(uk_test_bit(60, map));
	UK_TEST_EXPECT(uk_test_bit(69, map));
	UK_TEST_EXPECT_ZERO(uk_test_bit(70, map));
	uk_bitmap_clear(map, 61, 8);
	UK_TEST_EXPECT_SNUM_EQ(uk_bitmap_weight(map, BITS), 2);
	UK_TEST_EXPECT_ZERO(uk_bitmap_empty(map, BITS));
}

UK_TESTCASE(uk_bitmap, full_and_copied)
{
	static unsigned long other[UK_BITS_TO_LONGS(BITS)];

	uk_bitmap_fill(map, BITS);
	UK_TEST_EXPECT(uk_bitmap_full(map, BITS));
	uk_bitmap_clear(map, BITS - 1, 1);
	UK_TEST_EXPECT_ZERO(uk_bitmap_full(map, BITS));
	uk_bitmap_copy(other, map, BITS);
	UK_TEST_EXPECT_SNUM_EQ(uk_bitmap_weight(other, BITS), BITS - 1);
}

UK_TESTCASE(uk_bitmap, areas)
{
	UK_TEST_EXPECT_UNUM_EQ(
		uk_bitmap_find_next_zero_area(map, BITS, 0, BITS, 0), 0);
	uk_bitmap_set(map, 3, 1);
	uk_bitmap_set(map, 66, 4);
	UK_TEST_EXPECT_UNUM_EQ(
		uk_bitmap_find_next_zero_area(map, BITS, 0, 3, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(
		uk_bitmap_find_next_zero_area(map, BITS, 0, 4, 0), 4);
	UK_TEST_EXPECT_UNUM_EQ(
		uk_bitmap_find_next_zero_area(map, BITS, 1, 4, 7), 8);
	UK_TEST_EXPECT_UNUM_EQ(
		uk_bitmap_find_next_zero_area(map, BITS, 0, 63, 0), 70);
	UK_TEST_EXPECT_UNUM_GT(
		uk_bitmap_find_next_zero_area(map, BITS, 0, 81, 0), BITS - 81);
}

uk_testsuite_fixture(uk_bitmap, setup, teardown, NULL);
uk_testsuite_register(uk_bitmap, NULL);
