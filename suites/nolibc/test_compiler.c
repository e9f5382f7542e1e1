/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arithmetic that compilers leave to a library where the processor has no
 * instruction for it: libgcc, on i386 routines of nolibc. It says nothing of
 * the rounding of that library, which is tested where it comes from.
 */
#include <stdint.h>
#include <uk/test.h>

/* Volatile, so that the machine computes and not the compiler. */
static volatile long double third = 3, tenth = 10;
static volatile uint64_t word = 0x8000000000000100;
static volatile uint32_t half = 0x80000100;

UK_TESTCASE(nolibc_compiler_testsuite, long_double)
{
	long double sum = third * tenth + third / tenth - tenth;

	UK_TEST_EXPECT(sum > 20.29L && sum < 20.31L);
	UK_TEST_EXPECT_SNUM_EQ((int)sum, 20);
	UK_TEST_EXPECT((double)(sum - sum) == 0.0);
	UK_TEST_EXPECT((long double)word == 9223372036854776064.0L);
	UK_TEST_EXPECT((uint64_t)(long double)word == word);
	UK_TEST_EXPECT(third != tenth && !(third >= tenth));
}

UK_TESTCASE(nolibc_compiler_testsuite, counts_of_bits)
{
	UK_TEST_EXPECT_SNUM_EQ(__builtin_popcountll(word), 2);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_popcount(half), 2);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_parityll(word), 0);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_parity(half | 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_ctzll(word), 8);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_clzll(word), 0);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_ffsll(word), 9);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_ctz(half), 8);
	UK_TEST_EXPECT_SNUM_EQ(__builtin_clz(half >> 1), 1);
}

/* The widest number of the architecture: 128 bits, on i386 64. */
#ifdef __SIZEOF_INT128__
typedef __int128 widest;
typedef unsigned __int128 uwidest;
#define WIDE_BITS	100
#else
typedef int64_t widest;
typedef uint64_t uwidest;
#define WIDE_BITS	60
#endif

static volatile widest wide = -((widest)7 << WIDE_BITS);
static volatile widest divisor = (widest)1000000007 << (WIDE_BITS - 60);

UK_TESTCASE(nolibc_compiler_testsuite, division_of_widest)
{
	widest quot = wide / divisor, rem = wide % divisor;
	uwidest u = wide, d = divisor;

	UK_TEST_EXPECT(quot * divisor + rem == wide);
	UK_TEST_EXPECT(quot < 0 && rem <= 0 && -rem < divisor);
	UK_TEST_EXPECT(u / d * d + u % d == u && u % d < d);
	UK_TEST_EXPECT(wide / (-7) == (widest)1 << WIDE_BITS);
}

uk_testsuite_register(nolibc_compiler_testsuite, NULL);
