/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prints reports of undefined behaviour, in the form of Unikraft since 0.8, and
 * ends the machine where one is fatal. It knows nothing of single checks.
 */
#include <stdio.h>
#include <uk/assert.h>
#include <uk/print.h>

#include "port.h"
#include "report.h"

/* Room for a message with two values and the names of two types. */
#define MESSAGE_BYTES 512

__weak void uk_test_finding(void)
{
}

__weak void ubsan_on_finding(void)
{
}

void ubsan_report(const struct ubsan_location *at, bool is_fatal,
		  const char *fmt, ...)
{
	const char *file = "<unknown file>";
	unsigned int line = 0, column = 0;
	char message[MESSAGE_BYTES];
	va_list ap;

	uk_test_finding();
	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	if (at->file != NULL) {
		file = at->file;
		line = at->line;
		column = at->column;
	}
	if (is_fatal || ubsan_aborts())
		UK_CRASH("Undefined behavior at %s:%u:%u: %s\n", file, line,
			 column, message);
	uk_printk(KLVL_ERR | UK_PRINT_PROTOCOL,
		  "Undefined behavior at %s:%u:%u: %s\n", file, line, column,
		  message);
	ubsan_on_finding();
}
