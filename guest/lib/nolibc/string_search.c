/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finds characters and strings in strings.
 * The plain search is quadratic at worst, which is fine for tests.
 */
#include <stddef.h>
#include <string.h>

char *strchrnul(const char *str, int c)
{
	while (*str && *str != (char)c)
		str++;
	return (char *)str;
}

char *strchr(const char *str, int c)
{
	char *hit = strchrnul(str, c);

	return *hit == (char)c ? hit : NULL;
}

char *strrchr(const char *str, int c)
{
	return memrchr(str, c, strlen(str) + 1);
}

char *index(const char *str, int c)
{
	return strchr(str, c);
}

char *rindex(const char *str, int c)
{
	return strrchr(str, c);
}

char *strstr(const char *str, const char *needle)
{
	size_t len = strlen(needle);

	if (!len)
		return (char *)str;
	for (; (str = strchr(str, *needle)) != NULL; str++)
		if (!strncmp(str, needle, len))
			return (char *)str;
	return NULL;
}

char *strcasestr(const char *str, const char *needle)
{
	size_t len = strlen(needle);

	do {
		if (!strncasecmp(str, needle, len))
			return (char *)str;
	} while (*str++);
	return NULL;
}

/* Counts the characters that are (or are not) members of a set. */
static size_t span(const char *str, const char *set, int member)
{
	size_t len = 0;

	while (str[len] && (strchr(set, str[len]) != NULL) == member)
		len++;
	return len;
}

size_t strspn(const char *str, const char *accept)
{
	return span(str, accept, 1);
}

size_t strcspn(const char *str, const char *reject)
{
	return span(str, reject, 0);
}

char *strpbrk(const char *str, const char *accept)
{
	str += strcspn(str, accept);
	return *str ? (char *)str : NULL;
}

char *strsep(char **restrict str, const char *restrict separators)
{
	char *token = *str, *end;

	if (!token)
		return NULL;
	end = token + strcspn(token, separators);
	*str = *end ? end + 1 : NULL;
	*end = '\0';
	return token;
}

char *strtok_r(char *restrict str, const char *restrict separators,
	       char **restrict state)
{
	char *token = str ? str : *state;

	if (!token)
		return NULL;
	token += strspn(token, separators);
	*state = token;
	return *token ? strsep(state, separators) : NULL;
}

char *strtok(char *restrict str, const char *restrict separators)
{
	static char *state;

	return strtok_r(str, separators, &state);
}

int ffs(int value)
{
	return __builtin_ffs(value);
}
