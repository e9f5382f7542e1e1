/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads records of tracepoints where they are, as the host does later.
 * It does not know what was noted.
 */
#ifndef SUITES_UKTRACE_TRACE_H
#define SUITES_UKTRACE_TRACE_H

#include <string.h>
#include <uk/trace.h>

#define HEAD_BYTES (16 + sizeof(void *))

/** Bytes of arguments of the record at a place; -1 where there is none. */
static inline long trace_size(const char *at)
{
	__u32 magic, size;

	memcpy(&magic, at, 4);
	memcpy(&size, at + 4, 4);
	return magic == UK_TP_HEADER_MAGIC ? (long)size : -1;
}

/** The record after one; NULL after the last before `end`. */
static inline const char *trace_next(const char *at, const char *end)
{
	long size = trace_size(at);

	if (size < 0)
		return __NULL;
	at += HEAD_BYTES + size;
	return at < end && trace_size(at) >= 0 ? at : __NULL;
}

static inline __u64 trace_time(const char *at)
{
	__u64 time;

	memcpy(&time, at + 8, 8);
	return time;
}

#define trace_arguments(at) ((at) + HEAD_BYTES)

#endif /* SUITES_UKTRACE_TRACE_H */
