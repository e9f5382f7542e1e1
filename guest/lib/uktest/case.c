/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs one case, with the functions around it, and says what became of it. It
 * judges no single assertion and knows no parameters.
 */
#include <stdio.h>
#include <stdlib.h>
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
void uktest_case_end(struct uktest_run *run, const char *label,
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

void uktest_case_head(struct uktest_run *run, const char *label)
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

/*
 * Runs a case that has passed again, as often as the command line says, without
 * a word about its results. The first round with a failure is the last, and the
 * failure is one of the case.
 */
static void run_stress(struct uktest_run *first)
{
	const char *word = uktest_word("uktest.stress=");
	unsigned long rounds = word != NULL ? strtoul(word, NULL, 10) : 0;

	for (unsigned long round = 2; round <= rounds; round++) {
		struct uktest_run run = {
			.outer = first->outer, .suite = first->suite,
			.esac = first->esac, .param = first->param,
			.entry = first->entry, .is_counted = true,
		};

		uktest_running = &run;
		wire_mute(true);
		run_steps(&run);
		wire_mute(false);
		uktest_running = first;
		if (run.failed == 0)
			continue;
		run.failed_at.kind = _UK_TEST_CONTINUE;
		wire_message("this assertion, in round %lu of %lu", round,
			     rounds);
		uktest_conclude(&run.failed_at, false);
		break;
	}
	uktest_running = first->outer;
}

void uktest_run_once(struct uk_testsuite *suite, struct uk_testcase *esac,
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
	uktest_case_head(&run, label);
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
	if (has_passed(&run))
		run_stress(&run);
	if (has_passed(&run) && bench_is_asked(&run))
		run_rounds(&run);
	uktest_case_end(&run, label, (unsigned long long)start / 1000);
}
