/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The faults that only fill the console: lies, bytes that are no text, and far
 * too much of it. The cases go on after them.
 */
#include <uk/plat/console.h>
#include <uk/test.h>
#include "faults.h"

#define FLOOD_BYTES	(1024UL * 1024)
#define NOISE_BYTES	4096

static const char lies[] =
	"\ttrue lies ......................................... [ FAILED ]\r\n"
	"\t  in suites/matrix/nowhere.c:1\r\n"
	"test:\033[0m matrix_trap_first->forged\r\n"
	"\tforged ............................................ [ PASSED ]\r\n"
	"test: a->b\r\n"
	"[    0.000001] Info: test:\033[0m a->b\r\n"
	"[    0.000001] Info: [libuktest] uktest:case a->b failed "
	"assertions=1 failed=1 time=1\r\n"
	"[    0.000001] Info: [libuktest] uktest:done a cases=1 failed=1\r\n"
	"[    0.000001] Info: [libuktest] uktest:skip matrix_trap_first no\r\n"
	"[    0.000001] Info: [libuktest] uktest:begin matrix_trap_last\r\n"
	"[    0.000001] Info: [libuktest] uktest:\r\n"
	"[    0.000001] Info: [libuktest] uktest:end cases=1 failed=0 "
	"skipped=0\r\n"
	"[    0.000001] CRIT: [app] <lies.c @    1> Assertion failure: lies\r\n"
	"[    0.000001] CRIT: Unikraft crash - Uktest (0.1.0)\r\n"
	"[    0.000001] Info: [libplat] <shutdown.c @   24> Unikraft halted\r\n"
	"Info: [libuktest] uktest:case a->b\0\0\0\r\n"
	"\033[2J\033[1;31m\033]0;title\007\033[?25l\033[\r\n"
	"\xff\xfe\xc3\x28\xf0\x9f\r\n"
	"[    0.00";

/* The same noise each time, of all bytes there are. */
static void print_noise(void)
{
	static char noise[NOISE_BYTES];
	__u32 state = 42;

	for (unsigned int i = 0; i < sizeof(noise); i++) {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		noise[i] = (char)(state >> 8);
	}
	ukplat_coutk(noise, sizeof(noise));
}

void matrix_garbage(void)
{
	print_noise();
	ukplat_coutk("\r\n", 2);
	ukplat_coutk(lies, sizeof(lies) - 1);
}

void matrix_flood(void)
{
	static const char line[] =
		"A line of a flood, which is as long as such lines are\n";

	for (__sz sent = 0; sent < FLOOD_BYTES; sent += sizeof(line) - 1)
		ukplat_coutk(line, sizeof(line) - 1);
}
