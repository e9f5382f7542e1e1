/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What one assertion means for the case in which it stands: its entry in the
 * table, the counts, the end of the case. It formats no message.
 */
#include <stdio.h>
#include <uk/plat/bootstrap.h>
#include <uk/test.h>

#include "journal.h"
#include "result.h"
#include "run.h"
#include "wire.h"

/* Whether a failure of this assertion is one that somebody waits for. */
static bool is_omitted(_uk_test_at_t at)
{
	return at->kind == _UK_TEST_FIXME ||
	       (uktest_running != NULL && uktest_running->expects_failure);
}

static bool is_muted(void)
{
	return uktest_running != NULL && uktest_running->is_muted;
}

static enum wire_status status_of(_uk_test_at_t at, bool is_true)
{
	if (is_omitted(at))
		return is_true ? WIRE_OMITTED_PASSED : WIRE_OMITTED_FAILED;
	return is_true ? WIRE_PASSED : WIRE_FAILED;
}

/* A failure stays in the table, whatever the same assertion says later. */
static void store(struct uk_assert *entry, enum wire_status status)
{
	static const uint16_t of[] = {
		[WIRE_PASSED] = UK_TEST_SUCCESS,
		[WIRE_FAILED] = UK_TEST_FAILURE,
		[WIRE_OMITTED_PASSED] = UK_TEST_OMITTED_SUCCESS,
		[WIRE_OMITTED_FAILED] = UK_TEST_OMITTED_FAILURE,
	};

	if (entry->status == UK_TEST_FAILURE)
		return;
	if (entry->status == UK_TEST_OMITTED_FAILURE && status != WIRE_FAILED)
		return;
	entry->status = of[status];
}

static void count(_uk_test_at_t at, enum wire_status status)
{
	struct uktest_run *run = uktest_running;

	if (run == NULL) {
		if (status == WIRE_FAILED) {
			uktest_totals.outside++;
			journal_outside();
		}
		return;
	}
	run->assertions++;
	if (status == WIRE_FAILED)
		run->failed++;
	if (status == WIRE_OMITTED_FAILED && at->kind != _UK_TEST_FIXME)
		run->expected_failures++;
}

static void __noreturn leave(void)
{
	struct uktest_run *run = uktest_running;

	if (run == NULL || run->way_out == NULL)
		UK_CRASH("A fatal assertion failed outside of any case");
	uktest_leave(*run->way_out);
}

/*
 * In the rounds of a benchmark: the case has its results already, so that only
 * a failure is worth a word, once nothing is counted any more.
 */
static void hold_round(struct uktest_run *run, _uk_test_at_t at, bool is_true)
{
	if (is_true || is_omitted(at))
		return;
	run->failed++;
	run->failed_at = *at;
	leave();
}

void uktest_result(_uk_test_at_t at, bool is_true)
{
	enum wire_status status = status_of(at, is_true);

	if (uktest_running != NULL && uktest_running->is_counted) {
		hold_round(uktest_running, at, is_true);
		return;
	}
	if (!is_muted())
		store(at->entry, status);
	count(at, status);
	wire_status(status);
	if (!is_true)
		wire_location(at->file, at->line);
}

__weak void uk_test_on_failure(void)
{
}

void uktest_consequence(_uk_test_at_t at, bool is_true)
{
	bool counts = !is_omitted(at) && !is_muted();

	if (is_true || at->kind == _UK_TEST_FIXME)
		return;
	if (counts)
		uk_test_on_failure();
	if (counts && uktest_fails_fast()) {
		wire_fail_fast(at->file, at->line);
		ukplat_crash();
	}
	if (at->kind == _UK_TEST_FATAL)
		leave();
}

void uktest_reason(struct uktest_run *run, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(run->reason, sizeof(run->reason), fmt, ap);
	va_end(ap);
}

void _uk_test_skip(const char *fmt, ...)
{
	struct uktest_run *run = uktest_running;
	va_list ap;

	if (run == NULL)
		UK_CRASH("UK_TEST_SKIP() stands outside of any case");
	va_start(ap, fmt);
	vsnprintf(run->reason, sizeof(run->reason), fmt, ap);
	va_end(ap);
	run->skipped = true;
	leave();
}

void _uk_test_expect_failure(const char *reason)
{
	struct uktest_run *run = uktest_running;

	if (run == NULL || run->esac == NULL)
		UK_CRASH("UK_TEST_EXPECT_FAILURE() stands outside of any case");
	run->expects_failure = true;
	uktest_reason(run, "%s", reason);
}

int uk_testsuite_skip(struct uk_testsuite *suite __unused,
		      const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(uktest_suite_reason, sizeof(uktest_suite_reason), fmt, ap);
	va_end(ap);
	return 1;
}

void uk_test_printf(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wire_vnote(fmt, ap);
	va_end(ap);
}
