/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that runs under the stub, stops by real traps, and goes on: breakpoints,
 * steps, watchpoints, bytes that ask it to stop. The debugger is played by the
 * guest. What is answered about code that stands still is in suites/ukgdb.
 */
#include <stdio.h>
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/event.h>
#include <uk/gdb.h>
#include <uk/test.h>

#include "../ukgdb/debugger.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define PACKETS 32
#define PACKET_CHARS 64
#define TRAP 5
#define PLAIN "T05thread:1;"

static struct debugger debugger;
static const char *packets[PACKETS];
static char texts[PACKETS][PACKET_CHARS];
static size_t count;
/* Of v86: it has neither steps nor breakpoints of the processor. */
static bool has_steps;

static volatile int written, looked_at, accessed;

__noinline int ukgdb_bump(int by);
__noinline int ukgdb_bump(int by)
{
	written += by;
	return written;
}

__noinline int ukgdb_other(int by);
__noinline int ukgdb_other(int by)
{
	return by + 100;
}

static const char *packet_of(const char *before, unsigned long value,
			     const char *after)
{
	snprintf(texts[count], PACKET_CHARS, "%s%lx%s", before, value, after);
	return texts[count];
}

static void add(const char *packet)
{
	packets[count++] = packet;
}

static void add_at(const char *before, unsigned long value, const char *after)
{
	add(packet_of(before, value, after));
}

#define PLACE(what) ((unsigned long)(__uptr)(what))

static unsigned int pc_number(void)
{
	static struct __regs regs;
	const unsigned long at = PLACE(&__REGS_PC(&regs)) - PLACE(&regs);
	unsigned int i;

	for (i = 0; ukarch_gdb_registers[i].place != UKARCH_GDB_CORE ||
		    ukarch_gdb_registers[i].at != at; i++)
		;
	return i;
}

static void add_pc(void)
{
	add_at("p", pc_number(), "");
}

static void begin(void)
{
	memset(&debugger, 0, sizeof(debugger));
	debugger.damaged = (size_t)-1;
	count = 0;
	written = 0;
	add("qSupported:swbreak+;hwbreak+");
}

static void start(void)
{
	add("D");
	debugger.packets = packets;
	debugger.count = count;
	stub_forget();
	debugger_begin(&debugger);
	stub_stop_here(TRAP, NULL);
}

/* The last stop: the debugger leaves, or has to, where one is missing. */
static void leave(void)
{
	stub_stop_here(TRAP, NULL);
	debugger_end();
	if (stub_is_attached())
		stub_forget();
}

static bool is_reply(size_t n, const char *text)
{
	const char *reply = debugger_reply(&debugger, n);
	const size_t len = strlen(text);

	return reply && strncmp(reply, text, len) == 0 && reply[len] == '\n';
}

static bool is_about(size_t n, const char *why, volatile void *address)
{
	static char text[PACKET_CHARS];

	snprintf(text, sizeof(text), "T05%s:%lx;thread:1;", why,
		 PLACE(address));
	return is_reply(n, text);
}

/* A register, whose least byte comes first. */
static unsigned long value_in(size_t n)
{
	const char *reply = debugger_reply(&debugger, n);
	unsigned long value = 0;
	size_t i, digits = reply ? strcspn(reply, "\n") : 0;

	for (i = 0; i + 1 < digits && i / 2 < sizeof(value); i += 2)
		value |= (unsigned long)(packet_digit(reply[i]) << 4 |
					 packet_digit(reply[i + 1])) << 4 * i;
	return value;
}

UK_TESTCASE(ukgdb_traps, stops_at_a_breakpoint_and_goes_on)
{
	int result;

	begin();
	add_at("Z0,", PLACE(ukgdb_bump), ",1");
	add("c");
	add("?");
	add_pc();
	add_at("z0,", PLACE(ukgdb_bump), ",1");
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
	begin();
	add_at("Z0,", PLACE(ukgdb_bump), ",1");
	add("c");
	add_at("c", other, "");
	add_at("P", pc_number(), "=");
	strcat(texts[count - 1], digits);
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
	begin();
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
	unsigned long at;

	if (!has_steps)
		UK_TEST_SKIP("the processor has no steps");
	begin();
	add_at("Z0,", from, ",1");
	add("c");
	add_at("z0,", from, ",1");
	add(packet_of("vCont;r", from, ","));
	snprintf(texts[count - 1] + strlen(texts[count - 1]), 20, "%lx",
		 from + 8);
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
	begin();
	add_at("Z2,", PLACE(&written), ",4");
	add("c");
	add_at("z2,", PLACE(&written), ",4");
	add_at("Z3,", PLACE(&looked_at), ",4");
	add("c");
	add_at("z3,", PLACE(&looked_at), ",4");
	add_at("Z4,", PLACE(&accessed), ",4");
	add("c");
	add_at("z4,", PLACE(&accessed), ",4");
	add_at("Z1,", PLACE(ukgdb_other), ",1");
	add("c");
	add_pc();
	add_at("z1,", PLACE(ukgdb_other), ",1");
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

	begin();
	for (i = 0; i < 5; i++)
		add_at("Z1,", PLACE(ukgdb_other) + 4 * i, ",1");
	/* Again, which takes no other one. */
	add_at("Z1,", PLACE(ukgdb_other), ",1");
	add_at("Z2,", PLACE(&written), ",0");
	add_at("Z2,", PLACE(&written), ",10");
	add_at("Z2,", PLACE(&written) + 1, ",8");
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
	begin();
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

	begin();
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
	begin();
	add("c");
	start();
	uk_gdb_end(0);
	stub_is_busy = 0;
	leave();
	UK_TEST_EXPECT(is_reply(1, "W00"));
	begin();
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
	begin();
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

static bool is_probing;

static int note_step(void *data)
{
	struct ukarch_trap_ctx *ctx = data;

	if (!is_probing)
		return UK_EVENT_NOT_HANDLED;
#ifndef __aarch64__
	ctx->regs->eflags &= ~0x100UL;
#else
	(void)ctx;
#endif
	is_probing = false;
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_DEBUG, note_step, 0);

#ifdef __i386__
#define STACK "%%esp"
#else
#define STACK "%%rsp"
#endif

static int find_steps(struct uk_testsuite *suite __unused)
{
#ifdef __aarch64__
	has_steps = true;
#else
	is_probing = true;
	__asm__ __volatile__("pushf\n\torl $0x100, (" STACK ")\n\tpopf\n"
			     "\tnop\n\tnop" : : : "memory", "cc");
	has_steps = !is_probing;
	is_probing = false;
#endif
	return 0;
}

uk_testsuite_register(ukgdb_traps, find_steps);
