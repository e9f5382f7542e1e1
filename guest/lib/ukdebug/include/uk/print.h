/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Kernel messages with a level, under Unikraft's names.
 * The program's own output is printf()'s and has no prefix.
 */
#ifndef __UK_PRINT_H__
#define __UK_PRINT_H__

#include <stdarg.h>
#include <uk/arch/lcpu.h>
#include <uk/essentials.h>
#include <uk/libid.h>

#define KLVL_DEBUG (-1)
#define KLVL_CRIT 0
#define KLVL_ERR 1
#define KLVL_WARN 2
#define KLVL_INFO 3

/* Messages above this level are left out of the image. */
#ifndef KLVL_MAX
#if CONFIG_LIBUKDEBUG_PRINTK_ERR
#define KLVL_MAX KLVL_ERR
#elif CONFIG_LIBUKDEBUG_PRINTK_WARN
#define KLVL_MAX KLVL_WARN
#else
#define KLVL_MAX KLVL_INFO
#endif
#endif

/** Name of the library that a file belongs to; the build gives it. */
#ifdef __LIBNAME__
#define UK_PR_LIBNAME __LIBNAME__
#else
#define UK_PR_LIBNAME __NULL
#endif

#ifdef __BASENAME__
#define UK_PR_SRCNAME __BASENAME__
#elif defined(__FILE_NAME__)
#define UK_PR_SRCNAME __FILE_NAME__
#else
#define UK_PR_SRCNAME __FILE__
#endif

/**
 * Prints a message whatever level the image was built for. Each of its lines
 * gets a prefix; text without a line feed at its end is carried on by the next
 * message of the same level.
 *
 * @param lvl one of KLVL_*
 * @param libname library, or NULL for no such field
 * @param srcname source file, or NULL for no such field
 * @param srcline line in the source file
 * @param fmt as for printf()
 */
void _uk_printk(int lvl, const char *libname, const char *srcname,
		unsigned int srcline, const char *fmt, ...) __printf(5, 6);

/** _uk_printk() with the arguments as a list. */
void _uk_vprintk(int lvl, const char *libname, const char *srcname,
		 unsigned int srcline, const char *fmt, va_list ap);

/** Message of a level from this file and line. */
#define uk_printk(lvl, fmt, ...)                                           \
	do {                                                               \
		if ((lvl) <= KLVL_MAX)                                     \
			_uk_printk((lvl), UK_PR_LIBNAME, UK_PR_SRCNAME,    \
				   __LINE__, (fmt), ##__VA_ARGS__);        \
	} while (0)

#define uk_vprintk(lvl, fmt, ap)                                           \
	do {                                                               \
		if ((lvl) <= KLVL_MAX)                                     \
			_uk_vprintk((lvl), UK_PR_LIBNAME, UK_PR_SRCNAME,   \
				    __LINE__, (fmt), (ap));                \
	} while (0)

#if CONFIG_LIBUKDEBUG_PRINTD || defined(UK_DEBUG)
#define uk_printd(fmt, ...)                                                \
	_uk_printk(KLVL_DEBUG, UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__,     \
		   (fmt), ##__VA_ARGS__)
#define uk_vprintd(fmt, ap)                                                \
	_uk_vprintk(KLVL_DEBUG, UK_PR_LIBNAME, UK_PR_SRCNAME, __LINE__,    \
		    (fmt), (ap))
#else
/* The arguments are checked by the compiler, yet never computed. */
#define uk_printd(fmt, ...)                                                \
	do {                                                               \
		if (0)                                                     \
			_uk_printk(KLVL_DEBUG, UK_PR_LIBNAME,              \
				   UK_PR_SRCNAME, __LINE__, (fmt),         \
				   ##__VA_ARGS__);                         \
	} while (0)
#define uk_vprintd(fmt, ap)                                                \
	do {                                                               \
		if (0)                                                     \
			_uk_vprintk(KLVL_DEBUG, UK_PR_LIBNAME,             \
				    UK_PR_SRCNAME, __LINE__, (fmt), (ap)); \
	} while (0)
#endif

#define __UK_ONCE(call)                                                    \
	do {                                                               \
		static int __said;                                         \
		if (!__said) {                                             \
			__said = 1;                                        \
			call;                                              \
		}                                                          \
	} while (0)

#define uk_printk_once(lvl, fmt, ...) \
	__UK_ONCE(uk_printk((lvl), (fmt), ##__VA_ARGS__))
#define uk_vprintk_once(lvl, fmt, ap) __UK_ONCE(uk_vprintk((lvl), (fmt), (ap)))
#define uk_vprintd_once(fmt, ap) __UK_ONCE(uk_vprintd((fmt), (ap)))
#define uk_printd_once(fmt, ...) __UK_ONCE(uk_printd((fmt), ##__VA_ARGS__))

#define uk_pr_debug(fmt, ...) uk_printd((fmt), ##__VA_ARGS__)
#define uk_pr_info(fmt, ...) uk_printk(KLVL_INFO, (fmt), ##__VA_ARGS__)
#define uk_pr_warn(fmt, ...) uk_printk(KLVL_WARN, (fmt), ##__VA_ARGS__)
#define uk_pr_err(fmt, ...) uk_printk(KLVL_ERR, (fmt), ##__VA_ARGS__)
#define uk_pr_crit(fmt, ...) uk_printk(KLVL_CRIT, (fmt), ##__VA_ARGS__)

#define uk_pr_debug_once(fmt, ...) uk_printd_once((fmt), ##__VA_ARGS__)
#define uk_pr_info_once(fmt, ...) \
	uk_printk_once(KLVL_INFO, (fmt), ##__VA_ARGS__)
#define uk_pr_warn_once(fmt, ...) \
	uk_printk_once(KLVL_WARN, (fmt), ##__VA_ARGS__)
#define uk_pr_err_once(fmt, ...) \
	uk_printk_once(KLVL_ERR, (fmt), ##__VA_ARGS__)
#define uk_pr_crit_once(fmt, ...) \
	uk_printk_once(KLVL_CRIT, (fmt), ##__VA_ARGS__)

/** Says once that a function does nothing yet. */
#define UK_WARN_STUBBED() uk_pr_warn_once("%s() stubbed\n", __func__)
#define WARN_STUBBED() UK_WARN_STUBBED()

#endif /* __UK_PRINT_H__ */
