/* SPDX-License-Identifier: BSD-3-Clause */
/* See code.h. */
#include <stdio.h>
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/event.h>

#include "code.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

/* Of v86: it has neither steps nor breakpoints of the processor. */
bool has_steps;

volatile int written;

__noinline int ukgdb_bump(int by)
{
	written += by;
	return written;
}

__noinline int ukgdb_other(int by)
{
	return by + 100;
}

unsigned int pc_number(void)
{
	static struct __regs regs;
	const unsigned long at = PLACE(&__REGS_PC(&regs)) - PLACE(&regs);
	unsigned int i;

	for (i = 0; ukarch_gdb_registers[i].place != UKARCH_GDB_CORE ||
		    ukarch_gdb_registers[i].at != at; i++)
		;
	return i;
}

void add_pc(void)
{
	add_value("p", pc_number(), "");
}

void prepare(void)
{
	begin();
	written = 0;
	add("qSupported:swbreak+;hwbreak+");
}

void start(void)
{
	add_end();
	stub_forget();
	debugger_begin(&debugger);
	stub_stop_here(TRAP, NULL);
}

/* The last stop: the debugger leaves, or has to, where one is missing. */
void leave(void)
{
	stub_stop_here(TRAP, NULL);
	debugger_end();
	if (stub_is_attached())
		stub_forget();
}

/* A register, whose least byte comes first. */
unsigned long value_in(size_t n)
{
	const char *reply = debugger_reply(&debugger, n);
	unsigned long value = 0;
	size_t i, digits = reply ? strcspn(reply, "\n") : 0;

	for (i = 0; i + 1 < digits && i / 2 < sizeof(value); i += 2)
		value |= (unsigned long)(packet_digit(reply[i]) << 4 |
					 packet_digit(reply[i + 1])) << 4 * i;
	return value;
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

int find_steps(struct uk_testsuite *suite __unused)
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
