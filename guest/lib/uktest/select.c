/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which cases run, by the command line: `uktest.only=SUITE[.CASE][,...]`,
 * `uktest.tags=TAG[,...]` and `uktest.skip-tags=TAG[,...]`; and which of their
 * parameters: `uktest.params=SUITE.CASE/LABEL[,...]`. It compares whole names
 * and knows no patterns; a host that wants more changes the test table.
 */
#include <string.h>

#include "run.h"

/*
 * The kit has ukplat_cmdline_value() for that, and Unikraft, which this is
 * built in too, has not.
 */
const char *uktest_word(const char *word)
{
	const char *at = uktest_words();
	size_t len = strlen(word);

	while (*at != '\0') {
		at += strspn(at, " \t");
		if (strncmp(at, word, len) == 0)
			return at + len;
		at += strcspn(at, " \t");
	}
	return NULL;
}

/* The item after this one in a list with commas; NULL at the end. */
static const char *next(const char *item)
{
	item += strcspn(item, ", \t");
	return *item == ',' ? item + 1 : NULL;
}

static bool is_end(char byte)
{
	return byte == '\0' || byte == ' ' || byte == '\t' || byte == ',';
}

/* Takes a name off the front of a text; NULL when another one stands there. */
static const char *after(const char *at, const char *name)
{
	size_t len = strlen(name);

	return strncmp(at, name, len) == 0 ? at + len : NULL;
}

static bool names(const char *item, const struct uk_testsuite *suite,
		  const struct uk_testcase *esac)
{
	const char *rest = after(item, suite->name);

	if (rest == NULL)
		return false;
	if (is_end(*rest))
		return true;
	if (*rest != '.')
		return false;
	rest = after(rest + 1, esac->name);
	return rest != NULL && is_end(*rest);
}

/* Whether one of a case's tags, words between blanks, is this item. */
static bool is_tagged(const char *tags, const char *item)
{
	size_t len = strcspn(item, ", \t");

	while (*tags != '\0') {
		size_t word = strcspn(tags, " ");

		if (word == len && len > 0 && memcmp(tags, item, len) == 0)
			return true;
		tags += word;
		tags += strspn(tags, " ");
	}
	return false;
}

static bool has_one_of(const struct uk_testsuite *suite,
		       const struct uk_testcase *esac, const char *items)
{
	const struct uk_testmeta *meta;

	meta = uktest_meta(suite, esac, UK_TESTMETA_TAGS);
	for (; meta != NULL && items != NULL; items = next(items)) {
		if (is_tagged(meta->value, items))
			return true;
	}
	return false;
}

static bool is_named(const struct uk_testsuite *suite,
		     const struct uk_testcase *esac, const char *items)
{
	for (; items != NULL; items = next(items)) {
		if (names(items, suite, esac))
			return true;
	}
	return false;
}

/* What stands after `SUITE.CASE/` in an item; NULL for one of another case. */
static const char *label_in(const char *item, const struct uk_testsuite *suite,
			    const struct uk_testcase *esac)
{
	const char *rest = after(item, suite->name);

	if (rest == NULL || *rest != '.')
		return NULL;
	rest = after(rest + 1, esac->name);
	return rest != NULL && *rest == '/' ? rest + 1 : NULL;
}

bool uktest_is_param_selected(const struct uk_testsuite *suite,
			      const struct uk_testcase *esac,
			      const char *label)
{
	const char *item = uktest_word("uktest.params=");
	bool is_chosen = true;

	for (; item != NULL; item = next(item)) {
		const char *wanted = label_in(item, suite, esac);
		const char *rest;

		if (wanted == NULL)
			continue;
		is_chosen = false;
		rest = after(wanted, label);
		if (rest != NULL && is_end(*rest))
			return true;
	}
	return is_chosen;
}

bool uktest_selects(void)
{
	return uktest_word("uktest.only=") != NULL ||
	       uktest_word("uktest.tags=") != NULL ||
	       uktest_word("uktest.skip-tags=") != NULL;
}

bool uktest_is_selected(const struct uk_testsuite *suite,
			const struct uk_testcase *esac)
{
	const char *only = uktest_word("uktest.only=");
	const char *tags = uktest_word("uktest.tags=");
	const char *without = uktest_word("uktest.skip-tags=");

	return (only == NULL || is_named(suite, esac, only)) &&
	       (tags == NULL || has_one_of(suite, esac, tags)) &&
	       (without == NULL || !has_one_of(suite, esac, without));
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
