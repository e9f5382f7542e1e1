/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the test library needs of the kernel that it is part of, where the kit
 * and Unikraft differ: port.c has it for the kit, unikraft/port.c for Unikraft.
 * It is no part of the public headers.
 */
#ifndef UKTEST_PORT_H
#define UKTEST_PORT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __Unikraft__

/* A flag of the kit's levels, which have no log beside the console here. */
#ifndef UK_PRINT_PROTOCOL
#define UK_PRINT_PROTOCOL 0
#endif

/* Its nolibc has no setjmp(), but every compiler that builds it has. */
typedef void *uktest_way_out[5];

#define uktest_mark(way_out)	__builtin_setjmp(way_out)
#define uktest_leave(way_out)	__builtin_longjmp((way_out), 1)

/** Receiver of formatted text, piece by piece. */
typedef void (*uk_format_sink)(void *cookie, const char *text, size_t len);

/** vprintf() into a sink; what is longer than a piece is cut. */
int uk_vformat(uk_format_sink sink, void *cookie, const char *fmt, va_list ap);

/** Around each suite: prints the plan before the first, the end at the end. */
void uktest_before_suite(void);
void uktest_after_suite(void);

#else /* !__Unikraft__ */

#include <setjmp.h>
#include <uk/format.h>

typedef jmp_buf uktest_way_out;

#define uktest_mark(way_out)	setjmp(way_out)
#define uktest_leave(way_out)	longjmp((way_out), 1)

/** Before the first suite: sets what the command line sets. */
void uktest_before_suite(void);

/* The boot code calls uk_test_begin() and uk_test_end(). */

static inline void uktest_after_suite(void)
{
}

#endif /* !__Unikraft__ */

/** The command line, without the name of the image; never NULL. */
const char *uktest_words(void);

/** Whether the first failure ends the machine. */
bool uktest_fails_fast(void);

/** The note with the build id of the image; NULL without one. */
const unsigned char *uktest_build_id(size_t *bytes);

#endif /* UKTEST_PORT_H */
