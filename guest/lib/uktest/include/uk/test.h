/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The unit-test library, for suites: one header for all of it. Names and
 * meanings are those of Unikraft's uk/test.h, so that a suite compiles in
 * either tree; uk/test/extra.h and the REQUIRE macros exist only here.
 */
#ifndef __UK_TEST_H__
#define __UK_TEST_H__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/assert.h>
#include <uk/config.h>
#include <uk/ctors.h>
#include <uk/essentials.h>
#include <uk/init.h>
#include <uk/plat/console.h>
#include <uk/print.h>
#include <uk/test/record.h>
#include <uk/test/suite.h>
#include <uk/test/expect.h>
#include <uk/test/require.h>
#include <uk/test/fixme.h>
#include <uk/test/extra.h>
#include <uk/test/mock.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Prints a line into the stream of results, as printf() does. */
void uk_test_printf(const char *fmt, ...)
	__printf(1, 2);

/** For the boot code: announces the suites, in front of the constructors. */
void uk_test_begin(void);

/** For the boot code: prints the statistics and the end of the tests. */
void uk_test_end(void);

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_H__ */
