/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt of the console's line: a byte has come. The kit has no other
 * interrupt, and this one only where a debugger may ask the code to stop.
 */
#ifndef __UKPLAT_INTERRUPT_H__
#define __UKPLAT_INTERRUPT_H__

/**
 * Has UKARCH_TRAP_INTERRUPT raised for each byte, once code allows it. To be
 * called by a handler of an event, which may do what code may not.
 */
void ukplat_line_interrupt(void);

/** Frames the work of an interrupt; all bytes are to be read in between. */
void ukplat_interrupt_begin(void);
void ukplat_interrupt_end(void);

#endif /* __UKPLAT_INTERRUPT_H__ */
