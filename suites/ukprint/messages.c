/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of the kernel: levels, prefixes, lines, and the log of them.
 * The log shows what the console would, without its colours.
 */
#include <stdio.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/hexdump.h>
#include <uk/print.h>
#include <uk/print/log.h>
#include <uk/test.h>

#include "log.h"

/* The kit has no threads; a scheduler would have a function like this. */
static const char *thread = "worker";

const char *uk_print_thread_name(void)
{
	return thread;
}

/* Seen where a prefix has the field; a test of the host asks for that. */
UK_TESTCASE(ukprint_threads, may_have_any_name)
{
	static char long_name[10000];

	memset(long_name, 'x', sizeof(long_name) - 1);
	thread = long_name;
	UK_TEST_EXPECT(1);
	thread = "two\nlines [ FAILED ]";
	UK_TEST_EXPECT(1);
	/* Neither a text nor memory. */
	thread = (const char *)8;
	UK_TEST_EXPECT(1);
	thread = NULL;
	UK_TEST_EXPECT(1);
	thread = "worker";
}

UK_TESTCASE(ukprint_levels, are_those_of_unikraft)
{
	UK_TEST_EXPECT_SNUM_EQ(UK_PRINT_KLVL_NONE, 0);
	UK_TEST_EXPECT_SNUM_EQ(KLVL_CRIT, 1);
	UK_TEST_EXPECT_SNUM_EQ(KLVL_ERR, 2);
	UK_TEST_EXPECT_SNUM_EQ(KLVL_WARN, 3);
	UK_TEST_EXPECT_SNUM_EQ(KLVL_INFO, 4);
	UK_TEST_EXPECT_SNUM_EQ(KLVL_DEBUG, 5);
}

UK_TESTCASE(ukprint_levels, hidden_messages_are_kept)
{
	static const char wanted[] =
		"ERR:  [library] <file.c @    7> an error\n"
		"Warn: [library] <file.c @    8> a warning\n";
	unsigned int level = uk_print_level();

	log_begin();
	uk_print_set_level(KLVL_CRIT);
	_uk_printk(KLVL_ERR, "library", "file.c", 7, "an error\n");
	_uk_printk(KLVL_WARN, "library", "file.c", 8, "a warning\n");
	UK_TEST_EXPECT_SNUM_EQ(uk_print_level(), KLVL_CRIT);
	uk_print_set_level(level);
	UK_TEST_EXPECT_SNUM_EQ(strcmp(log_text(), wanted), 0);
}

UK_TESTCASE(ukprint_levels, what_the_host_counts_is_not_kept)
{
	log_begin();
	uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL, "shown once\n");
	UK_TEST_EXPECT_STR_EQ(log_text(), "");
}

UK_TESTCASE(ukprint_levels, debug_messages_are_not_in_the_image)
{
	int computed = 0;

	log_begin();
	uk_pr_debug("%d\n", ++computed);
	uk_printk(KLVL_DEBUG, "%d\n", ++computed);
	UK_TEST_EXPECT_STR_EQ(log_text(), "");
	UK_TEST_EXPECT_SNUM_EQ(computed, 0);
}

UK_TESTCASE(ukprint_lines, each_has_a_prefix)
{
	static const char wanted[] = "Info: [library] one\n"
				     "Info: [library] two\n";

	log_begin();
	_uk_printk(KLVL_INFO, "library", NULL, 0, "one\ntwo\n");
	UK_TEST_EXPECT_SNUM_EQ(strcmp(log_text(), wanted), 0);
}

UK_TESTCASE(ukprint_lines, are_carried_on)
{
	static const char wanted[] = "Info: one and two\n"
				     "Info: begun\n"
				     "Warn: of another level\n";

	log_begin();
	_uk_printk(KLVL_INFO, NULL, NULL, 0, "one ");
	_uk_printk(KLVL_INFO, NULL, NULL, 0, "and two\n");
	_uk_printk(KLVL_INFO, NULL, NULL, 0, "begun");
	_uk_printk(KLVL_WARN, NULL, NULL, 0, "of another level\n");
	UK_TEST_EXPECT_SNUM_EQ(strcmp(log_text(), wanted), 0);
}

UK_TESTCASE(ukprint_lines, raw_ones_have_no_prefix)
{
	static const char wanted[] = "bare\n";

	log_begin();
	uk_printk(KLVL_ERR | UK_PRINT_RAW, "bare\n");
	UK_TEST_EXPECT_SNUM_EQ(strcmp(log_text(), wanted), 0);
}

UK_TESTCASE(ukprint_lines, of_level_none_do_not_name_it)
{
	static const char wanted[] = "[library] always\n";

	log_begin();
	_uk_printk(UK_PRINT_KLVL_NONE, "library", NULL, 0, "always\n");
	UK_TEST_EXPECT_SNUM_EQ(strcmp(log_text(), wanted), 0);
}

UK_TESTCASE(ukprint_lines, may_be_of_any_length)
{
	static char long_text[1000];

	memset(long_text, 'x', sizeof(long_text) - 1);
	log_begin();
	_uk_printk(KLVL_INFO, NULL, NULL, 0, "%s|\n", long_text);
	UK_TEST_EXPECT_SNUM_EQ(strlen(log_text()),
			       strlen("Info: |\n") + sizeof(long_text) - 1);
}

/* The result of the assertion after it has a line of its own, or is lost. */
UK_TESTCASE(ukprint_lines, that_are_not_ended_take_no_result_in)
{
	uk_pr_info("half a line");
	UK_TEST_EXPECT(1);
	uk_pr_info("half a line");
	UK_TEST_EXPECT(1);
	uk_pr_info("and its end\n");
}

UK_TESTCASE(ukprint_warnings, name_their_condition)
{
	int one = 1;

	log_begin();
	UK_WARNIF(one == 1);
	UK_WARNIF(one == 2);
	UK_TEST_EXPECT_NOT_NULL(strstr(log_text(),
				       "> Condition warning: one == 1\n"));
	UK_TEST_EXPECT_NULL(strstr(log_text(), "one == 2"));
}

static void stub(void)
{
	UK_WARN_STUBBED();
}

UK_TESTCASE(ukprint_warnings, of_a_stub_come_once)
{
	const char *first;

	log_begin();
	stub();
	stub();
	first = strstr(log_text(), "stub() stubbed\n");
	UK_TEST_REQUIRE_NOT_NULL(first);
	UK_TEST_EXPECT_NULL(strstr(first + strlen("stub() "), "stub()"));
}

UK_TESTCASE(ukprint_log, has_hexdumps)
{
	log_begin();
	uk_hexdumpk(KLVL_WARN, "kit", 4, UK_HXDF_ASCIISEC, 4);
	UK_TEST_EXPECT_NOT_NULL(strstr(log_text(), "6b 69 74 00  |kit.|\n"));
}

static const char *first_byte;

static void take_first(const char *text, __sz len __unused)
{
	if (!first_byte)
		first_byte = text;
}

/* Cases hide what they fill the log with, so that the console stays short. */
UK_TESTCASE(ukprint_log, begins_with_a_whole_line)
{
	unsigned int level = uk_print_level();
	const char *text, *last;

	uk_print_set_level(UK_PRINT_KLVL_NONE);
	for (int i = 0; i < 2000; i++)
		_uk_printk(KLVL_INFO, NULL, NULL, 0, "line %d\n", i);
	uk_print_set_level(level);
	first_byte = NULL;
	uk_print_log_walk(take_first);
	UK_TEST_REQUIRE_NOT_NULL(first_byte);
	UK_TEST_EXPECT_SNUM_EQ(*first_byte, '[');
	text = log_text();
	UK_TEST_EXPECT_ZERO(strncmp(text, "Info: line ", 11));
	last = strstr(text, "line 1999\n");
	UK_TEST_REQUIRE_NOT_NULL(last);
	UK_TEST_EXPECT_STR_EQ(last, "line 1999\n");
	UK_TEST_EXPECT_NULL(strstr(text, "line 0\n"));
}

static __sz walked;

static void count(const char *text __unused, __sz len)
{
	walked += len;
}

UK_TESTCASE(ukprint_log, holds_the_end_of_a_line_that_fills_it)
{
	unsigned int level = uk_print_level();
	const char *text;

	uk_print_set_level(UK_PRINT_KLVL_NONE);
	for (int i = 0; i < CONFIG_LIBUKPRINT_LOGBUF_SIZE / 10 + 5; i++)
		_uk_printk(KLVL_INFO, NULL, NULL, 0, "0123456789");
	_uk_printk(KLVL_INFO, NULL, NULL, 0, "!\n");
	uk_print_set_level(level);
	walked = 0;
	uk_print_log_walk(count);
	UK_TEST_EXPECT_SNUM_EQ(walked, CONFIG_LIBUKPRINT_LOGBUF_SIZE);
	text = log_text();
	UK_TEST_EXPECT_STR_EQ(text + strlen(text) - 12, "0123456789!\n");
}

/* A test of the host finds this message twice, and the hidden one once. */
UK_TESTCASE(ukprint_log, is_printed_again)
{
	unsigned int level = uk_print_level();

	uk_pr_info("shown at once\n");
	uk_print_set_level(KLVL_ERR);
	uk_pr_info("shown later\n");
	uk_print_set_level(level);
	uk_print_dmesg();
	UK_TEST_EXPECT(1);
}

uk_testsuite_register(ukprint_levels, NULL);
uk_testsuite_register(ukprint_threads, NULL);
uk_testsuite_register(ukprint_lines, NULL);
uk_testsuite_register(ukprint_warnings, NULL);
uk_testsuite_register(ukprint_log, NULL);
