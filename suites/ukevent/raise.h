/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code that raises exceptions, and how long the instruction is that a handler
 * has to pass. It is no part of any library.
 */
#ifndef UKEVENT_RAISE_H
#define UKEVENT_RAISE_H

#include <uk/arch/lcpu.h>
#include <uk/essentials.h>

#if defined(__aarch64__)
#define INVALID_OP_BYTES 4
/* The breakpoint instruction is where the processor stands. */
#define DEBUG_BYTES 4
#define ADDRESS_REGISTER(regs) ((regs)->x[0])
#define FAULT_ADDRESS(ctx) ((ctx)->far)
#define UNMAPPED 0x7ead0000UL
#define SAVED 6

static inline void raise_invalid_op(void)
{
	__asm__ __volatile__(".inst 0" : : : "memory");
}

static inline void raise_debug(void)
{
	__asm__ __volatile__("brk #1" : : : "memory");
}

/* Each of the registers that raise_with_registers() uses, one more. */
static inline void add_one_to_all(struct __regs *regs)
{
	static const unsigned int used[] = { 2, 9, 18, 19, 28 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(used); i++)
		regs->x[used[i]]++;
	regs->lr++;
}

/* Raises a trap with these in registers of floating point, and stores them. */
static inline void raise_with_floats(double *values)
{
	__asm__ __volatile__("ldp d0, d1, [%0]\n\t"
			     "ldp d8, d31, [%0, #16]\n\t"
			     "brk #1\n\t"
			     "stp d0, d1, [%0]\n\t"
			     "stp d8, d31, [%0, #16]"
			     : : "r"(values)
			     : "v0", "v1", "v8", "v31", "memory");
}

/* Copies with an instruction of the processor, where it has one. */
static inline void copy_bytes(void *to, const void *from, unsigned long len)
{
	__builtin_memcpy(to, from, len);
}

static inline unsigned long read_through(unsigned long address)
{
	register unsigned long at __asm__("x0") = address;
	unsigned long value;

	__asm__ __volatile__("ldr %0, [x0]"
			     : "=r"(value), "+r"(at) : : "memory");
	return value;
}

static inline void raise_with_registers(unsigned long *before,
					unsigned long *after)
{
	unsigned long i;

	for (i = 0; i < SAVED; i++)
		before[i] = 0x1111111111111111UL * (i + 1);
	__asm__ __volatile__("ldp x2, x9, [%0]\n\t"
			     "ldp x18, x19, [%0, #16]\n\t"
			     "ldp x28, x30, [%0, #32]\n\t"
			     ".inst 0\n\t"
			     "stp x2, x9, [%1]\n\t"
			     "stp x18, x19, [%1, #16]\n\t"
			     "stp x28, x30, [%1, #32]"
			     : : "r"(before), "r"(after)
			     : "x2", "x9", "x18", "x19", "x28", "x30",
			       "memory");
}
#else
#define INVALID_OP_BYTES 2
/* The processor stands after the breakpoint instruction. */
#define DEBUG_BYTES 0
#define FAULT_ADDRESS(ctx) ((ctx)->fault_address)

static inline void raise_invalid_op(void)
{
	__asm__ __volatile__("ud2" : : : "memory");
}

static inline void raise_debug(void)
{
	__asm__ __volatile__("int3" : : : "memory");
}

/* Raises a trap with these in registers of floating point, and stores them. */
static inline void raise_with_floats(double *values)
{
	__asm__ __volatile__("movsd 0(%0), %%xmm0\n\t"
			     "movsd 8(%0), %%xmm1\n\t"
			     "movsd 16(%0), %%xmm2\n\t"
			     "movsd 24(%0), %%xmm7\n\t"
			     "int3\n\t"
			     "movsd %%xmm0, 0(%0)\n\t"
			     "movsd %%xmm1, 8(%0)\n\t"
			     "movsd %%xmm2, 16(%0)\n\t"
			     "movsd %%xmm7, 24(%0)"
			     : : "r"(values)
			     : "xmm0", "xmm1", "xmm2", "xmm7", "memory");
}

/* Copies with an instruction of the processor, where it has one. */
static inline void copy_bytes(void *to, const void *from, unsigned long len)
{
	__asm__ __volatile__("rep movsb"
			     : "+D"(to), "+S"(from), "+c"(len) : : "memory");
}

static inline unsigned long read_through(unsigned long address)
{
	unsigned long value;

	__asm__ __volatile__("mov (%1), %0"
			     : "=r"(value), "+a"(address) : : "memory");
	return value;
}

#ifdef __x86_64__
#define ADDRESS_REGISTER(regs) ((regs)->rax)
#define UNMAPPED 0x7ead00000000UL
#define SAVED 6

/* Each of the registers that raise_with_registers() uses, one more. */
static inline void add_one_to_all(struct __regs *regs)
{
	regs->rcx++;
	regs->r8++;
	regs->r11++;
	regs->rbx++;
	regs->r12++;
	regs->r15++;
}

static inline void raise_with_registers(unsigned long *before,
					unsigned long *after)
{
	unsigned long i;

	for (i = 0; i < SAVED; i++)
		before[i] = 0x1111111111111111UL * (i + 1);
	__asm__ __volatile__("movq 0(%0), %%rcx\n\t"
			     "movq 8(%0), %%r8\n\t"
			     "movq 16(%0), %%r11\n\t"
			     "movq 24(%0), %%rbx\n\t"
			     "movq 32(%0), %%r12\n\t"
			     "movq 40(%0), %%r15\n\t"
			     "ud2\n\t"
			     "movq %%rcx, 0(%1)\n\t"
			     "movq %%r8, 8(%1)\n\t"
			     "movq %%r11, 16(%1)\n\t"
			     "movq %%rbx, 24(%1)\n\t"
			     "movq %%r12, 32(%1)\n\t"
			     "movq %%r15, 40(%1)"
			     : : "S"(before), "D"(after)
			     : "rcx", "r8", "r11", "rbx", "r12", "r15",
			       "memory");
}
#else
#define ADDRESS_REGISTER(regs) ((regs)->eax)
#define UNMAPPED 0x7ead0000UL
#define SAVED 4

/* Each of the registers that raise_with_registers() uses, one more. */
static inline void add_one_to_all(struct __regs *regs)
{
	regs->eax++;
	regs->ecx++;
	regs->edx++;
	regs->ebx++;
}

static inline void raise_with_registers(unsigned long *before,
					unsigned long *after)
{
	unsigned long i;

	for (i = 0; i < SAVED; i++)
		before[i] = 0x11111111UL * (i + 1);
	__asm__ __volatile__("movl 0(%0), %%eax\n\t"
			     "movl 4(%0), %%ecx\n\t"
			     "movl 8(%0), %%edx\n\t"
			     "movl 12(%0), %%ebx\n\t"
			     "ud2\n\t"
			     "movl %%eax, 0(%1)\n\t"
			     "movl %%ecx, 4(%1)\n\t"
			     "movl %%edx, 8(%1)\n\t"
			     "movl %%ebx, 12(%1)"
			     : : "S"(before), "D"(after)
			     : "eax", "ecx", "edx", "ebx", "memory");
}
#endif
#endif

#endif /* UKEVENT_RAISE_H */
