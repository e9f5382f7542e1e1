/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands in front of a message, by the fields that are asked for. The
 * console of a test has none of them but the time.
 */
#include <string.h>
#include <uk/print.h>
#include <uk/test.h>

#include "../../guest/lib/ukdebug/prefix.h"

#define ALL (PREFIX_TIME | PREFIX_THREAD | PREFIX_CALLER | PREFIX_SOURCE)

static char written[400];

static void append(const char *text, __sz len)
{
	strncat(written, text, len);
}

static const char *of(const struct prefix *prefix, unsigned int fields)
{
	written[0] = '\0';
	prefix_write(append, prefix, fields);
	return written;
}

UK_TESTCASE(ukprint_prefix, has_the_fields_that_are_asked_for)
{
	const struct prefix all = {
		.level = KLVL_WARN, .library = "libnet", .source = "net.c",
		.line = 7, .thread = "worker", .caller = 0x1000,
		.frame = 0xabc, .time = 1002003004ULL,
	};

	UK_TEST_EXPECT_STR_EQ(of(&all, ALL),
			      "[    1.002003] Warn: <worker> {r:0x1000,f:0xabc} "
			      "[libnet] <net.c @    7> ");
	UK_TEST_EXPECT_STR_EQ(of(&all, PREFIX_SOURCE),
			      "Warn: [libnet] <net.c @    7> ");
	UK_TEST_EXPECT_STR_EQ(of(&all, 0), "Warn: [libnet] ");
	UK_TEST_EXPECT_STR_EQ(of(&all, PREFIX_COLOR | PREFIX_SOURCE),
			      "\033[0m\033[1m\033[33mWarn:\033[0m "
			      "\033[0m\033[33m[libnet] "
			      "\033[0m\033[36m<net.c @    7> \033[0m");
}

UK_TESTCASE(ukprint_prefix, leaves_out_what_is_not_known)
{
	const struct prefix nothing = { .level = UK_PRINT_KLVL_NONE };

	UK_TEST_EXPECT_STR_EQ(of(&nothing, ALL & ~PREFIX_TIME), "<<n/a>> ");
	UK_TEST_EXPECT_STR_EQ(of(&nothing, 0), "");
}

UK_TESTCASE(ukprint_prefix, shows_a_thread_of_any_name)
{
	struct prefix one = { .level = UK_PRINT_KLVL_NONE };

	one.thread = "two\nlines";
	UK_TEST_EXPECT_STR_EQ(of(&one, PREFIX_THREAD), "<two?lines> ");
	/* No memory. */
	one.thread = (const char *)8;
	UK_TEST_EXPECT_STR_EQ(of(&one, PREFIX_THREAD), "<?> ");
	one.thread = "more than the thirty-two characters";
	UK_TEST_EXPECT_STR_EQ(of(&one, PREFIX_THREAD),
			      "<more than the thirty-two charact> ");
}

UK_TESTCASE(ukprint_prefix, colors_what_is_wrong)
{
	UK_TEST_EXPECT_STR_EQ(prefix_color(KLVL_ERR), "\033[31m");
	UK_TEST_EXPECT_STR_EQ(prefix_color(KLVL_INFO), "");
	UK_TEST_EXPECT_STR_EQ(prefix_color(UK_PRINT_KLVL_NONE), "");
}

uk_testsuite_register(ukprint_prefix, NULL);
