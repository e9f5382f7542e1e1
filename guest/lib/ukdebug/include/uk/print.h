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

#ifdef __cplusplus
extern "C" {
#endif

/* Levels, the most verbose last. Messages of level NONE do not name it. */
#define UK_PRINT_KLVL_NONE 0
#define UK_PRINT_KLVL_CRIT 1
#define UK_PRINT_KLVL_ERR 2
#define UK_PRINT_KLVL_WARN 3
#define UK_PRINT_KLVL_INFO 4
#define UK_PRINT_KLVL_DEBUG 5
#define UK_PRINT_KLVL_MASK 0xff

/** With a level: lines without a prefix. */
#define UK_PRINT_RAW (1 << 16)

/**
 * With a level: what the host counts on. It is shown whatever the level of the
 * console, and not kept in the log, so that nothing is counted twice.
 */
#define UK_PRINT_PROTOCOL (1 << 17)

/* Names of Unikraft up to 0.20. */
#define KLVL_CRIT UK_PRINT_KLVL_CRIT
#define KLVL_ERR UK_PRINT_KLVL_ERR
#define KLVL_WARN UK_PRINT_KLVL_WARN
#define KLVL_INFO UK_PRINT_KLVL_INFO
#define KLVL_DEBUG UK_PRINT_KLVL_DEBUG

/* Messages above this level are left out of the image. */
#ifndef KLVL_MAX
#if CONFIG_LIBUKPRINT_KLVL_DEBUG
#define KLVL_MAX KLVL_DEBUG
#elif CONFIG_LIBUKPRINT_KLVL_CRIT
#define KLVL_MAX KLVL_CRIT
#elif CONFIG_LIBUKDEBUG_PRINTK_ERR || CONFIG_LIBUKPRINT_KLVL_ERR
#define KLVL_MAX KLVL_ERR
#elif CONFIG_LIBUKDEBUG_PRINTK_WARN || CONFIG_LIBUKPRINT_KLVL_WARN
#define KLVL_MAX KLVL_WARN
#else
#define KLVL_MAX KLVL_INFO
#endif
#endif
#define UK_PRINT_KLVL_MAX KLVL_MAX

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
/* The same, by its name since 0.21. */
#define __STR_BASENAME__ UK_PR_SRCNAME

/** Most verbose level that the console shows: KLVL_DEBUG, unless it is set. */
unsigned int uk_print_level(void);

/**
 * Lets the console show messages up to this level only. A log, and the crash
 * screen, get all of them.
 *
 * @param level one of KLVL_*, or UK_PRINT_KLVL_NONE
 */
void uk_print_set_level(unsigned int level);

/**
 * Sets level and fields from `uktest.level=LEVEL` and `uktest.print=FIELD,...`
 * of the command line. The boot calls it first.
 */
void uk_print_configure(void);

/**
 * Name of the running thread for the field of a prefix. The kit has no threads
 * and answers NULL, shown as `<n/a>`; a scheduler may have its own function.
 */
const char *uk_print_thread_name(void);

/** Prints the log once more, in an image with the library uklogbuf. */
void uk_print_dmesg(void);

/**
 * Prints a message whatever level the image was built for. Each of its lines
 * gets a prefix; text without a line feed at its end is carried on by the next
 * message of the same level.
 *
 * @param lvl one of KLVL_*, with UK_PRINT_RAW or without
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

#define __UK_PRINTS(lvl) (((lvl) & UK_PRINT_KLVL_MASK) <= KLVL_MAX)

/** Message of a level from this file and line. */
#define uk_printk(lvl, fmt, ...)                                           \
	do {                                                               \
		if (__UK_PRINTS(lvl))                                      \
			_uk_printk((lvl), UK_PR_LIBNAME, UK_PR_SRCNAME,    \
				   __LINE__, (fmt), ##__VA_ARGS__);        \
	} while (0)

#define uk_vprintk(lvl, fmt, ap)                                           \
	do {                                                               \
		if (__UK_PRINTS(lvl))                                      \
			_uk_vprintk((lvl), UK_PR_LIBNAME, UK_PR_SRCNAME,   \
				    __LINE__, (fmt), (ap));                \
	} while (0)

#if CONFIG_LIBUKDEBUG_PRINTD || CONFIG_LIBUKPRINT_KLVL_DEBUG || \
	defined(UK_DEBUG)
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

#ifdef __cplusplus
}
#endif

#endif /* __UK_PRINT_H__ */
