/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The faults that end a machine. Each is in one line of its own function, which
 * is where a report has to point.
 */
#include <stdlib.h>
#include <uk/assert.h>
#include <uk/test.h>
#include "faults.h"

/* Nothing is known about them, so nothing is known at compile time. */
static volatile int one = 1;

void matrix_trap(void)
{
#ifdef __aarch64__
	__asm__ __volatile__(".inst 0");
#else
	__asm__ __volatile__("ud2");
#endif
}

void matrix_assertion(void)
{
	UK_ASSERT(one == 2);
}

void matrix_crash(void)
{
	UK_CRASH("Nothing goes any more, for %d reason\n", one);
}

void matrix_exit(void)
{
	exit(3);
}

void matrix_loop(void)
{
	while (one)
		;
}

/* The processor stops, and nothing may wake it. */
void matrix_halt(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("msr daifset, #15\n1:\twfi\n\tb 1b");
#else
	__asm__ __volatile__("cli\n1:\thlt\n\tjmp 1b");
#endif
}

/* The result of the call is used, so that no frame can be left out. */
__attribute__((no_sanitize("undefined"), noinline))
static int descend(int depth)
{
	volatile int room[64];

	room[0] = depth;
	if (depth < 0)
		return depth;
	return descend(depth + one) + room[0];
}

void matrix_overflow(void)
{
	one = descend(0);
}

/* No exception can be delivered any more, and so there is no end of them. */
void matrix_triple(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("msr vbar_el1, %0\n\tisb\n\t.inst 0"
			     : : "r"(0x7ead0000UL));
#else
	struct {
		__u16 limit;
		__uptr base;
	} __packed table;

	__asm__ __volatile__("sidt %0" : "=m"(table));
	memset((void *)table.base, 0, table.limit + 1U);
	__asm__ __volatile__("int3");
#endif
}

/*
 * By PSCI, or by the wire of the keyboard's controller; where there is none,
 * the processor has but one way to do it.
 */
void matrix_reset(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("movz x0, #0x8400, lsl #16\n\t"
			     "movk x0, #9\n\thvc #0\n1:\tb 1b"
			     : : : "x0", "x1", "x2", "x3", "memory");
#else
	__asm__ __volatile__("outb %b0, $0x64" : : "a"(0xfe));
	matrix_triple();
#endif
}
