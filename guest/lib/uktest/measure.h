/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a run of a case is measured; private to the library. Cases that run
 * inside of a case belong to it and are not measured.
 */
#ifndef UKTEST_MEASURE_H
#define UKTEST_MEASURE_H

#include <stdbool.h>

struct uktest_run;
struct uk_testjournal_entry;

/** The moments before and after a run of a case. */
void measure_begin(const struct uktest_run *run);
void measure_end(const struct uktest_run *run);

/**
 * Whether the case is to run once more, since it holds memory that it may hold
 * for its first run alone.
 *
 * @param bytes @param blocks what it holds
 */
bool measure_wants_again(const struct uktest_run *run, long *bytes,
			 long *blocks);

/** The moments around that run, and whether it counts instead of the first. */
void measure_begin_again(const struct uktest_run *run);
void measure_end_again(const struct uktest_run *run, bool counts);

/** Writes down what was measured. */
void measure_close(const struct uktest_run *run);

#endif /* UKTEST_MEASURE_H */
