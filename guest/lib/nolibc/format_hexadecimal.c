/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes %a: a leading 1, hexadecimal digits, and a power of two.
 * Subnormal numbers are normalised as well, which C11 leaves open.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "format_spec.h"

/* "p-1074" and the like; returns the length. */
static size_t write_power(char *text, int exponent, char letter)
{
	unsigned int power = exponent < 0 ? 0U - exponent : 0U + exponent;
	char digits[8];
	size_t len = 0, i = 0;

	text[len++] = letter;
	text[len++] = exponent < 0 ? '-' : '+';
	do {
		digits[i++] = (char)('0' + power % 10);
		power /= 10;
	} while (power);
	while (i)
		text[len++] = digits[--i];
	return len;
}

/* Keeps `count` nibbles after the leading bit: half to even. */
static void round_fraction(uint64_t *fraction, int *lead, int count)
{
	uint64_t unit, rest;

	if (count >= 16)
		return;
	if (!count) {
		rest = *fraction;
		*fraction = 0;
		*lead += rest > 1ULL << 63 ||
			 (rest == 1ULL << 63 && (*lead & 1));
		return;
	}
	unit = 1ULL << (64 - 4 * count);
	rest = *fraction & (unit - 1);
	*fraction -= rest;
	if (rest < unit / 2 || (rest == unit / 2 && !(*fraction & unit)))
		return;
	*fraction += unit;
	*lead += !*fraction;
}

/* Nibbles without the zeros at the end. */
static int count_nibbles(uint64_t fraction)
{
	int count = 0;

	for (; fraction; fraction <<= 4)
		count++;
	return count;
}

void format_hexadecimal(struct format_out *out, const struct format_spec *spec,
			const struct format_real *real)
{
	const char *digits = spec->conv == 'A' ? "0123456789ABCDEF"
					       : "0123456789abcdef";
	uint64_t fraction = real->mantissa;
	int lead = fraction != 0, exponent = lead ? real->exponent + 63 : 0;
	int count = spec->precision, i;
	char prefix[4], text[24], power[12];
	size_t len = 0, power_len, zeros = 0;

	while (lead && !(fraction >> 63)) {
		fraction <<= 1;
		exponent--;
	}
	fraction <<= 1;
	if (count < 0)
		count = count_nibbles(fraction);
	round_fraction(&fraction, &lead, count);
	strcpy(prefix, format_sign(spec, real->negative));
	strcat(prefix, spec->conv == 'A' ? "0X" : "0x");
	text[len++] = digits[lead];
	if (count || spec->flags & FORMAT_ALT)
		text[len++] = '.';
	for (i = 0; i < count && i < 16; i++, fraction <<= 4)
		text[len++] = digits[fraction >> 60];
	if (count > 16)
		zeros = count - 16;
	power_len = write_power(power, exponent, spec->conv == 'A' ? 'P' : 'p');
	format_number_start(out, spec, prefix, len + zeros + power_len);
	format_put(out, text, len);
	format_pad(out, '0', zeros);
	format_put(out, power, power_len);
	format_number_end(out, spec, prefix, len + zeros + power_len);
}
