/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The processor and its interrupts, under the names that Unikraft has for them
 * since 0.21; uk/plat/lcpu.h has the older ones. The kit takes no interrupts.
 */
#ifndef __UK_LCPU_H__
#define __UK_LCPU_H__

#include <uk/plat/lcpu.h>

struct uk_lcpu;
struct uk_lcpu_except_err_ctx;
struct uk_lcpu_except_irq_ctx;

static inline void uk_lcpu_enable_irq(void)
{
	ukplat_lcpu_enable_irq();
}

static inline void uk_lcpu_disable_irq(void)
{
	ukplat_lcpu_disable_irq();
}

static inline int uk_lcpu_irqs_disabled(void)
{
	return ukplat_lcpu_irqs_disabled();
}

/** @return for uk_lcpu_restore_irqf() */
static inline unsigned long uk_lcpu_save_irqf(void)
{
	return ukplat_lcpu_save_irqf();
}

static inline void uk_lcpu_restore_irqf(unsigned long flags)
{
	ukplat_lcpu_restore_irqf(flags);
}

/** Stops for ever. */
static inline void __noreturn uk_lcpu_halt(void)
{
	ukplat_lcpu_halt();
}

#endif /* __UK_LCPU_H__ */
