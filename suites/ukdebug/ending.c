/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cases that never come back, though nothing traps: each suite ends the
 * machine or leaves it to the host to do so. They are run by name only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <uk/plat/bootstrap.h>
#include <uk/test.h>

UK_TESTCASE(ukdebug_exit, of_libc)
{
	UK_TEST_EXPECT(1);
	exit(3);
}

UK_TESTCASE(ukdebug_halt, of_the_platform)
{
	UK_TEST_EXPECT(1);
	ukplat_halt();
}

/* The processor stops without a word. */
UK_TESTCASE(ukdebug_stop, without_interrupts)
{
	UK_TEST_EXPECT(1);
#ifdef __aarch64__
	__asm__ __volatile__("msr daifset, #15\n1:\twfi\n\tb 1b");
#else
	__asm__ __volatile__("cli\n1:\thlt\n\tjmp 1b");
#endif
}

UK_TESTCASE(ukdebug_endless, loop)
{
	static volatile int forever = 1;

	UK_TEST_EXPECT(1);
	while (forever)
		;
}

/* The machine starts again, or ends where it may not, or just stops. */
UK_TESTCASE(ukdebug_reset, of_the_machine)
{
	UK_TEST_EXPECT(1);
#if defined(__aarch64__)
	__asm__ __volatile__("mov x0, #0x84000000\n\tadd x0, x0, #9\n\thvc #0"
			     : : : "x0", "x1", "x2", "x3", "memory");
#elif defined(__x86_64__)
	static const struct {
		__u16 limit;
		__uptr base;
	} __packed no_table = { 0, 0 };

	/* No exception can be delivered any more. */
	__asm__ __volatile__("lidt %0\n\tint3" : : "m"(no_table));
#else
	/* The keyboard's controller has a wire to the processor's reset. */
	__asm__ __volatile__("outb %b0, $0x64\n1:\thlt\n\tjmp 1b"
			     : : "a"(0xfe));
#endif
}

/* The line before the crash has no end. */
UK_TESTCASE(ukdebug_half_a_line, before_a_trap)
{
	UK_TEST_EXPECT(1);
	printf("half a line");
	__builtin_trap();
}

uk_testsuite_register(ukdebug_exit, NULL);
uk_testsuite_register(ukdebug_halt, NULL);
uk_testsuite_register(ukdebug_stop, NULL);
uk_testsuite_register(ukdebug_endless, NULL);
uk_testsuite_register(ukdebug_reset, NULL);
uk_testsuite_register(ukdebug_half_a_line, NULL);
