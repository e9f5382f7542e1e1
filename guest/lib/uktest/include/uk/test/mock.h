/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Functions in place of others, for the time of a case: the linker leads calls
 * of a function to its mock (--wrap), which calls the function itself until a
 * case turns the mock on. A call within the file that defines the function is
 * none that the linker sees, and is not replaced.
 */
#ifndef __UK_TEST_MOCK_H__
#define __UK_TEST_MOCK_H__

#include <uk/test/extra.h>

/**
 * Defines a mock of a function; its body follows. One program has one mock of a
 * function. The body may call the function itself, as UK_MOCK_REAL(fn)(...).
 *
 * @param type what the function returns
 * @param fn name of the function, which another file defines
 * @param parameters its parameters, in parentheses
 * @param arguments their names, in parentheses
 */
#define UK_MOCK(type, fn, parameters, arguments)			\
	type __real_##fn parameters;					\
	type __wrap_##fn parameters;					\
	static type _uk_mock_body_##fn parameters;			\
	static struct uk_testmock _uk_mock_##fn;			\
	_UK_TESTMETA(_uk_testmeta_mock_##fn, , NULL, UK_TESTMETA_MOCK,	\
		     &_uk_mock_##fn);					\
	type __wrap_##fn parameters					\
	{								\
		if (!_uk_mock_##fn.is_on)				\
			return __real_##fn arguments;			\
		_uk_mock_##fn.calls++;					\
		return _uk_mock_body_##fn arguments;			\
	}								\
	static type _uk_mock_body_##fn parameters

/** Calls lead to the mock from here on, until the case ends. */
#define UK_MOCK_ON(fn) ((void)(_uk_mock_##fn.is_on = true))

/** Calls lead to the function itself again. */
#define UK_MOCK_OFF(fn) ((void)(_uk_mock_##fn.is_on = false))

/** How often the mock was called in this case, as an unsigned int. */
#define UK_MOCK_CALLS(fn) (_uk_mock_##fn.calls)

/** The function that is replaced. */
#define UK_MOCK_REAL(fn) (__real_##fn)

#endif /* __UK_TEST_MOCK_H__ */
