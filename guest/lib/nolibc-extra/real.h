/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the readers of floating point numbers share: binary formats, and the
 * parts of a number. It is not part of the public headers.
 */
#ifndef NOLIBC_REAL_H
#define NOLIBC_REAL_H

#include <stdint.h>

/* A binary format: bits of its numbers, exponents of their last bit. */
struct form {
	int bits;
	int lowest;
	int highest;
};

/* As bits of a double. */
#define INFINITE (0x7ffULL << 52)

/** mantissa * 2^exponent, which a double can hold, as bits of a double. */
uint64_t __real_compose(uint64_t mantissa, int exponent);

/**
 * Reads an exponent after its letter and adds it.
 *
 * @return the end; where there is no exponent, what was given
 */
const char *__real_power(const char *str, char letter, int *exponent);

/**
 * Reads a finite number without a sign and rounds it once, to the format. A
 * number out of range is ERANGE.
 *
 * @param str the first digit or point; after `0x` for a hexadecimal one
 * @param end is not touched where there is no digit
 * @return bits of a double
 */
uint64_t __real_decimal(const char *str, const char **end,
			const struct form *form);
uint64_t __real_hexadecimal(const char *str, const char **end,
			    const struct form *form);

#endif /* NOLIBC_REAL_H */
