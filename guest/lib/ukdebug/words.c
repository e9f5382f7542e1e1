/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The words of a crash report, straight to the console.
 * It does not allocate, format by a string or hold text back: this is
 * fault path, where heap, printf() and most of the stack may be broken.
 */
#include <uk/crash.h>
#include <uk/plat/console.h>
#include <uk/print.h>
#include "output.h"
#include "words.h"

#define HEX_DIGITS 16
#define DECIMAL_DIGITS 20

void words_text(prefix_out out, const char *text)
{
	__sz len = 0;

	while (text[len])
		len++;
	if (len)
		out(text, len);
}

void words_hex(prefix_out out, unsigned long long value, unsigned int digits)
{
	char text[HEX_DIGITS];
	unsigned int at = HEX_DIGITS;

	do {
		text[--at] = "0123456789abcdef"[value & 0xf];
		value >>= 4;
	} while (at && (value || HEX_DIGITS - at < digits));
	out(text + at, HEX_DIGITS - at);
}

void words_decimal(prefix_out out, unsigned long long value,
		   unsigned int width)
{
	char text[DECIMAL_DIGITS];
	unsigned int at = DECIMAL_DIGITS;

	do {
		text[--at] = '0' + value % 10;
		value /= 10;
	} while (value);
	while (at && DECIMAL_DIGITS - at < width)
		text[--at] = ' ';
	out(text + at, DECIMAL_DIGITS - at);
}

void uk_crash_line(const char *library, const char *source, unsigned int line)
{
	const struct prefix prefix = {
		.level = KLVL_CRIT,
		.library = library,
		.source = source,
		.line = line,
		.time = ukplat_monotonic_clock(),
	};

	output_begin(&output_console, &prefix);
}

void uk_crash_bytes(const char *text, __sz len)
{
	ukplat_coutk(text, len);
}

void uk_crash_text(const char *text)
{
	words_text(uk_crash_bytes, text);
}

void uk_crash_hex(unsigned long long value, unsigned int digits)
{
	words_hex(uk_crash_bytes, value, digits);
}

void uk_crash_decimal(unsigned long long value, unsigned int width)
{
	words_decimal(uk_crash_bytes, value, width);
}

void uk_crash_end(void)
{
	output_end(&output_console);
}
