/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keeps the journal. It prints nothing and stops for nothing: without room a
 * result is counted and no longer kept.
 */
#include <stddef.h>
#include <string.h>
#include <uk/test/record.h>

#include "journal.h"

/* The host finds it by its section, also in an image without symbols. */
struct uk_testjournal uk_testjournal
	__attribute__((section(".bss.uk_testlog"), used));

/* Bytes of its text that are taken. */
static size_t text_bytes;

void journal_open(void)
{
	uk_testjournal.room = UK_TESTJOURNAL_ENTRIES;
	uk_testjournal.magic = UK_TESTJOURNAL_MAGIC;
}

void journal_close(void)
{
	uk_testjournal.ended = 1;
}

/* The distance of a copy of the label from the start of the journal. */
static uint32_t keep_label(const char *label)
{
	struct uk_testjournal *all = &uk_testjournal;
	size_t bytes;
	char *copy;

	if (label == NULL)
		return UK_TESTJOURNAL_UNLABELLED;
	bytes = strlen(label) + 1;
	if (bytes > sizeof(all->text) - text_bytes)
		return UK_TESTJOURNAL_LABEL_LOST;
	copy = &all->text[text_bytes];
	memcpy(copy, label, bytes);
	text_bytes += bytes;
	return copy - (char *)all;
}

struct uk_testjournal_entry *journal_begin(const void *record,
					   const char *label)
{
	struct uk_testjournal *all = &uk_testjournal;
	struct uk_testjournal_entry *entry;

	if (all->begun++ >= UK_TESTJOURNAL_ENTRIES)
		return NULL;
	entry = &all->entries[all->begun - 1];
	entry->record = (const char *)record - uk_testtab_start;
	entry->label = keep_label(label);
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
