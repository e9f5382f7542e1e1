/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of floating point in memory: on x86 as `fxsave` has them, on
 * arm64 the 32 of 128 bits and the two control words.
 */
#include <string.h>
#include <uk/arch/ctx.h>
#include <uk/assert.h>

#define ALIGNMENT 16

#ifdef __aarch64__
struct ukarch_ectx {
	__u8 q[32][16];
	__u64 fpcr, fpsr;
} __align(ALIGNMENT);
#else
struct ukarch_ectx {
	__u16 control, status, tag, opcode;
	__u32 other[4];
	__u32 mxcsr, mxcsr_mask;
	__u8 registers[480];
} __align(ALIGNMENT);
#endif

__sz ukarch_ectx_size(void)
{
	return sizeof(struct ukarch_ectx);
}

__sz ukarch_ectx_align(void)
{
	return ALIGNMENT;
}

void ukarch_ectx_init(struct ukarch_ectx *state)
{
	UK_ASSERT(state && (__uptr)state % ALIGNMENT == 0);
	memset(state, 0, sizeof(*state));
#ifndef __aarch64__
	/* No exception is raised, results have all their bits. */
	state->control = 0x37f;
	state->mxcsr = 0x1f80;
#endif
}

#ifdef __aarch64__
#define PAIRS(insn)                                                        \
	insn " q0, q1, [%0, #0]\n\t" insn " q2, q3, [%0, #32]\n\t"         \
	insn " q4, q5, [%0, #64]\n\t" insn " q6, q7, [%0, #96]\n\t"        \
	insn " q8, q9, [%0, #128]\n\t" insn " q10, q11, [%0, #160]\n\t"    \
	insn " q12, q13, [%0, #192]\n\t" insn " q14, q15, [%0, #224]\n\t"  \
	insn " q16, q17, [%0, #256]\n\t" insn " q18, q19, [%0, #288]\n\t"  \
	insn " q20, q21, [%0, #320]\n\t" insn " q22, q23, [%0, #352]\n\t"  \
	insn " q24, q25, [%0, #384]\n\t" insn " q26, q27, [%0, #416]\n\t"  \
	insn " q28, q29, [%0, #448]\n\t" insn " q30, q31, [%0, #480]"
#endif

/* The asm of a load names no register: the caller wants them changed. */
void ukarch_ectx_store(struct ukarch_ectx *state)
{
#ifdef __aarch64__
	__asm__ __volatile__(PAIRS("stp") : : "r"(state->q) : "memory");
	__asm__ __volatile__("mrs %0, fpcr" : "=r"(state->fpcr));
	__asm__ __volatile__("mrs %0, fpsr" : "=r"(state->fpsr));
#else
	__asm__ __volatile__("fxsave %0" : "=m"(*state));
#endif
}

void ukarch_ectx_load(struct ukarch_ectx *state)
{
#ifdef __aarch64__
	__asm__ __volatile__("msr fpcr, %0" : : "r"(state->fpcr));
	__asm__ __volatile__("msr fpsr, %0" : : "r"(state->fpsr));
	__asm__ __volatile__(PAIRS("ldp") : : "r"(state->q) : "memory");
#else
	__asm__ __volatile__("fxrstor %0" : : "m"(*state));
#endif
}
