/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial port of QEMU's virt machine, a PL011, polled. There is no second
 * one that this code may use.
 * It has no setting of the line: the emulator has one.
 * Source: PL011 manual.
 */
#include <uk/arch/types.h>
#include <uk/essentials.h>
#include <uk/plat/line.h>

#define PL011 0x09000000UL
#define DATA (*(volatile __u32 *)PL011)
#define FLAGS (*(volatile __u32 *)(PL011 + 0x18))
#define RECEIVE_EMPTY 0x10
#define TRANSMIT_FULL 0x20

int ukplat_line_exists(unsigned int number)
{
	return number == 0;
}

void ukplat_line_write(unsigned int number __unused, const char *buf,
		       unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		while (FLAGS & TRANSMIT_FULL)
			;
		DATA = (__u8)buf[i];
	}
}

unsigned int ukplat_line_read(unsigned int number __unused, char *byte)
{
	if (FLAGS & RECEIVE_EMPTY)
		return 0;
	*byte = DATA;
	return 1;
}
