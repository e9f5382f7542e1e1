/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel of the kit, as the test library sees it: command line, build id.
 * It does not read the command line; select.c does.
 */
#include <uk/plat/bootstrap.h>

#include "port.h"

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
