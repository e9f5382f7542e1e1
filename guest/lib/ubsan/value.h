/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values of whatever type and width as text. It is private to the library.
 */
#ifndef UBSAN_VALUE_H
#define UBSAN_VALUE_H

#include <stdbool.h>

#include "abi.h"

/** Room for any value: 39 digits of 128 bits, a sign, a NUL. */
#define UBSAN_VALUE_CHARS 48

/** Writes a value as decimal text; `?` where its type is unknown. */
void ubsan_format_value(char *out, const struct ubsan_type *type,
			ubsan_value value);

bool ubsan_is_signed(const struct ubsan_type *type);
bool ubsan_is_float(const struct ubsan_type *type);
bool ubsan_is_minus_one(const struct ubsan_type *type, ubsan_value value);

/** Width of an integer type. */
unsigned int ubsan_bits(const struct ubsan_type *type);

#endif /* UBSAN_VALUE_H */
