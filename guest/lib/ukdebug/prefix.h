/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The prefix of a kernel line, for messages and for the crash screen alike.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKDEBUG_PREFIX_H
#define UKTEST_UKDEBUG_PREFIX_H

#include <uk/essentials.h>
#include <uk/plat/time.h>

/** Where the text of a line goes. */
typedef void (*prefix_out)(const char *text, __sz len);

/* Fields of a prefix that can be chosen, and whether it has colours. */
#define PREFIX_TIME UK_BIT(0)
#define PREFIX_THREAD UK_BIT(1)
#define PREFIX_CALLER UK_BIT(2)
#define PREFIX_SOURCE UK_BIT(3)
#define PREFIX_COLOR UK_BIT(4)

struct prefix {
	int level;
	/* NULL leaves the field out. */
	const char *library;
	const char *source;
	/* NULL is shown as such; it may be no text at all. */
	const char *thread;
	unsigned int line;
	/* Where the message comes from; 0 leaves the field out. */
	__uptr caller;
	__uptr frame;
	__nsec time;
};

/** Writes time, level, thread, caller, library and source, in that order. */
void prefix_write(prefix_out out, const struct prefix *prefix,
		  unsigned int fields);

/** The sequence that the text of a level begins with; empty for most. */
const char *prefix_color(int level);

#endif /* UKTEST_UKDEBUG_PREFIX_H */
