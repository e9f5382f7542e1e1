/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All registers of floating point, out to memory and back, with the way in
 * which results are rounded.
 */
#include <string.h>
#include <uk/arch/ctx.h>
#include <uk/test.h>

static char memory[2][1024] __align(64);

static struct ukarch_ectx *state(int nr)
{
	return (struct ukarch_ectx *)memory[nr];
}

/*
 * Numbers go in and out as bits: a double of the test could live in a register
 * that it changes.
 */
static void fill(__u64 bits)
{
#ifdef __aarch64__
	__asm__ __volatile__("fmov d0, %0\n\tfmov d8, %0\n\tfmov d31, %0"
			     : : "r"(bits));
#else
	__asm__ __volatile__("movsd %0, %%xmm0\n\tmovsd %0, %%xmm7"
			     : : "m"(bits));
#endif
}

static void read_back(__u64 bits[2])
{
#ifdef __aarch64__
	__asm__ __volatile__("fmov %0, d31\n\tfmov %1, d8"
			     : "=r"(bits[0]), "=r"(bits[1]));
#else
	__asm__ __volatile__("movsd %%xmm7, %0\n\tmovsd %%xmm0, %1"
			     : "=m"(bits[0]), "=m"(bits[1]));
#endif
}

/* The word that says how results are rounded, and one that rounds up. */
#ifdef __aarch64__
#define ROUND_UP (1UL << 22)

static unsigned long control(void)
{
	unsigned long word;

	__asm__ __volatile__("mrs %0, fpcr" : "=r"(word));
	return word;
}

static void set_control(unsigned long word)
{
	__asm__ __volatile__("msr fpcr, %0" : : "r"(word));
}
#else
#define ROUND_UP 0x5f80UL

static unsigned long control(void)
{
	__u32 word;

	__asm__ __volatile__("stmxcsr %0" : "=m"(word));
	return word;
}

static void set_control(unsigned long word)
{
	__u32 mxcsr = word;

	__asm__ __volatile__("ldmxcsr %0" : : "m"(mxcsr));
}
#endif

UK_TESTCASE(ukctx_floats, room_that_they_take)
{
	UK_TEST_EXPECT_UNUM_GE(ukarch_ectx_size(), 512);
	UK_TEST_EXPECT_UNUM_LE(ukarch_ectx_size(), sizeof(memory[0]));
	UK_TEST_EXPECT_ZERO(ukarch_ectx_size() % ukarch_ectx_align());
	UK_TEST_EXPECT_UNUM_GE(ukarch_ectx_align(), 16);
}

UK_TESTCASE(ukctx_floats, stored_ones_come_back)
{
	__u64 bits[2];

	ukarch_ectx_store(state(1));
	fill(0x1234567890);
	ukarch_ectx_store(state(0));
	fill(0x9876543210);
	ukarch_ectx_load(state(0));
	read_back(bits);
	ukarch_ectx_load(state(1));
	UK_TEST_EXPECT_UNUM_EQ(bits[0], 0x1234567890);
	UK_TEST_EXPECT_UNUM_EQ(bits[1], 0x1234567890);
}

UK_TESTCASE(ukctx_floats, rounding_is_part_of_them)
{
	const unsigned long usual = control();
	unsigned long back;

	ukarch_ectx_store(state(0));
	set_control(ROUND_UP);
	UK_TEST_EXPECT_UNUM_EQ(control(), ROUND_UP);
	ukarch_ectx_load(state(0));
	back = control();
	UK_TEST_EXPECT_UNUM_EQ(back, usual);
}

UK_TESTCASE(ukctx_floats, first_ones_are_those_of_the_boot)
{
	const unsigned long usual = control();
	unsigned long first;
	__u64 bits[2];

	ukarch_ectx_store(state(1));
	ukarch_ectx_init(state(0));
	set_control(ROUND_UP);
	fill(0x1234567890);
	ukarch_ectx_load(state(0));
	first = control();
	read_back(bits);
	ukarch_ectx_load(state(1));
	/* Flags of what has happened do not count. */
	UK_TEST_EXPECT_UNUM_EQ(first & ~0x3fUL, usual & ~0x3fUL);
	UK_TEST_EXPECT_ZERO(bits[0]);
	UK_TEST_EXPECT_ZERO(bits[1]);
}

uk_testsuite_register(ukctx_floats, NULL);
