/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Assertions of the code itself and crashes on purpose.
 * It does not cover assertions of tests, which are in uk/test.h.
 */
#ifndef __UK_ASSERT_H__
#define __UK_ASSERT_H__

#include <uk/arch/lcpu.h>
#include <uk/essentials.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Says what failed, prints the crash screen, ends the machine as crashed. */
void uk_assert_failed(const char *library, const char *source,
		      unsigned int line, const char *expression) __noreturn;

/** Prints a message and the crash screen, ends the machine as crashed. */
void uk_crash_message(const char *library, const char *source,
		      unsigned int line, const char *fmt, ...)
	__printf(4, 5) __noreturn;

/** Ends the machine with a message, formatted as by printf(). */
#define UK_CRASH(fmt, ...)                                                 \
	uk_crash_message(UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__, (fmt),    \
			 ##__VA_ARGS__)

/** Ends the machine as crashed when a condition does not hold. */
#define UK_ASSERT(x)                                                       \
	do {                                                               \
		if (__builtin_expect(!(x), 0))                             \
			uk_assert_failed(UK_PR_LIBNAME, UK_PR_SRCNAME,     \
					 __LINE__, STRINGIFY(x));          \
	} while (0)

/** Says that a condition holds which should not, and goes on. */
#define UK_WARNIF(x)                                                       \
	do {                                                               \
		if (__builtin_expect(!!(x), 0))                            \
			_uk_printk(KLVL_WARN, UK_PR_LIBNAME,               \
				   UK_PR_SRCNAME, __LINE__,                \
				   "Condition warning: %s\n",              \
				   STRINGIFY(x));                          \
	} while (0)

/** Ends the machine as crashed when a condition holds. */
#define UK_BUGON(x) UK_ASSERT(!(x))

/** Ends the machine as crashed. */
#define UK_BUG() UK_BUGON(1)

#ifdef __cplusplus
}
#endif

#endif /* __UK_ASSERT_H__ */
