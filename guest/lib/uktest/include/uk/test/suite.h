/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How suites and cases are defined, and at which point of the boot a suite
 * runs. The names and the records in the image are Unikraft's; what Unikraft
 * does not have is in extra.h.
 */
#ifndef __UK_TEST_SUITE_H__
#define __UK_TEST_SUITE_H__

#include <uk/ctors.h>
#include <uk/init.h>
#include <uk/test/site.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Defines a case of a suite; its body follows.
 *
 * The body may use `esac`, a pointer to its own record. The cases of a suite
 * may be spread over several files, and run in the order of their names.
 *
 * @param suite name of the suite, an identifier
 * @param fn name of the case, an identifier
 */
#define UK_TESTCASE(suite, fn)						\
	_UK_TESTCASE(suite, fn, NULL, __COUNTER__)

/** UK_TESTCASE() with a description, which is printed after its name. */
#define UK_TESTCASE_DESC(suite, fn, desc)				\
	_UK_TESTCASE(suite, fn, desc, __COUNTER__)

/*
 * A suite may have an __unused of its own, so the attribute is written out.
 * The second parameter is the mark of site.h and exists for its type alone. The
 * cast goes through void (*)(void), which is how one says that it is meant.
 */
#define _UK_TESTCASE_PARAMETERS(number)					\
	struct uk_testcase *esac __attribute__((unused)),		\
	char (*_uk_test_mark)[(number) + 2] __attribute__((unused))

#define _UK_TESTCASE(suite, fn, desc, number)				\
	_UK_TESTCASE_RECORD(suite, fn, desc, number);			\
	static void _uk_testsuite_##suite##_case_##fn(			\
		_UK_TESTCASE_PARAMETERS(number))

#define _UK_TESTCASE_RECORD(suite, fn, desc, number)			\
	_UK_TEST_HEADER(_uk_testsuite_##suite##_##fn##__asserts_begin,	\
			number);					\
	static void _uk_testsuite_##suite##_case_##fn(			\
		_UK_TESTCASE_PARAMETERS(number))			\
		_UK_TEST_C_NAME(_uk_testsuite_##suite##_case_##fn);	\
	static struct uk_testcase _uk_testtab_##suite##_##fn		\
	_UK_TEST_C_NAME(_uk_testtab_##suite##_##fn)			\
	__attribute__((used, aligned(1),				\
		       section(".uk_testtab_" #suite "~" #fn))) = {	\
		#fn, (desc), (uk_testcase_func)(void (*)(void))		\
		_uk_testsuite_##suite##_case_##fn,			\
		_uk_testsuite_##suite##_##fn##__asserts_begin, __FILE__	\
	}

/**
 * Runs a suite now: its init function, then its cases.
 *
 * @return what the init function returned, else 0: cases that fail do not count
 */
int uk_testsuite_run(struct uk_testsuite *suite);

/* The record of a suite, and the label after its cases. */
#define _UK_TESTSUITE_RECORD(suite, initfn)				\
	__asm__(".pushsection \".uk_testtab_" #suite "~~\", \"aw\"\n"	\
		"testsuite_run_" #suite "__end:\n\t"			\
		".popsection");						\
	_UK_TEST_EXTERN_C						\
	struct uk_testcase testsuite_run_##suite##__end[];		\
	static struct uk_testsuite testsuite_##suite			\
	_UK_TEST_C_NAME(testsuite_##suite)				\
	__attribute__((used, aligned(1),				\
		       section(".uk_testtab_" #suite "~"))) = {		\
		#suite, (initfn), testsuite_run_##suite##__end, 0	\
	}

/**
 * Registers a suite with the constructors, before there is a heap or a clock.
 * What its init function returns is ignored, except that a suite whose init
 * function fails runs no case.
 */
#define UK_TESTSUITE_AT_CTORCALL_PRIO(suite, initfn, prio)		\
	_UK_TESTSUITE_RECORD(suite, initfn);				\
	static void testsuite_run_##suite(void)				\
	{								\
		(void)uk_testsuite_run(&testsuite_##suite);		\
	}								\
	UK_CTOR_PRIO(testsuite_run_##suite, prio)

/** Registers a suite with the init table, by class (1 to 6) and priority. */
#define UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, class, prio)	\
	_UK_TESTSUITE_RECORD(suite, initfn);				\
	static int testsuite_run_##suite(				\
		struct uk_init_ctx *ctx __attribute__((unused)))	\
	{								\
		return uk_testsuite_run(&testsuite_##suite);		\
	}								\
	_UK_TEST_INITCALL(testsuite_run_##suite, class, prio)

/* Unikraft since 0.16 wants a function that undoes this one, or 0x0. */
#ifdef __Unikraft__
#define _UK_TEST_INITCALL(fn, class, prio)				\
	uk_initcall_class_prio(fn, 0x0, class, prio)
#else
#define _UK_TEST_INITCALL(fn, class, prio)				\
	uk_initcall_class_prio(fn, class, prio)
#endif

/** Registers a suite that runs as soon as there is a heap. */
#define uk_testsuite_early_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 1, prio)
/** Registers a suite that runs with the platform's init functions. */
#define uk_testsuite_plat_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 2, prio)
/** Registers a suite that runs with the libraries' init functions. */
#define uk_testsuite_lib_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 3, prio)
/** Registers a suite that runs when the root file system is mounted. */
#define uk_testsuite_rootfs_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 4, prio)
/** Registers a suite that runs with the system's init functions. */
#define uk_testsuite_sys_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 5, prio)
/** Registers a suite that runs when everything else is up. */
#define uk_testsuite_late_prio(suite, initfn, prio)			\
	UK_TESTSUITE_AT_INITCALL_PRIO(suite, initfn, 6, prio)
/** Registers a suite that runs late, with a priority of 0 (first) to 9. */
#define uk_testsuite_prio(suite, initfn, prio)				\
	uk_testsuite_late_prio(suite, initfn, prio)

/**
 * Registers a suite that runs right before main().
 *
 * @param suite name of the suite
 * @param initfn int (*)(struct uk_testsuite *), or NULL. A result below 0
 *	aborts the boot, one above 0 skips the suite.
 */
#define uk_testsuite_register(suite, initfn)				\
	uk_testsuite_prio(suite, initfn, 9)

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_SUITE_H__ */
