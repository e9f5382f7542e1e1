/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Takes texts apart: a command line into words, a list into its elements.
 * Everything happens in the caller's buffer; nothing is allocated.
 */
#ifndef __UK_ARGPARSE__
#define __UK_ARGPARSE__

#include <uk/arch/limits.h>
#include <uk/arch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Splits a text at its white space and takes quotes and escapes away, as a
 * POSIX shell does: a backslash outside of quotes takes the next character as
 * it is, between double quotes only " and \ lose their meaning by it, and
 * between single quotes it is a character as any other. A backslash at the
 * very end stands for itself. Quotes around nothing yield an empty word.
 *
 * @param argb the text; it is overwritten with the words
 * @param maxlen number of characters to look at, at most. Nothing is written
 *	after them, so a last word that fills them up has no end of its own.
 * @param argv gets pointers to the words
 * @param maxcount number of words to find at most
 * @return number of words found
 */
int uk_argnparse(char *argb, __sz maxlen, char *argv[], int maxcount);

/** uk_argnparse() of a whole string. */
#define uk_argparse(argb, argv, maxcount) \
	uk_argnparse((argb), __SZ_MAX, (argv), (maxcount))

/**
 * Takes the next element of a list such as "a:b:c". Its separator becomes the
 * end of the element.
 *
 * @param argptr points to the rest of the list; becomes NULL at its last
 *	element. If it is NULL already, there is nothing left.
 * @param separator character between elements
 * @return the element, maybe empty; NULL when nothing is left
 */
char *uk_nextarg(char **argptr, int separator);

/**
 * uk_nextarg() that does not write: an element begins where *argptr pointed
 * before the call.
 *
 * @return length of the element
 */
__sz uk_nextarg_r(const char **argptr, int separator);

/**
 * Compares the start of a text with a keyword. "ramfs=2" starts with the
 * keyword "ramfs" if '=' is a separator, but not with "ram".
 *
 * @param str text
 * @param strlen number of characters to look at, at most
 * @param key keyword
 * @param separators characters that may follow a keyword; may be NULL
 * @return 0 if the text is the keyword, the place of the separator if one
 *	follows it, otherwise -1
 */
__ssz uk_strnkeycmp(const char *str, __sz strlen, const char *key,
		    const char separators[]);

#ifdef __cplusplus
}
#endif

#endif /* __UK_ARGPARSE__ */
