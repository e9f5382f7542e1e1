/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What suites can say beyond Unikraft's interface: skipping, expected failures,
 * fixtures, parameters, benchmarks, limits, tags. It adds records to section
 * .uk_testmeta and leaves Unikraft's own records as they are.
 */
#ifndef __UK_TEST_EXTRA_H__
#define __UK_TEST_EXTRA_H__

#include <uk/test/suite.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Ends the running case as skipped, with a reason as printf() formats it. A
 * case in which an assertion has failed before stays failed.
 */
#define UK_TEST_SKIP(...) _uk_test_skip(__VA_ARGS__)

/**
 * Says that the running case fails from here on. If it does, it passes; if no
 * assertion fails, it fails.
 *
 * @param reason why, printed with the result of the case
 */
#define UK_TEST_EXPECT_FAILURE(reason) _uk_test_expect_failure(reason)

/**
 * Says what the rest of the running case stands on: where it does not hold, the
 * case is skipped.
 *
 * @param cond a condition, evaluated once
 */
#define UK_TEST_ASSUME(cond)						\
	do {								\
		if (!(cond))						\
			_uk_test_skip("assumed `%s`", #cond);		\
	} while (0)

void _uk_test_skip(const char *fmt, ...)
	__printf(1, 2) __noreturn;
void _uk_test_expect_failure(const char *reason);

/**
 * Asks to skip a suite; for the end of its init function:
 * `return uk_testsuite_skip(suite, "no %s", what);`
 *
 * @return a number above 0
 */
int uk_testsuite_skip(struct uk_testsuite *suite, const char *fmt, ...)
	__printf(2, 3);

/*
 * A record about a suite, or about one of its cases. In C++ the address of a
 * case is no constant to clang, so that the section has what is not const.
 */
#ifdef __cplusplus
#define _UK_TESTMETA_CONST
#else
#define _UK_TESTMETA_CONST	const
#endif
#define _UK_TESTMETA(name, suite, func, kind, value)			\
	static _UK_TESTMETA_CONST struct uk_testmeta name		\
	__attribute__((used, section(".uk_testmeta"),			\
		       aligned(sizeof(void *)))) = {			\
		#suite, (func), (kind), (const void *)(value)		\
	}

#define _UK_TESTCASE_META(suite, fn, what, kind, value)			\
	_UK_TESTMETA(_uk_testmeta_##suite##_##fn##_##what, suite,	\
		     (uk_testcase_func)(void (*)(void))			\
		     _uk_testsuite_##suite##_case_##fn, kind, value)

/**
 * Gives a case its own time limit, instead of the one of the host: a constant
 * from 1 ms to some 49 days. It holds for each parameter, the functions around
 * the case included. It stands after the body of the case, in the same file,
 * as do the others below.
 */
#define UK_TESTCASE_TIMEOUT(suite, fn, milliseconds)			\
	_UK_TESTCASE_META(suite, fn, timeout, UK_TESTMETA_TIMEOUT,	\
			  (uintptr_t)(milliseconds));			\
	_UK_TEST_STATIC_ASSERT((milliseconds) > 0 &&			\
			       (milliseconds) <= UINT32_MAX,		\
			       "a time limit of " #fn			\
			       " that no case can have")

/** Gives a case tags, words between blanks: `"slow network"`. */
#define UK_TESTCASE_TAGS(suite, fn, words)				\
	_UK_TESTCASE_META(suite, fn, tags, UK_TESTMETA_TAGS, words)

/**
 * Limits what a case does with memory, or how long a benchmark is: a run that
 * exceeds it is red.
 *
 * @param metric leaked_bytes or leaked_blocks, which are still held after the
 *	case, or peak_bytes, the most that it held at once; of a benchmark
 *	instructions, where the host has its rounds counted
 * @param max a constant
 */
#define UK_TEST_LIMIT(suite, fn, metric, max)				\
	static const struct uk_testlimit				\
	_uk_testlimit_##suite##_##fn##_##metric = {			\
		UK_TEST_METRIC_##metric, (max)				\
	};								\
	_UK_TEST_STATIC_ASSERT((max) >= 0, "a limit of " #fn " below 0");	\
	_UK_TESTCASE_META(suite, fn, metric,				\
			  UK_TEST_METRIC_##metric < UK_TEST_METRICS ?	\
			  UK_TESTMETA_LIMIT : UK_TESTMETA_BENCH_LIMIT,	\
			  &_uk_testlimit_##suite##_##fn##_##metric)

/**
 * Defines a benchmark; its body follows. It is a case of the suite as any other
 * and runs once; where the host asks for it, it then runs in rounds that are
 * counted. The functions around a case run before the first and after the last
 * round, so that the body has to leave all as it was.
 *
 * @param suite name of the suite, an identifier
 * @param fn name of the benchmark, an identifier
 */
#define UK_TEST_BENCH(suite, fn)					\
	_UK_TEST_BENCH(suite, fn, __COUNTER__)

#define _UK_TEST_BENCH(suite, fn, number)				\
	_UK_TESTCASE_RECORD(suite, fn, NULL, number);			\
	_UK_TESTCASE_META(suite, fn, bench, UK_TESTMETA_BENCH, 0);	\
	static void _uk_testsuite_##suite##_case_##fn(			\
		_UK_TESTCASE_PARAMETERS(number))

/** Makes the compiler compute a value, a scalar, where nothing uses it. */
#define uk_test_keep(value)						\
	do {								\
		__typeof__(value) _uk_test_kept = (value);		\
									\
		__asm__ __volatile__("" : : "g"(_uk_test_kept)		\
				     : "memory");			\
	} while (0)

/**
 * Functions around the cases of a suite; each may be NULL. They may assert.
 *
 * @param setup void (*)(struct uk_testcase *), in front of each case. If an
 *	assertion fails in it, or it skips, the body does not run.
 * @param teardown the same, after each case, whatever happened before
 * @param exit void (*)(struct uk_testsuite *), after the last case
 */
#define uk_testsuite_fixture(suite, setup, teardown, exit)		\
	static const struct uk_testfixture _uk_testfixture_##suite = {	\
		(setup), (teardown), (exit)				\
	};								\
	_UK_TESTMETA(_uk_testmeta_##suite##_fixture, suite, NULL,	\
		     UK_TESTMETA_FIXTURE, &_uk_testfixture_##suite)

/**
 * Defines a case that runs once for each element of an array, as a result of
 * its own each time. The body sees its element as `param`. The label of a
 * result is the index.
 *
 * @param array an array at file scope
 */
#define UK_TESTCASE_PARAM(suite, fn, array)				\
	_UK_TESTCASE_PARAM(suite, fn, array, NULL, __COUNTER__)

/**
 * UK_TESTCASE_PARAM() whose labels are a field of the elements.
 *
 * @param field name of a field, a string: different in each element. What is
 *	neither letter, digit nor one of "_.+-" is printed as '_'.
 */
#define UK_TESTCASE_PARAM_LABEL(suite, fn, array, field)		\
	static const char *_uk_testlabel_##suite##_##fn(const void *p)	\
	{								\
		return ((const __typeof__((array)[0]) *)p)->field;	\
	}								\
	_UK_TESTCASE_PARAM(suite, fn, array,				\
			   _uk_testlabel_##suite##_##fn, __COUNTER__)

#define _UK_TESTCASE_PARAM(suite, fn, array, label, number)		\
	_UK_TESTCASE_RECORD(suite, fn, NULL, number);			\
	static const struct uk_testparams				\
	_uk_testparams_##suite##_##fn = {				\
		(array), sizeof((array)[0]),				\
		sizeof(array) / sizeof((array)[0]), (label)		\
	};								\
	_UK_TESTMETA(_uk_testmeta_##suite##_##fn##_params, suite,	\
		     (uk_testcase_func)(void (*)(void))			\
		     _uk_testsuite_##suite##_case_##fn,			\
		     UK_TESTMETA_PARAMS,				\
		     &_uk_testparams_##suite##_##fn);			\
	static void _uk_testbody_##suite##_##fn(			\
		_UK_TESTCASE_PARAMETERS(number),			\
		const __typeof__((array)[0]) *param			\
		__attribute__((unused)));				\
	static void _uk_testsuite_##suite##_case_##fn(			\
		_UK_TESTCASE_PARAMETERS(number))			\
	{								\
		_uk_testbody_##suite##_##fn(esac, NULL,			\
			(const __typeof__((array)[0]) *)		\
			_uk_test_param());				\
	}								\
	static void _uk_testbody_##suite##_##fn(			\
		_UK_TESTCASE_PARAMETERS(number),			\
		const __typeof__((array)[0]) *param			\
		__attribute__((unused)))

/* The element for which a parameterised case runs. */
const void *_uk_test_param(void);

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_EXTRA_H__ */
