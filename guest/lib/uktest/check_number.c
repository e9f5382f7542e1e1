/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checks of conditions, pointers and whole numbers. The words are Unikraft's.
 */
#include <stdarg.h>
#include <stddef.h>

#include "result.h"
#include "wire.h"

const char *uktest_relation(enum _uk_test_op op)
{
	static const char *const words[] = {
		[_UK_TEST_EQ] = "be",
		[_UK_TEST_NQ] = "not be",
		[_UK_TEST_GT] = "be greater than",
		[_UK_TEST_GE] = "be greater than or equal to",
		[_UK_TEST_LT] = "be less than",
		[_UK_TEST_LE] = "be less than or equal to",
	};

	return words[op];
}

bool uktest_holds(enum _uk_test_op op, int order)
{
	switch (op) {
	case _UK_TEST_EQ:
		return order == 0;
	case _UK_TEST_NQ:
		return order != 0;
	case _UK_TEST_GT:
		return order > 0;
	case _UK_TEST_GE:
		return order >= 0;
	case _UK_TEST_LT:
		return order < 0;
	case _UK_TEST_LE:
		return order <= 0;
	}
	return false;
}

void _uk_test_true(_uk_test_at_t at, const char *text, int is_true)
{
	wire_message("expected `%s` to be true", text);
	uktest_conclude(at, is_true != 0);
}

void _uk_test_msg(_uk_test_at_t at, int is_true, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wire_vmessage(fmt, ap);
	va_end(ap);
	uktest_conclude(at, is_true != 0);
}

void _uk_test_ptr(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		  const void *actual, const void *expected)
{
	bool is_true = uktest_holds(op, actual != expected);

	wire_message("expected `%s` to %s %p %s %p", text, uktest_relation(op),
		     expected, uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

void _uk_test_snum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   long long actual, long long expected)
{
	bool is_true = uktest_holds(op, (actual > expected) -
					(actual < expected));

	wire_message("expected `%s` to %s %lld %s %lld", text,
		     uktest_relation(op), expected,
		     uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

void _uk_test_snum_between(_uk_test_at_t at, const char *text, long long actual,
			   long long least, long long most)
{
	bool is_true = actual >= least && actual <= most;

	wire_message("expected `%s` to be between %lld and %lld %s %lld", text,
		     least, most, uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

void _uk_test_unum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   unsigned long long actual, unsigned long long expected)
{
	bool is_true = uktest_holds(op, (actual > expected) -
					(actual < expected));

	wire_message("expected `%s` to %s %llu %s %llu", text,
		     uktest_relation(op), expected,
		     uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

void _uk_test_unum_between(_uk_test_at_t at, const char *text,
			   unsigned long long actual, unsigned long long least,
			   unsigned long long most)
{
	bool is_true = actual >= least && actual <= most;

	wire_message("expected `%s` to be between %llu and %llu %s %llu", text,
		     least, most, uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}
