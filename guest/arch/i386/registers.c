/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of i386 as lines of the crash screen.
 * It does not interpret them. No allocation, no printf(): fault path.
 */
#include <uk/arch/traps.h>
#include <uk/arch/x86/frames.h>
#include <uk/crash.h>

#define DIGITS 8

static void say(const char *name, unsigned long value)
{
	uk_crash_text(name);
	uk_crash_hex(value, DIGITS);
}

static void say_place(const struct __regs *regs)
{
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("EIP: ");
	uk_crash_hex(regs->cs, 4);
	say(":", regs->eip);
	uk_crash_end();
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("ESP: ");
	uk_crash_hex(regs->ss, 4);
	say(":", regs->esp);
	say(" EFLAGS: ", regs->eflags);
	say(" ORIG_EAX: ", regs->error);
	uk_crash_end();
}

void ukarch_regs_say(const struct __regs *regs)
{
	say_place(regs);
	uk_crash_line(__NULL, __NULL, 0);
	say("EAX: ", regs->eax);
	say(" EBX: ", regs->ebx);
	say(" ECX:", regs->ecx);
	uk_crash_end();
	uk_crash_line(__NULL, __NULL, 0);
	say("EDX: ", regs->edx);
	say(" ESI: ", regs->esi);
	say(" EDI:", regs->edi);
	uk_crash_end();
	uk_crash_line(__NULL, __NULL, 0);
	say("EBP: ", regs->ebp);
	uk_crash_end();
}

__uptr ukarch_frameless_caller(const struct __regs *regs)
{
	return x86_frameless_caller(__REGS_PC(regs), __REGS_SP(regs));
}
