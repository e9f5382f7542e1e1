/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One report of undefined behaviour, as one line. It is private to the library.
 */
#ifndef UBSAN_REPORT_H
#define UBSAN_REPORT_H

#include <stdbool.h>
#include <uk/essentials.h>

#include "abi.h"

/** The test library counts reports; without it they are printed only. */
void uk_test_finding(void);

/**
 * Prints a report.
 *
 * @param is_fatal ends the machine as crashed; so does every report when the
 *	command line holds the word `ubsan.abort`
 */
void ubsan_report(const struct ubsan_location *at, bool is_fatal,
		  const char *fmt, ...) __printf(3, 4);

/**
 * Called for each report that does not end the machine, once it is printed. It
 * does nothing: debuggers stop here, and another library may have its own.
 */
void ubsan_on_finding(void);

#endif /* UBSAN_REPORT_H */
