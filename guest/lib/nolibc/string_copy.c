/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies and joins strings, also into new memory.
 * Where a size bounds the copy, nothing after it is written.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

char *stpcpy(char *restrict dst, const char *restrict src)
{
	size_t len = strlen(src);

	memcpy(dst, src, len + 1);
	return dst + len;
}

char *strcpy(char *restrict dst, const char *restrict src)
{
	memcpy(dst, src, strlen(src) + 1);
	return dst;
}

char *stpncpy(char *restrict dst, const char *restrict src, size_t len)
{
	size_t used = strnlen(src, len);

	memcpy(dst, src, used);
	memset(dst + used, 0, len - used);
	return dst + used;
}

char *strncpy(char *restrict dst, const char *restrict src, size_t len)
{
	stpncpy(dst, src, len);
	return dst;
}

char *strcat(char *restrict dst, const char *restrict src)
{
	strcpy(dst + strlen(dst), src);
	return dst;
}

char *strncat(char *restrict dst, const char *restrict src, size_t len)
{
	char *end = dst + strlen(dst);
	size_t used = strnlen(src, len);

	memcpy(end, src, used);
	end[used] = '\0';
	return dst;
}

size_t strlcpy(char *restrict dst, const char *restrict src, size_t size)
{
	size_t len = strlen(src);
	size_t used = len < size ? len : size - 1;

	if (size) {
		memcpy(dst, src, used);
		dst[used] = '\0';
	}
	return len;
}

size_t strlcat(char *restrict dst, const char *restrict src, size_t size)
{
	size_t len = strnlen(dst, size);

	return len + strlcpy(dst + len, src, size - len);
}

size_t strxfrm(char *restrict dst, const char *restrict src, size_t size)
{
	return strlcpy(dst, src, size);
}

char *strndup(const char *str, size_t maxlen)
{
	size_t len = strnlen(str, maxlen);
	char *copy = malloc(len + 1);

	if (!copy) {
		errno = ENOMEM;
		return NULL;
	}
	memcpy(copy, str, len);
	copy[len] = '\0';
	return copy;
}

char *strdup(const char *str)
{
	return strndup(str, (size_t)-1);
}
