/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Asks the command line for a word.
 * It does not cover values or quotes, which are ukargparse's business.
 */
#include <uk/plat/bootstrap.h>

static int is_end(char c)
{
	return c == '\0' || c == ' ';
}

int ukplat_cmdline_has(const char *word)
{
	const char *at = ukplat_cmdline();
	unsigned int i;

	while (*at) {
		for (i = 0; word[i] && at[i] == word[i]; i++)
			;
		if (!word[i] && is_end(at[i]))
			return 1;
		while (!is_end(*at))
			at++;
		while (*at == ' ')
			at++;
	}
	return 0;
}
