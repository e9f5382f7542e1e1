/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The checks of calls, of their arguments and results, and of places that
 * execution must not reach. The words are Unikraft's.
 */
#include <stddef.h>

#include "handler.h"
#include "value.h"

/* After the first two there is nothing to go on with. */
void __ubsan_handle_builtin_unreachable(void *data);
void __ubsan_handle_missing_return(void *data);

void __ubsan_handle_builtin_unreachable(void *data)
{
	ubsan_report(&((const struct ubsan_place *)data)->at, true,
		     "execution reached unreachable program point");
}

void __ubsan_handle_missing_return(void *data)
{
	ubsan_report(&((const struct ubsan_place *)data)->at, true,
		     "execution reached end of value-returning function "
		     "without returning a value");
}

static void nonnull_arg(void *cookie, bool is_fatal)
{
	const struct ubsan_argument *data = cookie;

	ubsan_report(&data->at, is_fatal, "null pointer passed as argument "
		     "%d, which is declared to never be null",
		     (int)data->index);
}

UBSAN_HANDLER(nonnull_arg, (void *data), data)

/* The data is the place of the attribute; the place of the return is apart. */
static void nonnull_return_v1(void *cookie __unused, void *at,
			      bool is_fatal)
{
	ubsan_report(at, is_fatal, "null pointer returned from function "
		     "declared to never return null");
}

UBSAN_HANDLER(nonnull_return_v1, (void *data, void *at), data, at)

void __ubsan_handle_nullability_arg(void *data);
void __ubsan_handle_nullability_arg_abort(void *data);
void __ubsan_handle_nullability_return_v1(void *data, void *at);
void __ubsan_handle_nullability_return_v1_abort(void *data, void *at);

void __ubsan_handle_nullability_arg(void *data)
{
	nonnull_arg(data, false);
}

void __ubsan_handle_nullability_arg_abort(void *data)
{
	nonnull_arg(data, true);
}

void __ubsan_handle_nullability_return_v1(void *data, void *at)
{
	nonnull_return_v1(data, at, false);
}

void __ubsan_handle_nullability_return_v1_abort(void *data, void *at)
{
	nonnull_return_v1(data, at, true);
}

static void function_type_mismatch(void *cookie, void *function, bool is_fatal)
{
	const struct ubsan_typed *data = cookie;

	ubsan_report(&data->at, is_fatal, "call to function %p through pointer "
		     "to incorrect function type %s", function,
		     data->type->name);
}

UBSAN_HANDLER(function_type_mismatch, (void *data, void *function),
	      data, function)

/* clang up to 16 hands over the two descriptions that it compared as well. */
static void function_type_mismatch_v1(void *cookie, void *function, void *is,
				      void *wanted, bool is_fatal)
{
	(void)is;
	(void)wanted;
	function_type_mismatch(cookie, function, is_fatal);
}

UBSAN_HANDLER(function_type_mismatch_v1,
	      (void *data, void *function, void *is, void *wanted),
	      data, function, is, wanted)

static void cfi_check_fail(void *cookie, void *function, void *is_valid,
			   bool is_fatal)
{
	const struct ubsan_cfi *data = cookie;

	(void)is_valid;
	ubsan_report(&data->at, is_fatal, "control flow integrity check for "
		     "type %s failed during call of %p", data->type->name,
		     function);
}

UBSAN_HANDLER(cfi_check_fail, (void *data, void *function, void *is_valid),
	      data, function, is_valid)

/* clang's -fsanitize=local-bounds has no description of what it checks. */
void __ubsan_handle_local_out_of_bounds(void);
void __ubsan_handle_local_out_of_bounds_abort(void);

static const struct ubsan_location nowhere;

void __ubsan_handle_local_out_of_bounds(void)
{
	ubsan_report(&nowhere, false, "index out of bounds");
}

void __ubsan_handle_local_out_of_bounds_abort(void)
{
	ubsan_report(&nowhere, true, "index out of bounds");
}
