/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a GDB stub needs of an architecture: its registers in the order of the
 * remote protocol, steps, breakpoints. It knows neither packets nor a line.
 */
#ifndef __UKARCH_GDB_H__
#define __UKARCH_GDB_H__

#include <uk/arch/traps.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where the registers of code that has stopped are. */
struct ukarch_gdb_regs {
	struct __regs *core;
	/** Those of floating point; __NULL where they are not known. */
	void *fp;
};

/** The widest register, in bytes. */
#define UKARCH_GDB_WIDEST 16

/** Where the value of a register is kept. */
enum ukarch_gdb_place {
	/** In struct __regs. */
	UKARCH_GDB_CORE,
	/** Among the registers of floating point. */
	UKARCH_GDB_FLOAT,
	/** In the processor; `at` is a number of the architecture's own. */
	UKARCH_GDB_LIVE,
};

/** A register of the description. */
struct ukarch_gdb_register {
	/** Bytes of the protocol; what is kept may be fewer, zeros follow. */
	__u8 bytes;
	/** 0 for a value that is worked out, as if it were live. */
	__u8 kept;
	__u8 place;
	__u16 at;
};

/** All registers, in their order. */
extern const struct ukarch_gdb_register ukarch_gdb_registers[];
extern const unsigned int ukarch_gdb_register_count;
/** How many of them, from the first on, packet `g` has. */
extern const unsigned int ukarch_gdb_general_count;

/**
 * The description of the registers for the debugger.
 * Source of the form: GDB manual, "Target Description Format".
 */
extern const char ukarch_gdb_target[];

/** A register that is kept nowhere. */
unsigned long ukarch_gdb_live(const struct ukarch_gdb_regs *regs,
			      unsigned int at);

/** The instruction of a breakpoint. */
#define UKARCH_GDB_BREAK_BYTES_MAX 4
extern const __u8 ukarch_gdb_break[];
extern const unsigned int ukarch_gdb_break_bytes;

/** Raises the debug event. The address after it is where the code goes on. */
static inline void ukarch_gdb_trap(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("brk #0" : : : "memory");
#else
	__asm__ __volatile__("int3" : : : "memory");
#endif
}

/** Keeps interrupts away; the result is for ukarch_gdb_allow(). */
static inline unsigned long ukarch_gdb_forbid(void)
{
	unsigned long flags;

#ifdef __aarch64__
	__asm__ __volatile__("mrs %0, daif; msr daifset, #2"
			     : "=r"(flags) : : "memory");
#else
	__asm__ __volatile__("pushf; pop %0; cli" : "=r"(flags) : : "memory");
#endif
	return flags;
}

static inline void ukarch_gdb_allow(unsigned long flags)
{
#ifdef __aarch64__
	__asm__ __volatile__("msr daif, %0" : : "r"(flags) : "memory");
#else
	if (flags & 0x200)
		__asm__ __volatile__("sti" : : : "memory");
#endif
}

/** Why the debug event was raised. */
enum ukarch_gdb_cause {
	/** An instruction of a breakpoint, which `address` is that of. */
	UKARCH_GDB_BREAK,
	/** One instruction was executed. */
	UKARCH_GDB_STEP,
	/** A breakpoint of the processor. */
	UKARCH_GDB_HARD_BREAK,
	/** Memory at `address` was, or is to be, accessed. */
	UKARCH_GDB_WATCH,
};

struct ukarch_gdb_trap {
	enum ukarch_gdb_cause cause;
	__uptr address;
	/** Of a watchpoint: the kind that it was set with. */
	char kind;
};

/** Reads why the debug event was raised. */
struct ukarch_gdb_trap ukarch_gdb_why(const struct ukarch_trap_ctx *ctx);

/** How code goes on. */
enum {
	/** For one instruction. */
	UKARCH_GDB_ONE = 1,
	/** With interrupts, which else the kit never has. */
	UKARCH_GDB_INTERRUPTS = 2,
};

/**
 * Has the code go on, until something stops it. What was changed for that is
 * changed back by ukarch_gdb_stopped().
 *
 * @param how of UKARCH_GDB_*
 */
void ukarch_gdb_go_on(struct __regs *core, int how);

/**
 * Where the code may go with its next instruction, for a processor that does
 * not stop after it.
 *
 * @return number of addresses; 0 where only UKARCH_GDB_ONE can do it
 */
unsigned int ukarch_gdb_next(const struct __regs *core, __uptr next[2]);

/** The code has stopped: registers are its own again, nothing traps. */
void ukarch_gdb_stopped(struct __regs *core);

/**
 * Sets or takes away a breakpoint or watchpoint of the processor.
 *
 * @param kind as in packet `Z`: 1 breakpoint, 2 write, 3 read, 4 access
 * @return 0, or -1 where the processor has none left or cannot do that
 */
int ukarch_gdb_hard_set(char kind, __uptr address, __sz len);
int ukarch_gdb_hard_clear(char kind, __uptr address, __sz len);
void ukarch_gdb_hard_clear_all(void);

/** Instructions at these addresses were written. */
void ukarch_gdb_written(__uptr address, __sz len);

/** Number of the signal, as gdb counts them, that stands for a trap. */
int ukarch_gdb_signal(const struct ukarch_trap_ctx *ctx);

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_GDB_H__ */
