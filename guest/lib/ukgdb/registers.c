/* SPDX-License-Identifier: BSD-3-Clause */
/* See registers.h. What is not known is answered by `x`, never by zeros. */
#include <string.h>
#include <uk/gdb/packet.h>
#include "registers.h"

/* Where the value is kept; __NULL where it is not known or kept nowhere. */
static __u8 *place_of(const struct ukarch_gdb_regs *regs,
		      const struct ukarch_gdb_register *one)
{
	if (one->place == UKARCH_GDB_CORE)
		return (__u8 *)regs->core + one->at;
	if (one->place == UKARCH_GDB_FLOAT && regs->fp)
		return (__u8 *)regs->fp + one->at;
	return __NULL;
}

static int is_live(const struct ukarch_gdb_regs *regs,
		   const struct ukarch_gdb_register *one)
{
	return one->place == UKARCH_GDB_LIVE ||
		(one->kept == 0 && regs->fp);
}

/* The value; 0 where it is not known. */
static int read(const struct ukarch_gdb_regs *regs,
		const struct ukarch_gdb_register *one,
		__u8 bytes[UKARCH_GDB_WIDEST])
{
	const __u8 *place = place_of(regs, one);
	unsigned long value;

	memset(bytes, 0, UKARCH_GDB_WIDEST);
	if (is_live(regs, one)) {
		value = ukarch_gdb_live(regs, one->at);
		memcpy(bytes, &value, MIN(sizeof(value), (__sz)one->bytes));
		return 1;
	}
	if (place)
		memcpy(bytes, place, one->kept);
	return place != __NULL;
}

int registers_put(const struct ukarch_gdb_regs *regs, unsigned int number)
{
	const struct ukarch_gdb_register *one = &ukarch_gdb_registers[number];
	__u8 bytes[UKARCH_GDB_WIDEST];
	unsigned int i;

	if (number >= ukarch_gdb_register_count)
		return 0;
	if (read(regs, one, bytes))
		packet_hex(bytes, one->bytes);
	else
		for (i = 0; i < one->bytes; i++)
			packet_text("xx");
	return 1;
}

void registers_put_all(const struct ukarch_gdb_regs *regs)
{
	unsigned int i;

	for (i = 0; i < ukarch_gdb_general_count; i++)
		registers_put(regs, i);
}

/* Reads bytes; 0 where digits are missing. */
static int parse(const char *hex, __u8 *bytes, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (packet_digit(hex[2 * i]) < 0 ||
		    packet_digit(hex[2 * i + 1]) < 0)
			return 0;
		bytes[i] = packet_digit(hex[2 * i]) << 4 |
			packet_digit(hex[2 * i + 1]);
	}
	return 1;
}

unsigned int registers_set(const struct ukarch_gdb_regs *regs,
			   unsigned int number, const char *hex)
{
	const struct ukarch_gdb_register *one = &ukarch_gdb_registers[number];
	__u8 bytes[UKARCH_GDB_WIDEST], old[UKARCH_GDB_WIDEST];
	__u8 *place;

	if (number >= ukarch_gdb_register_count ||
	    !parse(hex, bytes, one->bytes))
		return 0;
	place = place_of(regs, one);
	if (place && one->kept)
		memcpy(place, bytes, one->kept);
	/* What cannot be changed may be given back as it is. */
	else if (!read(regs, one, old) || memcmp(old, bytes, one->bytes) != 0)
		return 0;
	return 2 * one->bytes;
}

int registers_set_all(const struct ukarch_gdb_regs *regs, const char *hex)
{
	unsigned int i, digits;

	for (i = 0; i < ukarch_gdb_general_count; i++) {
		digits = 2 * ukarch_gdb_registers[i].bytes;
		if (strnlen(hex, digits) < digits)
			return 0;
		registers_set(regs, i, hex);
		hex += digits;
	}
	return 1;
}
