/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The records of the test table in an image, in Unikraft's layout: suites,
 * their cases, and one entry for each assertion in the text of a case.
 * It holds no state of a run except the statuses that the table itself has.
 */
#ifndef __UK_TEST_RECORD_H__
#define __UK_TEST_RECORD_H__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_testsuite;
struct uk_testcase;

/** Status of an assertion entry; the last one marks the header of a case. */
#define UK_TEST_NOT_RUN		0
#define UK_TEST_SUCCESS		1
#define UK_TEST_FAILURE		2
#define UK_TEST_OMITTED_SUCCESS	3
#define UK_TEST_OMITTED_FAILURE	4
#define UK_TEST_HEADER		0xffff

/** One assertion in the text of a case, or the header of a case. */
struct uk_assert {
	/** UK_TEST_NOT_RUN and so on; a failure stays. */
	uint16_t status;
	/** Line in the source file, modulo 65536. */
	uint16_t line;
} __packed;

/** Function of a case as the table holds it. */
typedef void (*uk_testcase_func)(struct uk_testcase *esac);

/** One case. */
struct uk_testcase {
	const char *name;
	/** Description, or NULL. */
	const char *desc;
	uk_testcase_func func;
	/** Header of the case's assertion entries. */
	struct uk_assert *asserts;
	/** Source file, as __FILE__ has it. */
	const char *file;
} __packed;

/** One suite; the records of its cases follow it in the table. */
struct uk_testsuite {
	const char *name;
	/** Initialisation, or NULL. Below 0: abort the boot; above 0: skip. */
	int (*init)(struct uk_testsuite *suite);
	/** After the last case. */
	struct uk_testcase *cases_end;
	/** Cases that failed in this boot. */
	uint32_t failed_cases;
} __packed;

extern char uk_testtab_start[], uk_testtab_end[];
extern struct uk_assert uk_asserttab_start[], uk_asserttab_end[];

/** Walks over the cases of a suite, in the order in which they run. */
#define uk_testsuite_case_foreach(suite, esac)				\
	for ((esac) = (struct uk_testcase *)((suite) + 1);		\
	     (esac) < (suite)->cases_end; (esac)++)

/** Walks over the assertion entries of a case. */
#define uk_test_assert_foreach(esac, assert)				\
	for ((assert) = (esac)->asserts + 1;				\
	     (assert) < uk_asserttab_end &&				\
	     (assert)->status != UK_TEST_HEADER; (assert)++)

/** What a uk_testmeta record says. */
enum uk_testmeta_kind {
	UK_TESTMETA_TIMEOUT = 1,	/* value: milliseconds */
	UK_TESTMETA_TAGS = 2,		/* value: words between blanks */
	UK_TESTMETA_PARAMS = 3,		/* value: struct uk_testparams */
	UK_TESTMETA_FIXTURE = 4,	/* value: struct uk_testfixture */
	UK_TESTMETA_LIMIT = 5,		/* value: struct uk_testlimit */
	UK_TESTMETA_BENCH = 6,		/* the case is a benchmark */
	UK_TESTMETA_BENCH_LIMIT = 7,	/* value: struct uk_testlimit */
	UK_TESTMETA_MOCK = 8,		/* value: struct uk_testmock */
};

/**
 * A fact about a case or a suite that Unikraft's records have no place for.
 * It names the case by its function: a record may be moved by a host that
 * selects cases, a function stays.
 */
struct uk_testmeta {
	const char *suite;
	/** NULL where it concerns the suite. */
	uk_testcase_func func;
	uintptr_t kind;
	const void *value;
};

/** The parameters of a parameterised case. */
struct uk_testparams {
	const void *base;
	size_t size;
	size_t count;
	/** Label of one parameter; NULL where the index is the label. */
	const char *(*label)(const void *param);
};

/** The state of a mock in a case. */
struct uk_testmock {
	unsigned int calls;
	bool is_on;
};

/** What is measured of a case; docs/monitoring.md says what each is. */
enum uk_testmetric {
	UK_TEST_METRIC_leaked_bytes,
	UK_TEST_METRIC_leaked_blocks,
	UK_TEST_METRIC_peak_bytes,
	UK_TEST_METRICS,
	/** Of a benchmark, which docs/benchmarks.md is about. */
	UK_TEST_METRIC_instructions = 64,
};

/** The most that a case may have of something. */
struct uk_testlimit {
	enum uk_testmetric metric;
	uint64_t max;
};

/** What runs around the cases of a suite; every field may be NULL. */
struct uk_testfixture {
	void (*setup)(struct uk_testcase *esac);
	void (*teardown)(struct uk_testcase *esac);
	void (*exit)(struct uk_testsuite *suite);
};

extern struct uk_testmeta uk_testmeta_start[], uk_testmeta_end[];

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_RECORD_H__ */
