/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first serial port of a PC, polled.
 * It has no interrupts and no setting of the line: emulators have one.
 */
#include <uk/gdb.h>
#include <uk/plat/console.h>
#include "ports.h"

#define COM1 0x3f8
#define FIFO_CONTROL (COM1 + 2)
#define FIFO_ENABLE 0x01
#define FIFO_BYTES 16
#define LINE_STATUS (COM1 + 5)
#define RECEIVED 0x01
#define TRANSMITTER_EMPTY 0x20

/* Of a library that an image may be without. */
#pragma weak uk_gdb_print

static int midline;

/*
 * Emulators drop a byte for which there is no room, so the status is read
 * whenever the queue may be full. One read for as many bytes as it holds: each
 * access to a port costs more than all the formatting of a byte.
 */
void ukplat_cout_raw(const char *buf, unsigned int len)
{
	static int is_ready;
	unsigned int some;

	if (!is_ready)
		port_write8(FIFO_CONTROL, FIFO_ENABLE);
	is_ready = 1;
	while (len > 0) {
		while (!(port_read8(LINE_STATUS) & TRANSMITTER_EMPTY))
			;
		some = len < FIFO_BYTES ? len : FIFO_BYTES;
		port_write8_string(COM1, buf, some);
		buf += some;
		len -= some;
	}
}

static void put_lines(const char *buf, unsigned int len)
{
	unsigned int from = 0, at;

	for (at = 0; at < len; at++) {
		if (buf[at] != '\n')
			continue;
		ukplat_cout_raw(buf + from, at - from);
		ukplat_cout_raw("\r\n", 2);
		from = at + 1;
	}
	ukplat_cout_raw(buf + from, len - from);
}

int ukplat_coutk(const char *buf, unsigned int len)
{
	if (!uk_gdb_print || !uk_gdb_print(buf, len))
		put_lines(buf, len);
	if (len)
		midline = buf[len - 1] != '\n';
	return len;
}

int ukplat_cout(const char *buf, unsigned int len)
{
	return ukplat_coutk(buf, len);
}

int ukplat_cink(char *buf, unsigned int maxlen)
{
	unsigned int i = 0;

	while (i < maxlen && (port_read8(LINE_STATUS) & RECEIVED))
		buf[i++] = port_read8(COM1);
	return i;
}

int ukplat_cin(char *buf, unsigned int maxlen)
{
	return ukplat_cink(buf, maxlen);
}

int ukplat_console_midline(void)
{
	return midline;
}
