/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measures what cases do with memory and keeps it for the host. It counts no
 * allocation: the allocators do, between the moments that it announces.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/test/measure.h>

#include "journal.h"
#include "measure.h"
#include "run.h"

/* Allocations of a case that are kept with their places. */
#define HELD	16

UK_EVENT(UKTEST_EVENT_BOUNDARY);

/* The host finds it by its section, also in an image without symbols. */
struct uk_testmeasure uk_testmeasure
	__used __section(".bss.uk_testmeasure");

/* The run that is measured; NULL between cases. */
static const struct uktest_run *measured;
static uint64_t limits[UK_TEST_METRICS];
static enum uk_testmeasure_state state;

struct sample {
	struct uk_boundary boundary;
	struct uk_boundary_held held[HELD];
};

/* Of the run now, and of the first one where the case runs again. */
static struct sample now, first;

/* Whether a word asks to measure, and in this manner. */
static bool is_asked(const char *how)
{
	const char *word = uktest_word("uktest.measure");

	return word != NULL && strncmp(word, how, strlen(how)) == 0;
}

/* True where there is any. */
static bool read_limits(const struct uktest_run *run)
{
	const struct uk_testmeta *meta;
	const struct uk_testlimit *limit;
	bool has_any = false;

	memset(limits, 0xff, sizeof(limits));
	for (meta = uk_testmeta_start; meta < uk_testmeta_end; meta++) {
		if (meta->kind != UK_TESTMETA_LIMIT ||
		    meta->func != run->esac->func)
			continue;
		limit = meta->value;
		if ((unsigned int)limit->metric >= UK_TEST_METRICS)
			continue;
		limits[limit->metric] = limit->max;
		has_any = true;
	}
	return has_any;
}

static bool limits_leaks(void)
{
	return limits[UK_TEST_METRIC_leaked_bytes] !=
	       UK_TESTMEASURE_UNLIMITED ||
	       limits[UK_TEST_METRIC_leaked_blocks] !=
	       UK_TESTMEASURE_UNLIMITED;
}

static void raise(enum uk_boundary_moment moment)
{
	now.boundary.moment = moment;
	uk_raise_event(UKTEST_EVENT_BOUNDARY, &now.boundary);
}

static void begin(const struct uktest_run *run, bool measures_memory)
{
	memset(&now.boundary, 0, sizeof(now.boundary));
	now.boundary.suite = run->suite->name;
	now.boundary.name = run->esac->name;
	now.boundary.measures_memory = measures_memory;
	now.boundary.held = now.held;
	now.boundary.room = HELD;
	raise(UK_BOUNDARY_BEGIN);
}

void measure_begin(const struct uktest_run *run)
{
	bool has_limit;

	if (measured != NULL)
		return;
	measured = run;
	state = UK_TESTMEASURE_ONCE;
	has_limit = read_limits(run);
	begin(run, has_limit || is_asked(""));
}

void measure_end(const struct uktest_run *run)
{
	if (measured == run)
		raise(UK_BOUNDARY_END);
}

bool measure_wants_again(const struct uktest_run *run, long *bytes,
			 long *blocks)
{
	*bytes = now.boundary.bytes;
	*blocks = now.boundary.blocks;
	/* What it holds may be hidden by what it gave back of others. */
	return measured == run && now.boundary.has_memory &&
	       (*bytes > 0 || *blocks > 0 || now.boundary.count > 0) &&
	       (is_asked("=again") || limits_leaks());
}

void measure_begin_again(const struct uktest_run *run)
{
	first = now;
	state = UK_TESTMEASURE_AGAIN;
	begin(run, true);
}

void measure_end_again(const struct uktest_run *run, bool counts)
{
	measure_end(run);
	if (counts) {
		/* The most is the most of both. */
		if (first.boundary.peak > now.boundary.peak)
			now.boundary.peak = first.boundary.peak;
		return;
	}
	now = first;
	now.boundary.held = now.held;
	state = UK_TESTMEASURE_AGAIN_FAILED;
}

static void keep_leak(const struct uk_boundary_held *held, uint32_t entry)
{
	struct uk_testmeasure *all = &uk_testmeasure;
	struct uk_testmeasure_leak *leak = &all->leaks[all->head.leaks];

	if (all->head.leaks++ >= UK_TESTMEASURE_LEAKS)
		return;
	leak->bytes = held->bytes;
	for (unsigned int i = 0; i < UK_BOUNDARY_TRACE; i++)
		leak->trace[i] = held->trace[i];
	leak->entry = entry;
	leak->seal = journal_seal(leak, offsetof(struct uk_testmeasure_leak,
						 seal), all->head.leaks - 1);
}

static void keep_entry(uint32_t number)
{
	struct uk_testmeasure *all = &uk_testmeasure;
	struct uk_testmeasure_entry *entry = &all->entries[all->head.entries];

	if (all->head.entries++ >= UK_TESTMEASURE_ENTRIES)
		return;
	entry->entry = number;
	/* One that is left where it fails as expected holds what it holds. */
	entry->state = measured->expects_failure ? UK_TESTMEASURE_LEFT : state;
	entry->value[UK_TEST_METRIC_leaked_bytes] = now.boundary.bytes;
	entry->value[UK_TEST_METRIC_leaked_blocks] = now.boundary.blocks;
	entry->value[UK_TEST_METRIC_peak_bytes] = now.boundary.peak;
	memcpy(entry->limit, limits, sizeof(entry->limit));
	entry->seal = journal_seal(entry,
				   offsetof(struct uk_testmeasure_entry, seal),
				   all->head.entries - 1);
}

static void keep(const struct uk_testjournal_entry *entry)
{
	struct uk_testmeasure_head *head = &uk_testmeasure.head;
	uint32_t number = entry - uk_testjournal.entries;

	head->magic = UK_TESTMEASURE_MAGIC;
	keep_entry(number);
	for (__sz i = 0; i < now.boundary.count; i++)
		keep_leak(&now.held[i], number);
	head->seal = journal_seal(head, offsetof(struct uk_testmeasure_head,
						 seal), 0);
}

void measure_close(const struct uktest_run *run)
{
	if (measured != run)
		return;
	if (run->entry != NULL && now.boundary.has_memory)
		keep(run->entry);
	measured = NULL;
}
