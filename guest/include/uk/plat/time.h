/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time since the boot.
 * It does not cover the time of day, which no result may depend on.
 */
#ifndef __UKPLAT_TIME_H__
#define __UKPLAT_TIME_H__

#include <uk/arch/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Starts the clock; the boot calls it once. */
void ukplat_time_init(void);

/** Nanoseconds since the boot. It never runs backwards. */
__nsec ukplat_monotonic_clock(void);

/**
 * The interrupt of the clock, for Unikraft's ukintctlr. The kit takes no
 * interrupts and has no such function: an image that calls it has its own.
 */
__u32 ukplat_time_get_irq(void);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_TIME_H__ */
