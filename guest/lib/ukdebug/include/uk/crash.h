/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crash screen, and the few words that a crash may be told with.
 * It does not allocate, format or come back.
 */
#ifndef __UK_CRASH_H__
#define __UK_CRASH_H__

#include <uk/arch/lcpu.h>
#include <uk/event.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What UK_CRASH_EVENT is raised with, once the screen is printed. */
struct uk_crash_event_param {
	/** __NULL for a crash within a crash. */
	const struct __regs *regs;
	/** What has crashed: a trap by its name, `assertion` or `crash`. */
	const char *what;
};

/**
 * Prints the crash screen of these registers and ends the machine as crashed.
 * A second crash meanwhile is named in one line, a third ends the machine.
 */
void uk_crash(const struct __regs *regs) __noreturn;

/**
 * Called when the screen is printed, before the machine ends. It does nothing:
 * debuggers stop here, and another library may have its own.
 *
 * @param regs what uk_crash() was given; __NULL for a crash within a crash
 */
void uk_crash_on_screen(const struct __regs *regs);

/**
 * To be called before the first word about a crash. A crash within a crash
 * does not come back from here.
 *
 * @param what name of this crash for the line about a crash within a crash
 */
void uk_crash_enter(const char *what);

/** Adds a line about an address that could not be reached, if one helps. */
void uk_crash_address(__uptr address);

/** Begins a line of level CRIT; source may be NULL for no such field. */
void uk_crash_line(const char *library, const char *source,
		   unsigned int line);
/** Adds text, which ends in a NUL. */
void uk_crash_text(const char *text);
/** Adds bytes. */
void uk_crash_bytes(const char *text, __sz len);
/** Adds a number in hexadecimal digits, filled up with zeros. */
void uk_crash_hex(unsigned long long value, unsigned int digits);
/** Adds a number in decimal digits, filled up with blanks. */
void uk_crash_decimal(unsigned long long value, unsigned int width);
/** Ends the line. */
void uk_crash_end(void);

#ifdef __cplusplus
}
#endif

#endif /* __UK_CRASH_H__ */
