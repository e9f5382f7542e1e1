/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tracepoints of a file that does not ask for them: empty functions, for any
 * arguments. It writes nothing.
 */
#include <uk/test.h>
#include "trace.h"

UK_TRACEPOINT(trace_silent, "%d %s", int, const char *);
UK_TRACEPOINT(trace_mute, "");

UK_TESTCASE(uktrace_silent_testsuite, they_leave_no_record)
{
	uk_trace_restart(UK_TRACE_KEEP_LAST);
	trace_silent(1, "one");
	trace_mute();
#if CONFIG_LIBUKDEBUG_ALL_TRACEPOINTS
	UK_TEST_EXPECT_PTR_NQ(uk_trace_buffer_writep, uk_trace_buffer);
#else
	UK_TEST_EXPECT_PTR_EQ(uk_trace_buffer_writep, uk_trace_buffer);
#endif
}

uk_testsuite_register(uktrace_silent_testsuite, NULL);
