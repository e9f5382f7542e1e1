/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The level of the console as a value of the store, under Unikraft's number.
 */
#include <uk/print.h>
#include <uk/store.h>

static int get_console_lvl(void *cookie __unused, __u8 *out)
{
	*out = uk_print_level();
	return 0;
}

static int set_console_lvl(void *cookie __unused, __u8 val)
{
	uk_print_set_level(val);
	return 0;
}

/* Only for its address: print.c owns it. */
extern unsigned int uk_print_console_level;

UK_STORE_DATUM(get_console_lvl, uk_print_console_level);
UK_STORE_STATIC_ENTRY(1, console_lvl, u8, get_console_lvl, set_console_lvl);
