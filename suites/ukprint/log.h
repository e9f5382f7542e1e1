/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the log holds since a case began.
 * It does not look at the console, which the host does.
 */
#ifndef SUITE_UKPRINT_LOG_H
#define SUITE_UKPRINT_LOG_H

#include <stddef.h>

/** Forgets what the log holds by now. */
void log_begin(void);

/** What was kept since, without what stands in brackets: the times. */
const char *log_text(void);

#endif /* SUITE_UKPRINT_LOG_H */
