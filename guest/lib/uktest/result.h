/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a check hands over its outcome, in three steps: the message through
 * wire_message(), the result, and after any notes its consequence. It is
 * private to the library.
 */
#ifndef UKTEST_RESULT_H
#define UKTEST_RESULT_H

#include <stdbool.h>
#include <uk/test/check.h>

/** Ends the line of the result and counts it. */
void uktest_result(_uk_test_at_t at, bool is_true);

/** Ends the case, or the machine, where a failure has to. */
void uktest_consequence(_uk_test_at_t at, bool is_true);

/**
 * Called for each failed assertion that makes its case red, once its result is
 * printed. It does nothing: debuggers stop here, and another library may have
 * its own.
 */
void uk_test_on_failure(void);

/** Both, for a check without notes. */
static inline void uktest_conclude(_uk_test_at_t at, bool is_true)
{
	uktest_result(at, is_true);
	uktest_consequence(at, is_true);
}

/** Unikraft's word between what was expected and what was found. */
static inline const char *uktest_clause(bool is_true)
{
	return is_true ? "and was" : "but was";
}

/** `be`, `not be`, `be greater than` and so on. */
const char *uktest_relation(enum _uk_test_op op);

/** What a comparison says of two numbers, given as `is < 0`, `> 0`, `== 0`. */
bool uktest_holds(enum _uk_test_op op, int order);

#endif /* UKTEST_RESULT_H */
