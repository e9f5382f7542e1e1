/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of the library that keep the journal; private to it. */
#ifndef UKTEST_JOURNAL_H
#define UKTEST_JOURNAL_H

#include <uk/test/journal.h>

/**
 * Notes that a record runs; returns its entry, or NULL without room.
 *
 * @param label of the parameter it runs for, or NULL
 */
struct uk_testjournal_entry *journal_begin(const void *record,
					   const char *label);

/** Notes what became of it; `entry` may be NULL. */
void journal_end(struct uk_testjournal_entry *entry,
		 enum uk_testjournal_status status, unsigned int assertions,
		 unsigned int failed);

/** Note the first and the last moment of the tests. */
void journal_open(void);
void journal_close(void);

#endif /* UKTEST_JOURNAL_H */
