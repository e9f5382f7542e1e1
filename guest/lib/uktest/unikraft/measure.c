/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measures nothing: no allocator of Unikraft counts for a case, and a host reads
 * its statistics from outside. It stands in for the measure.c of the kit.
 */
#include <stddef.h>
#include <uk/essentials.h>

#include "../measure.h"

void measure_begin(const struct uktest_run *run __unused)
{
}

void measure_end(const struct uktest_run *run __unused)
{
}

bool measure_wants_again(const struct uktest_run *run __unused,
			 long *bytes __unused, long *blocks __unused)
{
	return false;
}

void measure_begin_again(const struct uktest_run *run __unused)
{
}

void measure_end_again(const struct uktest_run *run __unused,
		       bool counts __unused)
{
}

void measure_close(const struct uktest_run *run __unused)
{
}
