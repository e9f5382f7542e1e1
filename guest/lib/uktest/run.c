/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs a suite: its init function, its cases, its exit function. It does not
 * decide when, which is the business of the init table.
 */
#include <errno.h>
#include <uk/test.h>
#include <uk/trace.h>

#include "journal.h"
#include "run.h"
#include "wire.h"

UK_TRACEPOINT(trace_uktest_suite, "%s", const char *);
UK_TRACEPOINT(trace_uktest_suite_end, "%s init returned %d", const char *, int);

struct uktest_run *uktest_running;
struct uktest_totals uktest_totals;
char uktest_suite_reason[REASON_BYTES];

bool uktest_guarded(struct uktest_run *run,
		    void (*step)(struct uktest_run *run))
{
	uktest_way_out way_out;
	bool arrived = false;

	run->way_out = &way_out;
	if (uktest_mark(way_out) == 0) {
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

static enum uk_testjournal_status status_of_init(int result)
{
	if (result < 0)
		return UK_TESTJOURNAL_FAILED;
	return result > 0 ? UK_TESTJOURNAL_SKIPPED : UK_TESTJOURNAL_PASSED;
}

/*
 * A fatal assertion that fails in an init function makes it fail. After any
 * other the cases run: the failure is the suite's own.
 */
static int init_suite(struct uk_testsuite *suite)
{
	struct init_run init = {
		.run = { .suite = suite, .outer = uktest_running },
	};

	uktest_suite_reason[0] = '\0';
	init.run.entry = journal_begin(UK_TESTJOURNAL_INIT, suite, NULL);
	uktest_running = &init.run;
	if (suite->init != NULL && !uktest_guarded(&init.run, call_init))
		init.result = init.run.skipped ? 1 : -ECANCELED;
	uktest_running = init.run.outer;
	if (init.run.skipped)
		__builtin_memcpy(uktest_suite_reason, init.run.reason,
				 sizeof(uktest_suite_reason));
	uktest_totals.outside += init.run.failed;
	journal_end(init.run.entry, status_of_init(init.result),
		    init.run.assertions, init.run.failed);
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

static const struct uk_testfixture *fixture_of(const struct uk_testsuite *suite)
{
	const struct uk_testmeta *meta;

	meta = uktest_meta(suite, NULL, UK_TESTMETA_FIXTURE);
	return meta != NULL ? meta->value : NULL;
}

static void call_exit(struct uktest_run *run)
{
	fixture_of(run->suite)->exit(run->suite);
}

static void exit_suite(struct uk_testsuite *suite)
{
	struct uktest_run run = { .suite = suite, .outer = uktest_running };
	const struct uk_testfixture *fixture = fixture_of(suite);

	if (fixture == NULL || fixture->exit == NULL)
		return;
	wire_control("exit %s", suite->name);
	run.entry = journal_begin(UK_TESTJOURNAL_EXIT, suite, NULL);
	uktest_running = &run;
	uktest_guarded(&run, call_exit);
	uktest_running = run.outer;
	uktest_totals.outside += run.failed;
	journal_end(run.entry, run.failed > 0 ? UK_TESTJOURNAL_FAILED :
		    UK_TESTJOURNAL_PASSED, run.assertions, run.failed);
}

static void run_cases(struct uk_testsuite *suite, unsigned int outside)
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
	outside = uktest_totals.outside - outside;
	suite->failed_cases = failed;
	if (failed > 0 || outside > 0)
		uktest_totals.failed_suites++;
	wire_done(suite->name, uktest_totals.cases - cases, failed, outside);
}

/* A host that leaves a suite out takes its cases and its init function. */
static bool has_something(const struct uk_testsuite *suite)
{
	return suite->init != NULL ||
	       suite->cases_end > (struct uk_testcase *)(suite + 1);
}

int uk_testsuite_run(struct uk_testsuite *suite)
{
	unsigned int outside;
	int result;

	uktest_before_suite();
	outside = uktest_totals.outside;
	if (!uktest_has_selected(suite) || !has_something(suite)) {
		uktest_after_suite();
		return 0;
	}
	trace_uktest_suite(suite->name);
	wire_control("begin %s", suite->name);
	uktest_totals.suites++;
	result = init_suite(suite);
	if (result < 0) {
		uktest_totals.failed_suites++;
		wire_init_failed(suite->name);
	} else if (result > 0) {
		skip_suite(suite, result);
	} else {
		run_cases(suite, outside);
	}
	trace_uktest_suite_end(suite->name, result);
	uktest_after_suite();
	return result;
}
