/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the prefix of a kernel line in Unikraft's form.
 * It does not use printf(), since the crash screen has prefixes too, and does
 * not know which lines there are.
 */
#include <uk/ansi.h>
#include <uk/nofault.h>
#include <uk/print.h>
#include "prefix.h"
#include "words.h"

#define TIME_WIDTH 5
#define FRACTION_DIGITS 6
#define LINE_WIDTH 4
#define THREAD_CHARS 32

#define FG(color) UK_ANSI_MOD_COLORFG(color)

struct level {
	/* Five columns. */
	const char *name;
	const char *color;
	const char *text_color;
};

static const struct level levels[] = {
	[KLVL_DEBUG] = { "dbg: ", FG(UK_ANSI_COLOR_WHITE), "" },
	[KLVL_INFO] = { "Info:", UK_ANSI_MOD_BOLD FG(UK_ANSI_COLOR_GREEN), "" },
	[KLVL_WARN] = { "Warn:", UK_ANSI_MOD_BOLD FG(UK_ANSI_COLOR_YELLOW),
			"" },
	[KLVL_ERR] = { "ERR: ", UK_ANSI_MOD_BOLD FG(UK_ANSI_COLOR_RED),
		       FG(UK_ANSI_COLOR_RED) },
	[KLVL_CRIT] = { "CRIT:", UK_ANSI_MOD_BOLD FG(UK_ANSI_COLOR_WHITE)
			UK_ANSI_MOD_COLORBG(UK_ANSI_COLOR_RED),
			UK_ANSI_MOD_BOLD FG(UK_ANSI_COLOR_RED) },
};

/* NULL for messages that have no level. */
static const struct level *level_of(int level)
{
	level &= UK_PRINT_KLVL_MASK;
	if (level == UK_PRINT_KLVL_NONE || level > KLVL_DEBUG)
		return __NULL;
	return &levels[level];
}

const char *prefix_color(int level)
{
	return level_of(level) ? level_of(level)->text_color : "";
}

__weak const char *uk_print_thread_name(void)
{
	return __NULL;
}

static void write_time(prefix_out out, __nsec time)
{
	char digits[FRACTION_DIGITS];
	__u32 usec = ukarch_time_subsec(time) / 1000;
	int i;

	words_text(out, "[");
	words_decimal(out, ukarch_time_nsec_to_sec(time), TIME_WIDTH);
	for (i = FRACTION_DIGITS - 1; i >= 0; i--) {
		digits[i] = '0' + usec % 10;
		usec /= 10;
	}
	words_text(out, ".");
	out(digits, sizeof(digits));
	words_text(out, "] ");
}

/* Somebody else's text: of any length, of any characters, or not there. */
static void write_thread(prefix_out out, const char *name)
{
	unsigned int i;
	char c;

	words_text(out, "<");
	if (!name)
		words_text(out, "<n/a>");
	for (i = 0; name && i < THREAD_CHARS; i++) {
		if (!uk_nofault_try_read(c, name + i)) {
			words_text(out, "?");
			break;
		}
		if (!c)
			break;
		if (c < ' ' || c > '~')
			c = '?';
		out(&c, 1);
	}
	words_text(out, "> ");
}

static void write_caller(prefix_out out, const struct prefix *prefix)
{
	words_text(out, "{r:0x");
	words_hex(out, prefix->caller, 1);
	words_text(out, ",f:0x");
	words_hex(out, prefix->frame, 1);
	words_text(out, "} ");
}

static void write_source(prefix_out out, const struct prefix *prefix)
{
	words_text(out, "<");
	words_text(out, prefix->source);
	words_text(out, " @ ");
	words_decimal(out, prefix->line, LINE_WIDTH);
	words_text(out, "> ");
}

void prefix_write(prefix_out out, const struct prefix *prefix,
		  unsigned int fields)
{
	const struct level *level = level_of(prefix->level);
	int has_color = !!(fields & PREFIX_COLOR);

#define COLOR(sequence)                                                    \
	do {                                                               \
		if (has_color)                                             \
			words_text(out, UK_ANSI_MOD_RESET sequence);       \
	} while (0)

	if (fields & PREFIX_TIME) {
		COLOR(FG(UK_ANSI_COLOR_GREEN));
		write_time(out, prefix->time);
	}
	if (level) {
		COLOR("");
		if (has_color)
			words_text(out, level->color);
		words_text(out, level->name);
		COLOR("");
		words_text(out, " ");
	}
	if (fields & PREFIX_THREAD) {
		COLOR(FG(UK_ANSI_COLOR_BLUE));
		write_thread(out, prefix->thread);
	}
	if ((fields & PREFIX_CALLER) && prefix->caller) {
		COLOR(FG(UK_ANSI_COLOR_RED));
		write_caller(out, prefix);
	}
	if (prefix->library) {
		COLOR(FG(UK_ANSI_COLOR_YELLOW));
		words_text(out, "[");
		words_text(out, prefix->library);
		words_text(out, "] ");
	}
	if ((fields & PREFIX_SOURCE) && prefix->source) {
		COLOR(FG(UK_ANSI_COLOR_CYAN));
		write_source(out, prefix);
	}
	COLOR("");
#undef COLOR
}
