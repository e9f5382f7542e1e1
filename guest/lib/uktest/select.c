/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which cases run, by the command line: `uktest.only=SUITE[.CASE][,...]`. It
 * compares whole names and knows no patterns; a host that wants more changes
 * the test table.
 */
#include <string.h>
#include <uk/plat/bootstrap.h>

#include "run.h"

#define WORD "uktest.only="

/* What stands behind `uktest.only=`; NULL without it. */
static const char *wanted(void)
{
	const char *at = ukplat_cmdline();

	while (*at != '\0') {
		at += strspn(at, " \t");
		if (strncmp(at, WORD, sizeof(WORD) - 1) == 0)
			return at + sizeof(WORD) - 1;
		at += strcspn(at, " \t");
	}
	return NULL;
}

/* Takes a name off the front of a text; NULL when another one stands there. */
static const char *behind(const char *at, const char *name)
{
	size_t len = strlen(name);

	return strncmp(at, name, len) == 0 ? at + len : NULL;
}

static bool is_end(char byte)
{
	return byte == '\0' || byte == ' ' || byte == '\t' || byte == ',';
}

static bool names(const char *item, const struct uk_testsuite *suite,
		  const struct uk_testcase *esac)
{
	const char *rest = behind(item, suite->name);

	if (rest == NULL)
		return false;
	if (is_end(*rest))
		return true;
	if (*rest != '.')
		return false;
	rest = behind(rest + 1, esac->name);
	return rest != NULL && is_end(*rest);
}

bool uktest_selects(void)
{
	return wanted() != NULL;
}

bool uktest_is_selected(const struct uk_testsuite *suite,
			const struct uk_testcase *esac)
{
	const char *item = wanted();

	if (item == NULL)
		return true;
	for (;;) {
		if (names(item, suite, esac))
			return true;
		item += strcspn(item, ", \t");
		if (*item != ',')
			return false;
		item++;
	}
}

bool uktest_has_selected(struct uk_testsuite *suite)
{
	struct uk_testcase *esac;

	if (!uktest_selects())
		return true;
	uk_testsuite_case_foreach(suite, esac) {
		if (uktest_is_selected(suite, esac))
			return true;
	}
	return false;
}
