/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random bytes: the ones that every boot has, in pieces of any length, and
 * roughly as many of each value.
 */
#include <string.h>
#include <uk/random.h>
#include <uk/test.h>

#define MANY 25600

static void from(__u64 seed, __u8 *buf, __sz len)
{
	uk_random_seed(seed);
	UK_TEST_REQUIRE_ZERO(uk_random_fill_buffer(buf, len));
}

UK_TESTCASE(ukrandom_kit, published_numbers)
{
	/* The first three of SplitMix64 from the seed 1234567. */
	static const __u64 expected[] = { 6457827717110365317ULL,
					  3203168211198807973ULL,
					  9817491932198370423ULL };
	__u64 numbers[ARRAY_SIZE(expected)];

	from(1234567, (__u8 *)numbers, sizeof(numbers));
	UK_TEST_EXPECT_BYTES_EQ(numbers, expected, sizeof(expected));
}

UK_TESTCASE(ukrandom_kit, pieces_make_the_whole)
{
	__u8 whole[40], pieces[40];
	__sz at, step;

	from(5, whole, sizeof(whole));
	uk_random_seed(5);
	for (at = 0, step = 1; at < sizeof(pieces); at += step++)
		UK_TEST_EXPECT_ZERO(uk_random_fill_buffer(
			&pieces[at], MIN(step, sizeof(pieces) - at)));
	UK_TEST_EXPECT_BYTES_EQ(pieces, whole, sizeof(whole));
}

UK_TESTCASE(ukrandom_kit, seed_begins_anew)
{
	__u8 first[8], again[8];

	from(5, first, sizeof(first));
	/* Bytes of a number that was begun are gone as well. */
	UK_TEST_EXPECT_ZERO(uk_random_fill_buffer(again, 3));
	from(5, again, sizeof(again));
	UK_TEST_EXPECT_BYTES_EQ(again, first, sizeof(first));
}

UK_TESTCASE(ukrandom_kit, nothing_beyond_the_end)
{
	__u8 buf[9];

	memset(buf, 0x5a, sizeof(buf));
	from(0, buf, 8);
	UK_TEST_EXPECT_SNUM_EQ(buf[8], 0x5a);
	UK_TEST_EXPECT_ZERO(uk_random_fill_buffer(&buf[8], 0));
	UK_TEST_EXPECT_SNUM_EQ(buf[8], 0x5a);
}

UK_TESTCASE(ukrandom_kit, each_value_about_as_often)
{
	static __u8 buf[MANY];
	unsigned int counts[256] = { 0 };
	unsigned int i, least = MANY, most = 0;

	from(0, buf, sizeof(buf));
	for (i = 0; i < sizeof(buf); i++)
		counts[buf[i]]++;
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		least = MIN(least, counts[i]);
		most = MAX(most, counts[i]);
	}
	/* 100 of each, with a deviation of 10. */
	UK_TEST_EXPECT_UNUM_BETWEEN(least, 50, 100);
	UK_TEST_EXPECT_UNUM_BETWEEN(most, 100, 150);
}

UK_TESTCASE(ukrandom_kit, another_seed_after_a_time)
{
	__u8 before[16], after[16];

	from(0, before, sizeof(before));
	uk_random_seed(0);
	UK_TEST_EXPECT_ZERO(uk_random_reseed());
	UK_TEST_EXPECT_ZERO(uk_random_fill_buffer(after, sizeof(after)));
	UK_TEST_EXPECT_BYTES_NQ(before, after, sizeof(before));
}

uk_testsuite_register(ukrandom_kit, NULL);
