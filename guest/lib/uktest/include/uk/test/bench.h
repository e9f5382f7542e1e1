/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Benchmarks: cases that are run in rounds where the host asks for it, and
 * what a host finds in the memory of a stopped guest about these. Its layout is
 * part of the protocol (docs/protocol.md); the host reads it in
 * src/image/benchmarks.ts.
 */
#ifndef __UK_TEST_BENCH_H__
#define __UK_TEST_BENCH_H__

#include <stdint.h>
#include <uk/test/extra.h>

/**
 * Defines a benchmark; its body follows. It is a case of the suite as any other
 * and runs once; where the host asks for it, it then runs in rounds that are
 * counted. The functions around a case run before the first and after the last
 * round, so that the body has to leave behind what it found.
 *
 * @param suite name of the suite, an identifier
 * @param fn name of the benchmark, an identifier
 */
#define UK_TEST_BENCH(suite, fn)					\
	_UK_TEST_BENCH(suite, fn, __COUNTER__)

#define _UK_TEST_BENCH(suite, fn, number)				\
	_UK_TESTCASE_RECORD(suite, fn, NULL, number);			\
	_UK_TESTCASE_META(suite, fn, bench, UK_TESTMETA_BENCH, 0);	\
	static void _uk_testsuite_##suite##_case_##fn(			\
		_UK_TESTCASE_PARAMETERS(number))

/** Makes the compiler compute a value, a scalar, where nothing uses it. */
#define uk_test_keep(value)						\
	do {								\
		__typeof__(value) _uk_test_kept = (value);		\
									\
		__asm__ __volatile__("" : : "g"(_uk_test_kept)		\
				     : "memory");			\
	} while (0)

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
	/** Entries and counts that were asked for; not all may have had room. */
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

#endif /* __UK_TEST_BENCH_H__ */
