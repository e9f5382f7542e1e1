/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that runs under the stub, stops by real traps, and goes on: breakpoints,
 * steps, watchpoints, bytes that ask it to stop. The debugger is played by the
 * guest. What is answered about code that stands still is in session.c.
 */
#include <stdio.h>
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/gdb.h>
#include <uk/test.h>

#include "code.h"
#include <uk/gdb/stub.h>

#define PLAIN "T05thread:1;"

static volatile int looked_at, accessed;

static bool is_about(size_t n, const char *why, volatile void *address)
{
	static char text[PACKET_CHARS];

	snprintf(text, sizeof(text), "T05%s:%lx;thread:1;", why,
		 PLACE(address));
	return is_reply(n, text);
}

UK_TESTCASE(ukgdb_traps, stops_at_a_breakpoint_and_goes_on)
{
	int result;

	prepare();
	add_value("Z0,", PLACE(ukgdb_bump), ",1");
	add("c");
	add("?");
	add_pc();
	add_value("z0,", PLACE(ukgdb_bump), ",1");
	add("C05");
	start();
	result = ukgdb_bump(3);
	leave();
	UK_TEST_EXPECT(is_reply(2, "T05swbreak:;thread:1;"));
	UK_TEST_EXPECT(is_reply(3, "T05swbreak:;thread:1;"));
	UK_TEST_EXPECT_UNUM_EQ(value_in(4), PLACE(ukgdb_bump));
	UK_TEST_EXPECT(is_reply(6, PLAIN));
	UK_TEST_EXPECT(is_reply(7, "OK"));
	UK_TEST_EXPECT_SNUM_EQ(result, 3);
	/* Gone, as the debugger is. */
	UK_TEST_EXPECT_SNUM_EQ(ukgdb_bump(1), 4);
}

UK_TESTCASE(ukgdb_traps, goes_on_elsewhere)
{
	int by_packet, by_register, i;
	static char digits[2 * sizeof(long) + 1];
	unsigned long other = PLACE(ukgdb_other);

	for (i = 0; i < (int)sizeof(long); i++)
		snprintf(digits + 2 * i, 3, "%02x",
			 (unsigned int)(other >> 8 * i & 0xff));
	prepare();
	add_value("Z0,", PLACE(ukgdb_bump), ",1");
	add("c");
	add_value("c", other, "");
	add_value("P", pc_number(), "=");
	add_more(digits);
	add("c");
	start();
	by_packet = ukgdb_bump(1);
	by_register = ukgdb_bump(2);
	leave();
	UK_TEST_EXPECT(is_reply(2, "T05swbreak:;thread:1;"));
	UK_TEST_EXPECT(is_reply(3, "T05swbreak:;thread:1;"));
	UK_TEST_EXPECT(is_reply(4, "OK"));
	UK_TEST_EXPECT(is_reply(5, PLAIN));
	UK_TEST_EXPECT_SNUM_EQ(by_packet, 101);
	UK_TEST_EXPECT_SNUM_EQ(by_register, 102);
	UK_TEST_EXPECT_SNUM_EQ(written, 0);
}

UK_TESTCASE(ukgdb_traps, steps)
{
	if (!has_steps)
		UK_TEST_SKIP("the processor has no steps");
	prepare();
	add_pc();
	add("s");
	add_pc();
	add("vCont;s");
	add_pc();
	add("S05");
	add_pc();
	add("vCont;x");
	add("vCont;C05");
	start();
	leave();
	UK_TEST_EXPECT(is_reply(2, PLAIN));
	UK_TEST_EXPECT(is_reply(4, PLAIN));
	UK_TEST_EXPECT(is_reply(6, PLAIN));
	UK_TEST_EXPECT(is_reply(8, "E22"));
	UK_TEST_EXPECT(is_reply(9, PLAIN));
	UK_TEST_EXPECT_UNUM_NQ(value_in(3), value_in(1));
	UK_TEST_EXPECT_UNUM_NQ(value_in(5), value_in(3));
	UK_TEST_EXPECT_UNUM_NQ(value_in(7), value_in(5));
}

UK_TESTCASE(ukgdb_traps, a_step_of_a_range_stops_outside_of_it)
{
	const unsigned long from = PLACE(ukgdb_bump);
	char end[24];
	unsigned long at;

	if (!has_steps)
		UK_TEST_SKIP("the processor has no steps");
	prepare();
	add_value("Z0,", from, ",1");
	add("c");
	add_value("z0,", from, ",1");
	snprintf(end, sizeof(end), ",%lx", from + 8);
	add_value("vCont;r", from, end);
	add_pc();
	add("c");
	start();
	ukgdb_bump(1);
	leave();
	UK_TEST_EXPECT(is_reply(4, PLAIN));
	at = value_in(5);
	UK_TEST_EXPECT(at >= from + 8 && at < from + 64);
	UK_TEST_EXPECT(is_reply(6, PLAIN));
	UK_TEST_EXPECT_SNUM_EQ(written, 1);
}

UK_TESTCASE(ukgdb_traps, the_processor_watches_memory_and_code)
{
	int other;

	if (!has_steps)
		UK_TEST_SKIP("the processor has no such breakpoints");
	prepare();
	add_value("Z2,", PLACE(&written), ",4");
	add("c");
	add_value("z2,", PLACE(&written), ",4");
	add_value("Z3,", PLACE(&looked_at), ",4");
	add("c");
	add_value("z3,", PLACE(&looked_at), ",4");
	add_value("Z4,", PLACE(&accessed), ",4");
	add("c");
	add_value("z4,", PLACE(&accessed), ",4");
	add_value("Z1,", PLACE(ukgdb_other), ",1");
	add("c");
	add_pc();
	add_value("z1,", PLACE(ukgdb_other), ",1");
	add("c");
	start();
	ukgdb_bump(1);
	(void)looked_at;
	accessed = 1;
	other = ukgdb_other(0);
	leave();
	UK_TEST_EXPECT_SNUM_EQ(other, 100);
	UK_TEST_EXPECT(is_about(2, "watch", &written));
	UK_TEST_EXPECT(is_about(5, "rwatch", &looked_at));
	UK_TEST_EXPECT(is_about(8, "awatch", &accessed));
	UK_TEST_EXPECT(is_reply(11, "T05hwbreak:;thread:1;"));
	UK_TEST_EXPECT_UNUM_EQ(value_in(12), PLACE(ukgdb_other));
	UK_TEST_EXPECT(is_reply(14, PLAIN));
	UK_TEST_EXPECT_SNUM_EQ(written + accessed, 2);
}

UK_TESTCASE(ukgdb_traps, the_processor_has_so_many_of_them)
{
	size_t i, set = 0;

	prepare();
	for (i = 0; i < 5; i++)
		add_value("Z1,", PLACE(ukgdb_other) + 4 * i, ",1");
	/* Again, which takes no other one. */
	add_value("Z1,", PLACE(ukgdb_other), ",1");
	add_value("Z2,", PLACE(&written), ",0");
	add_value("Z2,", PLACE(&written), ",10");
	add_value("Z2,", PLACE(&written) + 1, ",8");
	start();
	debugger_end();
	while (set < 5 && is_reply(1 + set, "OK"))
		set++;
	UK_TEST_EXPECT(set == 2 || set == 4);
	for (i = set; i < 5; i++)
		UK_TEST_EXPECT(is_reply(1 + i, "E22"));
	UK_TEST_EXPECT(is_reply(6, "OK"));
	for (i = 7; i < 10; i++)
		UK_TEST_EXPECT(is_reply(i, "E22"));
	/* The debugger has left: they are gone. */
	UK_TEST_EXPECT_SNUM_EQ(ukgdb_other(0), 100);
}

UK_TESTCASE(ukgdb_traps, what_the_code_prints_comes_in_packets)
{
	static char text[700], long_text[700];

	memset(long_text, 'x', sizeof(long_text) - 1);
	prepare();
	add("c");
	add("c");
	start();
	uk_gdb_print("Hi\n", 3);
	uk_gdb_print(long_text, 600);
	debugger_interrupt();
	uk_gdb_print("", 0);
	leave();
	debugger_text(&debugger, text, sizeof(text));
	UK_TEST_EXPECT_STR_CONTAINS(debugger.transcript, "\nO48690d0a\n");
	UK_TEST_EXPECT_UNUM_EQ(strlen(text), 4 + 600);
	UK_TEST_EXPECT_STR_CONTAINS(debugger.transcript, "\nT02thread:1;\n"
							 PLAIN "\n");
	UK_TEST_EXPECT_SNUM_EQ(uk_gdb_print("Hi", 2), 0);
}

UK_TESTCASE(ukgdb_traps, breaks_of_the_code_itself_are_the_debuggers)
{
	int was_attached;

	prepare();
	add("c");
	add_pc();
	add("c");
	add("c");
	start();
	ukarch_gdb_trap();
	uk_gdb_break();
	was_attached = uk_gdb_is_attached();
	leave();
	UK_TEST_EXPECT(is_reply(1, PLAIN));
	UK_TEST_EXPECT(is_reply(3, PLAIN));
	UK_TEST_EXPECT(is_reply(4, PLAIN));
	UK_TEST_EXPECT(is_reply(5, "OK"));
	UK_TEST_EXPECT(was_attached);
	UK_TEST_EXPECT(!uk_gdb_is_attached());
	/* Nothing stops without a debugger. */
	uk_gdb_break();
}

UK_TESTCASE(ukgdb_traps, the_end_is_reported)
{
	prepare();
	add("c");
	start();
	uk_gdb_end(0);
	stub_is_busy = 0;
	leave();
	UK_TEST_EXPECT(is_reply(1, "W00"));
	prepare();
	add("c");
	start();
	uk_gdb_end(1);
	stub_is_busy = 0;
	leave();
	UK_TEST_EXPECT(is_reply(1, "X06"));
	uk_gdb_end(1);
	UK_TEST_EXPECT(debugger_reply(&debugger, 3) == NULL);
}

#ifndef __i386__
/* An interrupt as that of the line. On i386 the code has not the privilege. */
static void interrupt(void)
{
#ifdef __aarch64__
	/* Number 33 is pending, of the distributor. */
	*(volatile __u32 *)0x08000204UL = 1U << 1;
	__asm__ __volatile__("dsb sy; isb; nop; nop; nop" : : : "memory");
#else
	__asm__ __volatile__("int $36" : : : "memory");
#endif
}

UK_TESTCASE(ukgdb_traps, an_interrupt_stops_code_that_is_asked_to)
{
	prepare();
	add("c");
	add("c");
	start();
	interrupt();
	debugger_interrupt();
	interrupt();
	leave();
	UK_TEST_EXPECT(is_reply(1, "T02thread:1;"));
	UK_TEST_EXPECT(is_reply(2, PLAIN));
	UK_TEST_EXPECT(is_reply(3, "OK"));
}
#endif

#ifdef __aarch64__
#define TRAP_OF(number) .esr = (unsigned long)(number)
#define EXCEPTIONS \
	{ 0x3cUL << 26, 5 }, { 0x0eUL << 26, 4 }, { 0, 4 }, \
	{ 0x25UL << 26 | 4, 11 }, { 0x21UL << 26 | 0x10, 10 }, \
	{ 0x22UL << 26, 10 }, { 0x2cUL << 26, 8 }
#else
#define TRAP_OF(number) .trapnr = (number)
#define EXCEPTIONS \
	{ 0, 8 }, { 1, 5 }, { 6, 4 }, { 13, 11 }, { 14, 11 }, { 17, 10 }, \
	{ 20, 5 }, { 99, 5 }
#endif

UK_TESTCASE(ukgdb_traps, each_exception_has_its_signal)
{
	static const struct {
		unsigned long number;
		int signal;
	} all[] = { EXCEPTIONS };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		const struct ukarch_trap_ctx ctx = { TRAP_OF(all[i].number) };

		UK_TEST_EXPECT_SNUM_EQ(ukarch_gdb_signal(&ctx), all[i].signal);
	}
}

uk_testsuite_register(ukgdb_traps, find_steps);
