/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes the two functions that compilers call for a check out of one: the
 * plain one goes on after its report, the other one, for code compiled with
 * -fno-sanitize-recover, does not.
 */
#ifndef UBSAN_HANDLER_H
#define UBSAN_HANDLER_H

#include "report.h"

/*
 * The parameters are those with which compilers know these functions: every
 * one of them as wide as a pointer.
 */
#define UBSAN_HANDLER(name, parameters, ...)				\
	void __ubsan_handle_##name parameters;				\
	void __ubsan_handle_##name##_abort parameters;			\
	void __ubsan_handle_##name parameters				\
	{								\
		name(__VA_ARGS__, false);				\
	}								\
	void __ubsan_handle_##name##_abort parameters			\
	{								\
		name(__VA_ARGS__, true);				\
	}

#endif /* UBSAN_HANDLER_H */
