/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a test case does with memory: bytes and blocks that it holds at its end
 * and did not hold before, the most bytes at once, and which calls allocated
 * what is still held. All heaps together; counts are exact, and of allocations
 * at most WATCHED are known by their place at one time.
 */
#include <string.h>
#include <uk/boundary.h>
#include <uk/plat/stack.h>
#include "measure.h"

#define WATCHED	256

struct watched {
	/* NULL in a place that is free. */
	const void *ptr;
	struct uk_boundary_held held;
};

int measure_is_on;

static struct watched watched[WATCHED];
/* Places from here on were never taken. */
static unsigned int used;
static __ssz bytes_now, bytes_peak, blocks_now;

static void keep_trace(__uptr trace[UK_BOUNDARY_TRACE])
{
	const __uptr *frame = __builtin_frame_address(0);
	unsigned int i;

	memset(trace, 0, UK_BOUNDARY_TRACE * sizeof(*trace));
	for (i = 0; i < UK_BOUNDARY_TRACE; i++) {
		if ((__uptr)frame % sizeof(*frame) ||
		    !ukplat_stack_holds((__uptr)frame, 2 * sizeof(*frame)))
			return;
		trace[i] = frame[1];
		/* Callers lie higher. */
		if (frame[0] <= (__uptr)frame)
			return;
		frame = (const __uptr *)frame[0];
	}
}

static struct watched *place_of(const void *ptr)
{
	unsigned int i;

	for (i = 0; i < used; i++)
		if (watched[i].ptr == ptr)
			return &watched[i];
	return NULL;
}

void measure_hand_out(void *ptr, __sz bytes)
{
	struct watched *one = place_of(ptr);

	if (!one)
		one = place_of(NULL);
	if (!one && used < WATCHED)
		one = &watched[used++];
	if (!one)
		return;
	one->ptr = ptr;
	one->held.bytes = bytes;
	keep_trace(one->held.trace);
}

void measure_take_back(const void *ptr)
{
	struct watched *one = place_of(ptr);

	if (one)
		one->ptr = NULL;
}

void measure_count(__ssz bytes, int blocks)
{
	bytes_now += bytes;
	blocks_now += blocks;
	if (bytes_now > bytes_peak)
		bytes_peak = bytes_now;
}

static void begin(void)
{
	used = 0;
	bytes_now = 0;
	bytes_peak = 0;
	blocks_now = 0;
	measure_is_on = 1;
}

/* The largest ones, as many as there is room for. */
static void keep(struct uk_boundary *boundary,
		 const struct uk_boundary_held *held)
{
	struct uk_boundary_held *least = boundary->held;
	__sz i;

	if (boundary->count < boundary->room) {
		boundary->held[boundary->count++] = *held;
		return;
	}
	for (i = 1; i < boundary->count; i++)
		if (boundary->held[i].bytes < least->bytes)
			least = &boundary->held[i];
	if (boundary->count && least->bytes < held->bytes)
		*least = *held;
}

static void end(struct uk_boundary *boundary)
{
	unsigned int i;

	measure_is_on = 0;
	boundary->has_memory = 1;
	boundary->bytes = bytes_now;
	boundary->blocks = blocks_now;
	boundary->peak = bytes_peak;
	for (i = 0; i < used; i++)
		if (watched[i].ptr)
			keep(boundary, &watched[i].held);
}

static int at_boundary(void *data)
{
	struct uk_boundary *boundary = data;

	if (!boundary->measures_memory)
		return UK_EVENT_NOT_HANDLED;
	if (boundary->moment == UK_BOUNDARY_BEGIN)
		begin();
	else
		end(boundary);
	return UK_EVENT_HANDLED_CONT;
}
UK_EVENT_HANDLER(UKTEST_EVENT_BOUNDARY, at_boundary);
