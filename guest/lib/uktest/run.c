/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs a suite: its init function, its cases, its exit function. It does not
 * decide when, which is the business of the init table.
 */
#include <errno.h>
#include <uk/test.h>

#include "journal.h"
#include "run.h"
#include "wire.h"

struct uktest_run *uktest_running;
struct uktest_totals uktest_totals;
char uktest_suite_reason[REASON_BYTES];

bool uktest_guarded(struct uktest_run *run,
		    void (*step)(struct uktest_run *run))
{
	jmp_buf way_out;
	bool arrived = false;

	run->way_out = &way_out;
	if (setjmp(way_out) == 0) {
		step(run);
		arrived = true;
	}
	run->way_out = NULL;
	return arrived;
}

struct init_run {
	struct uktest_run run;
	int result;
};

static void call_init(struct uktest_run *run)
{
	struct init_run *init = (struct init_run *)run;

	init->result = run->suite->init(run->suite);
}

/* A fatal assertion that fails in an init function makes it fail. */
static int init_suite(struct uk_testsuite *suite)
{
	struct init_run init = {
		.run = { .suite = suite, .outer = uktest_running },
	};

	uktest_suite_reason[0] = '\0';
	if (suite->init == NULL)
		return 0;
	uktest_running = &init.run;
	if (!uktest_guarded(&init.run, call_init))
		init.result = init.run.skipped ? 1 : -ECANCELED;
	uktest_running = init.run.outer;
	if (init.run.skipped)
		__builtin_memcpy(uktest_suite_reason, init.run.reason,
				 sizeof(uktest_suite_reason));
	return init.result;
}

static void skip_suite(struct uk_testsuite *suite, int result)
{
	if (uktest_suite_reason[0] != '\0')
		wire_control("skip %s %s", suite->name, uktest_suite_reason);
	else
		wire_control("skip %s init function returned %d", suite->name,
			     result);
}

static void call_exit(struct uktest_run *run)
{
	const struct uk_testmeta *meta;
	const struct uk_testfixture *fixture;

	meta = uktest_meta(run->suite, NULL, UK_TESTMETA_FIXTURE);
	fixture = meta != NULL ? meta->value : NULL;
	if (fixture != NULL && fixture->exit != NULL)
		fixture->exit(run->suite);
}

static void exit_suite(struct uk_testsuite *suite)
{
	struct uktest_run run = { .suite = suite, .outer = uktest_running };

	uktest_running = &run;
	uktest_guarded(&run, call_exit);
	uktest_running = run.outer;
}

static void run_cases(struct uk_testsuite *suite)
{
	struct uk_testcase *esac;
	unsigned int cases = uktest_totals.cases;
	unsigned int failed = uktest_totals.failed_cases;

	uk_testsuite_case_foreach(suite, esac) {
		if (uktest_is_selected(suite, esac))
			uktest_run_case(suite, esac);
	}
	exit_suite(suite);
	failed = uktest_totals.failed_cases - failed;
	suite->failed_cases = failed;
	if (failed > 0)
		uktest_totals.failed_suites++;
	wire_control("done %s cases=%u failed=%u", suite->name,
		     uktest_totals.cases - cases, failed);
}

/* A host that leaves a suite out takes its cases and its init function. */
static bool has_something(const struct uk_testsuite *suite)
{
	return suite->init != NULL ||
	       suite->cases_end > (struct uk_testcase *)(suite + 1);
}

int uk_testsuite_run(struct uk_testsuite *suite)
{
	struct uk_testjournal_entry *entry;
	int result;

	if (!uktest_has_selected(suite) || !has_something(suite))
		return 0;
	entry = journal_begin(suite, NULL);
	wire_control("begin %s", suite->name);
	uktest_totals.suites++;
	result = init_suite(suite);
	journal_end(entry, result < 0 ? UK_TESTJOURNAL_FAILED :
		    result > 0 ? UK_TESTJOURNAL_SKIPPED :
		    UK_TESTJOURNAL_PASSED, 0, 0);
	if (result < 0) {
		uktest_totals.failed_suites++;
		wire_init_failed(suite->name);
	} else if (result > 0) {
		skip_suite(suite, result);
	} else {
		run_cases(suite);
	}
	return result;
}
