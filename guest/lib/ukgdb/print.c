/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the code prints while a debugger lets it run: packets, since the line
 * is the debugger's. What the stub itself prints does not come here.
 */
#include <uk/arch/gdb.h>
#include <uk/gdb.h>
#include "breaks.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

/* As the console has it: a line ends in both. */
static void put_line(const char *buf, unsigned int len)
{
	unsigned int i;

	packet_begin();
	packet_text("O");
	for (i = 0; i < len; i++) {
		if (buf[i] == '\n')
			packet_hex("\r", 1);
		packet_hex(&buf[i], 1);
	}
	packet_send();
}

#define PIECE 512

int uk_gdb_print(const char *buf, unsigned int len)
{
	unsigned long flags;
	unsigned int some;

	if (stub_is_busy || !stub_is_attached() || !stub_shares_console())
		return 0;
	/* What comes now acknowledges a packet. */
	flags = ukarch_gdb_forbid();
	stub_is_busy = 1;
	breaks_lift();
	for (; len > 0; buf += some, len -= some) {
		some = len < PIECE ? len : PIECE;
		put_line(buf, some);
	}
	breaks_plant();
	stub_is_busy = 0;
	ukarch_gdb_allow(flags);
	if (stub_is_to_stop())
		stub_stop_here(STUB_INTERRUPT, __NULL);
	return 1;
}

void uk_gdb_end(int is_crash)
{
	if (stub_is_busy || !stub_is_attached())
		return;
	stub_is_busy = 1;
	ukarch_gdb_forbid();
	packet_answer(is_crash ? "X06" : "W00");
}
