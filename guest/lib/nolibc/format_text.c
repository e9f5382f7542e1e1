/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the conversions %s and %c, and %ls and %lc as UTF-8.
 * There is no other encoding and no locale.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "format_spec.h"

static void put_text(struct format_out *out, const struct format_spec *spec,
		     const char *text, size_t len)
{
	size_t fill = spec->width > len ? spec->width - len : 0;

	if (!(spec->flags & FORMAT_LEFT))
		format_pad(out, ' ', fill);
	format_put(out, text, len);
	if (spec->flags & FORMAT_LEFT)
		format_pad(out, ' ', fill);
}

void format_string(struct format_out *out, const struct format_spec *spec,
		   const char *text)
{
	if (!text)
		text = "(null)";
	put_text(out, spec, text,
		 spec->precision < 0 ? strlen(text)
				     : strnlen(text, spec->precision));
}

/* UTF-8 of one wide character; what is no code point becomes '?'. */
static size_t encode_wide(unsigned long wide, char *utf8)
{
	size_t len = 1 + (wide > 0x7f) + (wide > 0x7ff) + (wide > 0xffff);
	size_t i;

	if (wide > 0x10ffff) {
		utf8[0] = '?';
		return 1;
	}
	if (len == 1) {
		utf8[0] = (char)wide;
		return 1;
	}
	for (i = len - 1; i > 0; i--, wide >>= 6)
		utf8[i] = (char)(0x80 | (wide & 0x3f));
	utf8[0] = (char)((0xf00 >> len) | wide);
	return len;
}

void format_wide_string(struct format_out *out, const struct format_spec *spec,
			const wchar_t *text)
{
	size_t limit = spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision;
	const wchar_t *end;
	size_t len = 0, piece;
	char utf8[4];

	if (!text)
		text = L"(null)";
	for (end = text; len < limit && *end; end++) {
		piece = encode_wide(*end, utf8);
		if (len + piece > limit)
			break;
		len += piece;
	}
	if (!(spec->flags & FORMAT_LEFT) && spec->width > len)
		format_pad(out, ' ', spec->width - len);
	for (; text < end; text++)
		format_put(out, utf8, encode_wide(*text, utf8));
	if ((spec->flags & FORMAT_LEFT) && spec->width > len)
		format_pad(out, ' ', spec->width - len);
}

void format_character(struct format_out *out, const struct format_spec *spec,
		      unsigned int value)
{
	char utf8[4];
	size_t len = 1;

	if (spec->length == FORMAT_LEN_L)
		len = encode_wide(value, utf8);
	else
		utf8[0] = (char)value;
	put_text(out, spec, utf8, len);
}
