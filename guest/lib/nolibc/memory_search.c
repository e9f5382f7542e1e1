/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Compares and searches blocks of memory.
 * It takes one byte after the other and never reads after a block.
 */
#include <stddef.h>
#include <string.h>

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	for (; len; len--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

int bcmp(const void *a, const void *b, size_t len)
{
	return memcmp(a, b, len);
}

void *memchr(const void *ptr, int val, size_t len)
{
	const unsigned char *p = ptr;

	for (; len; len--, p++)
		if (*p == (unsigned char)val)
			return (void *)p;
	return NULL;
}

void *memrchr(const void *ptr, int val, size_t len)
{
	const unsigned char *p = ptr;

	while (len--)
		if (p[len] == (unsigned char)val)
			return (void *)(p + len);
	return NULL;
}

void *memmem(const void *ptr, size_t len, const void *needle, size_t needle_len)
{
	const unsigned char *p = ptr;

	if (!needle_len)
		return (void *)ptr;
	for (; len >= needle_len; len--, p++)
		if (!memcmp(p, needle, needle_len))
			return (void *)p;
	return NULL;
}
