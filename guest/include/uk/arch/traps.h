/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an architecture has to say about exceptions: which event each raises,
 * and with what. One that no handler takes is a crash.
 */
#ifndef __UKARCH_TRAPS_H__
#define __UKARCH_TRAPS_H__

#include <uk/arch/lcpu.h>
#include <uk/event.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The events, under their names up to 0.20; the newest names are aliases. On
 * x86 there are two more, on arm64 one: see below.
 */
#define UKARCH_TRAP_INVALID_OP trap_invalid_op
#define UKARCH_TRAP_DEBUG trap_debug
#define UKARCH_TRAP_PAGE_FAULT trap_page_fault
#define UKARCH_TRAP_BUS_ERROR trap_bus_error
#define UKARCH_TRAP_MATH trap_math
#define UKARCH_TRAP_SECURITY trap_security
/* Of the kit alone: see uk/plat/interrupt.h. */
#define UKARCH_TRAP_INTERRUPT trap_interrupt

#define UK_LCPU_EXCEPT_EVENT_ERR_INVALID_OP UKARCH_TRAP_INVALID_OP
#define UK_LCPU_EXCEPT_EVENT_DEBUG UKARCH_TRAP_DEBUG
#define UK_LCPU_EXCEPT_EVENT_ERR_PAGE_FAULT UKARCH_TRAP_PAGE_FAULT
#define UK_LCPU_EXCEPT_EVENT_ERR_BUS_ERROR UKARCH_TRAP_BUS_ERROR
#define UK_LCPU_EXCEPT_EVENT_ERR_MATH UKARCH_TRAP_MATH
#define UK_LCPU_EXCEPT_EVENT_ERR_SECURITY UKARCH_TRAP_SECURITY

#ifdef __aarch64__
#define UKARCH_TRAP_SYSCALL trap_syscall

/** What a trap raises its event with. */
struct ukarch_trap_ctx {
	/** A handler may change them: the code goes on with what they say. */
	struct __regs *regs;
	unsigned long esr;
	/** Level of the code, and which kind of exception: 0 is synchronous. */
	int el;
	int reason;
	unsigned long far;
	/** The registers of floating point, as vectors.S keeps them. */
	void *fp;
};
#else
#define UKARCH_TRAP_NMI trap_nmi
#define UKARCH_TRAP_X86_GP trap_x86_gp

/** What a trap raises its event with. */
struct ukarch_trap_ctx {
	/** A handler may change them: the code goes on with what they say. */
	struct __regs *regs;
	int trapnr;
	int error_code;
	/** Of a page fault. */
	unsigned long fault_address;
	/** The registers of floating point, as `fxsave` keeps them. */
	void *fp;
};
#endif

/** Makes every exception end in the crash screen. */
void ukarch_traps_init(void);

/** Whether a handler may let the processor sleep until an interrupt comes. */
int ukarch_traps_nest(void);

/** Of vectors.S: where exceptions go. */
extern const char uk_trap_vectors[];

/**
 * Leaves the boot code for good, with the privilege that lets exceptions have
 * a stack of their own.
 */
void ukarch_go_on(void (*entry)(void)) __noreturn;

/**
 * Prints the registers as lines of the crash screen, without allocation and
 * without printf().
 */
void ukarch_regs_say(const struct __regs *regs);

/**
 * Address after the call that led to where these registers are, if that is no
 * frame of its own: a function that calls nobody may do without one, and what
 * was jumped to by mistake has none.
 *
 * @return the address, 0 when there is none or nothing is certain
 */
__uptr ukarch_frameless_caller(const struct __regs *regs);

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_TRAPS_H__ */
