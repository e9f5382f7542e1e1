/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checks of strings, which are shown in C's notation so that every difference
 * is visible. A pointer that is NULL equals NULL only.
 */
#include <stddef.h>
#include <string.h>

#include "result.h"
#include "wire.h"

/* One character inside quotes. */
static void put_char(unsigned char byte)
{
	static const char names[] = "abtnvfr";

	if (byte == '"' || byte == '\\')
		wire_message("\\%c", byte);
	else if (byte >= '\a' && byte <= '\r')
		wire_message("\\%c", names[byte - '\a']);
	else if (byte < 0x20 || byte == 0x7f)
		wire_message("\\x%02x", byte);
	else
		wire_message("%c", byte);
}

static void put_string(const char *text, size_t most)
{
	if (text == NULL) {
		wire_message("NULL");
		return;
	}
	wire_message("\"");
	for (size_t i = 0; i < most && text[i] != '\0'; i++)
		put_char((unsigned char)text[i]);
	wire_message("\"");
}

static bool equal(const char *a, const char *b, size_t most)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strncmp(a, b, most) == 0;
}

void _uk_test_str(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		  const char *actual, const char *expected, size_t most)
{
	bool is_true = uktest_holds(op, !equal(actual, expected, most));

	wire_message("expected `%s` to %s ", text, uktest_relation(op));
	put_string(expected, most);
	wire_message(" %s ", uktest_clause(is_true));
	put_string(actual, most);
	uktest_conclude(at, is_true);
}

void _uk_test_str_contains(_uk_test_at_t at, int is_expected, const char *text,
			   const char *actual, const char *part)
{
	bool contains = actual != NULL && part != NULL &&
			strstr(actual, part) != NULL;
	bool is_true = contains == (is_expected != 0);

	wire_message("expected `%s` to %scontain ", text,
		     is_expected ? "" : "not ");
	put_string(part, (size_t)-1);
	wire_message(" %s ", uktest_clause(is_true));
	put_string(actual, (size_t)-1);
	uktest_conclude(at, is_true);
}
