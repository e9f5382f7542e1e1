/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads decimal floating point numbers, rounded right in the last bit.
 * It does not round twice: digits are moved until the bits stand in front.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include "real.h"

/* The longest number halfway between two doubles has 767 digits. */
#define MAX_DIGITS	800
/* Powers of two by which a number is moved at once. */
#define MAX_SHIFT	27

/* 0.d0d1d2… * 10^point, and whether digits were left out. */
struct decimal {
	unsigned char digits[MAX_DIGITS];
	int count;
	int point;
	int more;
};

static void push(struct decimal *dec, int digit)
{
	if (dec->count < MAX_DIGITS)
		dec->digits[dec->count++] = (unsigned char)digit;
	else if (digit)
		dec->more = 1;
}

static void trim(struct decimal *dec)
{
	while (dec->count && !dec->digits[dec->count - 1])
		dec->count--;
}

static void divide_by_power(struct decimal *dec, int shift)
{
	int from = 0, had = dec->count, point = dec->point;
	uint64_t rest = 0;

	/* Written digits never overtake the ones to be read. */
	dec->count = 0;
	for (; from < had || rest; from++) {
		rest = rest * 10 + (from < had ? dec->digits[from] : 0);
		if (dec->count || rest >> shift)
			push(dec, (int)(rest >> shift));
		else
			point--;
		rest &= (1ULL << shift) - 1;
	}
	dec->point = point;
	trim(dec);
}

static void multiply_by_power(struct decimal *dec, int shift)
{
	unsigned char result[MAX_DIGITS + 16];
	int start = dec->count + 16, i;
	uint64_t carry = 0;

	for (i = dec->count - 1; i >= 0 || carry; i--) {
		if (i >= 0)
			carry += (uint64_t)dec->digits[i] << shift;
		result[--start] = (unsigned char)(carry % 10);
		carry /= 10;
	}
	dec->point += 16 - start;
	i = dec->count + 16;
	dec->count = 0;
	for (; start < i; start++)
		push(dec, result[start]);
	trim(dec);
}

static void shift_by(struct decimal *dec, int shift)
{
	for (; shift > MAX_SHIFT; shift -= MAX_SHIFT)
		multiply_by_power(dec, MAX_SHIFT);
	for (; shift < -MAX_SHIFT; shift += MAX_SHIFT)
		divide_by_power(dec, MAX_SHIFT);
	if (shift > 0)
		multiply_by_power(dec, shift);
	else if (shift < 0)
		divide_by_power(dec, -shift);
}

/* The whole part, half to even. */
static uint64_t round_to_integer(const struct decimal *dec)
{
	uint64_t n = 0;
	int i, half, exact;

	for (i = 0; i < dec->point; i++)
		n = n * 10 + (i < dec->count ? dec->digits[i] : 0);
	if (dec->point < 0 || dec->point >= dec->count)
		return n;
	half = dec->digits[dec->point];
	exact = dec->point + 1 == dec->count && !dec->more;
	return n + (half > 5 || (half == 5 && (!exact || n & 1)));
}

/* Rounds once, to the format. A number out of range sets `range`. */
static uint64_t bits_of(struct decimal *dec, const struct form *form,
			int *range)
{
	int exponent = 0, step;
	uint64_t mantissa;

	*range = dec->count != 0;
	if (!dec->count || dec->point < -330 || dec->point > 310)
		return dec->count && dec->point > 0 ? INFINITE : 0;
	/* Into [1/2, 1), then all its bits in front of the point. */
	while (dec->point > 0) {
		step = dec->point > 8 ? MAX_SHIFT : dec->point * 3;
		shift_by(dec, -step);
		exponent += step;
	}
	while (dec->point < 0 || dec->digits[0] < 5) {
		step = dec->point < -8 ? MAX_SHIFT
			: dec->point < 0 ? -dec->point * 3 : 1;
		shift_by(dec, step);
		exponent -= step;
	}
	exponent -= form->bits;
	if (exponent < form->lowest) {
		shift_by(dec, exponent - form->lowest);
		exponent = form->lowest;
	}
	shift_by(dec, form->bits);
	mantissa = round_to_integer(dec);
	if (mantissa >> form->bits) {
		mantissa >>= 1;
		exponent++;
	}
	*range = !(mantissa >> (form->bits - 1)) || exponent > form->highest;
	return exponent > form->highest ? INFINITE
		: __real_compose(mantissa, exponent);
}

/* Digits with a point among them; returns the end, NULL without a digit. */
static const char *read_digits(const char *str, struct decimal *dec)
{
	int any = 0, after = 0;

	for (;; str++) {
		if (*str == '.' && !after) {
			after = 1;
			continue;
		}
		if (!isdigit((unsigned char)*str))
			break;
		any = 1;
		/* Zeros in front move the point, but they are no digits. */
		if (*str == '0' && !dec->count) {
			dec->point -= after;
			continue;
		}
		push(dec, *str - '0');
		dec->point += !after;
	}
	trim(dec);
	return any ? str : NULL;
}

uint64_t __real_decimal(const char *str, const char **end,
			const struct form *form)
{
	/* Too large for the stack of a small machine. */
	static struct decimal dec;
	const char *stop;
	uint64_t bits;
	int range;

	memset(&dec, 0, sizeof(dec));
	stop = read_digits(str, &dec);
	if (!stop)
		return 0;
	*end = __real_power(stop, 'e', &dec.point);
	bits = bits_of(&dec, form, &range);
	if (range)
		errno = ERANGE;
	return bits;
}
