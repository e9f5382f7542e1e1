/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines of messages on their way to one place, which is the console or the log.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKDEBUG_OUTPUT_H
#define UKTEST_UKDEBUG_OUTPUT_H

#include "prefix.h"

struct output {
	prefix_out out;
	/** Whether the last byte there was something else than a line feed. */
	int (*is_midline)(void);
	/* A line that a prefix has begun waits for its end, and its level. */
	int is_open;
	int level;
	/* PREFIX_*. */
	unsigned int fields;
};

extern struct output output_console;

/** Begins a line; ends one that something else has begun. */
void output_begin(struct output *output, const struct prefix *prefix);

/** Text of a message: a prefix begins each of its lines. */
void output_text(struct output *output, const struct prefix *prefix,
		 const char *text, __sz len);

/** Ends the line. */
void output_end(struct output *output);

#endif /* UKTEST_UKDEBUG_OUTPUT_H */
