/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Splits a command line into words, in place.
 * It knows quotes and escapes, but neither variables nor patterns.
 */
#include <ctype.h>
#include <string.h>
#include <uk/argparse.h>
#include <uk/assert.h>

/* The text is read in front of where the words are written. */
struct text {
	const char *from;
	__sz left;
	char *to;
};

static char peek(const struct text *text, __sz ahead)
{
	return text->left > ahead ? text->from[ahead] : '\0';
}

static void skip(struct text *text)
{
	text->from++;
	text->left--;
}

static void keep(struct text *text)
{
	*text->to++ = *text->from;
	skip(text);
}

/* Reads up to the closing quote, or to the end if there is none. */
static void read_quoted(struct text *text, char quote)
{
	char c;

	skip(text);
	while ((c = peek(text, 0)) != '\0' && c != quote) {
		if (quote == '"' && c == '\\' &&
		    (peek(text, 1) == '"' || peek(text, 1) == '\\'))
			skip(text);
		keep(text);
	}
	if (c)
		skip(text);
}

static void read_word(struct text *text)
{
	char c;

	while ((c = peek(text, 0)) != '\0' && !isspace((unsigned char)c)) {
		if (c == '\'' || c == '"') {
			read_quoted(text, c);
			continue;
		}
		if (c == '\\' && peek(text, 1))
			skip(text);
		keep(text);
	}
}

int uk_argnparse(char *argb, __sz maxlen, char *argv[], int maxcount)
{
	struct text text = { argb, maxlen, argb };
	int argc = 0;

	UK_ASSERT(argb != __NULL);
	UK_ASSERT(argv != __NULL);
	UK_ASSERT(maxcount >= 0);

	while (argc < maxcount) {
		while (isspace((unsigned char)peek(&text, 0)))
			skip(&text);
		if (!peek(&text, 0))
			break;
		argv[argc++] = text.to;
		read_word(&text);
		/* The blank has to go before the end is written over it. */
		if (peek(&text, 0))
			skip(&text);
		if ((__sz)(text.to - argb) == maxlen)
			break;
		*text.to++ = '\0';
	}
	return argc;
}
