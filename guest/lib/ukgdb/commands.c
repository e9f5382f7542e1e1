/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Commands about the test image: its suites, its memory, its processor. They
 * read and change nothing.
 */
#include <uk/alloc.h>
#include <uk/arch/lcpu.h>
#include <uk/gdb.h>
#include <uk/nofault.h>
#include <uk/plat/interrupt.h>
#include <uk/print/log.h>
#include <uk/store.h>
#include <uk/test.h>
#include <uk/gdb/packet.h>

/* Of uktest. */
struct uk_testsuite *uktest_first_suite(void);
struct uk_testsuite *uktest_next_suite(struct uk_testsuite *suite);

/* Of a library that an image may be without. */
#pragma weak uk_print_log_walk
#pragma weak uk_store_foreach
#pragma weak _uk_store_get_ncharp

static void say_number(const char *name, unsigned long long value)
{
	uk_gdb_say(name);
	uk_gdb_say(": ");
	uk_gdb_say_decimal(value);
	uk_gdb_say("\n");
}

static void suites(const char *words __unused)
{
	struct uk_testcase *esac;
	struct uk_testsuite *suite;

	for (suite = uktest_first_suite(); suite;
	     suite = uktest_next_suite(suite)) {
		uk_gdb_say(suite->name);
		uk_gdb_say("\n");
		uk_testsuite_case_foreach(suite, esac) {
			uk_gdb_say("\t");
			uk_gdb_say(esac->name);
			uk_gdb_say("\n");
		}
	}
}

static void allocs(const char *words __unused)
{
	struct uk_alloc_stats stats;

	uk_alloc_stats_get_global(&stats);
	say_number("allocations now", stats.cur_nb_allocs);
	say_number("allocations at most", stats.max_nb_allocs);
	say_number("bytes now", stats.cur_mem_use);
	say_number("bytes at most", stats.max_mem_use);
	say_number("allocations ever", stats.tot_nb_allocs);
	say_number("frees ever", stats.tot_nb_frees);
	say_number("failed", stats.nb_enomem);
}

static void paging(const char *words)
{
	__uptr address;

	if (!packet_parse(&words, &address)) {
		uk_gdb_say("paging ADDRESS, in hexadecimal digits\n");
		return;
	}
	uk_gdb_say_hex(address);
	uk_gdb_say(": ");
	uk_gdb_say(!uk_nofault_probe_r(address, 1, 0) ? "not mapped" :
		   uk_nofault_probe_rw(address, 1, 0) ? "read and write"
						      : "read");
	uk_gdb_say("\n");
}

static void irq(const char *words __unused)
{
	struct ukplat_interrupt state;
	unsigned int number;

	for (number = 0; ukplat_interrupt_get(number, &state); number++) {
		if (!state.is_enabled && !state.is_pending && !state.is_active)
			continue;
		uk_gdb_say_decimal(number);
		uk_gdb_say(state.is_enabled ? ": enabled" : ": masked");
		uk_gdb_say(state.is_pending ? ", pending" : "");
		uk_gdb_say(state.is_active ? ", active\n" : "\n");
	}
}

/* What is said ends with a NUL, and the log is no such text. */
static void say_bytes(const char *text, __sz len)
{
	char piece[64];
	__sz i, count;

	for (; len; text += count, len -= count) {
		count = MIN(len, sizeof(piece) - 1);
		for (i = 0; i < count; i++)
			piece[i] = text[i];
		piece[count] = '\0';
		uk_gdb_say(piece);
	}
}

static void dmesg(const char *words __unused)
{
	if (uk_print_log_walk)
		uk_print_log_walk(say_bytes);
	else
		uk_gdb_say("no log: the suite needs the library uklogbuf\n");
}

static int say_value(void *cookie __unused, const char *library,
		     const struct uk_store_object *object,
		     const struct uk_store_entry *entry)
{
	char text[64];
	int result;

	uk_gdb_say(library);
	uk_gdb_say("/");
	if (object) {
		uk_gdb_say(object->name);
		uk_gdb_say("/");
	}
	uk_gdb_say(entry->name);
	uk_gdb_say(" = ");
	/* Code of somebody else: its name is out before it is called. */
	result = _uk_store_get_ncharp(entry, text, sizeof(text));
	if (result) {
		uk_gdb_say("error ");
		uk_gdb_say_decimal(-result);
	} else {
		uk_gdb_say(text);
	}
	uk_gdb_say("\n");
	return 0;
}

static void store(const char *words __unused)
{
	if (uk_store_foreach)
		uk_store_foreach(say_value, __NULL);
	else
		uk_gdb_say("no store: the suite needs the library ukstore\n");
}

UK_GDB_COMMAND(suites, "suites of the image and their cases", suites);
UK_GDB_COMMAND(allocs, "what the heap was asked for", allocs);
UK_GDB_COMMAND(store, "values that libraries offer", store);
UK_GDB_COMMAND(irq, "interrupts that are enabled or have come", irq);
UK_GDB_COMMAND(dmesg, "the log of messages", dmesg);
UK_GDB_COMMAND(paging, "how an address can be accessed", paging);
