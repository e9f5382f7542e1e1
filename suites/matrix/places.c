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

#define PASSES		{ UK_TEST_EXPECT_SNUM_EQ(two, 2); }
#define FAILS		{ UK_TEST_EXPECT_SNUM_EQ(two, 3); }
#define IS_SKIPPED	{ UK_TEST_SKIP("on purpose"); }
#define CULPRIT(fault)	{ UK_TEST_EXPECT_SNUM_EQ(two, 2); matrix_##fault(); }

/* Each of its cases stands in one and the same line, that of its use. */
#define ROW(fault, ms)							\
	void matrix_##fault(void);					\
	UK_TESTCASE(matrix_##fault##_first, a_culprit) CULPRIT(fault)	\
	UK_TESTCASE_TIMEOUT(matrix_##fault##_first, a_culprit, ms);	\
	UK_TESTCASE(matrix_##fault##_first, b_passes) PASSES		\
	UK_TESTCASE(matrix_##fault##_first, c_fails) FAILS		\
	UK_TESTCASE(matrix_##fault##_first, d_is_skipped) IS_SKIPPED	\
	uk_testsuite_prio(matrix_##fault##_first, NULL, 5);		\
	UK_TESTCASE(matrix_##fault##_middle, a_fails) FAILS		\
	UK_TESTCASE(matrix_##fault##_middle, b_culprit) CULPRIT(fault)	\
	UK_TESTCASE_TIMEOUT(matrix_##fault##_middle, b_culprit, ms);	\
	UK_TESTCASE(matrix_##fault##_middle, c_is_skipped) IS_SKIPPED	\
	UK_TESTCASE(matrix_##fault##_middle, d_passes) PASSES		\
	uk_testsuite_prio(matrix_##fault##_middle, NULL, 5);		\
	UK_TESTCASE(matrix_##fault##_last, a_is_skipped) IS_SKIPPED	\
	UK_TESTCASE(matrix_##fault##_last, b_passes) PASSES		\
	UK_TESTCASE(matrix_##fault##_last, c_fails) FAILS		\
	UK_TESTCASE(matrix_##fault##_last, d_culprit) CULPRIT(fault)	\
	UK_TESTCASE_TIMEOUT(matrix_##fault##_last, d_culprit, ms);	\
	uk_testsuite_prio(matrix_##fault##_last, NULL, 5)

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
