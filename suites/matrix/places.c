/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The matrix: each fault in the first, a middle and the last case of a suite,
 * among cases that pass, fail and are skipped. They are run by name only.
 */
#include <uk/test.h>
#include "faults.h"

/* Cases may be long where a fault says nothing that a host could wait for. */
#define LIMIT_MS	60000
/* Nothing ends this one but the host. */
#define SHORT_MS	500
/* A host sees that a processor of x86 sleeps for ever. */
#ifdef __aarch64__
#define HALT_MS		SHORT_MS
#else
#define HALT_MS		LIMIT_MS
#endif

static volatile int two = 2;

#define PASSES(suite, fn)						\
	UK_TESTCASE(suite, fn) { UK_TEST_EXPECT_SNUM_EQ(two, 2); }
#define FAILS(suite, fn)						\
	UK_TESTCASE(suite, fn) { UK_TEST_EXPECT_SNUM_EQ(two, 3); }
#define IS_SKIPPED(suite, fn)						\
	UK_TESTCASE(suite, fn) { UK_TEST_SKIP("on purpose"); }
#define CULPRIT(suite, fn, fault, ms)					\
	UK_TESTCASE(suite, fn)						\
	{								\
		UK_TEST_EXPECT_SNUM_EQ(two, 2);				\
		matrix_##fault();					\
	}								\
	UK_TESTCASE_TIMEOUT(suite, fn, ms)

#define FIRST(fault, ms)						\
	CULPRIT(matrix_##fault##_first, a_culprit, fault, ms);		\
	PASSES(matrix_##fault##_first, b_passes)			\
	FAILS(matrix_##fault##_first, c_fails)				\
	IS_SKIPPED(matrix_##fault##_first, d_is_skipped)		\
	uk_testsuite_prio(matrix_##fault##_first, NULL, 5)

#define MIDDLE(fault, ms)						\
	FAILS(matrix_##fault##_middle, a_fails)				\
	CULPRIT(matrix_##fault##_middle, b_culprit, fault, ms);		\
	IS_SKIPPED(matrix_##fault##_middle, c_is_skipped)		\
	PASSES(matrix_##fault##_middle, d_passes)			\
	uk_testsuite_prio(matrix_##fault##_middle, NULL, 5)

#define LAST(fault, ms)							\
	IS_SKIPPED(matrix_##fault##_last, a_is_skipped)			\
	PASSES(matrix_##fault##_last, b_passes)				\
	FAILS(matrix_##fault##_last, c_fails)				\
	CULPRIT(matrix_##fault##_last, d_culprit, fault, ms);		\
	uk_testsuite_prio(matrix_##fault##_last, NULL, 5)

#define ROW(fault, ms)							\
	FIRST(fault, ms);						\
	MIDDLE(fault, ms);						\
	LAST(fault, ms)

ROW(trap, LIMIT_MS);
ROW(assertion, LIMIT_MS);
ROW(crash, LIMIT_MS);
ROW(exit, LIMIT_MS);
ROW(loop, SHORT_MS);
ROW(halt, HALT_MS);
ROW(overflow, LIMIT_MS);
ROW(reset, LIMIT_MS);
ROW(triple, SHORT_MS);
ROW(garbage, LIMIT_MS);
ROW(flood, LIMIT_MS);
