/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of x86_64 as lines of the crash screen.
 * It does not interpret them. No allocation, no printf(): fault path.
 */
#include <uk/arch/traps.h>
#include <uk/arch/x86/frames.h>
#include <uk/crash.h>

#define DIGITS 16

static void say(const char *name, unsigned long value)
{
	uk_crash_text(name);
	uk_crash_hex(value, DIGITS);
}

static void row(const char *const names[3], const unsigned long values[3])
{
	unsigned int i;

	uk_crash_line(__NULL, __NULL, 0);
	for (i = 0; i < 3; i++)
		say(names[i], values[i]);
	uk_crash_end();
}

static void say_place(const struct __regs *regs)
{
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("RIP: ");
	uk_crash_hex(regs->cs, 4);
	say(":", regs->rip);
	uk_crash_end();
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("RSP: ");
	uk_crash_hex(regs->ss, 4);
	say(":", regs->rsp);
	uk_crash_text(" EFLAGS: ");
	uk_crash_hex(regs->eflags, 8);
	say(" ORIG_RAX: ", regs->error);
	uk_crash_end();
}

void ukarch_regs_say(const struct __regs *r)
{
	static const char *const names[5][3] = {
		{ "RAX: ", " RBX: ", " RCX:" }, { "RDX: ", " RSI: ", " RDI:" },
		{ "RBP: ", " R08: ", " R09:" }, { "R10: ", " R11: ", " R12:" },
		{ "R13: ", " R14: ", " R15:" },
	};
	const unsigned long values[5][3] = {
		{ r->rax, r->rbx, r->rcx }, { r->rdx, r->rsi, r->rdi },
		{ r->rbp, r->r8, r->r9 }, { r->r10, r->r11, r->r12 },
		{ r->r13, r->r14, r->r15 },
	};
	unsigned int i;

	say_place(r);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		row(names[i], values[i]);
}

__uptr ukarch_frameless_caller(const struct __regs *regs)
{
	return x86_frameless_caller(__REGS_PC(regs), __REGS_SP(regs));
}
