/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checks of numbers: overflow, division, shifts, conversions, builtins. The
 * words are Unikraft's, and for what it cannot report those of compilers.
 */
#include <stdio.h>

#include "handler.h"
#include "value.h"

static void overflow(const struct ubsan_typed *data, ubsan_value left,
		     char operator, ubsan_value right, bool is_fatal)
{
	char a[UBSAN_VALUE_CHARS], b[UBSAN_VALUE_CHARS];

	ubsan_format_value(a, data->type, left);
	ubsan_format_value(b, data->type, right);
	ubsan_report(&data->at, is_fatal,
		     "%s integer overflow: %s %c %s cannot be represented in "
		     "type %s", ubsan_is_signed(data->type) ? "signed" :
		     "unsigned", a, operator, b, data->type->name);
}

static void add_overflow(void *data, void *left, void *right, bool is_fatal)
{
	overflow(data, (ubsan_value)left, '+', (ubsan_value)right, is_fatal);
}

static void sub_overflow(void *data, void *left, void *right, bool is_fatal)
{
	overflow(data, (ubsan_value)left, '-', (ubsan_value)right, is_fatal);
}

static void mul_overflow(void *data, void *left, void *right, bool is_fatal)
{
	overflow(data, (ubsan_value)left, '*', (ubsan_value)right, is_fatal);
}

UBSAN_HANDLER(add_overflow, (void *data, void *left, void *right),
	      data, left, right)
UBSAN_HANDLER(sub_overflow, (void *data, void *left, void *right),
	      data, left, right)
UBSAN_HANDLER(mul_overflow, (void *data, void *left, void *right),
	      data, left, right)

static void negate_overflow(void *cookie, void *value, bool is_fatal)
{
	const struct ubsan_typed *data = cookie;
	char text[UBSAN_VALUE_CHARS];

	ubsan_format_value(text, data->type, (ubsan_value)value);
	ubsan_report(&data->at, is_fatal,
		     "negation of %s cannot be represented in type %s", text,
		     data->type->name);
}

UBSAN_HANDLER(negate_overflow, (void *data, void *value), data, value)

/* Of whole numbers only -1 and 0 are divisors that can go wrong. */
static void divrem_overflow(void *cookie, void *left, void *right,
			    bool is_fatal)
{
	const struct ubsan_typed *data = cookie;

	if (ubsan_is_float(data->type))
		ubsan_report(&data->at, is_fatal, "division by zero in type %s",
			     data->type->name);
	else if (ubsan_is_minus_one(data->type, (ubsan_value)right))
		overflow(data, (ubsan_value)left, '/', (ubsan_value)right,
			 is_fatal);
	else
		ubsan_report(&data->at, is_fatal, "division by zero");
}

UBSAN_HANDLER(divrem_overflow, (void *data, void *left, void *right),
	      data, left, right)

static void shift_out_of_bounds(void *cookie, void *left, void *right,
				bool is_fatal)
{
	const struct ubsan_two_types *data = cookie;
	char a[UBSAN_VALUE_CHARS], b[UBSAN_VALUE_CHARS];

	ubsan_format_value(a, data->first, (ubsan_value)left);
	ubsan_format_value(b, data->second, (ubsan_value)right);
	ubsan_report(&data->at, is_fatal,
		     "shift of %s by %s out of bounds for type %s", a, b,
		     data->first->name);
}

UBSAN_HANDLER(shift_out_of_bounds, (void *data, void *left, void *right),
	      data, left, right)

static void float_cast_overflow(void *cookie, void *value, bool is_fatal)
{
	const struct ubsan_two_types *data = cookie;
	char text[UBSAN_VALUE_CHARS];

	ubsan_format_value(text, data->first, (ubsan_value)value);
	ubsan_report(&data->at, is_fatal, "value %s is outside the range of "
		     "representable values of type %s", text,
		     data->second->name);
}

UBSAN_HANDLER(float_cast_overflow, (void *data, void *value), data, value)

static void implicit_conversion(void *cookie, void *source, void *result,
				bool is_fatal)
{
	const struct ubsan_conversion *data = cookie;
	char from[UBSAN_VALUE_CHARS], to[UBSAN_VALUE_CHARS];

	ubsan_format_value(from, data->from, (ubsan_value)source);
	ubsan_format_value(to, data->to, (ubsan_value)result);
	ubsan_report(&data->at, is_fatal,
		     "implicit conversion from type %s of value %s (%u-bit, "
		     "%ssigned) to type %s changed the value to %s (%u-bit, "
		     "%ssigned)", data->from->name, from,
		     ubsan_bits(data->from),
		     ubsan_is_signed(data->from) ? "" : "un", data->to->name,
		     to, ubsan_bits(data->to),
		     ubsan_is_signed(data->to) ? "" : "un");
}

UBSAN_HANDLER(implicit_conversion, (void *data, void *source, void *result),
	      data, source, result)

static void invalid_builtin(void *cookie, bool is_fatal)
{
	const struct ubsan_builtin *data = cookie;

	if (data->kind > 1)
		ubsan_report(&data->at, is_fatal,
			     "calling __builtin_assume with false");
	else
		ubsan_report(&data->at, is_fatal, "calling %s with zero",
			     data->kind == 0 ? "__builtin_ctz" :
			     "__builtin_clz");
}

UBSAN_HANDLER(invalid_builtin, (void *data), data)
