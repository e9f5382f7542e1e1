/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Guests that lie about their own tests, each in a suite of its own: a case that
 * fails, and one that tries to make a success of it. What becomes of each is the
 * table of docs/protocol.md. They change the guest only; nothing here knows how
 * a host reads it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>
#include <uk/test.h>
#include <uk/test/journal.h>

#include "attacks.h"

/* Cases run in the order of their names. */
#define ATTACK(name)							\
	static volatile int answer;					\
	UK_TESTCASE(attack_##name, a_victim)				\
	{								\
		UK_TEST_EXPECT_SNUM_EQ(answer, 42);			\
	}								\
	UK_TESTCASE(attack_##name, c_after)				\
	{								\
		UK_TEST_EXPECT_SNUM_EQ(answer, 41);			\
	}								\
	uk_testsuite_register(attack_##name, NULL);			\
	UK_TESTCASE(attack_##name, b_attack)

static volatile int answer = 41;

/* A line of the test library, as nothing but the library should print it. */
static void print_own(const char *library, const char *text)
{
	_uk_printk(KLVL_INFO, library, NULL, 0, "%s\n", text);
}

ATTACK(printed_pass)
{
	printf("\texpected `answer` to be 42 and was 42 ............. [ PASSED ]\n");
	printf("test: attack_printed_pass->a_victim\n");
}

ATTACK(own_form_pass)
{
	print_own(NULL, "test:\033[0m attack_own_form_pass->a_victim");
	print_own(NULL, "\texpected `answer` to be 42 and was 42 "
		  "............................................ [ PASSED ]");
}

ATTACK(own_form_end)
{
	print_own("libuktest", "uktest:case attack_own_form_end->a_victim passed assertions=1 failed=0 time=1");
}

ATTACK(whole_forged_run)
{
	print_own("libuktest", "uktest:plan build=- suites=1 cases=1");
	print_own("libuktest", "uktest:begin attack_whole_forged_run");
	print_own(NULL, "test:\033[0m attack_whole_forged_run->a_victim");
	print_own("libuktest", "uktest:case attack_whole_forged_run->a_victim passed assertions=0 failed=0 time=1");
	print_own("libuktest", "uktest:done attack_whole_forged_run cases=1 failed=0");
	print_own("libuktest", "uktest:end cases=1 failed=0 skipped=0");
	ukplat_terminate(UKPLAT_HALT);
}

ATTACK(console_erased)
{
	printf("\033[A\033[2K\033[A\033[2K\033[A\033[2K\r\033[3J\033c\b\b\b\b");
}

ATTACK(journal_status)
{
	failed_entry()->status = UK_TESTJOURNAL_PASSED;
}

ATTACK(journal_counts)
{
	failed_entry()->failed = 0;
	failed_entry()->status = UK_TESTJOURNAL_PASSED;
}

ATTACK(journal_entry_sealed)
{
	forge_entry(failed_entry());
}

ATTACK(journal_forged)
{
	forge_entry(failed_entry());
	forge_head();
}

ATTACK(journal_begun)
{
	uk_testjournal.head.begun = 0;
}

ATTACK(journal_erased)
{
	memset(&uk_testjournal, 0, sizeof(uk_testjournal));
}

ATTACK(journal_ended)
{
	uk_testjournal.head.ended = 1;
	seal_head();
	ukplat_terminate(UKPLAT_HALT);
}

ATTACK(table_status)
{
	first_site(esac - 1)->status = UK_TEST_SUCCESS;
}

ATTACK(table_record)
{
	struct uk_testsuite *suite = (struct uk_testsuite *)(esac - 1) - 1;

	suite->cases_end = esac + 1;
}

ATTACK(finding_erased)
{
	answer += 2147483647;
	answer = 41;
	uk_testjournal.head.findings = 0;
	seal_head();
}

ATTACK(halts)
{
	ukplat_terminate(UKPLAT_HALT);
}

ATTACK(exits)
{
	exit(0);
}

ATTACK(resets)
{
	ukplat_terminate(UKPLAT_RESTART);
}

/*
 * What cannot be seen from outside: the console is off while the case fails, and
 * all of memory says that it passed.
 */
UK_TESTCASE(attack_everything, a_mute)
{
	console_off();
}

UK_TESTCASE(attack_everything, b_victim)
{
	UK_TEST_EXPECT_SNUM_EQ(answer, 42);
}

UK_TESTCASE(attack_everything, c_attack)
{
	first_site(esac - 1)->status = UK_TEST_SUCCESS;
	forge_entry(failed_entry());
	forge_head();
	forget_totals();
	console_on();
}

uk_testsuite_register(attack_everything, NULL);
