/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The frame around all suites of a boot: the plan in front, the statistics and
 * the end after. The boot code calls it.
 */
#include <stdio.h>
#include <uk/test.h>

#include "journal.h"
#include "run.h"
#include "wire.h"

/* The note that the linker writes: three words, a name, the build id. */
#define NOTE_WORDS	12
#define ID_BYTES	32

static size_t word_at(const unsigned char *at)
{
	return at[0] | at[1] << 8 | at[2] << 16 | (size_t)at[3] << 24;
}

/* The build id in hexadecimal digits, `-` without one. */
static void format_build_id(char *out)
{
	size_t bytes, len, from;
	const unsigned char *note = uktest_build_id(&bytes);

	out[0] = '-';
	out[1] = '\0';
	if (bytes < NOTE_WORDS)
		return;
	from = NOTE_WORDS + ((word_at(note) + 3) & ~(size_t)3);
	len = word_at(note + 4);
	if (len > ID_BYTES || from + len > bytes)
		return;
	for (size_t i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, "%02x", note[from + i]);
}

void uk_test_begin(void)
{
	struct uk_testsuite *suite;
	struct uk_testcase *esac;
	unsigned int suites = 0, cases = 0, selected = 0;
	char build[2 * ID_BYTES + 1];

	journal_open();
	for (suite = uktest_first_suite(); suite != NULL;
	     suite = uktest_next_suite(suite)) {
		if (suite->cases_end > (struct uk_testcase *)(suite + 1))
			suites++;
		uk_testsuite_case_foreach(suite, esac) {
			cases++;
			if (uktest_is_selected(suite, esac))
				selected++;
		}
	}
	format_build_id(build);
	if (uktest_selects())
		wire_control("plan build=%s suites=%u cases=%u selected=%u",
			     build, suites, cases, selected);
	else
		wire_control("plan build=%s suites=%u cases=%u", build, suites,
			     cases);
}

void uk_test_end(void)
{
	const struct uktest_totals *all = &uktest_totals;

	wire_statistics("suites:     ", all->failed_suites, all->suites);
	wire_statistics("cases:      ", all->failed_cases, all->cases);
	wire_statistics("assertions: ", all->failed_sites, all->sites);
	wire_end(all->cases, all->failed_cases, all->skipped_cases,
		 all->outside);
	journal_close();
}
