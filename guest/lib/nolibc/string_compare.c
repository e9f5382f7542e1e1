/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measures and compares strings.
 * Bytes compare as unsigned characters; there is no collation.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#if !defined(__clang__)
#pragma GCC optimize("no-tree-loop-distribute-patterns")
#endif

size_t strlen(const char *str)
{
	const char *end = str;

	while (*end)
		end++;
	return end - str;
}

size_t strnlen(const char *str, size_t maxlen)
{
	size_t len = 0;

	while (len < maxlen && str[len])
		len++;
	return len;
}

int strncmp(const char *a, const char *b, size_t maxlen)
{
	for (; maxlen; maxlen--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, (size_t)-1);
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int strncasecmp(const char *a, const char *b, size_t maxlen)
{
	int x, y;

	for (; maxlen; maxlen--, a++, b++) {
		x = tolower((unsigned char)*a);
		y = tolower((unsigned char)*b);
		if (x != y || !x)
			return x - y;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, (size_t)-1);
}
