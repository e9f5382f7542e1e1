/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walks through lists and compares keywords.
 * There are no quotes in lists.
 */
#include <string.h>
#include <uk/argparse.h>
#include <uk/assert.h>

__sz uk_nextarg_r(const char **argptr, int separator)
{
	const char *start, *end;

	UK_ASSERT(argptr != __NULL);
	start = *argptr;
	if (!start)
		return 0;
	end = strchrnul(start, separator);
	*argptr = *end ? end + 1 : __NULL;
	return end - start;
}

char *uk_nextarg(char **argptr, int separator)
{
	const char *rest;
	char *start;
	__sz len;

	UK_ASSERT(argptr != __NULL);
	start = *argptr;
	if (!start)
		return __NULL;
	rest = start;
	len = uk_nextarg_r(&rest, separator);
	start[len] = '\0';
	*argptr = rest ? start + len + 1 : __NULL;
	return start;
}

__ssz uk_strnkeycmp(const char *str, __sz strlen, const char *key,
		    const char separators[])
{
	__sz i = 0;

	UK_ASSERT(str != __NULL);
	UK_ASSERT(key != __NULL);
	while (i < strlen && key[i] && str[i] == key[i])
		i++;
	if (key[i])
		return -1;
	if (i == strlen || !str[i])
		return 0;
	return separators && strchr(separators, str[i]) ? (__ssz)i : -1;
}
