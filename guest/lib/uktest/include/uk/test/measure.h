/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host finds in the memory of a stopped guest about the memory that its
 * cases have used. Its layout is part of the protocol (docs/protocol.md); the
 * host reads it in src/image/measures.ts.
 */
#ifndef __UK_TEST_MEASURE_H__
#define __UK_TEST_MEASURE_H__

#include <stdint.h>
#include <uk/boundary.h>
#include <uk/test/record.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_TESTMEASURE_MAGIC	0x316d7475u	/* "utm1" */
#define UK_TESTMEASURE_ENTRIES	4096
#define UK_TESTMEASURE_LEAKS	256

/** In the place of a limit: there is none. */
#define UK_TESTMEASURE_UNLIMITED	UINT64_MAX

/** Of which run the values are. */
enum uk_testmeasure_state {
	/** The case ran once. */
	UK_TESTMEASURE_ONCE = 1,
	/** Of a second run. */
	UK_TESTMEASURE_AGAIN = 2,
	/** Of the first one, since something failed in the second. */
	UK_TESTMEASURE_AGAIN_FAILED = 3,
	/** The case was to fail, and may have been left where it did. */
	UK_TESTMEASURE_LEFT = 4,
};

/** A run of a case that was measured. */
struct uk_testmeasure_entry {
	/** The number of its entry in the journal. */
	uint32_t entry;
	/** One of enum uk_testmeasure_state. */
	uint32_t state;
	/** By enum uk_testmetric; what is given back beyond it is below 0. */
	int64_t value[UK_TEST_METRICS];
	uint64_t limit[UK_TEST_METRICS];
	uint32_t unused;
	/** Of the words above and the place of the entry. */
	uint32_t seal;
};

/** An allocation that a case has not given back. */
struct uk_testmeasure_leak {
	uint64_t bytes;
	/** Addresses after the calls, the innermost first; 0 after the last. */
	uint64_t trace[UK_BOUNDARY_TRACE];
	/** The number of the case's entry in the journal. */
	uint32_t entry;
	uint32_t seal;
};

struct uk_testmeasure_head {
	uint32_t magic;
	/** Entries and leaks that were begun; not all may have had room. */
	uint32_t entries, leaks;
	/** Of the words above. */
	uint32_t seal;
};

struct uk_testmeasure {
	struct uk_testmeasure_head head;
	struct uk_testmeasure_entry entries[UK_TESTMEASURE_ENTRIES];
	struct uk_testmeasure_leak leaks[UK_TESTMEASURE_LEAKS];
};

extern struct uk_testmeasure uk_testmeasure;

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_MEASURE_H__ */
