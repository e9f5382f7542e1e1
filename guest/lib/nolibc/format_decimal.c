/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes %f, %e and %g with every digit right: a binary fraction is a whole
 * decimal number over a power of ten, and that number is computed in full.
 * It does not look for the shortest text that reads back as the same value.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "format_spec.h"

#define WORD_DIGITS	9
#define WORD_BASE	1000000000U

/* digits / 10^scale; the words run from the lowest to the highest. */
struct decimal {
	uint32_t *words;
	size_t used;
	int scale;
};

static void multiply(struct decimal *dec, uint32_t factor)
{
	uint64_t carry = 0;
	size_t i;

	for (i = 0; i < dec->used; i++) {
		carry += (uint64_t)dec->words[i] * factor;
		dec->words[i] = (uint32_t)(carry % WORD_BASE);
		carry /= WORD_BASE;
	}
	for (; carry; carry /= WORD_BASE)
		dec->words[dec->used++] = (uint32_t)(carry % WORD_BASE);
}

/* m * 2^-n is m * 5^n / 10^n. */
static void load(struct decimal *dec, const struct format_real *real)
{
	uint64_t mantissa = real->mantissa;
	int left = mantissa ? real->exponent : 0;

	dec->used = 0;
	for (; mantissa; mantissa /= WORD_BASE)
		dec->words[dec->used++] = (uint32_t)(mantissa % WORD_BASE);
	dec->scale = left < 0 ? -left : 0;
	for (; left >= 29; left -= 29)
		multiply(dec, 1U << 29);
	if (left > 0)
		multiply(dec, 1U << left);
	for (; left <= -13; left += 13)
		multiply(dec, 1220703125U);
	for (; left < 0; left++)
		multiply(dec, 5);
}

static uint32_t power_of_ten(int n)
{
	uint32_t power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* The digit worth 10^position of the whole number. */
static int digit_at(const struct decimal *dec, long position)
{
	if (position < 0 || (size_t)position / WORD_DIGITS >= dec->used)
		return 0;
	return (int)(dec->words[position / WORD_DIGITS] /
		     power_of_ten(position % WORD_DIGITS) % 10);
}

/* A zero has one digit. */
static long count_digits(const struct decimal *dec)
{
	long count;

	if (!dec->used)
		return 1;
	count = (long)dec->used * WORD_DIGITS;
	while (!digit_at(dec, count - 1))
		count--;
	return count;
}

static void add_at(struct decimal *dec, long position)
{
	size_t i = position / WORD_DIGITS;
	uint32_t carry = power_of_ten(position % WORD_DIGITS);

	for (; carry; i++) {
		while (i >= dec->used)
			dec->words[dec->used++] = 0;
		carry += dec->words[i];
		dec->words[i] = carry % WORD_BASE;
		carry /= WORD_BASE;
	}
}

/* Clears the digits below `position`; tells whether one was not 0. */
static int clear_below(struct decimal *dec, long position)
{
	uint32_t unit = power_of_ten(position % WORD_DIGITS);
	size_t whole = position / WORD_DIGITS, i;
	int any = 0;

	for (i = 0; i < whole && i < dec->used; i++) {
		any |= dec->words[i] != 0;
		dec->words[i] = 0;
	}
	if (whole < dec->used) {
		any |= dec->words[whole] % unit != 0;
		dec->words[whole] -= dec->words[whole] % unit;
	}
	return any;
}

/* Rounds to a multiple of 10^position: half to even. */
static void round_at(struct decimal *dec, long position)
{
	int half, odd, rest;

	if (position <= 0)
		return;
	/* Far below half a unit: nothing to look at, nothing to add. */
	if (position > count_digits(dec)) {
		dec->used = 0;
		return;
	}
	half = digit_at(dec, position - 1);
	odd = digit_at(dec, position) & 1;
	rest = clear_below(dec, position - 1);
	clear_below(dec, position);
	if (half > 5 || (half == 5 && (rest || odd)))
		add_at(dec, position);
	while (dec->used && !dec->words[dec->used - 1])
		dec->used--;
}

static void put_digits(struct format_out *out, const struct decimal *dec,
		       long highest, size_t count)
{
	char run[32];
	size_t fill = 0;

	/* After the last digit there are only zeros, maybe very many. */
	for (; count && highest >= 0; count--, highest--) {
		run[fill++] = (char)('0' + digit_at(dec, highest));
		if (fill == sizeof(run)) {
			format_put(out, run, fill);
			fill = 0;
		}
	}
	format_put(out, run, fill);
	format_pad(out, '0', count);
}

static void put_fixed(struct format_out *out, const struct format_spec *spec,
		      const struct decimal *dec, const char *sign)
{
	size_t places = spec->precision;
	int dot = places || spec->flags & FORMAT_ALT;
	long whole = count_digits(dec) - dec->scale;
	size_t len;

	if (whole < 1)
		whole = 1;
	len = whole + dot + places;
	format_number_start(out, spec, sign, len);
	put_digits(out, dec, dec->scale + whole - 1, whole);
	if (dot)
		format_put(out, ".", 1);
	put_digits(out, dec, (long)dec->scale - 1, places);
	format_number_end(out, spec, sign, len);
}

static void put_scientific(struct format_out *out,
			   const struct format_spec *spec,
			   const struct decimal *dec, const char *sign)
{
	size_t places = spec->precision;
	int dot = places || spec->flags & FORMAT_ALT;
	long highest = count_digits(dec) - 1;
	long power = dec->used ? highest - dec->scale : 0;
	unsigned long size = power < 0 ? 0UL - power : 0UL + power;
	char tail[8];
	size_t i = sizeof(tail), len;

	do {
		tail[--i] = (char)('0' + size % 10);
		size /= 10;
	} while (size || i > sizeof(tail) - 2);
	tail[--i] = power < 0 ? '-' : '+';
	tail[--i] = spec->conv < 'a' ? 'E' : 'e';
	len = 1 + dot + places + sizeof(tail) - i;
	format_number_start(out, spec, sign, len);
	put_digits(out, dec, highest, 1);
	if (dot)
		format_put(out, ".", 1);
	put_digits(out, dec, highest - 1, places);
	format_put(out, tail + i, sizeof(tail) - i);
	format_number_end(out, spec, sign, len);
}

/* %g: the exponent after rounding picks the style, zeros at the end go. */
static void put_general(struct format_out *out, struct format_spec *spec,
			struct decimal *dec, const char *sign)
{
	long significant = spec->precision ? spec->precision : 1;
	long power, position, lowest = 0;
	int scientific;

	round_at(dec, count_digits(dec) - significant);
	power = dec->used ? count_digits(dec) - 1 - dec->scale : 0;
	scientific = power < -4 || power >= significant;
	/* What the lowest digit to print is worth, in digits of the number. */
	position = dec->scale + power + 1 - significant;
	if (!(spec->flags & FORMAT_ALT)) {
		while (dec->used && lowest < count_digits(dec) - 1 &&
		       !digit_at(dec, lowest))
			lowest++;
		if (position < lowest)
			position = lowest;
		if (!dec->used)
			position = dec->scale;
	}
	spec->precision = (int)(dec->scale - position +
				(scientific ? power : 0));
	if (spec->precision < 0)
		spec->precision = 0;
	if (scientific)
		put_scientific(out, spec, dec, sign);
	else
		put_fixed(out, spec, dec, sign);
}

void format_decimal(struct format_out *out, const struct format_spec *spec,
		    const struct format_real *real, uint32_t *words)
{
	struct format_spec shape = *spec;
	struct decimal dec = { words, 0, 0 };
	const char *sign = format_sign(spec, real->negative);

	if (shape.precision < 0)
		shape.precision = 6;
	load(&dec, real);
	switch (spec->conv) {
	case 'f':
	case 'F':
		round_at(&dec, (long)dec.scale - shape.precision);
		put_fixed(out, &shape, &dec, sign);
		break;
	case 'e':
	case 'E':
		round_at(&dec, count_digits(&dec) - 1 - shape.precision);
		put_scientific(out, &shape, &dec, sign);
		break;
	default:
		put_general(out, &shape, &dec, sign);
		break;
	}
}
