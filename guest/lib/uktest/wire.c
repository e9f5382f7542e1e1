/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The only file of the test library that prints, and the only one that knows
 * how its lines look. Control characters never get through, so that no message
 * can end its line or look like a line of its own.
 */
#include <stdio.h>
#include <string.h>
#include <uk/print.h>

#include "port.h"
#include "wire.h"

#define WIRE_LEVEL	(KLVL_INFO | UK_PRINT_PROTOCOL)
#define RESET		"\033[0m"
#define MESSAGE_COLUMNS	80

/* A line goes out in pieces, since nothing bounds its length. */
struct line {
	bool has_library;
	unsigned int columns;
	unsigned int held;
	char text[120];
};

static struct line result;
static bool is_silent;

void wire_mute(bool is_muted)
{
	is_silent = is_muted;
	result.held = 0;
	result.columns = 0;
}

static void flush(struct line *line)
{
	if (line->held > 0 && !is_silent)
		_uk_printk(WIRE_LEVEL, line->has_library ? uk_libid_self() :
			   UKLIBID_NONE, NULL, 0, "%.*s", (int)line->held,
			   line->text);
	line->held = 0;
}

static void put(struct line *line, char byte)
{
	if (line->held == sizeof(line->text))
		flush(line);
	line->text[line->held++] = byte;
	line->columns++;
}

static void put_raw(struct line *line, const char *text)
{
	while (*text != '\0')
		put(line, *text++);
}

static int is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

/* Text of a line, from somewhere else. */
static void sink_text(void *cookie, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		put(cookie, is_control(text[i]) ? '?' : text[i]);
}

static void put_text(struct line *line, const char *text)
{
	while (*text != '\0')
		sink_text(line, text++, 1);
}

static void end(struct line *line)
{
	put(line, '\n');
	flush(line);
	line->columns = 0;
}

void wire_control(const char *fmt, ...)
{
	struct line line = { .has_library = true };
	va_list ap;

	put_raw(&line, "uktest:");
	va_start(ap, fmt);
	uk_vformat(sink_text, &line, fmt, ap);
	va_end(ap);
	end(&line);
}

static const char *format_outside(char *out, size_t bytes, unsigned int outside)
{
	out[0] = '\0';
	if (outside > 0)
		snprintf(out, bytes, " outside=%u", outside);
	return out;
}

void wire_done(const char *suite, unsigned int cases, unsigned int failed,
	       unsigned int outside)
{
	char more[24];

	wire_control("done %s cases=%u failed=%u%s", suite, cases, failed,
		     format_outside(more, sizeof(more), outside));
}

void wire_end(unsigned int cases, unsigned int failed, unsigned int skipped,
	      unsigned int outside)
{
	char more[24];

	wire_control("end cases=%u failed=%u skipped=%u%s", cases, failed,
		     skipped, format_outside(more, sizeof(more), outside));
}

void wire_header(const char *suite, const char *name, const char *label,
		 const char *description)
{
	struct line line = { .has_library = false };

	put_raw(&line, "test:" RESET " ");
	put_text(&line, suite);
	put_raw(&line, "->");
	put_text(&line, name);
	if (label != NULL) {
		put(&line, '/');
		put_text(&line, label);
	}
	if (description != NULL) {
		put_raw(&line, ": ");
		put_text(&line, description);
	}
	end(&line);
}

void wire_vmessage(const char *fmt, va_list ap)
{
	if (is_silent)
		return;
	if (result.columns == 0) {
		put(&result, '\t');
		result.columns = 1;
	}
	uk_vformat(sink_text, &result, fmt, ap);
}

void wire_message(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wire_vmessage(fmt, ap);
	va_end(ap);
}

void wire_status(enum wire_status status)
{
	static const char *const words[] = {
		[WIRE_PASSED] = " [ PASSED ]",
		[WIRE_FAILED] = " [ FAILED ]",
		[WIRE_OMITTED_PASSED] = " [ OMITTED/PASSED ]",
		[WIRE_OMITTED_FAILED] = " [ OMITTED/FAILED ]",
	};

	/* One column for the TAB, one for the blank in front of the dots. */
	put(&result, ' ');
	do
		put(&result, '.');
	while (result.columns < MESSAGE_COLUMNS + 2);
	put_raw(&result, words[status]);
	end(&result);
}

void wire_location(const char *file, unsigned int line_number)
{
	struct line line = { .has_library = false };

	put_raw(&line, "\t  in ");
	put_text(&line, file);
	flush(&line);
	if (!is_silent)
		_uk_printk(WIRE_LEVEL, UKLIBID_NONE, NULL, 0, ":%u\n",
			   line_number);
}

/* Text of a note, whose line ends are its own. */
static void sink_note(void *cookie, const char *text, size_t len)
{
	struct line *line = cookie;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n') {
			end(line);
			continue;
		}
		if (line->columns == 0)
			put(line, '\t');
		put(line, text[i] != '\t' && is_control(text[i]) ? '?' :
		    text[i]);
	}
}

void wire_vnote(const char *fmt, va_list ap)
{
	struct line line = { .has_library = false };

	if (is_silent)
		return;
	uk_vformat(sink_note, &line, fmt, ap);
	if (line.columns > 0)
		end(&line);
}

void wire_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wire_vnote(fmt, ap);
	va_end(ap);
}

void wire_statistics(const char *what, unsigned int failed,
		     unsigned int total)
{
	if (failed > 0)
		_uk_printk(WIRE_LEVEL, uk_libid_self(), NULL, 0,
			   "uktest:%s%u failed" RESET ", %u total\n", what,
			   failed, total);
	else
		_uk_printk(WIRE_LEVEL, uk_libid_self(), NULL, 0,
			   "uktest:%s%u total\n", what, total);
}

void wire_init_failed(const char *suite)
{
	uk_printk(KLVL_ERR | UK_PRINT_PROTOCOL,
		  "Could not initialize test suite: %s\n", suite);
}

void wire_fail_fast(const char *file, unsigned int line)
{
	const char *slash = strrchr(file, '/');

	_uk_printk(KLVL_CRIT | UK_PRINT_PROTOCOL, uk_libid_self(),
		   slash != NULL ? slash + 1 : file, line, "Crashing on first failure!\n");
}
