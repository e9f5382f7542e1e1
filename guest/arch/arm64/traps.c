/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The exceptions of arm64: their events, their names, the registers that say
 * why. No allocation and no printf(): this is fault path.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/print.h>

#define KINDS 4
#define VECTORS 16
#define OWN_STACKS 8
/* Of the kinds below, after the synchronous ones. */
#define INTERRUPT 1
#define DIGITS 16
/* A trap in a handler stays on its stack, which has room for a few. */
#define LEVELS 4

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

UK_EVENT(UKARCH_TRAP_INVALID_OP);
UK_EVENT(UKARCH_TRAP_DEBUG);
UK_EVENT(UKARCH_TRAP_PAGE_FAULT);
UK_EVENT(UKARCH_TRAP_BUS_ERROR);
UK_EVENT(UKARCH_TRAP_MATH);
UK_EVENT(UKARCH_TRAP_SECURITY);
UK_EVENT(UKARCH_TRAP_SYSCALL);
UK_EVENT(UKARCH_TRAP_INTERRUPT);

/* Classes of the syndrome register: Arm ARM, "ESR_EL1". */
#define CLASS(esr) ((esr) >> 26 & 0x3f)
#define STATUS(esr) ((esr) & 0x3f)
#define FIRST_TRANSLATION 0x04
#define LAST_PERMISSION 0x0f

/* The event of an abort by its status: a page that lacks something, or not. */
static struct uk_event *event_of_abort(unsigned long status)
{
	if (status >= FIRST_TRANSLATION && status <= LAST_PERMISSION)
		return UK_EVENT_PTR(UKARCH_TRAP_PAGE_FAULT);
	return UK_EVENT_PTR(UKARCH_TRAP_BUS_ERROR);
}

/* The event of a synchronous exception; __NULL for one without. */
static struct uk_event *event_of(unsigned long esr)
{
	switch (CLASS(esr)) {
	case 0x00: /* unknown instruction */
	case 0x0e: /* illegal state */
		return UK_EVENT_PTR(UKARCH_TRAP_INVALID_OP);
	case 0x15: /* svc */
		return UK_EVENT_PTR(UKARCH_TRAP_SYSCALL);
	case 0x20: /* of an instruction */
	case 0x21:
	case 0x24: /* of data */
	case 0x25:
		return event_of_abort(STATUS(esr));
	case 0x22: /* alignment of pc and of sp */
	case 0x26:
		return UK_EVENT_PTR(UKARCH_TRAP_BUS_ERROR);
	case 0x28: /* floating point */
	case 0x2c:
		return UK_EVENT_PTR(UKARCH_TRAP_MATH);
	case 0x0d: /* target of a branch, signed pointer */
	case 0x1c:
		return UK_EVENT_PTR(UKARCH_TRAP_SECURITY);
	case 0x30: /* hardware breakpoint, step, watchpoint, brk */
	case 0x31:
	case 0x32:
	case 0x33:
	case 0x34:
	case 0x35:
	case 0x3c:
		return UK_EVENT_PTR(UKARCH_TRAP_DEBUG);
	default:
		return __NULL;
	}
}

static int is_handled(struct __regs *regs, unsigned long vector, void *fp)
{
	struct uk_event *event = vector % KINDS == INTERRUPT
		? UK_EVENT_PTR(UKARCH_TRAP_INTERRUPT)
		: event_of(regs->esr_el1);
	struct ukarch_trap_ctx ctx = {
		.regs = regs,
		.esr = regs->esr_el1,
		.el = vector < OWN_STACKS ? 1 : 0,
		.reason = vector % KINDS,
		.far = regs->far_el1,
		.fp = fp,
	};

	return vector % KINDS <= INTERRUPT && event &&
		uk_raise_event_ptr(event, &ctx) > 0;
}

static void __noreturn crash(const struct __regs *regs, unsigned long vector)
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

static unsigned int level;

int ukarch_traps_nest(void)
{
	return level < LEVELS;
}

/** Called by vectors.S; the code goes on where it returns. */
void uk_trap(struct __regs *regs, unsigned long vector, void *fp);
void uk_trap(struct __regs *regs, unsigned long vector, void *fp)
{
	if (level == LEVELS)
		crash(regs, vector);
	level++;
	if (!is_handled(regs, vector, fp))
		crash(regs, vector);
	level--;
}
