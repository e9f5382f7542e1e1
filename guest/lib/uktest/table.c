/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finds suites in the test table, and the records that say more about them.
 * Cases whose suite is registered nowhere are passed over: they never run.
 */
#include <string.h>

#include "run.h"

/*
 * The third word distinguishes a suite from a case: it points after the
 * suite into the table, while that of a case is a function or the like.
 */
static struct uk_testsuite *suite_at(char *at)
{
	while (at < uk_testtab_end) {
		struct uk_testsuite *suite = (struct uk_testsuite *)at;
		char *after = at + sizeof(*suite);

		if (after <= uk_testtab_end &&
		    (char *)suite->cases_end >= after &&
		    (char *)suite->cases_end <= uk_testtab_end)
			return suite;
		at += sizeof(struct uk_testcase);
	}
	return NULL;
}

struct uk_testsuite *uktest_first_suite(void)
{
	return suite_at(uk_testtab_start);
}

/*
 * Where a host has shortened the table of a suite, records of cases that do not
 * run stand after it: they are passed over like those without a suite.
 */
struct uk_testsuite *uktest_next_suite(struct uk_testsuite *suite)
{
	return suite_at((char *)suite->cases_end);
}

const struct uk_testmeta *uktest_meta(const struct uk_testsuite *suite,
				      const struct uk_testcase *esac,
				      enum uk_testmeta_kind kind)
{
	const struct uk_testmeta *meta;

	for (meta = uk_testmeta_start; meta < uk_testmeta_end; meta++) {
		if (meta->kind != (uintptr_t)kind)
			continue;
		if (esac != NULL ? meta->func == esac->func :
		    meta->func == NULL && !strcmp(meta->suite, suite->name))
			return meta;
	}
	return NULL;
}
