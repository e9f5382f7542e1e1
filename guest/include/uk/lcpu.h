/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The processor and its interrupts, under the names that Unikraft has for them
 * since 0.21; uk/plat/lcpu.h has the older ones. The kit takes no interrupts.
 */
#ifndef __UK_LCPU_H__
#define __UK_LCPU_H__

#ifdef __aarch64__
#include <uk/arch/arm64.h>
#else
#include <uk/arch/x86_64.h>
#endif
#include <uk/lcpu/except.h>
#include <uk/pcpuvar.h>
#include <uk/plat/lcpu.h>
#include <uk/plat/tls.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_lcpu;
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

/**
 * The number of an interrupt, for Unikraft's ukintctlr. The kit takes none and
 * has no such function: an image that calls it has its own.
 */
__u64 uk_lcpu_except_irq_ctx_get_irq(const struct uk_lcpu_except_irq_ctx *ctx);

/** See uk/plat/tls.h: it is in the library ukctx. */
static inline __uptr uk_lcpu_tlsp_get(void)
{
	return ukplat_tlsp_get();
}

static inline void uk_lcpu_tlsp_set(__uptr tlsp)
{
	ukplat_tlsp_set(tlsp);
}

static inline void uk_lcpu_set_auxsp(__uptr auxsp)
{
	ukplat_lcpu_set_auxsp(auxsp);
}

#ifdef __cplusplus
}
#endif

#endif /* __UK_LCPU_H__ */
