/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checks of memory: where two blocks differ, and a hexdump of both sides around
 * that place. It shows a few rows, never whole blocks.
 */
#include <stddef.h>
#include <stdint.h>

#include "result.h"
#include "wire.h"

#define ROW_BYTES 16

static size_t first_difference(const uint8_t *a, const uint8_t *b, size_t len)
{
	size_t at = 0;

	while (at < len && a[at] == b[at])
		at++;
	return at;
}

static char digit(unsigned int value)
{
	return "0123456789abcdef"[value & 15];
}

/* One row: the bytes from `from` on, the differing one in brackets. */
static void dump_row(const char *side, const uint8_t *bytes, size_t from,
		     size_t len, size_t differing)
{
	char text[3 * ROW_BYTES + 2];
	size_t at, out = 0;

	for (at = from; at < len && at < from + ROW_BYTES; at++) {
		if (at == differing)
			text[out++] = '[';
		else if (at == differing + 1 && at > from)
			text[out++] = ']';
		else
			text[out++] = ' ';
		text[out++] = digit(bytes[at] >> 4);
		text[out++] = digit(bytes[at]);
	}
	if (at == differing + 1)
		text[out++] = ']';
	wire_note("  %s %08lx:%.*s", side, (unsigned long)from, (int)out, text);
}

static void show_difference(const uint8_t *actual, const uint8_t *expected,
			    size_t len, size_t at)
{
	size_t from = at - at % ROW_BYTES;

	wire_note("  first difference at offset %lu of %lu bytes",
		  (unsigned long)at, (unsigned long)len);
	dump_row("is    ", actual, from, len, at);
	dump_row("wanted", expected, from, len, at);
}

void _uk_test_bytes(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		    const char *expected_text, const void *actual,
		    const void *expected, size_t len)
{
	size_t differing = len;
	bool is_true;

	/* NULL has no bytes: it differs from every block but itself. */
	if (actual != NULL && expected != NULL)
		differing = first_difference(actual, expected, len);
	else if (actual != expected && len > 0)
		differing = 0;
	is_true = uktest_holds(op, differing < len);
	wire_message("expected `%s` at %p to %s `%s` at %p", text, actual,
		     op == _UK_TEST_EQ ? "equal" : "not equal", expected_text,
		     expected);
	uktest_result(at, is_true);
	if (!is_true && differing < len && actual != NULL && expected != NULL)
		show_difference(actual, expected, len, differing);
	uktest_consequence(at, is_true);
}
