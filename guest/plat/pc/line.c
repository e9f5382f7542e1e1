/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial ports of a PC, polled.
 * It has no setting of the line: emulators have one.
 * Source: 16550 data sheet.
 */
#include <uk/plat/line.h>
#include <uk/essentials.h>
#include "ports.h"

#define FIFO_CONTROL 2
/* An interrupt for 14 bytes, or for fewer of which no more come. */
#define FIFO_ENABLE 0xc1
#define FIFO_BYTES 16
#define LINE_STATUS 5
#define RECEIVED 0x01
#define TRANSMITTER_EMPTY 0x20
/* A register without a meaning; where there is no port, it keeps nothing. */
#define SCRATCH 7
#define MARK 0x5a

static const __u16 ports[] = { 0x3f8, 0x2f8 };
static __u8 is_ready[ARRAY_SIZE(ports)];

static void make_ready(unsigned int number)
{
	if (!is_ready[number])
		port_write8(ports[number] + FIFO_CONTROL, FIFO_ENABLE);
	is_ready[number] = 1;
}

int ukplat_line_exists(unsigned int number)
{
	if (number >= ARRAY_SIZE(ports))
		return 0;
	/* What comes before the queue is on is lost when it is turned on. */
	make_ready(number);
	port_write8(ports[number] + SCRATCH, MARK);
	return port_read8(ports[number] + SCRATCH) == MARK;
}

/*
 * Emulators drop a byte for which there is no room, so the status is read
 * whenever the queue may be full. One read for as many bytes as it holds: each
 * access to a port costs more than all the formatting of a byte.
 */
void ukplat_line_write(unsigned int number, const char *buf, unsigned int len)
{
	__u16 port = ports[number];
	unsigned int some;

	make_ready(number);
	while (len > 0) {
		while (!(port_read8(port + LINE_STATUS) & TRANSMITTER_EMPTY))
			;
		some = len < FIFO_BYTES ? len : FIFO_BYTES;
		port_write8_string(port, buf, some);
		buf += some;
		len -= some;
	}
}

unsigned int ukplat_line_read(unsigned int number, char *byte)
{
	__u16 port = ports[number];

	if (!(port_read8(port + LINE_STATUS) & RECEIVED))
		return 0;
	*byte = port_read8(port);
	return 1;
}
