/* SPDX-License-Identifier: BSD-3-Clause */
/* Registers of code that has stopped, in packets: `g`, `G`, `p`, `P`. */
#ifndef UKGDB_REGISTERS_H
#define UKGDB_REGISTERS_H

#include <uk/arch/gdb.h>

/** Adds a register to an answer, or as many `x`; 0 where there is none. */
int registers_put(const struct ukarch_gdb_regs *regs, unsigned int number);
/** Adds all registers of packet `g`. */
void registers_put_all(const struct ukarch_gdb_regs *regs);
/**
 * Changes a register.
 *
 * @param hex digits of its bytes, of which there may be more
 * @return digits that were used; 0 where it cannot be changed
 */
unsigned int registers_set(const struct ukarch_gdb_regs *regs,
			   unsigned int number, const char *hex);
/** Changes all registers that can be. 0 where digits are missing. */
int registers_set_all(const struct ukarch_gdb_regs *regs, const char *hex);

#endif /* UKGDB_REGISTERS_H */
