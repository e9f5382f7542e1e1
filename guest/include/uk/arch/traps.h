/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an architecture has to say about exceptions.
 * It refuses to handle any: every one is a crash.
 */
#ifndef __UKARCH_TRAPS_H__
#define __UKARCH_TRAPS_H__

#include <uk/arch/lcpu.h>

/** Makes every exception end in the crash screen. */
void ukarch_traps_init(void);

/**
 * Prints the registers as lines of the crash screen, without allocation and
 * without printf().
 */
void ukarch_regs_say(const struct __regs *regs);

#endif /* __UKARCH_TRAPS_H__ */
