/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a trap raises its event with, under the names that Unikraft has for it
 * since 0.21; uk/arch/traps.h has the older ones.
 */
#ifndef __UK_LCPU_EXCEPT_H__
#define __UK_LCPU_EXCEPT_H__

#include <uk/arch/traps.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_lcpu_except_err_ctx;
struct uk_lcpu_regs;

static inline const struct ukarch_trap_ctx *
_uk_lcpu_trap(const struct uk_lcpu_except_err_ctx *ctx)
{
	return (const struct ukarch_trap_ctx *)ctx;
}

/** Address of the access; of a page fault, and on arm64 of a bus error. */
static inline __u64
uk_lcpu_except_err_ctx_get_fault_addr(const struct uk_lcpu_except_err_ctx *ctx)
{
#ifdef __aarch64__
	return _uk_lcpu_trap(ctx)->far;
#else
	return _uk_lcpu_trap(ctx)->fault_address;
#endif
}

/** The registers: a struct __regs. */
static inline struct uk_lcpu_regs *
uk_lcpu_except_err_ctx_get_regs(const struct uk_lcpu_except_err_ctx *ctx)
{
	return (struct uk_lcpu_regs *)_uk_lcpu_trap(ctx)->regs;
}

/** Takes why a handler has not taken a trap. The crash screen has no place for
 * it.
 */
static inline void
uk_lcpu_except_err_ctx_set_handler_err(struct uk_lcpu_except_err_ctx *ctx
				       __unused, int error __unused)
{
}

#ifdef __aarch64__
static inline __u64
uk_lcpu_arm64_except_err_ctx_get_esr(const struct uk_lcpu_except_err_ctx *ctx)
{
	return _uk_lcpu_trap(ctx)->esr;
}
#else
static inline __u32
uk_lcpu_x86_64_except_err_ctx_get_trapnr(
	const struct uk_lcpu_except_err_ctx *ctx)
{
	return _uk_lcpu_trap(ctx)->trapnr;
}

static inline __u64
uk_lcpu_x86_64_except_err_ctx_get_error_code(
	const struct uk_lcpu_except_err_ctx *ctx)
{
	return _uk_lcpu_trap(ctx)->error_code;
}
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UK_LCPU_EXCEPT_H__ */
