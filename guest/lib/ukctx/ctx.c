/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first words on a new stack: what switch.S takes from it before any code
 * of the context runs. It does not allocate stacks.
 */
#include <uk/arch/ctx.h>
#include <uk/assert.h>

#include "start.h"

/* What the calls of all three architectures want. */
#define STACK_ALIGNMENT 16UL

static inline __uptr push(__uptr sp, __uptr word)
{
	sp -= sizeof(word);
	*(__uptr *)sp = word;
	return sp;
}

static void put(struct ukarch_ctx *ctx, __uptr sp, int keep_regs, __uptr ip,
		const long args[2])
{
	struct uk_ctx_start *start = (struct uk_ctx_start *)sp - 1;

	*start = (struct uk_ctx_start){
		.args = { args[0], args[1] }, .sp = sp, .ip = ip
	};
	ctx->sp = (__uptr)start;
	ctx->ip = (__uptr)(keep_regs ? uk_ctx_start : uk_ctx_start_clear);
}

void ukarch_ctx_init(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
		     __uptr ip)
{
	static const long none[2];

	UK_ASSERT(ctx && sp && ip);
	if (keep_regs)
		ukarch_ctx_init_bare(ctx, sp, ip);
	else
		put(ctx, sp, 0, ip, none);
}

static void call(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
		 __uptr entry, long arg0, long arg1)
{
	const long args[2] = { arg0, arg1 };

	UK_ASSERT(ctx && sp && entry);
	sp = ALIGN_DOWN(sp, STACK_ALIGNMENT);
#ifdef __i386__
	/* The arguments, which begin at an aligned address. */
	sp = push(push(sp - 2 * sizeof(sp), arg1), arg0);
#endif
#ifndef __aarch64__
	/* A return address, where a call would have left one. */
	sp = push(sp, 0);
#endif
	put(ctx, sp, keep_regs, entry, args);
}

void ukarch_ctx_init_entry0(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry0 entry)
{
	call(ctx, sp, keep_regs, (__uptr)entry, 0, 0);
}

void ukarch_ctx_init_entry1(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry1 entry, long arg)
{
	call(ctx, sp, keep_regs, (__uptr)entry, arg, 0);
}

void ukarch_ctx_init_entry2(struct ukarch_ctx *ctx, __uptr sp, int keep_regs,
			    ukarch_ctx_entry2 entry, long arg0, long arg1)
{
	call(ctx, sp, keep_regs, (__uptr)entry, arg0, arg1);
}
