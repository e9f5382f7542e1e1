/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text and numbers without a format string, to wherever a line goes.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKDEBUG_WORDS_H
#define UKTEST_UKDEBUG_WORDS_H

#include "prefix.h"

/** Text that ends in a NUL. */
void words_text(prefix_out out, const char *text);

/** A number in hexadecimal digits, filled up with zeros. */
void words_hex(prefix_out out, unsigned long long value, unsigned int digits);

/** A number in decimal digits, filled up with blanks. */
void words_decimal(prefix_out out, unsigned long long value,
		   unsigned int width);

#endif /* UKTEST_UKDEBUG_WORDS_H */
