/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of the exceptions of x86, and the words of their reports, for both
 * widths. It does not handle any. No allocation and no printf(): fault path.
 */
#ifndef __UKARCH_X86_TRAPS_H__
#define __UKARCH_X86_TRAPS_H__

#include <uk/arch/lcpu.h>
#include <uk/crash.h>
#include <uk/print.h>

#define X86_EXCEPTIONS 32
#define X86_DOUBLE_FAULT 8
#define X86_PAGE_FAULT 14

static const char *const x86_exception_names[X86_EXCEPTIONS] = {
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

static inline void x86_say_exception(const struct __regs *regs,
				     unsigned long vaddr)
{
	const char *name = x86_exception_names[regs->vector % X86_EXCEPTIONS];

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

/** Says which exception it was, then prints the crash screen. */
static inline void __noreturn x86_crash(const struct __regs *regs)
{
	unsigned long vaddr;

	__asm__ __volatile__("mov %%cr2, %0" : "=r"(vaddr));
	x86_say_exception(regs, vaddr);
	uk_crash(regs);
}

/* Of entry.S: the segments. */
extern __u64 uk_boot_gdt[];

#endif /* __UKARCH_X86_TRAPS_H__ */
