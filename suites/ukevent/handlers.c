/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Events that code raises: the order of handlers, what they answer, and an
 * event without any. Traps are in traps.c.
 */
#include <uk/event.h>
#include <uk/test.h>

#define MOST_CALLS 8

struct call_log {
	int order[MOST_CALLS];
	int count;
	/* What the handler in the middle answers. */
	int answer;
};

UK_EVENT(suite_event);
UK_EVENT(suite_event_longer);
UK_EVENT(unhandled_event);

static int note(struct call_log *log, int number, int answer)
{
	if (log->count < MOST_CALLS)
		log->order[log->count] = number;
	log->count++;
	return answer;
}

static int last(void *data)
{
	return note(data, 9, UK_EVENT_NOT_HANDLED);
}

static int middle(void *data)
{
	struct call_log *log = data;

	return note(log, 5, log->answer);
}

static int first(void *data)
{
	return note(data, 0, UK_EVENT_NOT_HANDLED);
}

/* Not in the order in which they are called. */
UK_EVENT_HANDLER(suite_event, last);
UK_EVENT_HANDLER_PRIO(suite_event, middle, 5);
UK_EVENT_HANDLER_PRIO(suite_event, first, 0);
/* Its name begins like the other one's. */
UK_EVENT_HANDLER(suite_event_longer, last);

UK_TESTCASE(ukevent_handlers, run_by_priority)
{
	struct call_log log = { .answer = UK_EVENT_NOT_HANDLED };

	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(suite_event, &log),
			       UK_EVENT_NOT_HANDLED);
	UK_TEST_REQUIRE_SNUM_EQ(log.count, 3);
	UK_TEST_EXPECT_SNUM_EQ(log.order[0], 0);
	UK_TEST_EXPECT_SNUM_EQ(log.order[1], 5);
	UK_TEST_EXPECT_SNUM_EQ(log.order[2], 9);
}

UK_TESTCASE(ukevent_handlers, handled_ends_it)
{
	struct call_log log = { .answer = UK_EVENT_HANDLED };

	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(suite_event, &log),
			       UK_EVENT_HANDLED);
	UK_TEST_EXPECT_SNUM_EQ(log.count, 2);
}

UK_TESTCASE(ukevent_handlers, handled_and_the_next_too)
{
	struct call_log log = { .answer = UK_EVENT_HANDLED_CONT };

	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(suite_event, &log),
			       UK_EVENT_HANDLED_CONT);
	UK_TEST_EXPECT_SNUM_EQ(log.count, 3);
}

UK_TESTCASE(ukevent_handlers, an_error_ends_it)
{
	struct call_log log = { .answer = -22 };

	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(suite_event, &log), -22);
	UK_TEST_EXPECT_SNUM_EQ(log.count, 2);
}

UK_TESTCASE(ukevent_handlers, names_that_begin_alike_are_two)
{
	struct call_log log = { .answer = UK_EVENT_HANDLED };

	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(suite_event_longer, &log),
			       UK_EVENT_NOT_HANDLED);
	UK_TEST_EXPECT_SNUM_EQ(log.count, 1);
}

UK_TESTCASE(ukevent_handlers, without_a_handler)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_raise_event(unhandled_event, __NULL),
			       UK_EVENT_NOT_HANDLED);
}

UK_TESTCASE(ukevent_handlers, handlers_are_walked)
{
	const uk_event_handler_t *itr;
	struct uk_event *event = UK_EVENT_PTR(suite_event);
	int count = 0;

	uk_event_handler_foreach(itr, event)
		count++;
	UK_TEST_EXPECT_SNUM_EQ(count, 3);
	UK_TEST_EXPECT_PTR_EQ(UK_EVENT_PTR(suite_event), event);
}

uk_testsuite_register(ukevent_handlers, NULL);
