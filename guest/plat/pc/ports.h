/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Access to the I/O ports of a PC.
 * It does not know which device a port belongs to.
 */
#ifndef UKTEST_PC_PORTS_H
#define UKTEST_PC_PORTS_H

#include <uk/arch/types.h>

static inline void port_write8(__u16 port, __u8 value)
{
	__asm__ __volatile__("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline void port_write32(__u16 port, __u32 value)
{
	__asm__ __volatile__("outl %0, %1" : : "a"(value), "Nd"(port));
}

static inline __u8 port_read8(__u16 port)
{
	__u8 value;

	__asm__ __volatile__("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

/** Writes bytes to a port, one after the other. */
static inline void port_write8_string(__u16 port, const char *bytes,
				      unsigned long count)
{
	__asm__ volatile("cld; rep outsb"
			 : "+S"(bytes), "+c"(count)
			 : "d"(port)
			 : "memory");
}

#endif /* UKTEST_PC_PORTS_H */
