/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The exceptions of x86: their events, their names, and the words of their
 * reports. No allocation and no printf(): this is fault path.
 */
#include <uk/arch/traps.h>
#include <uk/arch/x86/traps.h>
#include <uk/crash.h>
#include <uk/print.h>

#define X86_DEBUG 1
#define X86_NMI 2
#define X86_BREAKPOINT 3
#define X86_DOUBLE_FAULT 8
#define X86_PAGE_FAULT 14

static const char *const names[X86_EXCEPTIONS] = {
	"divide error", "debug", "nmi", "breakpoint", "overflow",
	"bound range exceeded", "invalid opcode", "device not available",
	"double fault", "coprocessor segment overrun", "invalid tss",
	"segment not present", "stack segment fault", "general protection",
	"page fault", "reserved", "floating point error", "alignment check",
	"machine check", "simd error", "virtualization error",
	"control protection", "reserved", "reserved", "reserved", "reserved",
	"reserved", "reserved", "hypervisor injection", "vmm communication",
	"security error", "reserved",
};

static void say_exception(const struct __regs *regs, unsigned long vaddr)
{
	const char *name = names[regs->vector % X86_EXCEPTIONS];

	uk_crash_enter(name);
	/* A double fault keeps the address of the page fault it began with. */
	if (regs->vector == X86_PAGE_FAULT || regs->vector == X86_DOUBLE_FAULT)
		uk_crash_address(vaddr);
	uk_crash_line(UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__);
	if (regs->vector == X86_PAGE_FAULT) {
		uk_crash_text("Unhandled page fault vaddr=0x");
		uk_crash_hex(vaddr, 1);
	} else {
		uk_crash_text("Unhandled Trap ");
		uk_crash_decimal(regs->vector, 1);
		uk_crash_text(" (");
		uk_crash_text(name);
		uk_crash_text(")");
	}
	uk_crash_text(", error code=0x");
	uk_crash_hex(regs->error, 1);
	uk_crash_end();
}

UK_EVENT(UKARCH_TRAP_INVALID_OP);
UK_EVENT(UKARCH_TRAP_DEBUG);
UK_EVENT(UKARCH_TRAP_PAGE_FAULT);
UK_EVENT(UKARCH_TRAP_BUS_ERROR);
UK_EVENT(UKARCH_TRAP_MATH);
UK_EVENT(UKARCH_TRAP_SECURITY);
UK_EVENT(UKARCH_TRAP_NMI);
UK_EVENT(UKARCH_TRAP_X86_GP);
UK_EVENT(UKARCH_TRAP_INTERRUPT);

/* The event of an exception; __NULL for one that cannot be handled. */
static struct uk_event *event_of(unsigned long vector)
{
	static struct uk_event *const events[X86_EXCEPTIONS] = {
		[0] = &uk_event_trap_math,
		[X86_DEBUG] = &uk_event_trap_debug,
		[X86_NMI] = &uk_event_trap_nmi,
		[X86_BREAKPOINT] = &uk_event_trap_debug,
		[6] = &uk_event_trap_invalid_op,
		[7] = &uk_event_trap_math,
		[11] = &uk_event_trap_bus_error,
		[12] = &uk_event_trap_bus_error,
		[13] = &uk_event_trap_x86_gp,
		[X86_PAGE_FAULT] = &uk_event_trap_page_fault,
		[16] = &uk_event_trap_math,
		[17] = &uk_event_trap_bus_error,
		[19] = &uk_event_trap_math,
		[21] = &uk_event_trap_security,
	};

	return vector < X86_EXCEPTIONS ? events[vector]
					: &uk_event_trap_interrupt;
}

int x86_is_handled(struct __regs *regs, void *fp, unsigned long vaddr)
{
	struct uk_event *event = event_of(regs->vector);
	struct ukarch_trap_ctx ctx = {
		.regs = regs,
		.trapnr = regs->vector,
		.error_code = regs->error,
		.fault_address = vaddr,
		.fp = fp,
	};

	return event && uk_raise_event_ptr(event, &ctx) > 0;
}

void x86_crash(struct __regs *regs, unsigned long vaddr)
{
	/*
	 * The processor stands after the instruction of a breakpoint. As
	 * with calls, the byte before that is what has the right line.
	 */
	if (regs->vector == X86_BREAKPOINT)
		__REGS_PC(regs)--;
	say_exception(regs, vaddr);
	uk_crash(regs);
}
