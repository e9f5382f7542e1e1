/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moving, filling, comparing and searching memory, at every alignment.
 * Neighbours of a block must stay as they are.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <uk/test.h>

#define SIZE	96

static unsigned char from[SIZE], to[SIZE], want[SIZE];

static void prepare(void)
{
	int i;

	for (i = 0; i < SIZE; i++) {
		from[i] = (unsigned char)(i + 1);
		to[i] = want[i] = (unsigned char)(200 - i);
	}
}

/* A copy as slow and simple as it gets. */
static void copy_simply(unsigned char *dst, const unsigned char *src, int len)
{
	volatile unsigned char *slow = dst;
	int i;

	for (i = 0; i < len; i++)
		slow[i] = src[i];
}

UK_TESTCASE(nolibc_memory_testsuite, memcpy_alignments)
{
	int a, b, len, wrong = 0;

	for (a = 0; a < 9; a++)
		for (b = 0; b < 9; b++)
			for (len = 0; len < 40; len++) {
				prepare();
				copy_simply(want + a, from + b, len);
				wrong += memcpy(to + a, from + b,
						(size_t)len) != to + a;
				wrong += memcmp(to, want, SIZE) != 0;
			}
	UK_TEST_EXPECT_ZERO(wrong);
}

UK_TESTCASE(nolibc_memory_testsuite, memmove_overlaps)
{
	unsigned char copy[SIZE];
	int a, b, len, wrong = 0;

	for (a = 0; a < 20; a++)
		for (b = 0; b < 20; b++)
			for (len = 0; len < 50; len += 7) {
				prepare();
				copy_simply(copy, to, SIZE);
				copy_simply(want + a, copy + b, len);
				wrong += memmove(to + a, to + b,
						 (size_t)len) != to + a;
				wrong += memcmp(to, want, SIZE) != 0;
			}
	UK_TEST_EXPECT_ZERO(wrong);
}

UK_TESTCASE(nolibc_memory_testsuite, memset_alignments)
{
	int a, len, i, wrong = 0;

	for (a = 0; a < 9; a++)
		for (len = 0; len < 60; len++) {
			prepare();
			for (i = 0; i < len; i++)
				*(volatile unsigned char *)&want[a + i] = 0x9c;
			wrong += memset(to + a, 0x39c, (size_t)len) != to + a;
			wrong += memcmp(to, want, SIZE) != 0;
		}
	UK_TEST_EXPECT_ZERO(wrong);
}

UK_TESTCASE(nolibc_memory_testsuite, memcmp_order)
{
	UK_TEST_EXPECT_ZERO(memcmp("abc", "abd", 2));
	UK_TEST_EXPECT_SNUM_LT(memcmp("abc", "abd", 3), 0);
	UK_TEST_EXPECT_SNUM_GT(memcmp("abd", "abc", 3), 0);
	/* Bytes have no sign. */
	UK_TEST_EXPECT_SNUM_GT(memcmp("\xff", "\x01", 1), 0);
	UK_TEST_EXPECT_ZERO(memcmp("a", "b", 0));
	UK_TEST_EXPECT_ZERO(bcmp("a\0b", "a\0b", 3));
	UK_TEST_EXPECT_NOT_ZERO(memcmp("a\0b", "a\0c", 3));
}

UK_TESTCASE(nolibc_memory_testsuite, memchr_finds)
{
	const char *text = "abcabc";

	UK_TEST_EXPECT_PTR_EQ(memchr(text, 'c', 6), text + 2);
	UK_TEST_EXPECT_PTR_EQ(memrchr(text, 'a', 6), text + 3);
	UK_TEST_EXPECT_NULL(memchr(text, 'c', 2));
	UK_TEST_EXPECT_NULL(memchr(text, 'x', 6));
	UK_TEST_EXPECT_NULL(memchr(text, 'a', 0));
	UK_TEST_EXPECT_NULL(memrchr(text, 'x', 6));
	UK_TEST_EXPECT_PTR_EQ(memchr(text, 0, 7), text + 6);
	UK_TEST_EXPECT_NOT_NULL(memchr("\xf0", 0xf0 + 256, 1));
}

UK_TESTCASE(nolibc_memory_testsuite, memmem_finds)
{
	const char *text = "aabaabaaab";

	UK_TEST_EXPECT_PTR_EQ(memmem(text, 10, "aaab", 4), text + 6);
	UK_TEST_EXPECT_PTR_EQ(memmem(text, 10, "", 0), text);
	UK_TEST_EXPECT_NULL(memmem(text, 9, "aaab", 4));
	UK_TEST_EXPECT_NULL(memmem(text, 2, "aab", 3));
}

UK_TESTCASE(nolibc_memory_testsuite, copies_with_an_end)
{
	char buf[8];

	memset(buf, '-', sizeof(buf));
	UK_TEST_EXPECT_PTR_EQ(mempcpy(buf, "ab", 2), buf + 2);
	UK_TEST_EXPECT_PTR_EQ(memccpy(buf + 2, "c:d", ':', 3), buf + 4);
	UK_TEST_EXPECT_NULL(memccpy(buf + 4, "ef", ':', 2));
	UK_TEST_EXPECT_BYTES_EQ(buf, "abc:ef--", 8);
	bzero(buf, 2);
	explicit_bzero(buf + 2, 1);
	bcopy(buf + 3, buf + 4, 3);
	UK_TEST_EXPECT_BYTES_EQ(buf, "\0\0\0::ef-", 8);
}

uk_testsuite_register(nolibc_memory_testsuite, NULL);
