/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state of what runs at the moment, and the parts of the library that work
 * on it. It is private to the library.
 */
#ifndef UKTEST_RUN_H
#define UKTEST_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <uk/test/record.h>
#include <uk/test/site.h>

#include "port.h"

/** Longest reason that is kept; the rest is cut. */
#define REASON_BYTES	200

/** One run of a case; with `esac` NULL, of a suite's init or exit function. */
struct uktest_run {
	struct uktest_run *outer;
	struct uk_testsuite *suite;
	struct uk_testcase *esac;
	const void *param;
	/** Where a fatal failure or a skip goes on; NULL while nothing can. */
	uktest_way_out *way_out;
	unsigned int assertions;
	/** Failures that count. */
	unsigned int failed;
	/** Failures after UK_TEST_EXPECT_FAILURE(). */
	unsigned int expected_failures;
	/** Where the journal notes it; NULL without room. */
	struct uk_testjournal_entry *entry;
	bool expects_failure;
	bool skipped;
	/** It runs for what it does with memory: its results do not count. */
	bool is_muted;
	/** It runs the rounds of a benchmark, and the first failure ends it. */
	bool is_counted;
	/** That failure. */
	struct _uk_test_at failed_at;
	char reason[REASON_BYTES];
};

/** What runs; NULL between cases. */
extern struct uktest_run *uktest_running;

/** Counts of the boot. */
struct uktest_totals {
	unsigned int suites, failed_suites;
	unsigned int cases, failed_cases, skipped_cases;
	unsigned int sites, failed_sites;
	/** Assertions that failed outside of any case. */
	unsigned int outside;
};

extern struct uktest_totals uktest_totals;

/** Runs a function of a case so that it can be left; false when it was. */
bool uktest_guarded(struct uktest_run *run,
		    void (*step)(struct uktest_run *run));

/**
 * Runs a case once.
 *
 * @param param its parameter, or NULL
 * @param label of the parameter, or NULL
 */
void uktest_run_once(struct uk_testsuite *suite, struct uk_testcase *esac,
		     const void *param, const char *label);

/** Prints what stands in front of the results of a case. */
void uktest_case_head(struct uktest_run *run, const char *label);

/** Judges, counts and prints what became of a case. */
void uktest_case_end(struct uktest_run *run, const char *label,
		     unsigned long long microseconds);

/** Runs a case, once or for each parameter. */
void uktest_run_case(struct uk_testsuite *suite, struct uk_testcase *esac);

/** Formats the reason of a run. */
void uktest_reason(struct uktest_run *run, const char *fmt, ...)
	__printf(2, 3);

/** Reason that uk_testsuite_skip() was given; empty when it was not called. */
extern char uktest_suite_reason[REASON_BYTES];

/** First suite of the table, and the one after a suite; NULL at the end. */
struct uk_testsuite *uktest_first_suite(void);
struct uk_testsuite *uktest_next_suite(struct uk_testsuite *suite);

/** Forgets what mocks were turned on, and their calls. */
void uktest_mocks_off(void);

/** What a record says about a case (or, `esac` NULL, a suite); or NULL. */
const struct uk_testmeta *uktest_meta(const struct uk_testsuite *suite,
				      const struct uk_testcase *esac,
				      enum uk_testmeta_kind kind);

/**
 * What stands after a word of the command line, a word that may be the start of
 * a longer one; NULL without it.
 */
const char *uktest_word(const char *word);

/** Whether the command line chooses among the cases at all. */
bool uktest_selects(void);

/** Whether the command line lets a case run. */
bool uktest_is_selected(const struct uk_testsuite *suite,
			const struct uk_testcase *esac);

/** Whether it lets one of a case's parameters run. */
bool uktest_is_param_selected(const struct uk_testsuite *suite,
			      const struct uk_testcase *esac,
			      const char *label);

/** Whether it lets any case of a suite run. */
bool uktest_has_selected(struct uk_testsuite *suite);

#endif /* UKTEST_RUN_H */
