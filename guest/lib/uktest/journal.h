/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of the library that keep the journal; private to it. */
#ifndef UKTEST_JOURNAL_H
#define UKTEST_JOURNAL_H

#include <stddef.h>
#include <uk/test/journal.h>

/**
 * Notes that a case, or a function of a suite, runs.
 *
 * @param record of the case or suite in the test table
 * @param label of the parameter it runs for, or NULL
 * @return its entry, or NULL without room
 */
struct uk_testjournal_entry *journal_begin(enum uk_testjournal_kind kind,
					   const void *record,
					   const char *label);

/** Notes what became of it; `entry` may be NULL. */
void journal_end(struct uk_testjournal_entry *entry,
		 enum uk_testjournal_status status, unsigned int assertions,
		 unsigned int failed);

/** The seal of some whole words, which depends on a number too. */
uint32_t journal_seal(const void *words, size_t bytes, uint32_t number);

/** Counts an assertion that failed while no suite ran. */
void journal_outside(void);

/** Note the first and the last moment of the tests. */
void journal_open(void);
void journal_close(void);

#endif /* UKTEST_JOURNAL_H */
