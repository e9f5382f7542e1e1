/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a debugger may do with code that has stopped. What stops it is in
 * entry.c.
 */
#ifndef __UK_GDB_STUB_H__
#define __UK_GDB_STUB_H__

#include <uk/arch/gdb.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Why the code has stopped. */
struct stub_stop {
	/** Number of the signal, as gdb counts them. */
	int signal;
	/** Of a trap that belongs to the debugger; else a STEP. */
	struct ukarch_gdb_trap trap;
};

enum stub_next {
	/** More packets. */
	STUB_STAY,
	/** The code goes on. */
	STUB_GO_ON,
	/** The code gets its signal: what has stopped it is not handled. */
	STUB_DELIVER,
};

/** Serves the debugger until it lets the code run; waits for one. */
enum stub_next stub_serve(const struct ukarch_gdb_regs *regs,
			  const struct stub_stop *why);

/** Whether a step that has ended here is to go on, without a word. */
int stub_is_in_range(__uptr address);

/** Whether the debugger wants to step, so that a trap is its own. */
int stub_is_stepping(void);
/** Whether a debugger has the code run. */
int stub_is_attached(void);
/** Whether a debugger has said that the code runs without it. */
int stub_is_detached(void);
/** As before any debugger, for one that has left and comes again. */
void stub_forget(void);
/** A stop is not reported: its debugger is another one, which asks. */
void stub_reset(void);

/** Whether the debugger of a code that runs wants it to stop. */
int stub_is_to_stop(void);

/* The number of the signal of that, as gdb counts them. */
#define STUB_INTERRUPT 2

/** The processor has neither steps nor breakpoints of its own. */
int stub_lacks_steps(void);

/** The debugger's line is the console's: what is printed comes in packets. */
int stub_shares_console(void);

/** The stub works: traps are its own fault, or a step into its printing. */
extern int stub_is_busy;

/**
 * Stops the code here, by a trap.
 *
 * @param regs what the debugger is shown instead of the code's own registers,
 *	and cannot change; __NULL for these
 */
void stub_stop_here(int signal, const struct __regs *regs);

/** Answers a packet that begins with `q` or `Q`, and ends in a NUL. */
void query_answer(const char *packet, unsigned int len);

/** Runs a command of `monitor`, which is still in hexadecimal digits. */
void monitor_answer(const char *hex);

/** Packets `m`, `M` and `X` without their letters. */
void memory_read(const char *at);
void memory_write(const char *at);
void memory_write_binary(const char *at, unsigned int len);

#define STUB_OK "OK"
#define STUB_NO_MEMORY "E14"
#define STUB_INVALID "E22"

#ifdef __cplusplus
}
#endif

#endif /* __UK_GDB_STUB_H__ */
