/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of the exceptions of arm64, with the registers that say why.
 * It does not handle any. No allocation and no printf(): this is fault path.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/print.h>

#define KINDS 4
#define VECTORS 16
#define OWN_STACKS 8
#define DIGITS 16

static const char *const kinds[KINDS] = {
	"sync", "irq", "fiq", "serror",
};

void ukarch_traps_init(void)
{
	__asm__ __volatile__("msr vbar_el1, %0; isb"
			     : : "r"(uk_trap_vectors) : "memory");
}

static void say(const char *name, unsigned long value)
{
	uk_crash_line(UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__);
	uk_crash_text("\t ");
	uk_crash_text(name);
	uk_crash_text(": 0x");
	uk_crash_hex(value, DIGITS);
	uk_crash_end();
}

void ukarch_go_on(void (*entry)(void))
{
	entry();
	ukarch_stop();
}

/** Called by vectors.S. */
void uk_trap(const struct __regs *regs, unsigned long vector) __noreturn;
void uk_trap(const struct __regs *regs, unsigned long vector)
{
	const char *kind = kinds[vector % KINDS];
	unsigned long far = regs->far_el1;

	uk_crash_enter(kind);
	if (vector % KINDS == 0)
		uk_crash_address(far);
	uk_crash_line(UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__);
	if (vector < OWN_STACKS && vector % KINDS == 0) {
		uk_crash_text("EL1 sync trap caught");
	} else {
		uk_crash_text(vector < OWN_STACKS ? "EL1 invalid "
						  : "EL0 invalid ");
		uk_crash_text(kind);
		uk_crash_text(" trap caught");
	}
	uk_crash_end();
	say("ESR_EL1  ", regs->esr_el1);
	say("FAR_EL1  ", far);
	uk_crash(regs);
}
