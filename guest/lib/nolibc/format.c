/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads a printf format and walks through its arguments.
 * How a number is written is up to the format_* files beside it.
 */
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uk/format.h>
#include "format_spec.h"

/* A va_list may be an array, which a pointer parameter would turn around. */
struct format_args {
	va_list ap;
};

void format_put(struct format_out *out, const char *text, size_t len)
{
	if (!len)
		return;
	out->sink(out->cookie, text, len);
	out->total += len;
}

void format_pad(struct format_out *out, char c, size_t count)
{
	char run[16];
	size_t piece;

	memset(run, c, sizeof(run));
	while (count) {
		piece = count < sizeof(run) ? count : sizeof(run);
		format_put(out, run, piece);
		count -= piece;
	}
}

/* Digits of a width or precision; too large ones stay at INT_MAX. */
static int read_count(const char **fmt)
{
	int n = 0;

	for (; **fmt >= '0' && **fmt <= '9'; (*fmt)++) {
		if (n > (INT_MAX - 9) / 10)
			n = INT_MAX;
		else
			n = n * 10 + (**fmt - '0');
	}
	return n;
}

static void read_flags(struct format_spec *spec, const char **fmt)
{
	for (;; (*fmt)++) {
		switch (**fmt) {
		case '-':
			spec->flags |= FORMAT_LEFT;
			continue;
		case '+':
			spec->flags |= FORMAT_PLUS;
			continue;
		case ' ':
			spec->flags |= FORMAT_SPACE;
			continue;
		case '#':
			spec->flags |= FORMAT_ALT;
			continue;
		case '0':
			spec->flags |= FORMAT_ZERO;
			continue;
		default:
			return;
		}
	}
}

static void read_width(struct format_spec *spec, const char **fmt,
		       struct format_args *args)
{
	int n;

	if (**fmt != '*') {
		spec->width = read_count(fmt);
		return;
	}
	(*fmt)++;
	n = va_arg(args->ap, int);
	if (n < 0)
		spec->flags |= FORMAT_LEFT;
	spec->width = n < 0 ? 0U - (unsigned int)n : (unsigned int)n;
}

static void read_precision(struct format_spec *spec, const char **fmt,
			   struct format_args *args)
{
	spec->precision = -1;
	if (**fmt != '.')
		return;
	(*fmt)++;
	if (**fmt == '*') {
		(*fmt)++;
		spec->precision = va_arg(args->ap, int);
		return;
	}
	/* A negative number here is not C; take it as no precision at all. */
	if (**fmt == '-') {
		(*fmt)++;
		read_count(fmt);
		return;
	}
	spec->precision = read_count(fmt);
}

static enum format_length read_length(const char **fmt)
{
	char letter = **fmt;
	int twice;

	if (!letter || !strchr("hljztL", letter))
		return FORMAT_LEN_NONE;
	(*fmt)++;
	twice = (letter == 'h' || letter == 'l') && **fmt == letter;
	*fmt += twice;
	switch (letter) {
	case 'h':
		return twice ? FORMAT_LEN_HH : FORMAT_LEN_H;
	case 'l':
		return twice ? FORMAT_LEN_LL : FORMAT_LEN_L;
	case 'j':
		return FORMAT_LEN_J;
	case 'z':
		return FORMAT_LEN_Z;
	case 't':
		return FORMAT_LEN_T;
	default:
		return FORMAT_LEN_LDBL;
	}
}

static int64_t next_signed(struct format_args *args, enum format_length length)
{
	switch (length) {
	case FORMAT_LEN_HH:
		return (signed char)va_arg(args->ap, int);
	case FORMAT_LEN_H:
		return (short)va_arg(args->ap, int);
	case FORMAT_LEN_L:
		return va_arg(args->ap, long);
	case FORMAT_LEN_LL:
	case FORMAT_LEN_LDBL:
		return va_arg(args->ap, long long);
	case FORMAT_LEN_J:
		return va_arg(args->ap, intmax_t);
	case FORMAT_LEN_Z:
	case FORMAT_LEN_T:
		return va_arg(args->ap, ptrdiff_t);
	default:
		return va_arg(args->ap, int);
	}
}

static uint64_t next_unsigned(struct format_args *args,
			      enum format_length length)
{
	switch (length) {
	case FORMAT_LEN_HH:
		return (unsigned char)va_arg(args->ap, unsigned int);
	case FORMAT_LEN_H:
		return (unsigned short)va_arg(args->ap, unsigned int);
	case FORMAT_LEN_L:
		return va_arg(args->ap, unsigned long);
	case FORMAT_LEN_LL:
	case FORMAT_LEN_LDBL:
		return va_arg(args->ap, unsigned long long);
	case FORMAT_LEN_J:
		return va_arg(args->ap, uintmax_t);
	case FORMAT_LEN_Z:
	case FORMAT_LEN_T:
		return va_arg(args->ap, size_t);
	default:
		return va_arg(args->ap, unsigned int);
	}
}

/* %n: the count so far goes back to the caller. */
static void store_count(struct format_out *out, enum format_length length,
			void *where)
{
	switch (length) {
	case FORMAT_LEN_HH:
		*(signed char *)where = (signed char)out->total;
		break;
	case FORMAT_LEN_H:
		*(short *)where = (short)out->total;
		break;
	case FORMAT_LEN_L:
		*(long *)where = (long)out->total;
		break;
	case FORMAT_LEN_LL:
	case FORMAT_LEN_J:
		*(long long *)where = (long long)out->total;
		break;
	case FORMAT_LEN_Z:
	case FORMAT_LEN_T:
		*(size_t *)where = out->total;
		break;
	default:
		*(int *)where = (int)out->total;
		break;
	}
}

static int put_number(struct format_out *out, struct format_spec *spec,
		      struct format_args *args)
{
	int64_t number;

	switch (spec->conv) {
	case 'd':
	case 'i':
		number = next_signed(args, spec->length);
		format_integer(out, spec,
			       number < 0 ? 0 - (uint64_t)number
					  : (uint64_t)number, number < 0);
		return 1;
	case 'u':
	case 'o':
	case 'x':
	case 'X':
	case 'b':
	case 'B':
		format_integer(out, spec, next_unsigned(args, spec->length), 0);
		return 1;
	case 'p':
		/* The alternative form leaves a zero without its 0x. */
		spec->flags |= FORMAT_ALT;
		spec->conv = 'x';
		format_integer(out, spec,
			       (uintptr_t)va_arg(args->ap, void *), 0);
		return 1;
	default:
		return 0;
	}
}

/* Returns 0 if the conversion is none that this formatter knows. */
static int put_conversion(struct format_out *out, struct format_spec *spec,
			  struct format_args *args)
{
	if (put_number(out, spec, args))
		return 1;
	if (spec->conv && strchr("fFeEgGaA", spec->conv)) {
		if (spec->length == FORMAT_LEN_LDBL)
			format_long_double(out, spec,
					   va_arg(args->ap, long double));
		else
			format_double(out, spec, va_arg(args->ap, double));
		return 1;
	}
	switch (spec->conv) {
	case 's':
		if (spec->length == FORMAT_LEN_L)
			format_wide_string(out, spec,
					   va_arg(args->ap, const wchar_t *));
		else
			format_string(out, spec,
				      va_arg(args->ap, const char *));
		return 1;
	case 'c':
		format_character(out, spec, va_arg(args->ap, unsigned int));
		return 1;
	case 'n':
		store_count(out, spec->length, va_arg(args->ap, void *));
		return 1;
	case '%':
		format_put(out, "%", 1);
		return 1;
	default:
		return 0;
	}
}

int uk_vformat(uk_format_sink sink, void *cookie, const char *fmt, va_list ap)
{
	struct format_out out = { sink, cookie, 0 };
	struct format_spec spec;
	struct format_args args;
	const char *start;

	va_copy(args.ap, ap);
	while (*fmt) {
		start = fmt;
		while (*fmt && *fmt != '%')
			fmt++;
		format_put(&out, start, fmt - start);
		if (!*fmt)
			break;
		start = fmt++;
		memset(&spec, 0, sizeof(spec));
		read_flags(&spec, &fmt);
		read_width(&spec, &fmt, &args);
		read_precision(&spec, &fmt, &args);
		spec.length = read_length(&fmt);
		spec.conv = *fmt;
		if (*fmt)
			fmt++;
		if (!put_conversion(&out, &spec, &args))
			format_put(&out, start, fmt - start);
	}
	va_end(args.ap);
	return out.total > INT_MAX ? -1 : (int)out.total;
}

int uk_format(uk_format_sink sink, void *cookie, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = uk_vformat(sink, cookie, fmt, ap);
	va_end(ap);
	return len;
}
