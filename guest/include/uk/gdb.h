/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The GDB stub of an image that is linked with it: the code stops, and a
 * debugger looks into it over the serial line. Without a word on the command
 * line it does nothing at all.
 *
 *	uktest.gdb		all of the following
 *	uktest.gdb=boot		waits before the first constructor
 *	uktest.gdb=fault	stops at exceptions that no handler takes
 *	uktest.gdb=assert	stops at failed assertions and UBSAN findings
 *	uktest.gdb=crash	stops after a crash screen
 *	uktest.gdb.line=second	speaks on the second serial line, if there is one
 *	uktest.gdb.step=breakpoints
 *				steps on a processor that has no step: v86
 *
 * Otherwise the line is the console's: what the code prints while a debugger
 * lets it run comes in `O` packets. Before, a line says that it waits.
 * Source of the protocol: GDB manual, "Remote Protocol".
 */
#ifndef __UK_GDB_H__
#define __UK_GDB_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Stops for the debugger, and waits for one where none is there. Returns at
 * once where the command line asks for none, or a debugger has detached.
 */
void uk_gdb_break(void);

/** Whether a debugger has the code run, so that its console is shared. */
int uk_gdb_is_attached(void);

/**
 * A command of the debugger's `monitor`.
 *
 * @param words what follows the name, without blanks around it
 */
typedef void (*uk_gdb_command_t)(const char *words);

struct uk_gdb_command {
	const char *name;
	/** One line. */
	const char *help;
	uk_gdb_command_t run;
};

/** Adds a command. Where two have the same name, either may run. */
#define UK_GDB_COMMAND(ident, text, fn)                                    \
	static const struct uk_gdb_command __used                          \
	__section(".uk_gdbtab") __align(sizeof(long))                          \
	uk_gdb_command_##ident = { #ident, text, fn }

/** Answers to a command: text that the debugger prints. */
void uk_gdb_say(const char *text);
void uk_gdb_say_hex(unsigned long long value);
void uk_gdb_say_decimal(unsigned long long value);

/*
 * Of the platform's console: takes what is printed. 0 where no debugger is
 * there to show it.
 */
int uk_gdb_print(const char *buf, unsigned int len);
/* Of the platform: the machine is about to end. */
void uk_gdb_end(int is_crash);

#ifdef __cplusplus
}
#endif

#endif /* __UK_GDB_H__ */
