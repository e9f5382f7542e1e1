/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads floating point numbers: signs, words, and which reader takes the rest.
 * The locale is "C": the point is a point.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "real.h"

#define DOUBLE_LOWEST (-1074)

static const struct form double_form = { 53, DOUBLE_LOWEST, 971 };
static const struct form float_form = { 24, -149, 104 };

uint64_t __real_compose(uint64_t mantissa, int exponent)
{
	while (mantissa && !(mantissa >> 52) && exponent > DOUBLE_LOWEST) {
		mantissa <<= 1;
		exponent--;
	}
	if (!(mantissa >> 52))
		return mantissa;
	return (uint64_t)(exponent + 1075) << 52 | (mantissa & ~(1ULL << 52));
}

const char *__real_power(const char *str, char letter, int *exponent)
{
	const char *digits = str + 1;
	int negative, n = 0;

	if (tolower(*str) != letter)
		return str;
	negative = *digits == '-';
	digits += *digits == '-' || *digits == '+';
	if (!isdigit((unsigned char)*digits))
		return str;
	for (; isdigit((unsigned char)*digits); digits++)
		if (n < 100000)
			n = n * 10 + (*digits - '0');
	*exponent += negative ? -n : n;
	return digits;
}

static size_t read_word(const char *str, uint64_t *bits)
{
	*bits = INFINITE;
	if (!strncasecmp(str, "infinity", 8))
		return 8;
	if (!strncasecmp(str, "inf", 3))
		return 3;
	*bits |= 1ULL << 51;
	return strncasecmp(str, "nan", 3) ? 0 : 3;
}

static double read_as(const struct form *form, const char *str, char **end)
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
	else if (at[0] == '0' && tolower(at[1]) == 'x')
		bits = __real_hexadecimal(at + 2, &stop, form);
	if (!stop)
		bits = __real_decimal(at, &stop, form);
	bits |= (uint64_t)(negative && stop) << 63;
	memcpy(&value, &bits, sizeof(value));
	if (end)
		*end = (char *)(stop ? stop : str);
	return value;
}

double strtod(const char *restrict str, char **restrict end)
{
	return read_as(&double_form, str, end);
}

float strtof(const char *restrict str, char **restrict end)
{
	return (float)read_as(&float_form, str, end);
}

double atof(const char *str)
{
	return strtod(str, NULL);
}
