/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of the program, which is the end of the machine.
 * The status is printed; no machine can hand it to anybody else.
 */
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>
#include <uk/assert.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>

#define EXIT_FUNCTIONS	32

static void (*functions[EXIT_FUNCTIONS])(void);
static size_t count;

int atexit(void (*fn)(void))
{
	if (count == EXIT_FUNCTIONS)
		return -1;
	functions[count++] = fn;
	return 0;
}

void _Exit(int status)
{
	uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL,
		  "exit called with status %d, halting system\n", status);
	ukplat_terminate(UKPLAT_HALT);
}

void exit(int status)
{
	while (count)
		functions[--count]();
	_Exit(status);
}

void abort(void)
{
	UK_CRASH("abort called\n");
}

void _exit(int status)
{
	_Exit(status);
}
