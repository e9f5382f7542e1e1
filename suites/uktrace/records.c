/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bytes that tracepoints leave in the buffer. What is kept when it is full
 * is in full.c.
 */
#define UK_DEBUG_TRACE
#include <uk/test.h>
#include "trace.h"

UK_TRACEPOINT(trace_nothing, "nothing");
UK_TRACEPOINT(trace_number, "%d", int);
UK_TRACEPOINT(trace_text, "\"%s\" 0x%x", const char *, int);
UK_TRACEPOINT(trace_seven, "%d %u %d %u %d %p %s", signed char, __u16, int,
	      __u64, __s64, void *, char *);

UK_TESTCASE(uktrace_record_testsuite, a_record_has_its_size_and_time)
{
	const char *at = uk_trace_buffer;
	int value;

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	trace_number(-42);
	trace_nothing();
	UK_TEST_EXPECT_SNUM_EQ(trace_size(at), sizeof(int));
	memcpy(&value, trace_arguments(at), sizeof(value));
	UK_TEST_EXPECT_SNUM_EQ(value, -42);
	UK_TEST_EXPECT_SNUM_EQ(
		trace_size(trace_next(at, uk_trace_buffer_writep)), 0);
	UK_TEST_EXPECT(trace_time(trace_next(at, uk_trace_buffer_writep)) >=
		       trace_time(at));
	UK_TEST_EXPECT_SNUM_EQ(uk_trace_buffer_writep - at,
			       2 * HEAD_BYTES + sizeof(int));
	UK_TEST_EXPECT_SNUM_EQ(uk_trace_buffer_free,
			       sizeof(uk_trace_buffer) - 2 * HEAD_BYTES -
				       sizeof(int));
}

UK_TESTCASE(uktrace_record_testsuite, a_text_has_a_length_and_no_nul)
{
	const char *at = uk_trace_buffer;

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	trace_text("/etc/motd", 0x42);
	UK_TEST_EXPECT_SNUM_EQ(trace_size(at), 1 + 9 + sizeof(int));
	UK_TEST_EXPECT_SNUM_EQ(*trace_arguments(at), 9);
	UK_TEST_EXPECT_BYTES_EQ(trace_arguments(at) + 1, "/etc/motd", 9);
	UK_TEST_EXPECT_BYTES_EQ(trace_arguments(at) + 10, "\x42\0\0\0", 4);
}

UK_TESTCASE(uktrace_record_testsuite, a_long_text_is_cut)
{
	const char *at = uk_trace_buffer;
	char text[100];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	uk_trace_restart(UK_TRACE_KEEP_LAST);
	trace_text(text, 0);
	UK_TEST_EXPECT_SNUM_EQ(trace_size(at),
			       1 + UK_TRACE_TEXT_MAX + sizeof(int));
	UK_TEST_EXPECT_SNUM_EQ(*trace_arguments(at), UK_TRACE_TEXT_MAX);
	trace_text(NULL, 0);
	at = trace_next(at, uk_trace_buffer_writep);
	UK_TEST_EXPECT_SNUM_EQ(*trace_arguments(at), 6);
	trace_text("", 0);
	at = trace_next(at, uk_trace_buffer_writep);
	UK_TEST_EXPECT_SNUM_EQ(*trace_arguments(at), 0);
	UK_TEST_EXPECT_NULL(trace_next(at, uk_trace_buffer_writep));
}

UK_TESTCASE(uktrace_record_testsuite, seven_arguments_stand_in_order)
{
	const char *at = uk_trace_buffer;
	const int bytes = 1 + 2 + 4 + 8 + 8 + sizeof(void *) + 4;
	char word[] = "end";

	uk_trace_restart(UK_TRACE_KEEP_LAST);
	trace_seven(-1, 0xfffe, -2, 0x0807060504030201ull, -3, word, word);
	UK_TEST_EXPECT_SNUM_EQ(trace_size(at), bytes);
	at = trace_arguments(at);
	UK_TEST_EXPECT_BYTES_EQ(at, "\xff", 1);
	UK_TEST_EXPECT_BYTES_EQ(at + 1, "\xfe\xff", 2);
	UK_TEST_EXPECT_BYTES_EQ(at + 3, "\xfe\xff\xff\xff", 4);
	UK_TEST_EXPECT_BYTES_EQ(at + 7, "\1\2\3\4\5\6\7\x8", 8);
	UK_TEST_EXPECT_BYTES_EQ(at + 15, "\xfd\xff\xff\xff\xff\xff\xff\xff",
				8);
	at += 23 + sizeof(void *);
	UK_TEST_EXPECT_BYTES_EQ(at, "\3end", 4);
	UK_TEST_EXPECT_PTR_EQ(at + 4, uk_trace_buffer_writep);
}

uk_testsuite_register(uktrace_record_testsuite, NULL);
