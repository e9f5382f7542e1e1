/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel of the kit, as the test library sees it: command line, build id,
 * and the store, which offers its counts, and takes what the command line sets.
 * It does not read the command line; select.c and ukstore do.
 */
#include <string.h>
#include <uk/plat/bootstrap.h>
#include <uk/store.h>
#include <uk/test.h>

#include "port.h"
#include "run.h"

/* The linker script has them. */
extern const unsigned char uk_build_id_note[], uk_build_id_note_end[];

const char *uktest_words(void)
{
	return ukplat_cmdline();
}

bool uktest_fails_fast(void)
{
	return ukplat_cmdline_has("uktest.failfast");
}

const unsigned char *uktest_build_id(size_t *bytes)
{
	*bytes = uk_build_id_note_end - uk_build_id_note;
	return uk_build_id_note;
}

/* An image may be without the library ukstore. */
#pragma weak uk_store_set_words

static void say_unset(const char *name, const char *value, int error)
{
	UK_TEST_ASSERTF(!error, "uktest.set=%s: error %d with the value `%s'",
			name, -error, value);
}

/* A value that is not what was asked for makes the run red. */
void uktest_before_suite(void)
{
	static bool is_over;
	const char *first = uktest_word("uktest.set=");

	if (is_over)
		return;
	is_over = true;
	if (uk_store_set_words)
		uk_store_set_words(uktest_words(), say_unset);
	else if (first != NULL)
		UK_TEST_ASSERTF(false, "uktest.set=%.*s: no ukstore in here",
				(int)strcspn(first, " \t"), first);
}

#define COUNT(id, name)                                                    \
	static int get_##name(void *cookie __unused, __u32 *out)           \
	{                                                                  \
		*out = uktest_totals.name;                                 \
		return 0;                                                  \
	}                                                                  \
	UK_STORE_STATIC_ENTRY(id, name, u32, get_##name, NULL);            \
	UK_STORE_DATUM(get_##name, uktest_totals.name)

COUNT(1, suites);
COUNT(2, failed_suites);
COUNT(3, cases);
COUNT(4, failed_cases);
COUNT(5, skipped_cases);
