/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Single bits, searches over words, masks: at the seams of words above all.
 * Whether an operation is atomic cannot be seen here.
 */
#include <string.h>
#include <uk/bitops.h>
#include <uk/test.h>

#define BITS (3 * UK_BITS_PER_LONG - 5)

static unsigned long words[3];

static void fill(int byte)
{
	memset(words, byte, sizeof(words));
}

UK_TESTCASE(ukbits_testsuite, one_bit)
{
	fill(0);
	uk_set_bit(UK_BITS_PER_LONG, words);
	UK_TEST_EXPECT_ZERO(words[0]);
	UK_TEST_EXPECT_SNUM_EQ(words[1], 1);
	UK_TEST_EXPECT(uk_test_bit(UK_BITS_PER_LONG, words));
	UK_TEST_EXPECT_ZERO(uk_test_bit(UK_BITS_PER_LONG + 1, words));
	UK_TEST_EXPECT_ZERO(uk_test_and_set_bit(3, words));
	UK_TEST_EXPECT_SNUM_EQ(uk_test_and_set_bit(3, words), 1);
	UK_TEST_EXPECT_SNUM_EQ(words[0], 8);
	UK_TEST_EXPECT_SNUM_EQ(__uk_test_and_clear_bit(3, words), 1);
	UK_TEST_EXPECT_ZERO(__uk_test_and_clear_bit(3, words));
	uk_clear_bit(UK_BITS_PER_LONG, words);
	UK_TEST_EXPECT_ZERO(words[1]);
}

/* Every search, with the one bit `at` different from all others. */
static void search(struct uk_testcase *esac, unsigned long at)
{
	fill(0);
	uk_set_bit(at, words);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_first_bit(words, BITS), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_last_bit(words, BITS), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_next_bit(words, BITS, at), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_next_bit(words, BITS, at + 1), BITS);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_first_bit(words, at), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_first_zero_bit(words, BITS), at == 0);
	fill(0xff);
	uk_clear_bit(at, words);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_first_zero_bit(words, BITS), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_next_zero_bit(words, BITS, at), at);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_next_zero_bit(words, BITS, at + 1),
			       BITS);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_last_bit(words, BITS),
			       at == BITS - 1 ? BITS - 2 : BITS - 1);
}

UK_TESTCASE(ukbits_testsuite, searches)
{
	search(esac, 0);
	search(esac, 1);
	search(esac, UK_BITS_PER_LONG - 1);
	search(esac, UK_BITS_PER_LONG);
	search(esac, 2 * UK_BITS_PER_LONG);
	search(esac, BITS - 1);
}

UK_TESTCASE(ukbits_testsuite, bits_after_the_end_are_none)
{
	fill(0);
	uk_set_bit(BITS, words);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_first_bit(words, BITS), BITS);
	UK_TEST_EXPECT_SNUM_EQ(uk_find_last_bit(words, BITS), BITS);
	UK_TEST_EXPECT_ZERO(uk_find_first_bit(words, 0));
	UK_TEST_EXPECT_SNUM_EQ(uk_find_next_bit(words, 5, 9), 5);
}

UK_TESTCASE(ukbits_testsuite, loops)
{
	unsigned long bit, sum = 0, count = 0;

	fill(0);
	uk_set_bit(2, words);
	uk_set_bit(UK_BITS_PER_LONG + 3, words);
	uk_for_each_set_bit(bit, words, BITS)
		sum += bit;
	UK_TEST_EXPECT_SNUM_EQ(sum, UK_BITS_PER_LONG + 5);
	uk_for_each_clear_bit(bit, words, BITS)
		count++;
	UK_TEST_EXPECT_SNUM_EQ(count, BITS - 2);
}

UK_TESTCASE(ukbits_testsuite, masks)
{
	UK_TEST_EXPECT_SNUM_EQ(UK_GENMASK(7, 4), 0xf0);
	UK_TEST_EXPECT(UK_GENMASK(UK_BITS_PER_LONG - 1, 0) == ~0UL);
	UK_TEST_EXPECT(UK_GENMASK_ULL(63, 63) == 1ULL << 63);
	UK_TEST_EXPECT(UK_BITMAP_FIRST_WORD_MASK(UK_BITS_PER_LONG + 1)
		       == ~1UL);
	UK_TEST_EXPECT_SNUM_EQ(UK_BITMAP_LAST_WORD_MASK(3), 7);
	UK_TEST_EXPECT_SNUM_EQ(UK_BITS_TO_LONGS(UK_BITS_PER_LONG + 1), 2);
	UK_TEST_EXPECT_SNUM_EQ(UK_BIT_WORD(UK_BITS_PER_LONG), 1);
}

UK_TESTCASE(ukbits_testsuite, counts_and_turns)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_bitcount64(~0ULL), 64);
	UK_TEST_EXPECT_SNUM_EQ(uk_bitcount32(0x80000001), 2);
	UK_TEST_EXPECT_SNUM_EQ(uk_bitcount16(0x0f0f), 8);
	UK_TEST_EXPECT_SNUM_EQ(uk_hweight8(0x1ff), 8);
	UK_TEST_EXPECT_SNUM_EQ(uk_hweight_long(~0UL), UK_BITS_PER_LONG);
	UK_TEST_EXPECT_SNUM_EQ(uk_ror32(0x12, 4), 0x20000001);
	UK_TEST_EXPECT_SNUM_EQ(uk_ror32(0x12, 0), 0x12);
	UK_TEST_EXPECT_SNUM_EQ(uk_sign_extend64(0xff, 7), -1);
	UK_TEST_EXPECT_SNUM_EQ(uk_sign_extend64(0x7f, 7), 127);
	UK_TEST_EXPECT_ZERO(uk_get_count_order(1));
	UK_TEST_EXPECT_SNUM_EQ(uk_get_count_order(4), 2);
	UK_TEST_EXPECT_SNUM_EQ(uk_get_count_order(5), 3);
}

uk_testsuite_register(ukbits_testsuite, NULL);
