/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host finds in the memory of a stopped guest: each result as it is
 * known, whatever the console has lost. Its layout is part of the protocol
 * (docs/protocol.md); the host reads it in src/image/journal.ts.
 */
#ifndef __UK_TEST_JOURNAL_H__
#define __UK_TEST_JOURNAL_H__

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define UK_TESTJOURNAL_MAGIC	0x326b7475u	/* "utk2" */
#define UK_TESTJOURNAL_ENTRIES	4096
/* Bytes for the labels of all parameters, each with its NUL. */
#define UK_TESTJOURNAL_TEXT	32768

/* In the place of a label: it has none, or there was no room for it. */
#define UK_TESTJOURNAL_UNLABELLED	0u
#define UK_TESTJOURNAL_LABEL_LOST	0xffffffffu

enum uk_testjournal_status {
	UK_TESTJOURNAL_RUNNING = 1,
	UK_TESTJOURNAL_PASSED = 2,
	UK_TESTJOURNAL_FAILED = 3,
	UK_TESTJOURNAL_SKIPPED = 4,
};

enum uk_testjournal_kind {
	UK_TESTJOURNAL_CASE = 1,
	/** The init function of a suite, and its exit function. */
	UK_TESTJOURNAL_INIT = 2,
	UK_TESTJOURNAL_EXIT = 3,
};

/** A run of a case, or of the init or exit function of a suite. */
struct uk_testjournal_entry {
	/** Distance of the record from the start of the test table. */
	uint32_t record;
	/** One of enum uk_testjournal_kind. */
	uint32_t kind;
	/** One of enum uk_testjournal_status. */
	uint32_t status;
	uint32_t assertions;
	/** Assertions that failed and count. */
	uint32_t failed;
	/** Distance of the parameter's label from the start of the journal. */
	uint32_t label;
	/** Of the words above and the place of the entry. */
	uint32_t seal;
};

/** What holds for all entries; every word of it counts from the boot on. */
struct uk_testjournal_head {
	uint32_t magic;
	/** Entries there is room for, and that were begun. */
	uint32_t room, begun;
	/** 1 once all suites are over. */
	uint32_t ended;
	/** Reports of the sanitizer. */
	uint32_t findings;
	/** Entries that have ended, by status. */
	uint32_t passed, failed, skipped;
	/** Assertions that failed while no suite ran: in main(), for example. */
	uint32_t outside;
	/** Of the words above. */
	uint32_t seal;
};

struct uk_testjournal {
	struct uk_testjournal_head head;
	struct uk_testjournal_entry entries[UK_TESTJOURNAL_ENTRIES];
	/** Labels, as the console has them, each ended by a NUL. */
	char text[UK_TESTJOURNAL_TEXT];
};

extern struct uk_testjournal uk_testjournal;

/** Counts a report of the sanitizer. */
void uk_test_finding(void);

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_JOURNAL_H__ */
