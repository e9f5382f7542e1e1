/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Asks the command line for a word, or for what stands after its beginning.
 * It does not cover quotes, which are ukargparse's business.
 */
#include <uk/plat/bootstrap.h>

static int is_end(char c)
{
	return c == '\0' || c == ' ';
}

/* What follows on a beginning at the start of text; NULL if it is another. */
static const char *after(const char *beginning, const char *text)
{
	while (*beginning && *text == *beginning) {
		beginning++;
		text++;
	}
	return *beginning ? __NULL : text;
}

static const char *next_word(const char *at)
{
	while (!is_end(*at))
		at++;
	while (*at == ' ')
		at++;
	return at;
}

int ukplat_cmdline_has(const char *word)
{
	const char *at, *rest;

	for (at = ukplat_cmdline(); *at; at = next_word(at)) {
		rest = after(word, at);
		if (rest && is_end(*rest))
			return 1;
	}
	return 0;
}

const char *ukplat_cmdline_value(const char *beginning)
{
	const char *value = __NULL;
	const char *at, *rest;

	for (at = ukplat_cmdline(); *at; at = next_word(at)) {
		rest = after(beginning, at);
		if (rest)
			value = rest;
	}
	return value;
}
