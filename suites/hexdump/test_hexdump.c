/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The columns of a dump, in a string, where they can be compared.
 * The console's own dump is only called: its text is the same.
 */
#include <stdio.h>
#include <string.h>
#include <uk/hexdump.h>
#include <uk/test.h>

static const char hello[] = "Hello,\n\x7f\x80world of unikernels";

#define EXPECT_DUMP(text, data, len, addr, flags, groups, prefix)          \
	do {                                                               \
		char buf[512];                                             \
		int count = uk_hexdumpsn(buf, sizeof(buf), (data), (len),  \
					 (addr), (flags), (groups),        \
					 (prefix));                        \
									   \
		UK_TEST_EXPECT_ZERO(strcmp(buf, (text)));                  \
		UK_TEST_EXPECT_SNUM_EQ(count, strlen(text));               \
	} while (0)

UK_TESTCASE(hexdump_testsuite, bytes_without_groups)
{
	EXPECT_DUMP("", hello, 0, 0, 0, 4, NULL);
	EXPECT_DUMP("48 65 6c \n6c 6f 2c \n0a \n", hello, 7, 0, 0, 3, NULL);
	EXPECT_DUMP("> 48 \n> 65 \n", hello, 2, 0, 0, 1, "> ");
}

UK_TESTCASE(hexdump_testsuite, characters_stand_below_each_other)
{
	EXPECT_DUMP("48 65 6c 6c  |Hell|\n"
		    "6f 2c 0a 7f  |o,..|\n"
		    "80           |.|\n",
		    hello, 9, 0, UK_HXDF_ASCIISEC, 4, NULL);
	EXPECT_DUMP("48 65  6c 6c  |Hell|\n6f            |o|\n", hello, 5, 0,
		    UK_HXDF_ASCIISEC | UK_HXDF_GRPWORD, 2, NULL);
}

UK_TESTCASE(hexdump_testsuite, groups)
{
	/* Groups of one byte begin with a pair, as they do in Unikraft. */
	EXPECT_DUMP("48 65  6c  \n", hello, 3, 0, UK_HXDF_GRPBYTE, 3, NULL);
	EXPECT_DUMP("48 65  6c 6c  \n6f 2c  \n", hello, 6, 0, UK_HXDF_GRPWORD,
		    2, NULL);
	EXPECT_DUMP("48 65 6c 6c  6f 2c 0a 7f  \n", hello, 8, 0,
		    UK_HXDF_GRPDWORD, 2, NULL);
	EXPECT_DUMP("48 65 6c 6c 6f 2c 0a 7f  \n80 \n", hello, 9, 0,
		    UK_HXDF_GRPQWORD, 1, NULL);
}

UK_TESTCASE(hexdump_testsuite, addresses)
{
	EXPECT_DUMP("00001000  48 65 \n00001002  6c \n", hello, 3, 0x1000,
		    UK_HXDF_ADDR, 2, NULL);
}

UK_TESTCASE(hexdump_testsuite, equal_lines_are_one_star)
{
	static const char zeros[13] = { 1 };

	EXPECT_DUMP("01 00 \n00 00 \n*\n", zeros, 13, 0, UK_HXDF_COMPRESS, 2,
		    NULL);
	EXPECT_DUMP("00 00 \n*\n", zeros + 1, 6, 0, UK_HXDF_COMPRESS, 2, NULL);
}

UK_TESTCASE(hexdump_testsuite, a_string_that_is_too_short)
{
	char buf[6] = "-----";

	UK_TEST_EXPECT_SNUM_EQ(uk_hexdumpsn(buf, 5, hello, 3, 0, 0, 3, NULL),
			       10);
	UK_TEST_EXPECT_BYTES_EQ(buf, "48 6", 5);
	UK_TEST_EXPECT_SNUM_EQ(buf[5], '\0');
	UK_TEST_EXPECT_SNUM_EQ(uk_hexdumpsn(buf, 0, hello, 1, 0, 0, 3, NULL),
			       4);
	UK_TEST_EXPECT_BYTES_EQ(buf, "48 6", 5);
	UK_TEST_EXPECT_SNUM_EQ(buf[5], '\0');
}

UK_TESTCASE(hexdump_testsuite, the_canonical_look)
{
	char buf[512];
	const char *at;

	UK_TEST_EXPECT_SNUM_GT(uk_hexdumpCs(buf, hello, 16), 0);
	at = strstr(buf, "  48 65 6c 6c 6f 2c 0a 7f  80 77 6f 72 6c 64 20 6f  "
			 "|Hello,...world o|\n");
	UK_TEST_EXPECT_NOT_NULL(at);
	UK_TEST_EXPECT_SNUM_EQ(uk_hexdumpCsn(buf, sizeof(buf), hello, 16),
			       strlen(buf));
}

UK_TESTCASE(hexdump_testsuite, streams_and_the_console)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_hexdump(hello, 5, 0, 0, 5, NULL), 16);
	UK_TEST_EXPECT_SNUM_GT(uk_hexdumpC(hello, 20), 0);
	UK_TEST_EXPECT_SNUM_GT(uk_hexdumpCf(stderr, hello, 20), 0);
	uk_hexdumpCk(KLVL_INFO, hello, 20);
	uk_hexdumpCd(hello, 20);
}

uk_testsuite_register(hexdump_testsuite, NULL);
