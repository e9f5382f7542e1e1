/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stacks that code switches between by itself, under Unikraft's names.
 * There is no scheduler and no storage of threads; a switch keeps registers of
 * floating point as a call does, and ukarch_ectx_store() all of them. What
 * Unikraft saves of a system call, `struct ukarch_execenv`, is a name alone:
 * nothing traps into the kit.
 */
#ifndef __UKARCH_CTX_H__
#define __UKARCH_CTX_H__

#include <uk/arch/types.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where code goes on: the instruction, and its stack. */
struct ukarch_ctx {
	__uptr ip;
	__uptr sp;
} __packed;

struct ukarch_execenv;

/** What runs first on a stack; there is nothing to return to. */
typedef void (*ukarch_ctx_entry0)(void) __noreturn;
typedef void (*ukarch_ctx_entry1)(long) __noreturn;
typedef void (*ukarch_ctx_entry2)(long, long) __noreturn;

/** A context that begins at an instruction, with all other registers as is. */
static inline void ukarch_ctx_init_bare(struct ukarch_ctx *ctx, __uptr sp,
					__uptr ip)
{
	ctx->ip = ip;
	ctx->sp = sp;
}

/**
 * A context that begins at an instruction.
 *
 * @param sp end of the stack, where the first thing pushed is below
 * @param keep_regs 0 has the registers cleared, but for the one that jumps
 * @param ip the instruction
 */
void ukarch_ctx_init(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
		     __uptr ip);

/**
 * A context that begins with a call of a function.
 *
 * @param sp end of the stack; rounded down to what calls want
 */
void ukarch_ctx_init_entry0(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry0 entry);
void ukarch_ctx_init_entry1(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry1 entry, long arg);
void ukarch_ctx_init_entry2(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry2 entry, long arg0, long arg1);

/**
 * Goes on in another context; returns when something switches back.
 *
 * @param store gets where this one stopped
 * @param load the other one, of which no word is changed
 */
void ukarch_ctx_switch(struct ukarch_ctx *store, struct ukarch_ctx *load);

/** Goes on in another context, and never comes back. */
void ukarch_ctx_jump(struct ukarch_ctx *load) __noreturn;

/** All registers of floating point, and their control words. */
struct ukarch_ectx;

/** Bytes that they take, and what the address of those has to be a multiple of.
 */
__sz ukarch_ectx_size(void);
__sz ukarch_ectx_align(void);

/** Writes down what they have at the boot. */
void ukarch_ectx_init(struct ukarch_ectx *state);
void ukarch_ectx_store(struct ukarch_ectx *state);
void ukarch_ectx_load(struct ukarch_ectx *state);

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_CTX_H__ */
