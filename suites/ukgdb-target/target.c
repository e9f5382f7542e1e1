/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code for a debugger of the stub in the guest: a loop with calls, a structure,
 * floating point, a loop without an end. It is run by its name only.
 */
#include <uk/gdb.h>
#include <uk/test.h>

struct point {
	int x, y;
};

static struct point place = { 3, 4 };
static volatile int counter;

__noinline int ukgdb_add(int a, int b);
__noinline int ukgdb_add(int a, int b)
{
	return a + b;
}

static __noinline int bump(int by)
{
	counter += by;
	return counter;
}

UK_TESTCASE(ukgdb_target, counts)
{
	/* Not on the stack: what that held before depends on the debugger. */
	static volatile double half = 0.5;
	static int i;

	for (i = 0; i < 4; i++)
		bump(i);
	place.x = ukgdb_add(counter, 1);
	half = half * counter;
	UK_TEST_EXPECT_SNUM_EQ(place.x, 7);
	UK_TEST_EXPECT_SNUM_EQ(counter, 6);
}

UK_TESTCASE(ukgdb_target, goes_on_for_ever)
{
	volatile unsigned long turns = 0;

	for (;;)
		turns++;
}

UK_TESTCASE(ukgdb_target, reads_what_is_not_there)
{
	volatile int *nothing = (volatile int *)sizeof(int);

	UK_TEST_EXPECT_SNUM_EQ(*nothing, 0);
}

/* Of one's own: it stops where a debugger is there, and nowhere else. */
UK_TESTCASE(ukgdb_target, asks_to_be_looked_at)
{
	uk_gdb_break();
	UK_TEST_EXPECT(!uk_gdb_is_attached() || counter >= 0);
}

uk_testsuite_register(ukgdb_target, NULL);
