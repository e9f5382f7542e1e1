/* SPDX-License-Identifier: BSD-3-Clause */
/* What the commands of a debugger's `monitor` print about the image. */
#include <stdio.h>
#include <string.h>
#include <uk/plat/memory.h>
#include <uk/print.h>
#include <uk/store.h>
#include <uk/test.h>

#include "packets.h"

static char memory[16];

UK_TESTCASE(ukgdb_commands, print_and_end)
{
	size_t n = 0;

	begin();
	/* paging 0; irq; dmesg; what there is not; digits that are none */
	add("qRcmd,706167696e672030");
	add("qRcmd,697271");
	add("qRcmd,646d657367");
	add("qRcmd,78");
	add("qRcmd,7");
	add_end();
	debugger_run(&debugger);
	for (int commands = 0; commands < 3; commands++, n++)
		while (debugger_reply(&debugger, n) && !is_reply(n, "OK"))
			n++;
	/* The kit lets no interrupt through, unless it is debugged. */
	UK_TEST_EXPECT_UNUM_GE(n, 5);
	while (debugger_reply(&debugger, n) && !is_reply(n, "E22"))
		n++;
	UK_TEST_EXPECT(is_reply(n - 1, "OK"));
	UK_TEST_EXPECT(is_reply(n, "E22"));
}

static const char *printed_by(const char *command)
{
	static char text[TRANSCRIPT_BYTES];

	begin();
	add_command(command);
	add_end();
	debugger_run(&debugger);
	debugger_text(&debugger, text, sizeof(text));
	return text;
}

UK_TESTCASE(ukgdb_commands, say_what_the_image_has)
{
	char command[32];

	UK_TEST_EXPECT_STR_CONTAINS(printed_by("help"),
				    "suites\tsuites of the image");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("suites"), "ukgdb_commands\n\t");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("suites"),
				    "\tsay_what_the_image_has\n");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("allocs"),
				    "allocations now: 0\n");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("paging"), "paging ADDRESS");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("paging 0"),
				    "0x0: not mapped\n");
	snprintf(command, sizeof(command), "paging %lx",
		 (unsigned long)(__uptr)memory);
	UK_TEST_EXPECT_STR_CONTAINS(printed_by(command), ": read and write\n");
	snprintf(command, sizeof(command), "paging %lx",
		 (unsigned long)(__uptr)uk_boot_stack_guard);
	UK_TEST_EXPECT_STR_CONTAINS(printed_by(command), ": not mapped\n");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("nonsense"),
				    "There is no such command");
}

static int get_size(void *cookie __unused, __u32 *out)
{
	*out = 7;
	return 0;
}

static int get_nothing(void *cookie __unused, __u32 *out __unused)
{
	return -5;
}

UK_STORE_STATIC_ENTRY(1, size, u32, get_size, NULL);
UK_STORE_STATIC_ENTRY(2, nothing, u32, get_nothing, NULL);

UK_TESTCASE(ukgdb_commands, show_the_log_and_the_values)
{
	uk_pr_info("once upon a time\n");
	/* All of the log is no text for a message. */
	UK_TEST_EXPECT(strstr(printed_by("dmesg"), "once upon a time"));
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("store"), "app/size = 7\n");
	UK_TEST_EXPECT_STR_CONTAINS(printed_by("store"),
				    "app/nothing = error 5\n");
}

uk_testsuite_register(ukgdb_commands, NULL);
