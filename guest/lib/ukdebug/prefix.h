/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The prefix of a kernel line, for messages and for the crash screen alike.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKDEBUG_PREFIX_H
#define UKTEST_UKDEBUG_PREFIX_H

struct prefix {
	int level;
	/* NULL leaves the field out. */
	const char *library;
	const char *source;
	unsigned int line;
};

/** Begins a line: ends one that is begun, prints time, level and fields. */
void prefix_print(const struct prefix *prefix);

/** Whether a line is begun with a prefix and nothing else was printed since. */
int prefix_is_open(void);

/** To be called when the line that prefix_print() began has ended. */
void prefix_close(void);

#endif /* UKTEST_UKDEBUG_PREFIX_H */
