/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial lines of the machine, byte by byte: line 0 is the console's, line
 * 1 a second one, which not every machine has.
 * It formats nothing; see uk/plat/console.h for that.
 */
#ifndef __UKPLAT_LINE_H__
#define __UKPLAT_LINE_H__

#ifdef __cplusplus
extern "C" {
#endif

/** Whether the machine has a line of that number. */
int ukplat_line_exists(unsigned int number);

/** Writes bytes as they are. */
void ukplat_line_write(unsigned int number, const char *buf, unsigned int len);

/** Reads a byte, without waiting; 0 where there is none. */
unsigned int ukplat_line_read(unsigned int number, char *byte);

/**
 * Has UKARCH_TRAP_INTERRUPT raised for each byte of a line, once code allows
 * it. To be called by a handler of an event, which may do what code may not.
 */
void ukplat_line_interrupt(unsigned int number);

/**
 * Lets the processor sleep until a byte may have come on the line that
 * ukplat_line_interrupt() was called for. Interrupts that come meanwhile are
 * raised; their handlers may not read the byte.
 */
void ukplat_line_wait(void);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_LINE_H__ */
