/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The exceptions of x86, for both widths: whether one is handled, and how it
 * is reported where it is not.
 */
#ifndef __UKARCH_X86_TRAPS_H__
#define __UKARCH_X86_TRAPS_H__

#include <uk/arch/traps.h>

#ifdef __cplusplus
extern "C" {
#endif

#define X86_EXCEPTIONS 32
/* Those of devices follow. */
#define X86_VECTORS 48

static inline unsigned long x86_fault_address(void)
{
	unsigned long vaddr;

	__asm__ __volatile__("mov %%cr2, %0" : "=r"(vaddr));
	return vaddr;
}

/**
 * Asks the handlers of an exception.
 *
 * @return whether the code is to go on, with the registers of the record
 */
int x86_is_handled(struct __regs *regs, void *fp, unsigned long vaddr);

/**
 * Says which exception it was, then prints the crash screen.
 *
 * @param regs of the code; for a breakpoint they change to stand on it
 */
void x86_crash(struct __regs *regs, unsigned long vaddr) __noreturn;

/* Of entry.S: the segments. */
extern __u64 uk_boot_gdt[];

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_X86_TRAPS_H__ */
