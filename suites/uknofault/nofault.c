/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Access to memory that is not there, at the page below the stack, which no
 * image of the kit has, and at addresses that are none.
 */
#include <stdio.h>
#include <string.h>
#include <uk/arch/lcpu.h>
#include <uk/hexdump.h>
#include <uk/nofault.h>
#include <uk/plat/memory.h>
#include <uk/test.h>

#define HOLE ((__uptr)uk_boot_stack_guard)
#define AFTER_HOLE (HOLE + __PAGE_SIZE)

#ifdef __LP64__
/* Its upper bits are not alike: x86 has another exception for that. */
#define NO_ADDRESS 0xdead000000000000UL
#else
#define NO_ADDRESS 0xdead0000UL
#endif

UK_TESTCASE(uknofault_kit, probe_of_what_is_not_there)
{
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE, 1, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE, __PAGE_SIZE, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(HOLE, 8, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(NO_ADDRESS, 8, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(0, 8, 0), 0);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE, 0, 0), 0);
}

UK_TESTCASE(uknofault_kit, probe_up_to_the_hole)
{
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE - 5, 8, 0), 5);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(HOLE - 1, 2, 0), 1);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE - 1, 1, 0), 1);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(AFTER_HOLE, 4096, 0), 4096);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(AFTER_HOLE - 1, 2, 0), 0);
}

UK_TESTCASE(uknofault_kit, probe_goes_on_after_the_hole)
{
	const __sz len = 16 + __PAGE_SIZE + 32;

	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_r(HOLE - 16, len,
						  UK_NOFAULTF_CONTINUE), 48);
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw(HOLE - 16, len,
						   UK_NOFAULTF_CONTINUE), 48);
}

UK_TESTCASE(uknofault_kit, copy_is_exact_at_every_distance)
{
	char to[64], from[64];
	unsigned int distance, wrong = 0;

	memcpy(from, (const void *)(HOLE - sizeof(from)), sizeof(from));
	for (distance = 0; distance < sizeof(to); distance++) {
		memset(to, 0x5a, sizeof(to));
		if (uk_nofault_memcpy(to, (const char *)HOLE - distance,
				      sizeof(to), 0) != distance)
			wrong++;
		if (memcmp(to, from + sizeof(from) - distance, distance))
			wrong++;
		if (to[distance] != 0x5a)
			wrong++;
	}
	UK_TEST_EXPECT_UNUM_EQ(wrong, 0);
}

UK_TESTCASE(uknofault_kit, copy_to_what_is_not_there)
{
	const char from[16] = "0123456789abcde";
	char before[8], after[8];
	char *to = (char *)HOLE - sizeof(before);

	memcpy(before, to, sizeof(before));
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_memcpy(to, from, sizeof(from), 0), 8);
	memcpy(after, to, sizeof(after));
	memcpy(to, before, sizeof(before));
	UK_TEST_EXPECT_BYTES_EQ(after, from, sizeof(after));
}

UK_TESTCASE(uknofault_kit, copy_leaves_a_hole_out_on_both_sides)
{
	static char to[16 + __PAGE_SIZE + 16];

	memset(to, 0x5a, sizeof(to));
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_memcpy(to, (const char *)HOLE - 16,
						 sizeof(to),
						 UK_NOFAULTF_CONTINUE), 32);
	UK_TEST_EXPECT_BYTES_EQ(to, (const char *)HOLE - 16, 16);
	UK_TEST_EXPECT_SNUM_EQ(to[16], 0x5a);
	UK_TEST_EXPECT_SNUM_EQ(to[15 + __PAGE_SIZE], 0x5a);
}

UK_TESTCASE(uknofault_kit, variables)
{
	unsigned long value = 0x42, other = 0;

	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_read(other, HOLE), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_read(other, NO_ADDRESS), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_read(other, &value), 1);
	UK_TEST_EXPECT_UNUM_EQ(other, 0x42);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_write(value + 1, HOLE), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_write(value + 1, &other), 1);
	UK_TEST_EXPECT_UNUM_EQ(other, 0x43);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_read_nopaging(other, HOLE), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_nofault_try_write_nopaging(value, &other), 1);
	UK_TEST_EXPECT_UNUM_EQ(other, 0x42);
}

UK_TESTCASE(uknofault_kit, probe_of_writable_memory_changes_nothing)
{
	static unsigned long values[1024];
	unsigned int i, wrong = 0;

	for (i = 0; i < ARRAY_SIZE(values); i++)
		values[i] = i * 0x1234567;
	UK_TEST_EXPECT_UNUM_EQ(uk_nofault_probe_rw((__uptr)values,
						   sizeof(values), 0),
			       sizeof(values));
	for (i = 0; i < ARRAY_SIZE(values); i++)
		wrong += values[i] != i * 0x1234567;
	UK_TEST_EXPECT_UNUM_EQ(wrong, 0);
}

UK_TESTCASE(uknofault_kit, a_dump_shows_what_is_not_there)
{
	char text[128], expected[128];
	const unsigned char *last = (const unsigned char *)HOLE - 2;

	snprintf(expected, sizeof(expected), "%02x %02x ?? ?? \n?? ?? \n",
		 last[0], last[1]);
	uk_hexdumpsn(text, sizeof(text), last, 6, 0, UK_HXDF_COMPRESS, 4, NULL);
	UK_TEST_EXPECT_STR_EQ(text, expected);
}

uk_testsuite_register(uknofault_kit, NULL);
