/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instructions that the processor refuses: each suite ends the machine.
 * They are run by name only, one by one; some are of one architecture.
 */
#include <uk/test.h>

UK_TESTCASE(ukdebug_undefined_instruction, in_a_case)
{
	UK_TEST_EXPECT(1);
#ifdef __aarch64__
	__asm__ __volatile__(".inst 0");
#else
	__asm__ __volatile__("ud2");
#endif
}

uk_testsuite_register(ukdebug_undefined_instruction, NULL);

UK_TESTCASE(ukdebug_breakpoint, in_a_case)
{
	UK_TEST_EXPECT(1);
#ifdef __aarch64__
	__asm__ __volatile__("brk #42");
#else
	__asm__ __volatile__("int3");
#endif
}

uk_testsuite_register(ukdebug_breakpoint, NULL);

#ifdef __aarch64__

/* Instructions are four bytes long and begin at multiples of four. */
UK_TESTCASE(ukdebug_misaligned_jump, in_a_case)
{
	UK_TEST_EXPECT(1);
	__asm__ __volatile__("adr x9, .\n\tadd x9, x9, #2\n\tbr x9"
			     : : : "x9");
}

UK_TESTCASE(ukdebug_misaligned_exclusive, in_a_case)
{
	static __u64 words[2];

	UK_TEST_EXPECT(1);
	__asm__ __volatile__("ldaxr x9, [%0]"
			     : : "r"((char *)words + 1) : "x9", "memory");
}

uk_testsuite_register(ukdebug_misaligned_jump, NULL);
uk_testsuite_register(ukdebug_misaligned_exclusive, NULL);

#else

UK_TESTCASE(ukdebug_divide, by_zero)
{
	UK_TEST_EXPECT(1);
	__asm__ __volatile__("xorl %%edx, %%edx\n\tdivl %%edx"
			     : : "a"(1) : "edx", "cc");
}

/* No such segment: the error code is its selector. */
UK_TESTCASE(ukdebug_general_protection, by_a_segment)
{
	UK_TEST_EXPECT(1);
	__asm__ __volatile__("movl %0, %%es" : : "r"(0x1238));
}

uk_testsuite_register(ukdebug_divide, NULL);
uk_testsuite_register(ukdebug_general_protection, NULL);

#ifdef __x86_64__

/* Neither half of the address space. */
UK_TESTCASE(ukdebug_non_canonical, read)
{
	UK_TEST_EXPECT(1);
	__asm__ __volatile__("movq (%0), %%rax"
			     : : "r"(0xdeadbeefdead0000UL) : "rax", "memory");
}

uk_testsuite_register(ukdebug_non_canonical, NULL);

#endif
#endif
