/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a guest writes over what it has noted about its tests. It is the library's
 * own arithmetic once more, as whoever forges on purpose would have it.
 */
#ifndef ATTACKS_H
#define ATTACKS_H

#include <stddef.h>
#include <stdint.h>
#include <uk/essentials.h>
#include <uk/test.h>
#include <uk/test/journal.h>

/* Counts of the boot, private to the library: the fourth is failed cases. */
extern unsigned int uktest_totals[];

static inline uint32_t seal_of(const uint32_t *words, size_t count,
			       uint32_t seed)
{
	uint32_t hash = 0x811c9dc5u ^ seed;

	while (count-- > 0)
		hash = (hash ^ *words++) * 0x01000193u;
	return hash;
}

static inline void seal_head(void)
{
	struct uk_testjournal_head *head = &uk_testjournal.head;

	head->seal = seal_of(&head->magic, sizeof(*head) / 4 - 1, 0);
}

/* The entry of the only case that has failed. */
static inline struct uk_testjournal_entry *failed_entry(void)
{
	struct uk_testjournal_entry *entry = uk_testjournal.entries;

	while (entry->status != UK_TESTJOURNAL_FAILED)
		entry++;
	return entry;
}

static inline void forge_entry(struct uk_testjournal_entry *entry)
{
	entry->status = UK_TESTJOURNAL_PASSED;
	entry->failed = 0;
	entry->seal = seal_of(&entry->record, sizeof(*entry) / 4 - 1,
			      entry - uk_testjournal.entries);
}

static inline void forge_head(void)
{
	uk_testjournal.head.failed--;
	uk_testjournal.head.passed++;
	seal_head();
}

static inline void forget_totals(void)
{
	uktest_totals[3] = 0;
}

static inline struct uk_assert *first_site(struct uk_testcase *esac)
{
	return &esac->asserts[1];
}

/* The serial port, which is no longer listened to, or no longer sends. */
#if defined(__aarch64__)
#define UART_CONTROL ((volatile uint32_t *)0x09000030UL)
#define console_off()	(*UART_CONTROL = 0)
#define console_on()	(*UART_CONTROL = 0x301)
#else
/* Modem control: its loop-back bit keeps every byte inside. */
#define MODEM_CONTROL 0x3fc
static inline void out(uint16_t port, uint8_t byte)
{
	__asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port));
}
#define console_off()	out(MODEM_CONTROL, 0x10)
#define console_on()	out(MODEM_CONTROL, 0x0b)
#endif

#endif /* ATTACKS_H */
