/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that is debugged while it runs, and the session around it: between its
 * first stop and its last one it runs under the debugger that is played.
 */
#ifndef UKGDB_CODE_H
#define UKGDB_CODE_H

#include <stdbool.h>
#include <uk/essentials.h>
#include <uk/test.h>

#include "packets.h"

#define TRAP 5
#define PLACE(what) ((unsigned long)(__uptr)(what))

/** False on v86: it has neither steps nor breakpoints of the processor. */
extern bool has_steps;
/** An init function of a suite, which finds that out. */
int find_steps(struct uk_testsuite *suite);

extern volatile int written;
/** Adds to `written`, and gives that. */
__noinline int ukgdb_bump(int by);
/** Gives a hundred more. */
__noinline int ukgdb_other(int by);

/** begin(), with the first packet of a session. */
void prepare(void);
/** Number of the register that says where the code stands. */
unsigned int pc_number(void);
/** Adds a question for where the code stands. */
void add_pc(void);
/** The first stop. The code returns when the debugger lets it go on. */
void start(void);
/** The last stop, in which the debugger leaves. */
void leave(void);

/** The register that is reply number `n`. */
unsigned long value_in(size_t n);

#endif /* UKGDB_CODE_H */
