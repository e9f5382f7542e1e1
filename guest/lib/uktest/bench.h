/* SPDX-License-Identifier: BSD-3-Clause */
/* How the rounds of a benchmark are run; private to the library. */
#ifndef UKTEST_BENCH_H
#define UKTEST_BENCH_H

#include <stdbool.h>

struct uktest_run;

/** Whether a case is a benchmark, and the host wants to know its rounds. */
bool bench_is_asked(const struct uktest_run *run);

/**
 * Runs the rounds inside of a run that is nothing else, and writes down their
 * counts.
 *
 * @param run left where an assertion fails or the body skips
 */
void bench_rounds(struct uktest_run *run);

/** Keeps the counts of rounds that have all come to their end. */
void bench_keep(const struct uktest_run *run);

#endif /* UKTEST_BENCH_H */
