/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads decimal floating point numbers, rounded right in the last bit.
 * Hexadecimal ones end behind their 0, as if the x were no part of them.
 */
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

static uint64_t bits_of(struct decimal *dec, int *overflow)
{
	int exponent = 0, step;
	uint64_t mantissa;

	*overflow = dec->count && dec->point > 310;
	if (!dec->count || dec->point < -330 || *overflow)
		return *overflow ? 0x7ffULL << 52 : 0;
	/* Into [1/2, 1), then 53 bits of it in front of the point. */
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
	exponent -= 53;
	if (exponent < -1074) {
		shift_by(dec, exponent + 1074);
		exponent = -1074;
	}
	shift_by(dec, 53);
	mantissa = round_to_integer(dec);
	if (mantissa >> 53) {
		mantissa >>= 1;
		exponent++;
	}
	if (!(mantissa >> 52))
		return mantissa;
	*overflow = exponent > 971;
	if (*overflow)
		return 0x7ffULL << 52;
	return (uint64_t)(exponent + 1075) << 52 | (mantissa & ~(1ULL << 52));
}

/* Digits with a point among them; returns the end, NULL without a digit. */
static const char *read_digits(const char *str, struct decimal *dec)
{
	int any = 0, behind = 0;

	for (;; str++) {
		if (*str == '.' && !behind) {
			behind = 1;
			continue;
		}
		if (!isdigit((unsigned char)*str))
			break;
		any = 1;
		/* Zeros in front move the point, but they are no digits. */
		if (*str == '0' && !dec->count) {
			dec->point -= behind;
			continue;
		}
		push(dec, *str - '0');
		dec->point += !behind;
	}
	trim(dec);
	return any ? str : NULL;
}

static const char *read_exponent(const char *str, struct decimal *dec)
{
	const char *digits = str + 1;
	int negative, n = 0;

	if (*str != 'e' && *str != 'E')
		return str;
	negative = *digits == '-';
	digits += *digits == '-' || *digits == '+';
	if (!isdigit((unsigned char)*digits))
		return str;
	for (; isdigit((unsigned char)*digits); digits++)
		if (n < 100000)
			n = n * 10 + (*digits - '0');
	dec->point += negative ? -n : n;
	return digits;
}

static size_t read_word(const char *str, uint64_t *bits)
{
	*bits = 0x7ffULL << 52;
	if (!strncasecmp(str, "infinity", 8))
		return 8;
	if (!strncasecmp(str, "inf", 3))
		return 3;
	*bits |= 1ULL << 51;
	return strncasecmp(str, "nan", 3) ? 0 : 3;
}

/* Bits of a finite number; ERANGE where it is too large or too small. */
static uint64_t read_number(const char *str, const char **end)
{
	/* Too large for the stack of a small machine. */
	static struct decimal dec;
	const char *stop;
	uint64_t bits;
	int overflow, is_zero;

	memset(&dec, 0, sizeof(dec));
	stop = read_digits(str, &dec);
	if (!stop)
		return 0;
	*end = read_exponent(stop, &dec);
	is_zero = !dec.count;
	bits = bits_of(&dec, &overflow);
	if (overflow || (!is_zero && !(bits >> 52)))
		errno = ERANGE;
	return bits;
}

double strtod(const char *restrict str, char **restrict end)
{
	const char *at = str, *stop = NULL;
	uint64_t bits = 0;
	size_t word;
	int negative;
	double value;

	while (isspace((unsigned char)*at))
		at++;
	negative = *at == '-';
	at += *at == '-' || *at == '+';
	word = read_word(at, &bits);
	if (word)
		stop = at + word;
	else
		bits = read_number(at, &stop);
	bits |= (uint64_t)(negative && stop) << 63;
	memcpy(&value, &bits, sizeof(value));
	if (end)
		*end = (char *)(stop ? stop : str);
	return value;
}

float strtof(const char *restrict str, char **restrict end)
{
	return (float)strtod(str, end);
}

double atof(const char *str)
{
	return strtod(str, NULL);
}
