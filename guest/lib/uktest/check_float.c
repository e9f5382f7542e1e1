/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checks of numbers with a fraction. A NaN equals nothing, itself included,
 * and is neither less nor greater than anything.
 */
#include <stddef.h>

#include "result.h"
#include "wire.h"

/* A kernel built with -mgeneral-regs-only has no such numbers. */
#if !defined(__aarch64__) || defined(__ARM_FP)

static double distance_of(double a, double b)
{
	return a > b ? a - b : b - a;
}

/*
 * Digits with which two numbers do not look alike unless they are the same: 15
 * are what a reader expects, 17 tell every double from its neighbour.
 */
static int digits_for(double a, double b)
{
	double size = a < 0 ? -a : a;

	return a != b && distance_of(a, b) <= size * 1e-14 ? 17 : 15;
}

static bool compare(enum _uk_test_op op, double actual, double expected)
{
	switch (op) {
	case _UK_TEST_EQ:
		return actual == expected;
	case _UK_TEST_NQ:
		return actual != expected;
	case _UK_TEST_GT:
		return actual > expected;
	case _UK_TEST_GE:
		return actual >= expected;
	case _UK_TEST_LT:
		return actual < expected;
	case _UK_TEST_LE:
		return actual <= expected;
	}
	return false;
}

void _uk_test_float(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		    double actual, double expected)
{
	bool is_true = compare(op, actual, expected);
	int digits = digits_for(actual, expected);

	wire_message("expected `%s` to %s %.*g %s %.*g", text,
		     uktest_relation(op), digits, expected,
		     uktest_clause(is_true), digits, actual);
	uktest_conclude(at, is_true);
}

void _uk_test_float_between(_uk_test_at_t at, const char *text, double actual,
			    double least, double most)
{
	bool is_true = actual >= least && actual <= most;

	wire_message("expected `%s` to be between %.15g and %.15g %s %.17g",
		     text, least, most, uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

/* Infinities are near themselves, although their distance is a NaN. */
void _uk_test_float_near(_uk_test_at_t at, const char *text, double actual,
			 double expected, double distance)
{
	bool is_true = actual == expected ||
		       distance_of(actual, expected) <= distance;

	wire_message("expected `%s` to be %.15g within %.15g %s %.17g", text,
		     expected, distance, uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

void _uk_test_float_nan(_uk_test_at_t at, const char *text, double actual)
{
	bool is_true = actual != actual;

	wire_message("expected `%s` to be NaN %s %.17g", text,
		     uktest_clause(is_true), actual);
	uktest_conclude(at, is_true);
}

#endif /* !__aarch64__ || __ARM_FP */
