/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The moments between test cases, as an event: uktest raises it, and a library
 * that knows something about a case handles it. An image without uktest has
 * the handlers and never calls them. It measures nothing itself.
 */
#ifndef __UK_BOUNDARY_H__
#define __UK_BOUNDARY_H__

#include <uk/arch/types.h>
#include <uk/event.h>

enum uk_boundary_moment {
	/** Before the setup function of a case. */
	UK_BOUNDARY_BEGIN = 1,
	/** After its teardown function. */
	UK_BOUNDARY_END = 2,
};

/** Calls of a trace that are kept, the innermost first. */
#define UK_BOUNDARY_TRACE	8

/** An allocation that a case has not given back. */
struct uk_boundary_held {
	__sz bytes;
	/** Addresses after the calls, 0 after the last one. */
	__uptr trace[UK_BOUNDARY_TRACE];
};

/** What UKTEST_EVENT_BOUNDARY is raised with. */
struct uk_boundary {
	enum uk_boundary_moment moment;
	/** Of the case, as the test table has them. */
	const char *suite, *name;
	/** Somebody wants to know what the case does with memory. */
	int measures_memory;
	/**
	 * For the allocators to fill in at the end of such a case: whether
	 * they have, bytes and blocks that it holds and did not hold when it began,
	 * the most bytes that it held at once.
	 */
	int has_memory;
	__ssz bytes, blocks, peak;
	/** The held allocations that are known, at most `room` of them. */
	struct uk_boundary_held *held;
	__sz room, count;
};

#endif /* __UK_BOUNDARY_H__ */
