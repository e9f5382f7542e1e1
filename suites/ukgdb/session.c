/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stub of the guest under a debugger that the guest plays itself: what it
 * answers, and that a line which damages any byte changes none of that.
 */
#include <stdio.h>
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/plat/memory.h>
#include <uk/test.h>

#include "packets.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

static char memory[16];

int ukgdb_has_breakpoint(int value);
int ukgdb_has_breakpoint(int value)
{
	return value + 1;
}

static void start(void)
{
	begin();
	strcpy(memory, "abcdefghijklmno");
}

/* A packet about an address: `before`, its digits, `after`. */
static void add_at(const char *before, const void *address, const char *after)
{
	add_value(before, (unsigned long)(__uptr)address, after);
}

static void run(void)
{
	add_end();
	debugger_run(&debugger);
}

UK_TESTCASE(ukgdb, answers_what_a_debugger_asks_at_first)
{
	start();
	add("qSupported:swbreak+;hwbreak+");
	add("vMustReplyEmpty");
	add("Hg0");
	add("?");
	add("qfThreadInfo");
	add("qsThreadInfo");
	add("qC");
	add("qAttached");
	add("vCont?");
	add("qXfer:features:read:target.xml:0,e");
	add("qXfer:features:read:target.xml:ffff,e");
	run();
	UK_TEST_EXPECT(!debugger.has_given_up);
	UK_TEST_EXPECT(is_reply(1, ""));
	UK_TEST_EXPECT(is_reply(2, "OK"));
	UK_TEST_EXPECT(is_reply(3, "T05thread:1;"));
	UK_TEST_EXPECT(is_reply(4, "m1"));
	UK_TEST_EXPECT(is_reply(5, "l"));
	UK_TEST_EXPECT(is_reply(6, "QC1"));
	UK_TEST_EXPECT(is_reply(7, "1"));
	UK_TEST_EXPECT(is_reply(8, "vCont;c;C;s;S;r"));
	UK_TEST_EXPECT(is_reply(9, "m<?xml version="));
	UK_TEST_EXPECT(is_reply(10, "E22"));
	UK_TEST_EXPECT(is_reply(11, "OK"));
}

UK_TESTCASE(ukgdb, reads_and_writes_memory_by_digits_and_as_it_is)
{
	start();
	add_at("m", memory, ",4");
	add_at("M", memory, ",2:4142");
	add_at("m", memory, ",4");
	/* What is escaped stands for another byte. */
	add_at("X", memory, ",3:\x7d\x03x\x7d]");
	add_at("m", memory, ",4");
	add_at("X", memory, ",0:");
	add_at("M", memory, ",2:414");
	add_at("M", memory, ",2;4142");
	add("m,4");
	run();
	UK_TEST_EXPECT(is_reply(0, "61626364"));
	UK_TEST_EXPECT(is_reply(1, "OK"));
	UK_TEST_EXPECT(is_reply(2, "41426364"));
	UK_TEST_EXPECT(is_reply(3, "OK"));
	UK_TEST_EXPECT(is_reply(4, "23787d64"));
	UK_TEST_EXPECT(is_reply(5, "OK"));
	UK_TEST_EXPECT(is_reply(6, "E22"));
	UK_TEST_EXPECT(is_reply(7, "E22"));
	UK_TEST_EXPECT(is_reply(8, "E22"));
	UK_TEST_EXPECT_BYTES_EQ(memory, "#x}defghijklmno", 16);
}

UK_TESTCASE(ukgdb, memory_that_is_not_there_is_an_error_and_no_fault)
{
	start();
	add("m0,4");
	add("M0,1:00");
	add("X0,1:a");
	add("Z0,0,1");
	add("m0,0");
	add("mffffffff,ffffffffffffffff");
	run();
	UK_TEST_EXPECT(is_reply(0, "E14"));
	UK_TEST_EXPECT(is_reply(1, "E14"));
	UK_TEST_EXPECT(is_reply(2, "E14"));
	UK_TEST_EXPECT(is_reply(3, "E22"));
	UK_TEST_EXPECT(is_reply(4, ""));
	UK_TEST_EXPECT(is_reply(5, "E22"));
}

/* The page below the stack is not mapped, those around it are. */
UK_TESTCASE(ukgdb, memory_that_ends_is_read_and_written_up_to_there)
{
	char *const end = uk_boot_stack_guard;
	const char *reply;
	char kept[2];

	memcpy(kept, end - 2, sizeof(kept));
	start();
	add_at("m", end - 2, ",4");
	add_at("M", end - 2, ",4:41424344");
	add_at("m", end - 2, ",2");
	add_at("m", end + __PAGE_SIZE - 2, ",4");
	add_at("M", end + __PAGE_SIZE - 2, ",4:41424344");
	run();
	UK_TEST_EXPECT_BYTES_EQ(end - 2, "AB", 2);
	memcpy(end - 2, kept, sizeof(kept));
	reply = debugger_reply(&debugger, 0);
	UK_TEST_REQUIRE(reply != NULL);
	UK_TEST_EXPECT_UNUM_EQ(strcspn(reply, "\n"), 4);
	UK_TEST_EXPECT(is_reply(1, "E14"));
	UK_TEST_EXPECT(is_reply(2, "4142"));
	UK_TEST_EXPECT(is_reply(3, "E14"));
	UK_TEST_EXPECT(is_reply(4, "E14"));
}

UK_TESTCASE(ukgdb, registers_are_written_one_by_one_and_all_at_once)
{
	const char *all;
	size_t digits = 0;
	unsigned int i;

	for (i = 0; i < ukarch_gdb_general_count; i++)
		digits += 2 * ukarch_gdb_registers[i].bytes;
	start();
	add(sizeof(long) == 8 ? "P0=0807060504030201" : "P0=04030201");
	add("p0");
	add("g");
	add("pffff");
	add("Pffff=00");
	add("P0=1");
	add("P0");
	add("G00");
	run();
	UK_TEST_EXPECT(is_reply(0, "OK"));
	UK_TEST_EXPECT(is_reply(1, sizeof(long) == 8 ? "0807060504030201"
						     : "04030201"));
	all = debugger_reply(&debugger, 2);
	UK_TEST_REQUIRE(all != NULL);
	UK_TEST_EXPECT_UNUM_EQ(strcspn(all, "\n"), digits);
	for (i = 3; i < 8; i++)
		UK_TEST_EXPECT(is_reply(i, "E22"));
}

UK_TESTCASE(ukgdb, a_breakpoint_is_in_the_code_only_while_it_runs)
{
	const char *const address = (const char *)(__uptr)ukgdb_has_breakpoint;
	char original[UKARCH_GDB_BREAK_BYTES_MAX];

	memcpy(original, address, ukarch_gdb_break_bytes);
	start();
	add_at("Z0,", address, ",1");
	add_at("Z0,", address, ",1");
	add_at("m", address, ",1");
	add_at("z0,", address, ",1");
	add_at("z0,", address, ",1");
	add("Z0,");
	add_at("Z9,", address, ",1");
	run();
	UK_TEST_EXPECT(is_reply(0, "OK"));
	UK_TEST_EXPECT(is_reply(1, "OK"));
	UK_TEST_EXPECT(strncmp(debugger_reply(&debugger, 2), "cc", 2) != 0);
	UK_TEST_EXPECT(is_reply(3, "OK"));
	UK_TEST_EXPECT(is_reply(4, "OK"));
	UK_TEST_EXPECT(is_reply(5, "E22"));
	UK_TEST_EXPECT(is_reply(6, ""));
	UK_TEST_EXPECT_BYTES_EQ(original, address, ukarch_gdb_break_bytes);
	UK_TEST_EXPECT_SNUM_EQ(ukgdb_has_breakpoint(1), 2);
}

UK_TESTCASE(ukgdb, sums_and_searches)
{
	start();
	strcpy(memory, "123456789");
	add_at("qCRC:", memory, ",9");
	add("qCRC:0,9");
	add_at("qSearch:memory:", memory, ";9;89");
	add_at("qSearch:memory:", memory, ";9;9x");
	add("qSearch:memory:0;9;9x");
	run();
	/* The check value of CRC-32/MPEG-2. */
	UK_TEST_EXPECT(is_reply(0, "C376e6e7"));
	UK_TEST_EXPECT(is_reply(1, "E14"));
	UK_TEST_EXPECT(strncmp(debugger_reply(&debugger, 2), "1,", 2) == 0);
	UK_TEST_EXPECT(is_reply(3, "0"));
	UK_TEST_EXPECT(is_reply(4, "E14"));
}

/* Everything here may be asked twice, as a damaged line has it. */
static void short_session(void)
{
	start();
	add("qSupported");
	add("?");
	add_at("m", memory, ",4");
	add_at("M", memory, ",2:4142");
	add_at("X", memory, ",2:}\x03x");
	add_at("Z0,", (const char *)(__uptr)ukgdb_has_breakpoint, ",1");
	add_at("z0,", (const char *)(__uptr)ukgdb_has_breakpoint, ",1");
	add("p0");
}

static char undamaged[TRANSCRIPT_BYTES];

static const char *first_difference(size_t at, enum damage damage)
{
	size_t len;

	short_session();
	debugger.damaged = at;
	debugger.damage = damage;
	run();
	if (debugger.has_given_up)
		return "it has given up";
	/* The debugger may leave before the answer to that. */
	len = strlen(undamaged) - strlen("OK\n");
	return strncmp(undamaged, debugger.transcript, len) == 0
		       ? NULL : debugger.transcript;
}

UK_TESTCASE(ukgdb, each_byte_damaged_and_the_session_is_the_same)
{
	const char *difference;
	size_t at, bytes, sessions = 0;
	enum damage damage;

	short_session();
	run();
	strcpy(undamaged, debugger.transcript);
	bytes = debugger.bytes;
	UK_TEST_EXPECT_UNUM_GT(bytes, 200);
	for (at = 0; at < bytes; at++) {
		for (damage = FLIPPED; damage <= DOUBLED; damage++) {
			difference = first_difference(at, damage);
			sessions++;
			if (difference == NULL)
				continue;
			UK_TEST_ASSERTF(false, "byte %lu, damage %d: %s",
					(unsigned long)at, damage,
					difference);
		}
	}
	UK_TEST_EXPECT_UNUM_EQ(sessions, 3 * bytes);
}

UK_TESTCASE_TIMEOUT(ukgdb, each_byte_damaged_and_the_session_is_the_same,
		    120000);

UK_TESTCASE(ukgdb, noise_in_front_is_passed_over)
{
	static char noise[2048];
	unsigned int state = 1;
	size_t i;

	for (i = 0; i < sizeof(noise); i++) {
		state = state * 1103515245 + 12345;
		noise[i] = state >> 16;
	}
	short_session();
	debugger.noise = noise;
	debugger.noise_len = sizeof(noise);
	run();
	/* Each refusal of noise has the first packet sent once more. */
	UK_TEST_EXPECT(!debugger.has_given_up);
	UK_TEST_EXPECT_STR_CONTAINS(debugger.transcript, "\n61626364\nOK\n");
	short_session();
	debugger.noise = "--------++++----$$$$----";
	debugger.noise_len = 24;
	run();
	UK_TEST_EXPECT(!debugger.has_given_up);
	UK_TEST_EXPECT(is_reply(2, "61626364"));
}

uk_testsuite_register(ukgdb, NULL);
