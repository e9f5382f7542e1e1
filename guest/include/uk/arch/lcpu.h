/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The processor: its registers as a trap leaves them, and its switches.
 * It does not cover more than one processor.
 */
#ifndef __UKARCH_LCPU_H__
#define __UKARCH_LCPU_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

#define __PAGE_SHIFT 12
#define __PAGE_SIZE 4096UL
#define __STACK_SIZE 0x10000UL

#ifndef __ASSEMBLER__

/*
 * The order is that of the trap stubs in vectors.S of the architecture; a
 * change here is a change there.
 */
#if defined(__i386__)
struct __regs {
	unsigned long edi, esi, ebp, esp_unused, ebx, edx, ecx, eax;
	unsigned long vector, error;
	unsigned long eip, cs, eflags;
	/* The processor pushes none of these two: the stub works them out. */
	unsigned long esp, ss;
};
#define __REGS_PC(regs) ((regs)->eip)
#define __REGS_SP(regs) ((regs)->esp)
#define __REGS_FP(regs) ((regs)->ebp)
#elif defined(__x86_64__)
struct __regs {
	unsigned long r15, r14, r13, r12, rbp, rbx;
	unsigned long r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
	unsigned long vector, error;
	unsigned long rip, cs, eflags, rsp, ss;
};
#define __REGS_PC(regs) ((regs)->rip)
#define __REGS_SP(regs) ((regs)->rsp)
#define __REGS_FP(regs) ((regs)->rbp)
#elif defined(__aarch64__)
struct __regs {
	unsigned long x[30];
	unsigned long lr, sp, elr_el1, spsr_el1, esr_el1, far_el1;
};
#define __REGS_PC(regs) ((regs)->elr_el1)
#define __REGS_SP(regs) ((regs)->sp)
#define __REGS_FP(regs) ((regs)->x[29])
#endif

/**
 * Writes down the registers as they are after the call: those that a called
 * function may change hold what they happen to hold.
 */
void ukarch_capture(struct __regs *regs);

/** Stops for ever; nothing wakes this processor. */
static inline void __noreturn ukarch_stop(void)
{
	for (;;) {
#ifdef __aarch64__
		__asm__ __volatile__("msr daifset, #15; wfi" : : : "memory");
#else
		__asm__ __volatile__("cli; hlt" : : : "memory");
#endif
	}
}

/** Tells the processor that this is a loop that waits. */
static inline void ukarch_spinwait(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("yield" : : : "memory");
#else
	__asm__ __volatile__("pause" : : : "memory");
#endif
}

#define mb() __sync_synchronize()
#define rmb() __sync_synchronize()
#define wmb() __sync_synchronize()

#endif /* !__ASSEMBLER__ */

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_LCPU_H__ */
