/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupts of the machine. The kit has one only, that of a serial line,
 * and this one only where a debugger may ask the code to stop.
 */
#ifndef __UKPLAT_INTERRUPT_H__
#define __UKPLAT_INTERRUPT_H__

#include <uk/arch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Frames the work of an interrupt; all bytes are to be read in between. */
void ukplat_interrupt_begin(void);
void ukplat_interrupt_end(void);

/** What the interrupt controllers say of an interrupt. */
struct ukplat_interrupt {
	__u8 is_enabled;
	/** It has come, and was not taken yet. */
	__u8 is_pending;
	/** It was taken, and its work has not ended. */
	__u8 is_active;
};

/** 0 where there is no interrupt of that number. */
int ukplat_interrupt_get(unsigned int number, struct ukplat_interrupt *state);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_INTERRUPT_H__ */
