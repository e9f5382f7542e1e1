/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of arm64 as lines of the crash screen.
 * It does not interpret them. No allocation, no printf(): fault path.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/plat/stack.h>

#define DIGITS 16
#define GENERAL 30

static void say(const char *name, unsigned long value)
{
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text(name);
	uk_crash_hex(value, DIGITS);
	uk_crash_end();
}

static void add_general(unsigned int number, unsigned long value)
{
	uk_crash_text("X");
	uk_crash_decimal(number, 1);
	uk_crash_text(number < 10 ? " : " : ": ");
	uk_crash_hex(value, DIGITS);
}

void ukarch_regs_say(const struct __regs *regs)
{
	unsigned int i;

	say("PC : ", regs->elr_el1);
	say("LR : ", regs->lr);
	say("SP : ", regs->sp);
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("PSTATE: ");
	uk_crash_hex(regs->spsr_el1, DIGITS / 2);
	uk_crash_end();
	for (i = 0; i < GENERAL; i += 2) {
		uk_crash_line(__NULL, __NULL, 0);
		add_general(i, regs->x[i]);
		uk_crash_text(" ");
		add_general(i + 1, regs->x[i + 1]);
		uk_crash_end();
	}
}

/* Functions have frames here; only a jump to nowhere leaves none. */
__uptr ukarch_frameless_caller(const struct __regs *regs)
{
	if (ukplat_text_holds(regs->elr_el1) || !ukplat_text_holds(regs->lr))
		return 0;
	return regs->lr;
}
