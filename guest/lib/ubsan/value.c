/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads values by the descriptors of their types and writes them as text. It
 * works with two halves of 64 bits, since i386 has no type of 128.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <uk/essentials.h>

#include "value.h"

#define POINTER_BITS (8 * sizeof(void *))

struct wide {
	uint64_t low, high;
};

unsigned int ubsan_bits(const struct ubsan_type *type)
{
	return 1u << (type->info >> 1);
}

bool ubsan_is_signed(const struct ubsan_type *type)
{
	return type->kind == UBSAN_INTEGER && (type->info & 1) != 0;
}

bool ubsan_is_float(const struct ubsan_type *type)
{
	return type->kind == UBSAN_FLOAT;
}

/* Widens a number of up to 64 bits. */
static struct wide widen(uint64_t value, unsigned int bits, bool is_signed)
{
	struct wide wide = { value, 0 };

	if (bits < 64)
		wide.low &= ((uint64_t)1 << bits) - 1;
	if (is_signed && (wide.low >> (bits - 1) & 1) != 0) {
		if (bits < 64)
			wide.low |= ~(uint64_t)0 << bits;
		wide.high = ~(uint64_t)0;
	}
	return wide;
}

static struct wide integer(const struct ubsan_type *type, ubsan_value value)
{
	unsigned int bits = ubsan_bits(type);
	struct wide wide = { 0, 0 };
	uint64_t narrow = value;

	if (bits > 64) {
		memcpy(&wide, (const void *)value, sizeof(wide));
		return wide;
	}
	if (bits > POINTER_BITS)
		memcpy(&narrow, (const void *)value, sizeof(narrow));
	return widen(narrow, bits, ubsan_is_signed(type));
}

bool ubsan_is_minus_one(const struct ubsan_type *type, ubsan_value value)
{
	struct wide wide;

	if (!ubsan_is_signed(type))
		return false;
	wide = integer(type, value);
	return (wide.low & wide.high) == ~(uint64_t)0;
}

/* Divides by ten, bit by bit, and returns the digit that is left over. */
static unsigned int take_digit(struct wide *wide)
{
	unsigned int rest = 0;

	for (int bit = 127; bit >= 0; bit--) {
		uint64_t *half = bit >= 64 ? &wide->high : &wide->low;
		uint64_t mask = (uint64_t)1 << (bit & 63);

		rest = rest << 1 | ((*half & mask) != 0);
		*half &= ~mask;
		if (rest >= 10) {
			rest -= 10;
			*half |= mask;
		}
	}
	return rest;
}

static void format_integer(char *out, struct wide wide, bool is_signed)
{
	char digits[UBSAN_VALUE_CHARS];
	unsigned int len = 0;

	if (is_signed && wide.high >> 63 != 0) {
		*out++ = '-';
		wide.low = ~wide.low + 1;
		wide.high = ~wide.high + (wide.low == 0);
	}
	do
		digits[len++] = (char)('0' + take_digit(&wide));
	while ((wide.low | wide.high) != 0);
	while (len > 0)
		*out++ = digits[--len];
	*out = '\0';
}

#if defined(__aarch64__) && !defined(__ARM_FP)
/* Built with -mgeneral-regs-only: there are no such numbers. */
static void format_float(char *out, const struct ubsan_type *type __unused,
			 ubsan_value value __unused)
{
	strcpy(out, "?");
}
#else /* !__aarch64__ || __ARM_FP */

#if __LDBL_MANT_DIG__ == 113
/*
 * A number of 128 bits as double, without the functions that compilers call
 * for it. What is below a double's precision is cut off.
 */
static double wide_float(const void *at)
{
	struct wide wide;
	uint64_t bits;
	int exponent;
	double value;

	memcpy(&wide, at, sizeof(wide));
	exponent = (int)(wide.high >> 48 & 0x7fff) - 16383;
	if (exponent > 1023)
		exponent = 1024;
	if (exponent < -1022)
		return 0;
	bits = (wide.high & 0xffffffffffff) << 4 | wide.low >> 60;
	/* Beyond a double's range it is infinite, unless it is a NaN. */
	if (exponent == 1024 && (wide.high >> 48 & 0x7fff) != 0x7fff)
		bits = 0;
	bits |= (uint64_t)(exponent + 1023) << 52 | (wide.high >> 63 << 63);
	memcpy(&value, &bits, sizeof(value));
	return value;
}
#else
static double wide_float(const void *at)
{
	long double value = 0;

	/* The bytes after the tenth are padding. */
	memcpy(&value, at, 10);
	return (double)value;
}
#endif

static void format_float(char *out, const struct ubsan_type *type,
			 ubsan_value value)
{
	const void *at = type->info > POINTER_BITS ? (const void *)value :
						     &value;
	float narrow;
	double number;

	if (type->info == 32) {
		memcpy(&narrow, at, sizeof(narrow));
		number = (double)narrow;
	} else if (type->info == 64) {
		memcpy(&number, at, sizeof(number));
	} else if (type->info >= 80) {
		number = wide_float(at);
	} else {
		strcpy(out, "?");
		return;
	}
	snprintf(out, UBSAN_VALUE_CHARS, "%.15g", number);
}

#endif /* !__aarch64__ || __ARM_FP */

void ubsan_format_value(char *out, const struct ubsan_type *type,
			ubsan_value value)
{
	if (ubsan_is_float(type))
		format_float(out, type, value);
	else if (type->kind == UBSAN_INTEGER && ubsan_bits(type) <= 128)
		format_integer(out, integer(type, value),
			       ubsan_is_signed(type));
	else
		strcpy(out, "?");
}
