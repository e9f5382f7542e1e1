/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Traps that a handler does not take: the crash screen, and the event that
 * is raised after it. Each case ends its boot.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/test.h>

#include "raise.h"

static int answer;

static int takes_none(void *data __unused)
{
	return answer;
}

UK_EVENT_HANDLER(UKARCH_TRAP_INVALID_OP, takes_none);

static int on_crash(void *data)
{
	const struct uk_crash_event_param *param = data;

	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text("crash event: ");
	uk_crash_text(param->what);
	uk_crash_text(param->regs ? ", with registers" : ", without registers");
	uk_crash_end();
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UK_CRASH_EVENT, on_crash, 0);

UK_TESTCASE(ukevent_not_handled, trap)
{
	UK_TEST_EXPECT(1);
	answer = UK_EVENT_NOT_HANDLED;
	raise_invalid_op();
}

UK_TESTCASE(ukevent_error, trap)
{
	UK_TEST_EXPECT(1);
	answer = -5;
	raise_invalid_op();
}

UK_TESTCASE(ukevent_assertion, fails)
{
	UK_TEST_EXPECT(1);
	UK_ASSERT(answer == 1);
}

static int raises_again(void *data __unused)
{
	volatile unsigned int depth = 0;

	/* Each needs the handler that it is in. */
	depth++;
	raise_debug();
	return depth > 0 ? UK_EVENT_HANDLED : UK_EVENT_NOT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_DEBUG, raises_again, 0);

UK_TESTCASE(ukevent_endless, handler_that_raises_its_own)
{
	UK_TEST_EXPECT(1);
	raise_debug();
}

uk_testsuite_register(ukevent_not_handled, NULL);
uk_testsuite_register(ukevent_error, NULL);
uk_testsuite_register(ukevent_assertion, NULL);
uk_testsuite_register(ukevent_endless, NULL);
