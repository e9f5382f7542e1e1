/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft, as the test library sees it: its command line, its formatter, and
 * when the tests begin and end. It stands in for the port.c of the kit.
 */
#include <stdio.h>
#include <string.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/init.h>
#include <uk/plat/common/bootinfo.h>
#include <uk/test.h>

#include "../port.h"
#include "../run.h"

/* Longest command line, and longest piece of text, that is not cut. */
#define WORDS_BYTES	1024
#define PIECE_BYTES	1024

static bool has_begun, has_ended;
static unsigned int suites_left;

const char *uktest_words(void)
{
	static char words[WORDS_BYTES];
	struct ukplat_bootinfo *info = ukplat_bootinfo_get();
	size_t len;

	if (words[0] != '\0' || info == NULL || info->cmdline == 0)
		return words;
	len = MIN((size_t)info->cmdline_len, sizeof(words) - 1);
	memcpy(words, (const void *)(uintptr_t)info->cmdline, len);
	return words;
}

bool uktest_fails_fast(void)
{
#if CONFIG_LIBUKTEST_FAILFAST
	return true;
#else
	return false;
#endif
}

/* Unikraft links with --build-id=none. */
const unsigned char *uktest_build_id(size_t *bytes)
{
	*bytes = 0;
	return NULL;
}

int uk_vformat(uk_format_sink sink, void *cookie, const char *fmt, va_list ap)
{
	char piece[PIECE_BYTES];
	int len = vsnprintf(piece, sizeof(piece), fmt, ap);

	if (len < 0)
		return len;
	sink(cookie, piece, MIN((size_t)len, sizeof(piece) - 1));
	return len;
}

void uktest_before_suite(void)
{
	struct uk_testsuite *suite;

	if (has_begun)
		return;
	has_begun = true;
	for (suite = uktest_first_suite(); suite != NULL;
	     suite = uktest_next_suite(suite))
		suites_left++;
	uk_test_begin();
}

static void end_once(void)
{
	if (has_ended)
		return;
	has_ended = true;
	uk_test_end();
}

void uktest_after_suite(void)
{
	if (suites_left > 0 && --suites_left == 0)
		end_once();
}

static int begin(struct uk_init_ctx *ctx __unused)
{
	uktest_before_suite();
	return 0;
}

/*
 * Where a host has taken a suite out of the image, the last never comes. A boot
 * that is aborted has no end.
 */
static void finish(const struct uk_term_ctx *ctx)
{
	if (ctx->target != UKPLAT_CRASH)
		end_once();
}

uk_initcall_class_prio(begin, finish, UK_INIT_CLASS_EARLY, 0);
