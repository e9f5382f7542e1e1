/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Splits the command line for main() and for init functions.
 * It does not cover quotes, or words beyond the room that there is.
 */
#include <uk/essentials.h>
#include <uk/plat/bootstrap.h>
#include "arguments.h"

#define TEXT_BYTES 1024
#define WORDS_MAX 32

static char name[] = CONFIG_UK_NAME;
static char text[TEXT_BYTES];
static char *words[WORDS_MAX + 1];

static void copy_text(void)
{
	const char *from = ukplat_cmdline();
	unsigned int i;

	for (i = 0; i < TEXT_BYTES - 1 && from[i]; i++)
		text[i] = from[i];
	text[i] = '\0';
}

int arguments_split(char ***argv)
{
	char *at = text;
	int count = 0;

	copy_text();
	words[count++] = name;
	while (count < WORDS_MAX) {
		while (*at == ' ')
			*at++ = '\0';
		if (!*at)
			break;
		words[count++] = at;
		while (*at && *at != ' ')
			at++;
	}
	words[count] = __NULL;
	*argv = words;
	return count;
}
