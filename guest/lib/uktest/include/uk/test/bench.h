/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host finds in the memory of a stopped guest about the rounds of its
 * benchmarks. Its layout is part of the protocol (docs/protocol.md); the host
 * reads it in src/image/benchmarks.ts.
 */
#ifndef __UK_TEST_BENCH_H__
#define __UK_TEST_BENCH_H__

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_TESTBENCH_MAGIC	0x31627475u	/* "utb1" */
#define UK_TESTBENCH_ENTRIES	256
/** Counts of all benchmarks, one for each round. */
#define UK_TESTBENCH_COUNTS	4096
#define UK_TESTBENCH_ROUNDS	16

/** In the place of a limit: there is none. */
#define UK_TESTBENCH_UNLIMITED	UINT64_MAX

/** What a count is a number of. */
enum uk_testbench_unit {
	UK_TESTBENCH_INSTRUCTIONS = 1,
	UK_TESTBENCH_NANOSECONDS = 2,
};

/** A benchmark whose rounds have all come to their end. */
struct uk_testbench_entry {
	/** The number of its entry in the journal. */
	uint32_t entry;
	/** One of enum uk_testbench_unit. */
	uint32_t unit;
	/** Its counts: the place of the first, and how many there are. */
	uint32_t first, rounds;
	/** How often the body ran in each round. */
	uint32_t calls;
	/** The seal of the counts. */
	uint32_t sum;
	/** Of the instructions of one call. */
	uint64_t limit;
	uint32_t unused;
	/** Of the words above and the place of the entry. */
	uint32_t seal;
};

struct uk_testbench_head {
	uint32_t magic;
	/** Entries that are kept, and counts of all of them. */
	uint32_t entries, counts;
	/** Of the words above. */
	uint32_t seal;
};

struct uk_testbench {
	struct uk_testbench_head head;
	struct uk_testbench_entry entries[UK_TESTBENCH_ENTRIES];
	uint64_t counts[UK_TESTBENCH_COUNTS];
};

extern struct uk_testbench uk_testbench;

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_BENCH_H__ */
