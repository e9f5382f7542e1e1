/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The lines that the test library prints, one function for each kind. It says
 * nothing about when they are printed; docs/protocol.md has the grammar.
 */
#ifndef UKTEST_WIRE_H
#define UKTEST_WIRE_H

#include <stdarg.h>
#include <stdbool.h>
#include <uk/essentials.h>

enum wire_status {
	WIRE_PASSED,
	WIRE_FAILED,
	WIRE_OMITTED_PASSED,
	WIRE_OMITTED_FAILED,
};

/** Prints nothing until it is called with false. */
void wire_mute(bool is_muted);

/** A whole control line: `uktest:` and more. */
void wire_control(const char *fmt, ...)
	__printf(1, 2);

/**
 * The last line of a suite, and of all tests. `outside` counts assertions that
 * failed outside of any case; where there are none the line has no word of it.
 */
void wire_done(const char *suite, unsigned int cases, unsigned int failed,
	       unsigned int outside);
void wire_end(unsigned int cases, unsigned int failed, unsigned int skipped,
	      unsigned int outside);

/** Header of a case; label and description may be NULL. */
void wire_header(const char *suite, const char *name, const char *label,
		 const char *description);

/** A piece of the message of a result. */
void wire_message(const char *fmt, ...)
	__printf(1, 2);

/** wire_message() with the arguments as a list. */
void wire_vmessage(const char *fmt, va_list ap);

/** Ends the message of a result, and its line. */
void wire_status(enum wire_status status);

/** Says where the assertion of a result stands. */
void wire_location(const char *file, unsigned int line);

/** Free text in the stream of results; a line for each line of it. */
void wire_note(const char *fmt, ...)
	__printf(1, 2);

/** wire_note() with the arguments as a list. */
void wire_vnote(const char *fmt, va_list ap);

/** A statistics line; `what` has its colon and its blanks. */
void wire_statistics(const char *what, unsigned int failed,
		     unsigned int total);

/** Unikraft's words for a suite whose init function failed. */
void wire_init_failed(const char *suite);

/** The last words with uktest.failfast; does not end the machine. */
void wire_fail_fast(const char *file, unsigned int line);

#endif /* UKTEST_WIRE_H */
