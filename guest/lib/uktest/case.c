/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs one case, once or for each of its parameters, with the functions around
 * it, and says what became of it. It judges no single assertion.
 */
#include <stdio.h>
#include <string.h>
#include <uk/plat/time.h>
#include <uk/test.h>
#include <uk/trace.h>

#include "bench.h"
#include "journal.h"
#include "measure.h"
#include "result.h"
#include "run.h"
#include "wire.h"

#define LABEL_BYTES 80

/* The host knows by these two which case an event belongs to. */
UK_TRACEPOINT(trace_uktest_case, "%s %s %s", const char *, const char *,
	      const char *);
UK_TRACEPOINT(trace_uktest_case_end, "%s %s %s", const char *, const char *,
	      const char *);

static const struct uk_testfixture *fixture_of(const struct uk_testsuite *suite)
{
	static const struct uk_testfixture none;
	const struct uk_testmeta *meta;

	meta = uktest_meta(suite, NULL, UK_TESTMETA_FIXTURE);
	return meta != NULL ? meta->value : &none;
}

static void call_setup(struct uktest_run *run)
{
	fixture_of(run->suite)->setup(run->esac);
}

static void call_teardown(struct uktest_run *run)
{
	fixture_of(run->suite)->teardown(run->esac);
}

/* The function in the record has a second parameter, for its type alone. */
static void call_case(struct uktest_run *run)
{
	void (*func)(struct uk_testcase *esac, char (*mark)[1]);

	func = (void *)run->esac->func;
	func(run->esac, NULL);
}

static void run_steps(struct uktest_run *run)
{
	const struct uk_testfixture *fixture = fixture_of(run->suite);
	bool goes_on = true;

	uktest_mocks_off();
	if (fixture->setup != NULL)
		goes_on = uktest_guarded(run, call_setup) && run->failed == 0;
	if (goes_on)
		uktest_guarded(run, call_case);
	if (fixture->teardown != NULL)
		uktest_guarded(run, call_teardown);
	uktest_mocks_off();
}

/* The word for what became of a case; sets the reason. */
static const char *judge(struct uktest_run *run)
{
	char why[REASON_BYTES];

	if (run->failed > 0) {
		run->reason[0] = '\0';
		return "failed";
	}
	if (run->skipped)
		return "skipped";
	if (!run->expects_failure)
		return "passed";
	strcpy(why, run->reason);
	if (run->expected_failures > 0) {
		uktest_reason(run, "expected failure: %s", why);
		return "passed";
	}
	uktest_reason(run, "unexpected pass: %s", why);
	return "failed";
}

static enum uk_testjournal_status journal_word(const char *word)
{
	if (word[0] == 'f')
		return UK_TESTJOURNAL_FAILED;
	return word[0] == 's' ? UK_TESTJOURNAL_SKIPPED : UK_TESTJOURNAL_PASSED;
}

/* `microseconds` comes before anything of the end is printed. */
static void conclude(struct uktest_run *run, const char *label,
		     unsigned long long microseconds)
{
	const char *word = judge(run);

	trace_uktest_case_end(run->suite->name, run->esac->name, word);
	uktest_totals.cases++;
	if (word[0] == 'f')
		uktest_totals.failed_cases++;
	if (word[0] == 's')
		uktest_totals.skipped_cases++;
	journal_end(run->entry, journal_word(word), run->assertions,
		    run->failed);
	wire_control("case %s->%s%s%s %s assertions=%u failed=%u time=%llu%s%s",
		     run->suite->name, run->esac->name,
		     label != NULL ? "/" : "", label != NULL ? label : "",
		     word, run->assertions, run->failed, microseconds,
		     run->reason[0] != '\0' ? " " : "", run->reason);
}

static void print_head(struct uktest_run *run, const char *label)
{
	const struct uk_testmeta *limit;

	wire_header(run->suite->name, run->esac->name, label, run->esac->desc);
	limit = uktest_meta(run->suite, run->esac, UK_TESTMETA_TIMEOUT);
	if (limit != NULL)
		wire_control("limit %s->%s%s%s %lu", run->suite->name,
			     run->esac->name, label != NULL ? "/" : "",
			     label != NULL ? label : "",
			     (unsigned long)(uintptr_t)limit->value);
}

/*
 * Runs a case that passed once more, without a word about its results: what
 * it holds after that is a leak, and what the first run alone held is not. A
 * second run that fails proves nothing, so that the first one counts.
 */
static void run_again(const struct uktest_run *first, const char *label,
		      long bytes, long blocks)
{
	struct uktest_run run = {
		.outer = first->outer, .suite = first->suite,
		.esac = first->esac, .param = first->param, .is_muted = true,
	};

	wire_control("again %s->%s%s%s bytes=%ld blocks=%ld",
		     first->suite->name, first->esac->name,
		     label != NULL ? "/" : "", label != NULL ? label : "",
		     bytes, blocks);
	uktest_running = &run;
	wire_mute(true);
	measure_begin_again(first);
	run_steps(&run);
	measure_end_again(first, run.failed == 0 && !run.skipped);
	wire_mute(false);
	uktest_running = first->outer;
}

static void call_rounds(struct uktest_run *run)
{
	const struct uk_testfixture *fixture = fixture_of(run->suite);
	bool goes_on = true;

	if (fixture->setup != NULL)
		goes_on = uktest_guarded(run, call_setup) && run->failed == 0;
	if (goes_on)
		goes_on = uktest_guarded(run, bench_rounds);
	if (fixture->teardown != NULL)
		uktest_guarded(run, call_teardown);
	run->skipped |= !goes_on;
}

/*
 * Runs the rounds of a benchmark that has passed. A failure in one of them is
 * one of the benchmark.
 */
static void run_rounds(struct uktest_run *first)
{
	struct uktest_run run = {
		.outer = first->outer, .suite = first->suite,
		.esac = first->esac, .entry = first->entry, .is_counted = true,
	};

	uktest_running = &run;
	wire_mute(true);
	call_rounds(&run);
	wire_mute(false);
	uktest_running = first;
	if (run.failed > 0) {
		run.failed_at.kind = _UK_TEST_CONTINUE;
		wire_message("an assertion in the rounds of the benchmark");
		uktest_conclude(&run.failed_at, false);
	} else if (!run.skipped) {
		bench_keep(&run);
	}
	uktest_running = first->outer;
}

static bool has_passed(const struct uktest_run *run)
{
	return run->failed == 0 && !run->skipped && !run->expects_failure;
}

static void run_once(struct uk_testsuite *suite, struct uk_testcase *esac,
		     const void *param, const char *label)
{
	struct uktest_run run = {
		.outer = uktest_running,
		.suite = suite, .esac = esac, .param = param,
	};
	long bytes, blocks;
	__nsec start;

	run.entry = journal_begin(UK_TESTJOURNAL_CASE, esac, label);
	trace_uktest_case(suite->name, esac->name, label ? label : "");
	print_head(&run, label);
	uktest_running = &run;
	measure_begin(&run);
	start = ukplat_monotonic_clock();
	run_steps(&run);
	start = ukplat_monotonic_clock() - start;
	measure_end(&run);
	uktest_running = run.outer;
	if (has_passed(&run) && measure_wants_again(&run, &bytes, &blocks))
		run_again(&run, label, bytes, blocks);
	measure_close(&run);
	if (has_passed(&run) && bench_is_asked(&run))
		run_rounds(&run);
	conclude(&run, label, (unsigned long long)start / 1000);
}

/* Adds up the entries of a case, each of them once. */
static void count_sites(struct uk_testcase *esac)
{
	struct uk_assert *assert;

	uk_test_assert_foreach(esac, assert) {
		uktest_totals.sites++;
		if (assert->status == UK_TEST_FAILURE)
			uktest_totals.failed_sites++;
	}
}

static bool fits_label(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || (byte && strchr("_.+-", byte));
}

static void format_label(char *label, const struct uk_testparams *params,
			 size_t index)
{
	const void *param = (const char *)params->base + index * params->size;
	const char *text = params->label != NULL ? params->label(param) : NULL;
	size_t at = 0;

	if (text == NULL || *text == '\0') {
		snprintf(label, LABEL_BYTES, "%lu", (unsigned long)index);
		return;
	}
	for (; text[at] != '\0' && at < LABEL_BYTES - 1; at++)
		label[at] = fits_label(text[at]) ? text[at] : '_';
	label[at] = '\0';
}

/*
 * The command line chooses parameters that this case has not: a failure of the
 * case, at its first assertion, that names those there are.
 */
static void refuse_params(struct uk_testsuite *suite, struct uk_testcase *esac,
			  const struct uk_testparams *params)
{
	static struct uk_assert no_entry;
	struct uktest_run run = {
		.outer = uktest_running, .suite = suite, .esac = esac,
	};
	struct _uk_test_at at = { &no_entry, esac->file, 0, _UK_TEST_CONTINUE };
	struct uk_assert *assert;
	char label[LABEL_BYTES];

	uk_test_assert_foreach(esac, assert) {
		at.entry = assert;
		at.line = assert->line;
		break;
	}
	wire_control("params %s->%s 1", suite->name, esac->name);
	run.entry = journal_begin(UK_TESTJOURNAL_CASE, esac, NULL);
	print_head(&run, NULL);
	uktest_running = &run;
	wire_message("no parameter of it is named so");
	uktest_conclude(&at, false);
	for (size_t i = 0; i < params->count; i++) {
		format_label(label, params, i);
		uk_test_printf("there is %s->%s/%s", suite->name, esac->name,
			       label);
	}
	uktest_running = run.outer;
	conclude(&run, NULL, 0);
}

static void run_params(struct uk_testsuite *suite, struct uk_testcase *esac,
		       const struct uk_testparams *params)
{
	char label[LABEL_BYTES];
	size_t chosen = 0;

	for (size_t i = 0; i < params->count; i++) {
		format_label(label, params, i);
		if (uktest_is_param_selected(suite, esac, label))
			chosen++;
	}
	if (chosen == 0 && params->count > 0) {
		refuse_params(suite, esac, params);
		return;
	}
	wire_control("params %s->%s %lu", suite->name, esac->name,
		     (unsigned long)chosen);
	for (size_t i = 0; i < params->count; i++) {
		format_label(label, params, i);
		if (uktest_is_param_selected(suite, esac, label))
			run_once(suite, esac, (const char *)params->base +
				 i * params->size, label);
	}
}

void uktest_run_case(struct uk_testsuite *suite, struct uk_testcase *esac)
{
	const struct uk_testmeta *meta;

	meta = uktest_meta(suite, esac, UK_TESTMETA_PARAMS);
	if (meta == NULL)
		run_once(suite, esac, NULL, NULL);
	else
		run_params(suite, esac, meta->value);
	count_sites(esac);
}

const void *_uk_test_param(void)
{
	return uktest_running->param;
}
