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

void _uk_test_saying(_uk_test_at_t at, int is_true, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wire_vmessage(fmt, ap);
	va_end(ap);
	uktest_conclude(at, is_true != 0);
}

void _uk_test_ptr(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		  const void *is, const void *wanted)
{
	bool is_true = uktest_holds(op, is != wanted);

	wire_message("expected `%s` to %s %p %s %p", text, uktest_relation(op),
		     wanted, uktest_clause(is_true), is);
	uktest_conclude(at, is_true);
}

void _uk_test_snum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   long long is, long long wanted)
{
	bool is_true = uktest_holds(op, (is > wanted) - (is < wanted));

	wire_message("expected `%s` to %s %lld %s %lld", text,
		     uktest_relation(op), wanted, uktest_clause(is_true), is);
	uktest_conclude(at, is_true);
}

void _uk_test_snum_between(_uk_test_at_t at, const char *text, long long is,
			   long long least, long long most)
{
	bool is_true = is >= least && is <= most;

	wire_message("expected `%s` to be between %lld and %lld %s %lld", text,
		     least, most, uktest_clause(is_true), is);
	uktest_conclude(at, is_true);
}

void _uk_test_unum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   unsigned long long is, unsigned long long wanted)
{
	bool is_true = uktest_holds(op, (is > wanted) - (is < wanted));

	wire_message("expected `%s` to %s %llu %s %llu", text,
		     uktest_relation(op), wanted, uktest_clause(is_true), is);
	uktest_conclude(at, is_true);
}

void _uk_test_unum_between(_uk_test_at_t at, const char *text,
			   unsigned long long is, unsigned long long least,
			   unsigned long long most)
{
	bool is_true = is >= least && is <= most;

	wire_message("expected `%s` to be between %llu and %llu %s %llu", text,
		     least, most, uktest_clause(is_true), is);
	uktest_conclude(at, is_true);
}
