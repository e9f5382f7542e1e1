/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The printf functions that write into memory.
 * A buffer that is too small gets the beginning, always terminated.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/format.h>

struct string_sink {
	char *next;
	/* Bytes left, without the one for the end of the string. */
	size_t room;
};

static void fill(void *cookie, const char *text, size_t len)
{
	struct string_sink *sink = cookie;

	if (len > sink->room)
		len = sink->room;
	memcpy(sink->next, text, len);
	sink->next += len;
	sink->room -= len;
}

static void discard(void *cookie, const char *text, size_t len)
{
	(void)cookie;
	(void)text;
	(void)len;
}

int vsnprintf(char *restrict buf, size_t size, const char *restrict fmt,
	      va_list ap)
{
	struct string_sink sink = { buf, size ? size - 1 : 0 };
	int len;

	len = uk_vformat(size ? fill : discard, &sink, fmt, ap);
	if (size)
		*sink.next = '\0';
	if (len < 0)
		errno = EOVERFLOW;
	return len;
}

int snprintf(char *restrict buf, size_t size, const char *restrict fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return len;
}

int vsprintf(char *restrict buf, const char *restrict fmt, va_list ap)
{
	return vsnprintf(buf, (size_t)INT_MAX + 1, fmt, ap);
}

int sprintf(char *restrict buf, const char *restrict fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsprintf(buf, fmt, ap);
	va_end(ap);
	return len;
}

int vasprintf(char **restrict str, const char *restrict fmt, va_list ap)
{
	va_list again;
	int len;

	*str = NULL;
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len >= 0) {
		*str = malloc((size_t)len + 1);
		if (*str) {
			vsnprintf(*str, (size_t)len + 1, fmt, again);
		} else {
			errno = ENOMEM;
			len = -1;
		}
	}
	va_end(again);
	return len;
}

int asprintf(char **restrict str, const char *restrict fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vasprintf(str, fmt, ap);
	va_end(ap);
	return len;
}
