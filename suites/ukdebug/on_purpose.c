/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Crashes that a program asks for: each suite ends the machine.
 * They are run by name only, one by one.
 */
#include <assert.h>
#include <stdlib.h>
#include <uk/assert.h>
#include <uk/test.h>

/* Nothing is known about its value, so nothing is known at compile time. */
static volatile int three = 3;

UK_TESTCASE(ukdebug_assertion, fails)
{
	UK_TEST_EXPECT_SNUM_EQ(three, 3);
	UK_ASSERT(three == 4);
}

UK_TESTCASE(ukdebug_libc_assertion, fails)
{
	UK_TEST_EXPECT_SNUM_EQ(three, 3);
	assert(three == 4);
}

UK_TESTCASE(ukdebug_crash, with_a_message)
{
	UK_TEST_EXPECT_SNUM_EQ(three, 3);
	UK_CRASH("Could not initialize the scheduler, %d tries\n", three);
}

UK_TESTCASE(ukdebug_abort, is_called)
{
	UK_TEST_EXPECT_SNUM_EQ(three, 3);
	abort();
}

/* The message cannot be formatted: a crash within a crash. */
UK_TESTCASE(ukdebug_twice, message_is_no_string)
{
	const char *volatile no_string = (const char *)(__uptr)three;

	UK_TEST_EXPECT_SNUM_EQ(three, 3);
	UK_CRASH("Never seen to its end: %s\n", no_string);
}

uk_testsuite_register(ukdebug_assertion, NULL);
uk_testsuite_register(ukdebug_libc_assertion, NULL);
uk_testsuite_register(ukdebug_crash, NULL);
uk_testsuite_register(ukdebug_abort, NULL);
uk_testsuite_register(ukdebug_twice, NULL);
