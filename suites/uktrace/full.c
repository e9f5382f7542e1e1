/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A buffer that is full: it keeps the last events, or as in Unikraft the
 * first. Bytes of records are in records.c.
 */
#define UK_DEBUG_TRACE
#include <stdbool.h>
#include <uk/test.h>
#include "trace.h"

/* A record's bytes divide no size of the buffer, on any architecture. */
#define TEXT "nineteen characters"
#define RECORD_BYTES (HEAD_BYTES + 4 + 1 + sizeof(TEXT) - 1)
#define FITTING (sizeof(uk_trace_buffer) / RECORD_BYTES)

UK_TRACEPOINT(trace_step, "%d %s", int, const char *);

static void note(int from, int to)
{
	for (; from < to; from++)
		trace_step(from, TEXT);
}

static int number_at(const char *at)
{
	int number;

	memcpy(&number, trace_arguments(at), sizeof(number));
	return number;
}

/* Whether a lap holds the numbers from one to another, and nothing else. */
static bool holds(const char *at, const char *end, int from, int to)
{
	for (; from < to; from++) {
		if (!at || at >= end || trace_size(at) < 0 ||
		    number_at(at) != from)
			return false;
		at = trace_next(at, end);
	}
	return !at;
}

UK_TESTCASE(uktrace_full_testsuite, the_last_events_are_kept)
{
	const struct uk_trace_ring *ring = &uk_trace_ring;
	const int fitting = FITTING;
	int older;

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	note(0, fitting);
	UK_TEST_EXPECT(holds(uk_trace_buffer, uk_trace_buffer_writep, 0,
			     fitting));
	UK_TEST_EXPECT_SNUM_EQ(ring->lost, 0);

	note(fitting, fitting + 10);
	UK_TEST_EXPECT(holds(uk_trace_buffer, uk_trace_buffer_writep, fitting,
			     fitting + 10));
	older = number_at(uk_trace_buffer + ring->oldest);
	UK_TEST_EXPECT_SNUM_EQ(older, 10);
	UK_TEST_EXPECT_SNUM_EQ(ring->lost, older);
	UK_TEST_EXPECT(holds(uk_trace_buffer + ring->oldest,
			     uk_trace_buffer + ring->end, older, fitting));
	UK_TEST_EXPECT_SNUM_GT(uk_trace_buffer_free, 0);
}

UK_TESTCASE(uktrace_full_testsuite, many_laps_lose_nothing_in_between)
{
	const struct uk_trace_ring *ring = &uk_trace_ring;
	const int all = 7 * FITTING + 20;
	int first;

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	note(0, all);
	first = number_at(uk_trace_buffer);
	UK_TEST_EXPECT_SNUM_EQ(first, 7 * FITTING);
	UK_TEST_EXPECT(holds(uk_trace_buffer, uk_trace_buffer_writep, first,
			     all));
	UK_TEST_EXPECT(holds(uk_trace_buffer + ring->oldest,
			     uk_trace_buffer + ring->end, ring->lost, first));
}

UK_TESTCASE(uktrace_full_testsuite, an_overwritten_record_ends_its_lap)
{
	const struct uk_trace_ring *ring = &uk_trace_ring;

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	note(0, FITTING + 1);
	memset(uk_trace_buffer + ring->oldest, 0xa5, RECORD_BYTES);
	note(0, 3);
	UK_TEST_EXPECT_SNUM_EQ(ring->oldest, ring->end);
	UK_TEST_EXPECT_SNUM_EQ(
		uk_trace_buffer_writep - uk_trace_buffer, 4 * RECORD_BYTES);
}

UK_TESTCASE(uktrace_full_testsuite, the_first_events_are_kept)
{
	uk_trace_restart(UK_TRACE_KEEP_FIRST);
	note(0, FITTING + 10);
	UK_TEST_EXPECT(holds(uk_trace_buffer, uk_trace_buffer_writep, 0,
			     FITTING));
	UK_TEST_EXPECT_SNUM_EQ(uk_trace_buffer_free, 0);
	UK_TEST_EXPECT_SNUM_EQ(uk_trace_ring.lost, 10);
	uk_trace_restart(UK_TRACE_KEEP_LAST);
	UK_TEST_EXPECT_SNUM_EQ(uk_trace_buffer_free, sizeof(uk_trace_buffer));
}

uk_testsuite_register(uktrace_full_testsuite, NULL);
