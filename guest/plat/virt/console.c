/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial port of QEMU's virt machine, a PL011, polled.
 * It has no interrupts and no setting of the line: the emulator has one.
 */
#include <uk/gdb.h>
#include <uk/plat/console.h>

#define PL011 0x09000000UL
#define DATA (*(volatile __u32 *)PL011)
#define FLAGS (*(volatile __u32 *)(PL011 + 0x18))
#define RECEIVE_EMPTY 0x10
#define TRANSMIT_FULL 0x20

/* Of a library that an image may be without. */
#pragma weak uk_gdb_print

static int midline;

static void put(char byte)
{
	while (FLAGS & TRANSMIT_FULL)
		;
	DATA = (__u8)byte;
}

void ukplat_cout_raw(const char *buf, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		put(buf[i]);
}

static void put_lines(const char *buf, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		if (buf[i] == '\n')
			put('\r');
		put(buf[i]);
	}
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

	while (i < maxlen && !(FLAGS & RECEIVE_EMPTY))
		buf[i++] = DATA;
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
