/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The processor and its interrupts, under Unikraft's names.
 * The kit takes none: they are off from the boot on, and stay so.
 */
#ifndef __UKPLAT_LCPU_H__
#define __UKPLAT_LCPU_H__

#include <uk/arch/lcpu.h>
#include <uk/arch/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef __u32 __lcpuidx;
typedef __u64 __lcpuid;

#define ukplat_lcpu_id() (0)
#define ukplat_lcpu_idx() (0)
#define ukplat_lcpu_count() (1)

static inline void ukplat_lcpu_enable_irq(void)
{
}

static inline void ukplat_lcpu_disable_irq(void)
{
}

static inline int ukplat_lcpu_irqs_disabled(void)
{
	return 1;
}

/** @return for ukplat_lcpu_restore_irqf() */
static inline unsigned long ukplat_lcpu_save_irqf(void)
{
	return 0;
}

static inline void ukplat_lcpu_restore_irqf(unsigned long flags __unused)
{
}

static inline void ukplat_lcpu_irqs_handle_pending(void)
{
}

/** Takes a stack for system calls; there are none here that trap. */
static inline void ukplat_lcpu_set_auxsp(__uptr auxsp __unused)
{
}

/** Stops for ever. */
static inline void __noreturn ukplat_lcpu_halt(void)
{
	ukarch_stop();
}

#define UKPLAT_PER_LCPU_DEFINE(var_t, var_name) var_t var_name[1]
#define ukplat_per_lcpu(var_name, lcpu_idx) var_name[lcpu_idx]
#define ukplat_per_lcpu_current(var_name) \
	ukplat_per_lcpu(var_name, ukplat_lcpu_idx())

#define UKPLAT_PER_LCPU_ARRAY_DEFINE(var_t, var_name, size) \
	var_t var_name[1][size]
#define ukplat_per_lcpu_array(var_name, lcpu_idx, idx) var_name[lcpu_idx][idx]
#define ukplat_per_lcpu_array_current(var_name, idx) \
	ukplat_per_lcpu_array(var_name, ukplat_lcpu_idx(), idx)

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_LCPU_H__ */
