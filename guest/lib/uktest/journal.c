/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keeps the journal. It prints nothing and stops for nothing: without room a
 * result is counted and no longer kept.
 */
#include <stddef.h>
#include <uk/test/record.h>

#include "journal.h"

/* The host finds it by its section, also in an image without symbols. */
struct uk_testjournal uk_testjournal
	__attribute__((section(".bss.uk_testlog"), used));

void journal_open(void)
{
	uk_testjournal.room = UK_TESTJOURNAL_ENTRIES;
	uk_testjournal.magic = UK_TESTJOURNAL_MAGIC;
}

void journal_close(void)
{
	uk_testjournal.ended = 1;
}

struct uk_testjournal_entry *journal_begin(const void *record)
{
	struct uk_testjournal *all = &uk_testjournal;
	struct uk_testjournal_entry *entry;

	if (all->begun++ >= UK_TESTJOURNAL_ENTRIES)
		return NULL;
	entry = &all->entries[all->begun - 1];
	entry->record = (const char *)record - uk_testtab_start;
	entry->status = UK_TESTJOURNAL_RUNNING;
	return entry;
}

void journal_end(struct uk_testjournal_entry *entry,
		 enum uk_testjournal_status status, unsigned int assertions,
		 unsigned int failed)
{
	if (entry == NULL)
		return;
	entry->assertions = assertions;
	entry->failed = failed;
	entry->status = status;
}

void uk_test_finding(void)
{
	uk_testjournal.findings++;
}
