/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What compilers hand to the runtime of -fsanitize=undefined: the layout that
 * gcc and clang agree on. It holds no behaviour.
 */
#ifndef UBSAN_ABI_H
#define UBSAN_ABI_H

#include <stdint.h>

struct ubsan_location {
	/** NULL where the compiler does not know. */
	const char *file;
	uint32_t line;
	uint32_t column;
};

#define UBSAN_INTEGER	0
#define UBSAN_FLOAT	1

struct ubsan_type {
	uint16_t kind;
	/**
	 * Integer: bit 0 is set where it has a sign, the rest is the binary
	 * logarithm of its width. Float: its width in bits.
	 */
	uint16_t info;
	/** In C's words, inside quotation marks. */
	char name[];
};

/*
 * A value: itself where it fits into a pointer, else its address.
 */
typedef uintptr_t ubsan_value;

struct ubsan_type_mismatch {
	struct ubsan_location at;
	const struct ubsan_type *type;
	uint8_t log_alignment;
	uint8_t access;
};

struct ubsan_assumption {
	struct ubsan_location at;
	struct ubsan_location of_attribute;
	const struct ubsan_type *type;
};

/** Arithmetic, bounds of arrays on the stack, values loaded, calls. */
struct ubsan_typed {
	struct ubsan_location at;
	const struct ubsan_type *type;
};

/** Shifts, array indices, conversions. */
struct ubsan_two_types {
	struct ubsan_location at;
	const struct ubsan_type *first;
	const struct ubsan_type *second;
};

/** clang's conversions that nobody wrote. */
struct ubsan_conversion {
	struct ubsan_location at;
	const struct ubsan_type *from;
	const struct ubsan_type *to;
	uint8_t kind;
};

struct ubsan_place {
	struct ubsan_location at;
};

struct ubsan_builtin {
	struct ubsan_location at;
	uint8_t kind;
};

struct ubsan_argument {
	struct ubsan_location at;
	struct ubsan_location of_attribute;
	int32_t index;
};

struct ubsan_cfi {
	uint8_t kind;
	struct ubsan_location at;
	const struct ubsan_type *type;
};

#endif /* UBSAN_ABI_H */
