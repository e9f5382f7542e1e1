/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the prefix of a kernel line in Unikraft's form.
 * It does not use printf(), since the crash screen has prefixes too.
 */
#include <uk/crash.h>
#include <uk/plat/console.h>
#include <uk/plat/time.h>
#include <uk/print.h>
#include "prefix.h"

#define TIME_WIDTH 5
#define FRACTION_DIGITS 6
#define LINE_WIDTH 4

static int open;

static const char *name_of(int level)
{
	switch (level) {
	case KLVL_DEBUG:
		return "dbg:  ";
	case KLVL_CRIT:
		return "CRIT: ";
	case KLVL_ERR:
		return "ERR:  ";
	case KLVL_WARN:
		return "Warn: ";
	default:
		return "Info: ";
	}
}

static void print_time(void)
{
	__nsec now = ukplat_monotonic_clock();
	char digits[FRACTION_DIGITS];
	__u32 usec = ukarch_time_subsec(now) / 1000;
	int i;

	uk_crash_text("[");
	uk_crash_decimal(ukarch_time_nsec_to_sec(now), TIME_WIDTH);
	for (i = FRACTION_DIGITS - 1; i >= 0; i--) {
		digits[i] = '0' + usec % 10;
		usec /= 10;
	}
	uk_crash_text(".");
	uk_crash_bytes(digits, sizeof(digits));
	uk_crash_text("] ");
}

void prefix_print(const struct prefix *prefix)
{
	if (ukplat_console_midline())
		ukplat_coutk("\n", 1);
	print_time();
	uk_crash_text(name_of(prefix->level));
	if (prefix->library) {
		uk_crash_text("[");
		uk_crash_text(prefix->library);
		uk_crash_text("] ");
	}
	if (prefix->source) {
		uk_crash_text("<");
		uk_crash_text(prefix->source);
		uk_crash_text(" @ ");
		uk_crash_decimal(prefix->line, LINE_WIDTH);
		uk_crash_text("> ");
	}
	open = 1;
}

int prefix_is_open(void)
{
	return open && ukplat_console_midline();
}

void prefix_close(void)
{
	open = 0;
}
