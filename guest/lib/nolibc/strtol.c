/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads integers from text.
 * What does not fit becomes the nearest limit, with ERANGE.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* A number as it was written, before it has a type. */
struct written {
	uint64_t magnitude;
	int negative;
	int overflow;
};

static int digit_of(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	if (isalpha((unsigned char)c))
		return tolower((unsigned char)c) - 'a' + 10;
	return 36;
}

/* Skips 0x and 0b, but only where a digit follows; settles base 0. */
static const char *skip_prefix(const char *str, int *base)
{
	int letter = *str == '0' ? tolower((unsigned char)str[1]) : 0;

	if ((*base == 0 || *base == 16) && letter == 'x' &&
	    digit_of(str[2]) < 16) {
		*base = 16;
		return str + 2;
	}
	if (*base == 2 && letter == 'b' && digit_of(str[2]) < 2)
		return str + 2;
	if (*base == 0)
		*base = *str == '0' ? 8 : 10;
	return str;
}

static struct written scan(const char *str, char **end, int base)
{
	struct written num = { 0, 0, 0 };
	const char *start = str, *first;
	unsigned int digit;

	if (end)
		*end = (char *)start;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return num;
	}
	while (isspace((unsigned char)*str))
		str++;
	if (*str == '-' || *str == '+')
		num.negative = *str++ == '-';
	str = skip_prefix(str, &base);
	first = str;
	for (; (digit = digit_of(*str)) < (unsigned int)base; str++) {
		if (num.magnitude > (UINT64_MAX - digit) / (unsigned int)base)
			num.overflow = 1;
		else
			num.magnitude = num.magnitude * base + digit;
	}
	if (end && str != first)
		*end = (char *)str;
	return num;
}

static int64_t scan_signed(const char *str, char **end, int base, int64_t low,
			   int64_t high)
{
	struct written num = scan(str, end, base);
	uint64_t limit = num.negative ? (uint64_t)high + 1 : (uint64_t)high;

	if (num.overflow || num.magnitude > limit) {
		errno = ERANGE;
		return num.negative ? low : high;
	}
	return (int64_t)(num.negative ? 0 - num.magnitude : num.magnitude);
}

static uint64_t scan_unsigned(const char *str, char **end, int base,
			      uint64_t high)
{
	struct written num = scan(str, end, base);

	if (num.overflow || num.magnitude > high) {
		errno = ERANGE;
		return high;
	}
	return num.negative ? 0 - num.magnitude : num.magnitude;
}

long strtol(const char *restrict str, char **restrict end, int base)
{
	return (long)scan_signed(str, end, base, LONG_MIN, LONG_MAX);
}

long long strtoll(const char *restrict str, char **restrict end, int base)
{
	return scan_signed(str, end, base, LLONG_MIN, LLONG_MAX);
}

unsigned long strtoul(const char *restrict str, char **restrict end, int base)
{
	return (unsigned long)scan_unsigned(str, end, base, ULONG_MAX);
}

unsigned long long strtoull(const char *restrict str, char **restrict end,
			    int base)
{
	return scan_unsigned(str, end, base, ULLONG_MAX);
}

intmax_t strtoimax(const char *restrict str, char **restrict end, int base)
{
	return scan_signed(str, end, base, INTMAX_MIN, INTMAX_MAX);
}

uintmax_t strtoumax(const char *restrict str, char **restrict end, int base)
{
	return scan_unsigned(str, end, base, UINTMAX_MAX);
}

int atoi(const char *str)
{
	return (int)strtol(str, NULL, 10);
}

long atol(const char *str)
{
	return strtol(str, NULL, 10);
}

long long atoll(const char *str)
{
	return strtoll(str, NULL, 10);
}
