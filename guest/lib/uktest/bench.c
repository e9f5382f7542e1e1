/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs the rounds of benchmarks and keeps their counts for the host. Nothing is
 * printed or allocated in between, and nothing is judged.
 *
 * The command line asks: `uktest.bench=ROUNDS' for the time of a round, and
 * `uktest.bench=ROUNDS,instructions' on a machine that counts these.
 */
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/plat/time.h>
#include <uk/test/bench.h>

#include "bench.h"
#include "counter.h"
#include "journal.h"
#include "run.h"

/* A clock says little of less: the body runs that often in each round. */
#define ROUND_NSEC	200000
#define MOST_CALLS	(1U << 20)

/* The function in the record has a second parameter, for its type alone. */
typedef void (*body_t)(struct uk_testcase *esac, char (*mark)[1]);

/* The host finds it by its section, also in an image without symbols. */
struct uk_testbench uk_testbench
	__used __section(".bss.uk_testbench");

/* What is counted: no compiler may know it when it makes the call. */
static body_t volatile counted;

/* Of the rounds that run, or have run last. */
static uint32_t unit, rounds, calls;

static const char *asked(void)
{
	return uktest_word("uktest.bench=");
}

bool bench_is_asked(const struct uktest_run *run)
{
	return asked() != NULL &&
	       uktest_meta(run->suite, run->esac, UK_TESTMETA_BENCH) != NULL;
}

/* Where the counts of these rounds go; NULL without room. */
static uint64_t *room(void)
{
	uint32_t taken = uk_testbench.head.counts;

	if (uk_testbench.head.entries >= UK_TESTBENCH_ENTRIES ||
	    taken > UK_TESTBENCH_COUNTS || rounds > UK_TESTBENCH_COUNTS - taken)
		return NULL;
	return &uk_testbench.counts[taken];
}

static __noinline uint64_t bench_instructions(struct uk_testcase *esac)
{
	uint64_t from, to, coarse;

	coarse = counter_coarse();
	from = counter_read();
	counted(esac, NULL);
	to = counter_read();
	coarse = counter_coarse() - coarse;
	return counter_between(from, to, coarse);
}

static void bench_nothing(struct uk_testcase *esac __unused,
			  char (*mark)[1] __unused)
{
}

/* What a round without a body takes is that of the call and the counter. */
static void bench_count(struct uktest_run *run, uint64_t *counts)
{
	uint64_t idle, all;

	counted = bench_nothing;
	bench_instructions(run->esac);
	idle = bench_instructions(run->esac);
	counted = (body_t)(void (*)(void))run->esac->func;
	for (uint32_t nth = 0; nth < rounds; nth++) {
		all = bench_instructions(run->esac);
		counts[nth] = all > idle ? all - idle : 0;
	}
}

static __noinline uint64_t bench_nsec(struct uk_testcase *esac)
{
	__nsec start = ukplat_monotonic_clock();

	for (uint32_t call = 0; call < calls; call++)
		counted(esac, NULL);
	return ukplat_monotonic_clock() - start;
}

static void bench_time(struct uktest_run *run, uint64_t *counts)
{
	counted = (body_t)(void (*)(void))run->esac->func;
	while (bench_nsec(run->esac) < ROUND_NSEC && calls < MOST_CALLS)
		calls *= 2;
	for (uint32_t nth = 0; nth < rounds; nth++)
		counts[nth] = bench_nsec(run->esac);
}

void bench_rounds(struct uktest_run *run)
{
	const char *wish = asked();
	char *end;
	uint64_t *counts;

	rounds = strtoul(wish, &end, 10);
	if (rounds == 0)
		rounds = UK_TESTBENCH_ROUNDS;
	calls = 1;
	unit = 0;
	counts = room();
	if (counts == NULL)
		return;
	if (strncmp(end, ",instructions", 13) != 0) {
		bench_time(run, counts);
		unit = UK_TESTBENCH_NANOSECONDS;
	} else if (counter_open()) {
		bench_count(run, counts);
		unit = UK_TESTBENCH_INSTRUCTIONS;
	}
}

static uint64_t limit_of(const struct uktest_run *run)
{
	const struct uk_testmeta *meta;
	const struct uk_testlimit *limit;

	meta = uktest_meta(run->suite, run->esac, UK_TESTMETA_BENCH_LIMIT);
	limit = meta != NULL ? meta->value : NULL;
	return limit != NULL ? limit->max : UK_TESTBENCH_UNLIMITED;
}

void bench_keep(const struct uktest_run *run)
{
	struct uk_testbench_head *head = &uk_testbench.head;
	struct uk_testbench_entry *entry = &uk_testbench.entries[head->entries];

	if (run->entry == NULL || unit == 0)
		return;
	entry->entry = run->entry - uk_testjournal.entries;
	entry->unit = unit;
	entry->first = head->counts;
	entry->rounds = rounds;
	entry->calls = calls;
	entry->sum = journal_seal(&uk_testbench.counts[entry->first],
				  rounds * sizeof(uk_testbench.counts[0]),
				  head->entries);
	entry->limit = limit_of(run);
	entry->seal = journal_seal(entry,
				   offsetof(struct uk_testbench_entry, seal),
				   head->entries);
	head->magic = UK_TESTBENCH_MAGIC;
	head->entries++;
	head->counts += rounds;
	head->seal = journal_seal(head, offsetof(struct uk_testbench_head,
						 seal), 0);
}
