/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first serial port of a PC, polled.
 * It refuses interrupts and any setting of the line: emulators have one.
 */
#include <uk/plat/console.h>
#include "ports.h"

#define COM1 0x3f8
#define LINE_STATUS (COM1 + 5)
#define RECEIVED 0x01
#define TRANSMITTER_EMPTY 0x20

static int midline;

/*
 * Emulators drop a byte that is written while the one before has not left yet,
 * so the status is read for each.
 */
static void put(char byte)
{
	while (!(port_read8(LINE_STATUS) & TRANSMITTER_EMPTY))
		;
	port_write8(COM1, byte);
}

int ukplat_coutk(const char *buf, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		if (buf[i] == '\n')
			put('\r');
		put(buf[i]);
	}
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
