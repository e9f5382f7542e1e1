/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of functions in the running image: those of this file, of the kit and
 * of assembly; addresses in between and outside.
 */
#include <string.h>
#include <uk/arch/traps.h>
#include <uk/plat/memory.h>
#include <uk/symbol.h>
#include <uk/test.h>

int uksymtab_of_this_file(int value);
int uksymtab_of_this_file(int value)
{
	return value * 2 + 1;
}

static __uptr address_of(int (*function)(int value))
{
	return (__uptr)function;
}

UK_TESTCASE(uksymtab, a_function_at_its_first_byte_and_inside)
{
	__uptr address = address_of(uksymtab_of_this_file);
	struct uk_symbol symbol;

	UK_TEST_REQUIRE_SNUM_EQ(uk_resolve_symbol(address, &symbol), 1);
	UK_TEST_EXPECT_STR_EQ(symbol.name, "uksymtab_of_this_file");
	UK_TEST_EXPECT_UNUM_EQ(symbol.name_len, 21);
	UK_TEST_EXPECT_PTR_EQ((void *)symbol.addr, (void *)address);
	UK_TEST_REQUIRE_SNUM_EQ(uk_resolve_symbol(address + 1, &symbol), 1);
	UK_TEST_EXPECT_STR_EQ(symbol.name, "uksymtab_of_this_file");
	UK_TEST_EXPECT_PTR_EQ((void *)symbol.addr, (void *)address);
}

UK_TESTCASE(uksymtab, functions_of_the_kit)
{
	struct uk_symbol symbol;

	UK_TEST_REQUIRE(uk_resolve_symbol((__uptr)memcpy, &symbol));
	UK_TEST_EXPECT_STR_EQ(symbol.name, "memcpy");
	UK_TEST_REQUIRE(uk_resolve_symbol((__uptr)uk_resolve_symbol, &symbol));
	UK_TEST_EXPECT_STR_EQ(symbol.name, "uk_resolve_symbol");
	/* Of assembly. */
	UK_TEST_REQUIRE(uk_resolve_symbol((__uptr)ukarch_capture, &symbol));
	UK_TEST_EXPECT_STR_EQ(symbol.name, "ukarch_capture");
}

UK_TESTCASE(uksymtab, addresses_that_are_in_no_function)
{
	struct uk_symbol symbol;
	static int data;

	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol(0, &symbol), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol(1, &symbol), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol(~0UL, &symbol), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol((__uptr)uk_image_start - 1,
						 &symbol), 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol((__uptr)uk_text_end, &symbol),
			       0);
	UK_TEST_EXPECT_SNUM_EQ(uk_resolve_symbol((__uptr)&data, &symbol), 0);
}

/* Every byte of the code belongs to the function that begins before it. */
UK_TESTCASE(uksymtab, all_of_the_code)
{
	__uptr at, last = 0, functions = 0, wrong = 0;
	struct uk_symbol symbol;

	for (at = (__uptr)uk_image_start; at < (__uptr)uk_text_end; at++) {
		if (!uk_resolve_symbol(at, &symbol))
			continue;
		wrong += symbol.addr > at || symbol.addr < last ||
			symbol.name[symbol.name_len] != '\0' ||
			symbol.name_len == 0;
		functions += symbol.addr != last;
		last = symbol.addr;
	}
	UK_TEST_EXPECT_UNUM_EQ(wrong, 0);
	UK_TEST_EXPECT_UNUM_GT(functions, 100);
}

uk_testsuite_register(uksymtab, NULL);
