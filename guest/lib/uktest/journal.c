/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keeps the journal. It prints nothing and stops for nothing: without room a
 * result is counted and no longer kept.
 */
#include <stddef.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/test/record.h>

#include "journal.h"

/* The host finds it by its section, also in an image without symbols. */
struct uk_testjournal uk_testjournal
	__used __section(".bss.uk_testlog");

/* Bytes of its text that are taken. */
static size_t text_bytes;

/*
 * FNV-1a over 32-bit words. It guards against a word that something else in the
 * guest overwrites, not against code that forges an entry on purpose.
 */
uint32_t journal_seal(const void *words, size_t bytes, uint32_t number)
{
	const uint32_t *word = words;
	uint32_t hash = 0x811c9dc5u ^ number;

	for (; bytes >= sizeof(*word); bytes -= sizeof(*word))
		hash = (hash ^ *word++) * 0x01000193u;
	return hash;
}

static void seal_head(void)
{
	struct uk_testjournal_head *head = &uk_testjournal.head;

	head->seal = journal_seal(head, offsetof(struct uk_testjournal_head,
						 seal), 0);
}

static void seal_entry(struct uk_testjournal_entry *entry)
{
	entry->seal = journal_seal(entry, offsetof(struct uk_testjournal_entry,
						   seal),
				   entry - uk_testjournal.entries);
}

void journal_open(void)
{
	uk_testjournal.head.room = UK_TESTJOURNAL_ENTRIES;
	uk_testjournal.head.magic = UK_TESTJOURNAL_MAGIC;
	seal_head();
}

void journal_close(void)
{
	uk_testjournal.head.ended = 1;
	seal_head();
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

struct uk_testjournal_entry *journal_begin(enum uk_testjournal_kind kind,
					   const void *record,
					   const char *label)
{
	struct uk_testjournal *all = &uk_testjournal;
	struct uk_testjournal_entry *entry = NULL;

	if (all->head.begun < UK_TESTJOURNAL_ENTRIES) {
		entry = &all->entries[all->head.begun];
		entry->record = (const char *)record - uk_testtab_start;
		entry->kind = kind;
		entry->label = keep_label(label);
		entry->status = UK_TESTJOURNAL_RUNNING;
		seal_entry(entry);
	}
	all->head.begun++;
	seal_head();
	return entry;
}

static void count(enum uk_testjournal_status status)
{
	struct uk_testjournal_head *head = &uk_testjournal.head;

	if (status == UK_TESTJOURNAL_FAILED)
		head->failed++;
	else if (status == UK_TESTJOURNAL_SKIPPED)
		head->skipped++;
	else
		head->passed++;
	seal_head();
}

void journal_end(struct uk_testjournal_entry *entry,
		 enum uk_testjournal_status status, unsigned int assertions,
		 unsigned int failed)
{
	count(status);
	if (entry == NULL)
		return;
	entry->assertions = assertions;
	entry->failed = failed;
	entry->status = status;
	seal_entry(entry);
}

void journal_outside(void)
{
	uk_testjournal.head.outside++;
	seal_head();
}

void uk_test_finding(void)
{
	uk_testjournal.head.findings++;
	seal_head();
}
