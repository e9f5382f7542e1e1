/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an architecture has to say about exceptions.
 * It does not handle any: every one is a crash.
 */
#ifndef __UKARCH_TRAPS_H__
#define __UKARCH_TRAPS_H__

#include <uk/arch/lcpu.h>

/** Makes every exception end in the crash screen. */
void ukarch_traps_init(void);

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

#endif /* __UKARCH_TRAPS_H__ */
