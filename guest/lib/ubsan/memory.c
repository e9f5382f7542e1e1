/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checks of pointers, objects and arrays, and of the values loaded from
 * them. The words are Unikraft's.
 */
#include <stdio.h>

#include "handler.h"
#include "value.h"

/* Compilers know more kinds of access; Unikraft names two. */
static const char *access_name(unsigned int access)
{
	return access == 0 ? "load from" : access == 1 ? "store to" :
							 "access of";
}

static void type_mismatch_v1(void *cookie, void *pointer, bool is_fatal)
{
	const struct ubsan_type_mismatch *data = cookie;
	uintptr_t alignment = (uintptr_t)1 << data->log_alignment;
	const char *access = access_name(data->access);

	if (pointer == NULL)
		ubsan_report(&data->at, is_fatal, "%s null pointer of type %s",
			     access, data->type->name);
	else if (((uintptr_t)pointer & (alignment - 1)) != 0)
		ubsan_report(&data->at, is_fatal,
			     "%s misaligned address %p for type %s, which "
			     "requires %lu byte alignment", access, pointer,
			     data->type->name, (unsigned long)alignment);
	else
		ubsan_report(&data->at, is_fatal,
			     "%s address %p with insufficient space for an "
			     "object of type %s", access, pointer,
			     data->type->name);
}

UBSAN_HANDLER(type_mismatch_v1, (void *data, void *pointer), data, pointer)

static void alignment_assumption(void *cookie, void *pointer, void *alignment,
				 void *offset, bool is_fatal)
{
	const struct ubsan_assumption *data = cookie;

	ubsan_report(&data->at, is_fatal,
		     "assumption about misaligned address %p for type %s, "
		     "which requires %lu byte alignment", (void *)
		     ((uintptr_t)pointer - (uintptr_t)offset),
		     data->type->name, (unsigned long)(uintptr_t)alignment);
}

UBSAN_HANDLER(alignment_assumption,
	      (void *data, void *pointer, void *alignment, void *offset),
	      data, pointer, alignment, offset)

static void pointer_overflow(void *cookie, void *base, void *result,
			     bool is_fatal)
{
	const struct ubsan_place *data = cookie;

	ubsan_report(&data->at, is_fatal, "pointer index expression with base "
		     "0x%lx overflowed to 0x%lx",
		     (unsigned long)(uintptr_t)base,
		     (unsigned long)(uintptr_t)result);
}

UBSAN_HANDLER(pointer_overflow, (void *data, void *base, void *result),
	      data, base, result)

static void out_of_bounds(void *cookie, void *index, bool is_fatal)
{
	const struct ubsan_two_types *data = cookie;
	char text[UBSAN_VALUE_CHARS];

	ubsan_format_value(text, data->second, (ubsan_value)index);
	ubsan_report(&data->at, is_fatal, "index %s out of bounds for type %s",
		     text, data->first->name);
}

UBSAN_HANDLER(out_of_bounds, (void *data, void *index), data, index)

static void vla_bound_not_positive(void *cookie, void *bound, bool is_fatal)
{
	const struct ubsan_typed *data = cookie;
	char text[UBSAN_VALUE_CHARS];

	ubsan_format_value(text, data->type, (ubsan_value)bound);
	ubsan_report(&data->at, is_fatal, "variable length array bound "
		     "evaluates to non-positive value %s", text);
}

UBSAN_HANDLER(vla_bound_not_positive, (void *data, void *bound), data, bound)

static void load_invalid_value(void *cookie, void *value, bool is_fatal)
{
	const struct ubsan_typed *data = cookie;
	char text[UBSAN_VALUE_CHARS];

	ubsan_format_value(text, data->type, (ubsan_value)value);
	ubsan_report(&data->at, is_fatal, "load of value %s, which is not a "
		     "valid value for type %s", text, data->type->name);
}

UBSAN_HANDLER(load_invalid_value, (void *data, void *value), data, value)
