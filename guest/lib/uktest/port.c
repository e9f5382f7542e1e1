/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel of the kit, as the test library sees it: command line, build id,
 * and the store, which offers its counts.
 * It does not read the command line; select.c does.
 */
#include <uk/plat/bootstrap.h>
#include <uk/store.h>

#include "port.h"
#include "run.h"

/* The linker script has them. */
extern const unsigned char uk_build_id_note[], uk_build_id_note_end[];

const char *uktest_words(void)
{
	return ukplat_cmdline();
}

bool uktest_fails_fast(void)
{
	return ukplat_cmdline_has("uktest.failfast");
}

const unsigned char *uktest_build_id(size_t *bytes)
{
	*bytes = uk_build_id_note_end - uk_build_id_note;
	return uk_build_id_note;
}

#define COUNT(id, name)                                                    \
	static int get_##name(void *cookie __unused, __u32 *out)           \
	{                                                                  \
		*out = uktest_totals.name;                                 \
		return 0;                                                  \
	}                                                                  \
	UK_STORE_STATIC_ENTRY(id, name, u32, get_##name, NULL)

COUNT(1, suites);
COUNT(2, failed_suites);
COUNT(3, cases);
COUNT(4, failed_cases);
COUNT(5, skipped_cases);
