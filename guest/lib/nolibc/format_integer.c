/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes integers, and the sign, prefix and padding around every number.
 * Which digits a floating point number has is not its business.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "format_spec.h"

static size_t fill_of(const struct format_spec *spec, const char *prefix,
		      size_t len)
{
	size_t used = strlen(prefix) + len;

	return spec->width > used ? spec->width - used : 0;
}

void format_number_start(struct format_out *out, const struct format_spec *spec,
			 const char *prefix, size_t len)
{
	size_t fill = fill_of(spec, prefix, len);

	if (!(spec->flags & (FORMAT_LEFT | FORMAT_ZERO)))
		format_pad(out, ' ', fill);
	format_put(out, prefix, strlen(prefix));
	if ((spec->flags & (FORMAT_LEFT | FORMAT_ZERO)) == FORMAT_ZERO)
		format_pad(out, '0', fill);
}

void format_number_end(struct format_out *out, const struct format_spec *spec,
		       const char *prefix, size_t len)
{
	if (spec->flags & FORMAT_LEFT)
		format_pad(out, ' ', fill_of(spec, prefix, len));
}

const char *format_sign(const struct format_spec *spec, int negative)
{
	return negative ? "-" : spec->flags & FORMAT_PLUS ? "+"
		: spec->flags & FORMAT_SPACE ? " " : "";
}

static const char *prefix_of(const struct format_spec *spec, int zero,
			     int negative)
{
	switch (spec->conv) {
	case 'd':
	case 'i':
		return format_sign(spec, negative);
	case 'x':
		return spec->flags & FORMAT_ALT && !zero ? "0x" : "";
	case 'X':
		return spec->flags & FORMAT_ALT && !zero ? "0X" : "";
	case 'b':
		return spec->flags & FORMAT_ALT && !zero ? "0b" : "";
	case 'B':
		return spec->flags & FORMAT_ALT && !zero ? "0B" : "";
	default:
		return "";
	}
}

/* Bits per digit; 0 stands for base 10. */
static unsigned int shift_of(char conv)
{
	switch (conv) {
	case 'x':
	case 'X':
		return 4;
	case 'o':
		return 3;
	case 'b':
	case 'B':
		return 1;
	default:
		return 0;
	}
}

/* Digits of a number, written backwards from `end`; a zero has none. */
static char *write_digits(char *end, uint64_t magnitude, char conv)
{
	const char *digits = conv == 'X' ? "0123456789ABCDEF"
					 : "0123456789abcdef";
	unsigned int shift = shift_of(conv);
	uint32_t small;

	if (shift) {
		for (; magnitude; magnitude >>= shift)
			*--end = digits[magnitude & ((1U << shift) - 1)];
		return end;
	}
	/* Divisions of 64 bits are slow on 32-bit machines: few of them. */
	for (; magnitude > UINT32_MAX; magnitude /= 10)
		*--end = (char)('0' + magnitude % 10);
	for (small = (uint32_t)magnitude; small; small /= 10)
		*--end = (char)('0' + small % 10);
	return end;
}

void format_integer(struct format_out *out, const struct format_spec *spec,
		    uint64_t magnitude, int negative)
{
	struct format_spec shape = *spec;
	const char *prefix = prefix_of(spec, !magnitude, negative);
	char digits[64];
	char *end = digits + sizeof(digits);
	char *first = write_digits(end, magnitude, spec->conv);
	size_t len = end - first;
	size_t least = spec->precision < 0 ? 1 : (size_t)spec->precision;

	/* A precision says how many zeros; the 0 flag is then void. */
	if (spec->precision >= 0)
		shape.flags &= ~(unsigned int)FORMAT_ZERO;
	if (spec->conv == 'o' && spec->flags & FORMAT_ALT && least <= len)
		least = len + 1;
	if (least < len)
		least = len;
	format_number_start(out, &shape, prefix, least);
	format_pad(out, '0', least - len);
	format_put(out, first, len);
	format_number_end(out, &shape, prefix, least);
}
