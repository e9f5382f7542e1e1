/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sscanf(): reads values out of a string, as the format says.
 * Wide characters are not read.
 */
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The longest number that is looked at. */
#define MAX_NUMBER	128

struct scan {
	const char *start;
	const char *at;
	va_list ap;
	int stored;
};

struct conversion {
	int skip;
	size_t width;
	char length;
	char type;
	/* Of %[: the members, and whether they are the others. */
	const char *set;
	size_t set_len;
	int inverted;
};

static const char *read_set(const char *fmt, struct conversion *conv)
{
	conv->inverted = *fmt == '^';
	fmt += conv->inverted;
	conv->set = fmt;
	/* A bracket in front is a member. */
	fmt += *fmt == ']';
	fmt = strchrnul(fmt, ']');
	conv->set_len = fmt - conv->set;
	return *fmt ? fmt + 1 : fmt;
}

/* Reads what is after a percent sign. Doubled letters become capitals. */
static const char *read_conversion(const char *fmt, struct conversion *conv)
{
	char *end;

	memset(conv, 0, sizeof(*conv));
	conv->skip = *fmt == '*';
	fmt += conv->skip;
	conv->width = strtoul(fmt, &end, 10);
	fmt = end;
	if (*fmt && strchr("hljztL", *fmt)) {
		conv->length = *fmt++;
		if (*fmt == conv->length)
			conv->length = (char)toupper(*fmt++);
	}
	conv->type = *fmt;
	if (*fmt)
		fmt++;
	return conv->type == '[' ? read_set(fmt, conv) : fmt;
}

static int is_member(const struct conversion *conv, char c)
{
	size_t i;

	for (i = 0; i < conv->set_len; i++) {
		if (i && i + 1 < conv->set_len && conv->set[i] == '-')
			if (conv->set[i - 1] <= c && c <= conv->set[i + 1])
				return !conv->inverted;
		if (conv->set[i] == c)
			return !conv->inverted;
	}
	return conv->inverted;
}

static int scan_text(struct scan *scan, const struct conversion *conv)
{
	size_t limit = conv->width ? conv->width : conv->type == 'c' ? 1
		: (size_t)-1;
	char *to;
	size_t len = 0;

	while (len < limit && scan->at[len] &&
	       (conv->type == 'c' ||
		(conv->type == 's' && !isspace((unsigned char)scan->at[len])) ||
		(conv->type == '[' && is_member(conv, scan->at[len]))))
		len++;
	if (!len || (conv->type == 'c' && len < limit))
		return 0;
	if (!conv->skip) {
		to = va_arg(scan->ap, char *);
		memcpy(to, scan->at, len);
		if (conv->type != 'c')
			to[len] = '\0';
		scan->stored++;
	}
	scan->at += len;
	return 1;
}

static void store(struct scan *scan, char length, uintmax_t value)
{
	void *to = va_arg(scan->ap, void *);

	switch (length) {
	case 'H':
		*(unsigned char *)to = (unsigned char)value;
		break;
	case 'h':
		*(unsigned short *)to = (unsigned short)value;
		break;
	case 'l':
		*(unsigned long *)to = (unsigned long)value;
		break;
	case 'L':
	case 'j':
		*(uintmax_t *)to = value;
		break;
	case 'z':
	case 't':
		*(size_t *)to = (size_t)value;
		break;
	default:
		*(unsigned int *)to = (unsigned int)value;
		break;
	}
}

static int scan_integer(struct scan *scan, const struct conversion *conv)
{
	char number[MAX_NUMBER], *end;
	uintmax_t value;
	int base = 0;

	strlcpy(number, scan->at, conv->width && conv->width < MAX_NUMBER
		? conv->width + 1 : MAX_NUMBER);
	if (conv->type == 'd' || conv->type == 'u')
		base = 10;
	else if (conv->type == 'o')
		base = 8;
	else if (conv->type != 'i')
		base = 16;
	value = conv->type == 'd' || conv->type == 'i'
		? (uintmax_t)strtoimax(number, &end, base)
		: strtoumax(number, &end, base);
	/* A prefix of a number, without digits after it, is none. */
	if (end == number ||
	    ((base == 0 || base == 16) && end[-1] == '0' && tolower(*end) == 'x' &&
	     (end - 1 == number || !isdigit((unsigned char)end[-2]))))
		return 0;
	scan->at += end - number;
	if (!conv->skip) {
		store(scan, conv->type == 'p' ? 'z' : conv->length, value);
		scan->stored++;
	}
	return 1;
}

static int scan_real(struct scan *scan, const struct conversion *conv)
{
	char number[MAX_NUMBER], *end;
	double value;

	strlcpy(number, scan->at, conv->width && conv->width < MAX_NUMBER
		? conv->width + 1 : MAX_NUMBER);
	value = conv->length == 'l' ? strtod(number, &end)
		: strtof(number, &end);
	/* An exponent without digits is begun and not ended. */
	if (end == number ||
	    (tolower(*end) == 'e' && isdigit((unsigned char)end[-1])))
		return 0;
	scan->at += end - number;
	if (conv->skip)
		return 1;
	if (conv->length == 'l')
		*va_arg(scan->ap, double *) = value;
	else
		*va_arg(scan->ap, float *) = (float)value;
	scan->stored++;
	return 1;
}

static void skip_space(struct scan *scan)
{
	while (isspace((unsigned char)*scan->at))
		scan->at++;
}

/* Returns 0 when the text does not match. */
static int scan_one(struct scan *scan, const struct conversion *conv)
{
	if (conv->type == 'n') {
		if (!conv->skip)
			store(scan, conv->length,
			      (uintmax_t)(scan->at - scan->start));
		return 1;
	}
	if (conv->type == 'c' || conv->type == '[')
		return scan_text(scan, conv);
	skip_space(scan);
	switch (conv->type) {
	case '%':
		return *scan->at == '%' ? scan->at++, 1 : 0;
	case 's':
		return scan_text(scan, conv);
	case 'a':
	case 'e':
	case 'f':
	case 'g':
	case 'E':
	case 'F':
	case 'G':
		return scan_real(scan, conv);
	case 'd':
	case 'i':
	case 'u':
	case 'o':
	case 'x':
	case 'X':
	case 'p':
		return scan_integer(scan, conv);
	default:
		return 0;
	}
}

/* Follows the format by one step; returns 0 when the text does not match. */
static int follow(struct scan *scan, const char **fmt)
{
	struct conversion conv;

	if (isspace((unsigned char)**fmt)) {
		skip_space(scan);
		++*fmt;
		return 1;
	}
	if (**fmt == '%') {
		*fmt = read_conversion(*fmt + 1, &conv);
		return scan_one(scan, &conv);
	}
	if (*scan->at != *(*fmt)++)
		return 0;
	scan->at++;
	return 1;
}

static int run(struct scan *scan, const char *fmt)
{
	while (*fmt)
		if (!follow(scan, &fmt))
			/* An end in front of all values is no mismatch. */
			return !scan->stored && !*scan->at ? EOF : scan->stored;
	return scan->stored;
}

int vsscanf(const char *restrict str, const char *restrict fmt, va_list ap)
{
	struct scan scan = { .start = str, .at = str };
	int stored;

	va_copy(scan.ap, ap);
	stored = run(&scan, fmt);
	va_end(scan.ap);
	return stored;
}

int sscanf(const char *restrict str, const char *restrict fmt, ...)
{
	va_list ap;
	int stored;

	va_start(ap, fmt);
	stored = vsscanf(str, fmt, ap);
	va_end(ap);
	return stored;
}
