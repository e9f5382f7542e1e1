/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads hexadecimal floating point numbers, rounded right in the last bit.
 * Digits beyond 62 bits only say that there is a little more.
 */
#include <ctype.h>
#include <errno.h>
#include "real.h"

static int hex_digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower(c) - 'a' + 10;
}

/* mantissa * 2^exponent, and a little more where `more` says so. */
static uint64_t round_binary(uint64_t mantissa, int exponent, int more,
			     const struct form *form, int *range)
{
	uint64_t half, rest;
	int drop = 0;

	while (mantissa >> form->bits >> drop)
		drop++;
	if (exponent + drop < form->lowest)
		drop = form->lowest - exponent;
	/* Nothing of so small a number is left. */
	if (drop > 62)
		mantissa = drop = 0;
	if (drop > 0) {
		half = 1ULL << (drop - 1);
		rest = mantissa & (2 * half - 1);
		mantissa >>= drop;
		exponent += drop;
		mantissa += rest > half ||
			    (rest == half && (more || mantissa & 1));
	}
	for (; mantissa && !(mantissa >> (form->bits - 1)) &&
	       exponent > form->lowest; exponent--)
		mantissa <<= 1;
	*range = !(mantissa >> (form->bits - 1)) || exponent > form->highest ||
		 (exponent == form->highest && mantissa >> form->bits);
	if (*range && mantissa >> (form->bits - 1))
		return INFINITE;
	return mantissa >> 53 ? __real_compose(mantissa >> 1, exponent + 1)
		: __real_compose(mantissa, exponent);
}

uint64_t __real_hexadecimal(const char *str, const char **end,
			    const struct form *form)
{
	uint64_t mantissa = 0, bits;
	int exponent = 0, more = 0, after = 0, any = 0, range;

	for (;; str++) {
		if (*str == '.' && !after) {
			after = 1;
			continue;
		}
		if (hex_digit(*str) < 0)
			break;
		any = 1;
		if (mantissa >> 58) {
			more |= hex_digit(*str) != 0;
			exponent += after ? 0 : 4;
			continue;
		}
		mantissa = mantissa << 4 | (unsigned int)hex_digit(*str);
		exponent -= after ? 4 : 0;
	}
	if (!any)
		return 0;
	*end = __real_power(str, 'p', &exponent);
	if (!mantissa)
		return 0;
	bits = round_binary(mantissa, exponent, more, form, &range);
	if (range)
		errno = ERANGE;
	return bits;
}
