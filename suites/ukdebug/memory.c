/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Accesses to memory that is not there: each suite ends the machine.
 * They are run by name only, one by one.
 */
#include <uk/test.h>

/* The access itself is meant, not the report of a sanitizer about it. */
#define UNCHECKED __attribute__((no_sanitize("undefined"), noinline))

#define WILD_ADDRESS 0x7ead0000UL

/* Nothing is known about them, so nothing is known at compile time. */
static int *volatile null_pointer;
static int *volatile wild_pointer = (int *)WILD_ADDRESS;
static void (*volatile null_function)(void);
static void (*volatile wild_function)(void) = (void (*)(void))WILD_ADDRESS;
static volatile int zero;

UNCHECKED static int read_from(const int *pointer)
{
	return *(const volatile int *)pointer;
}

UNCHECKED static void write_to(int *pointer)
{
	*(volatile int *)pointer = 42;
}

UNCHECKED static void call(void (*function)(void))
{
	function();
}

/* The result of the call is used, so that no frame can be left out. */
UNCHECKED static int descend(int depth)
{
	volatile int room[64];

	room[0] = depth;
	if (depth < zero)
		return depth;
	return descend(depth + 1) + room[0];
}

UK_TESTCASE(ukdebug_null_read, through_a_pointer)
{
	UK_TEST_EXPECT_NULL(null_pointer);
	UK_TEST_EXPECT_SNUM_EQ(read_from(null_pointer), 0);
}

UK_TESTCASE(ukdebug_null_write, through_a_pointer)
{
	UK_TEST_EXPECT_NULL(null_pointer);
	write_to(null_pointer);
}

UK_TESTCASE(ukdebug_null_jump, through_a_pointer)
{
	UK_TEST_EXPECT_NULL(null_function);
	call(null_function);
}

UK_TESTCASE(ukdebug_wild_read, through_a_pointer)
{
	UK_TEST_EXPECT_NOT_NULL(wild_pointer);
	UK_TEST_EXPECT_SNUM_EQ(read_from(wild_pointer), 0);
}

UK_TESTCASE(ukdebug_wild_write, through_a_pointer)
{
	UK_TEST_EXPECT_NOT_NULL(wild_pointer);
	write_to(wild_pointer);
}

UK_TESTCASE(ukdebug_wild_jump, through_a_pointer)
{
	UK_TEST_EXPECT_NOT_NULL(wild_function);
	call(wild_function);
}

UK_TESTCASE(ukdebug_stack_overflow, by_recursion)
{
	UK_TEST_EXPECT_ZERO(zero);
	UK_TEST_EXPECT_SNUM_EQ(descend(0), 0);
}

uk_testsuite_register(ukdebug_null_read, NULL);
uk_testsuite_register(ukdebug_null_write, NULL);
uk_testsuite_register(ukdebug_null_jump, NULL);
uk_testsuite_register(ukdebug_wild_read, NULL);
uk_testsuite_register(ukdebug_wild_write, NULL);
uk_testsuite_register(ukdebug_wild_jump, NULL);
uk_testsuite_register(ukdebug_stack_overflow, NULL);
