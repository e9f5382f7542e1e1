/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions that a handler takes care of: the code goes on, with the
 * registers that it had or those that the handler gave it.
 */
#include <uk/arch/traps.h>
#include <uk/test.h>

#include "raise.h"

/* What the handlers have seen, and what they do. */
static int seen_invalid_op, seen_debug, seen_page_fault;
static unsigned long seen_address;
static int is_nested, adds_one;
static unsigned long given;

static int skip_invalid_op(void *data)
{
	struct ukarch_trap_ctx *ctx = data;

	seen_invalid_op++;
	if (is_nested) {
		is_nested = 0;
		raise_debug();
	}
	if (adds_one)
		add_one_to_all(ctx->regs);
	__REGS_PC(ctx->regs) += INVALID_OP_BYTES;
	return UK_EVENT_HANDLED;
}

static int go_on_after_debug(void *data)
{
	struct ukarch_trap_ctx *ctx = data;

	seen_debug++;
	__REGS_PC(ctx->regs) += DEBUG_BYTES;
	return UK_EVENT_HANDLED_CONT;
}

/* Lets the instruction be done again with an address that is good. */
static int mend_address(void *data)
{
	struct ukarch_trap_ctx *ctx = data;

	seen_page_fault++;
	seen_address = FAULT_ADDRESS(ctx);
	ADDRESS_REGISTER(ctx->regs) = (unsigned long)&given;
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_INVALID_OP, skip_invalid_op, 0);
UK_EVENT_HANDLER(UKARCH_TRAP_DEBUG, go_on_after_debug);
/* By its newest name. */
UK_EVENT_HANDLER_PRIO(UK_LCPU_EXCEPT_EVENT_ERR_PAGE_FAULT, mend_address, 3);

UK_TESTCASE(ukevent_traps, code_goes_on_after_one)
{
	int i;

	seen_invalid_op = 0;
	for (i = 0; i < 100; i++)
		raise_invalid_op();
	UK_TEST_EXPECT_SNUM_EQ(seen_invalid_op, 100);
}

UK_TESTCASE(ukevent_traps, a_breakpoint_of_the_code_is_passed)
{
	seen_debug = 0;
	raise_debug();
	raise_debug();
	UK_TEST_EXPECT_SNUM_EQ(seen_debug, 2);
}

UK_TESTCASE(ukevent_traps, an_access_is_done_again)
{
	unsigned long bad = UNMAPPED;

	given = 4711;
	seen_page_fault = 0;
	UK_TEST_EXPECT_SNUM_EQ(read_through(bad), 4711);
	UK_TEST_EXPECT_SNUM_EQ(seen_page_fault, 1);
	UK_TEST_EXPECT_PTR_EQ((void *)seen_address, (void *)bad);
}

UK_TESTCASE(ukevent_traps, a_handler_may_be_interrupted)
{
	seen_invalid_op = 0;
	seen_debug = 0;
	is_nested = 1;
	raise_invalid_op();
	UK_TEST_EXPECT_SNUM_EQ(seen_invalid_op, 1);
	UK_TEST_EXPECT_SNUM_EQ(seen_debug, 1);
}

UK_TESTCASE(ukevent_traps, registers_are_as_they_were)
{
	unsigned long before[SAVED], after[SAVED];

	raise_with_registers(before, after);
	UK_TEST_EXPECT_BYTES_EQ(after, before, sizeof(before));
}

UK_TESTCASE(ukevent_traps, registers_are_what_the_handler_says)
{
	unsigned long before[SAVED], after[SAVED];
	int i;

	adds_one = 1;
	raise_with_registers(before, after);
	adds_one = 0;
	for (i = 0; i < SAVED; i++)
		before[i]++;
	UK_TEST_EXPECT_BYTES_EQ(after, before, sizeof(before));
}

UK_TESTCASE(ukevent_traps, segments_are_as_they_were)
{
	const char from[] = "copied after a trap";
	char to[sizeof(from)] = "";

	raise_invalid_op();
	copy_bytes(to, from, sizeof(from));
	UK_TEST_EXPECT_STR_EQ(to, from);
}

static double volatile half = 0.5;

static int uses_floating_point(void *data __unused)
{
	volatile double product = half * 3.25 + half / 7;

	return product > 1000 ? UK_EVENT_HANDLED : UK_EVENT_NOT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_DEBUG, uses_floating_point, 0);

UK_TESTCASE(ukevent_traps, floating_point_is_as_it_was)
{
	double values[] = { 0.25, -3, 1e100, 4711 };

	raise_with_floats(values);
	UK_TEST_EXPECT_FLOAT_EQ(values[0], 0.25);
	UK_TEST_EXPECT_FLOAT_EQ(values[1], -3);
	UK_TEST_EXPECT_FLOAT_EQ(values[2], 1e100);
	UK_TEST_EXPECT_FLOAT_EQ(values[3], 4711);
}

uk_testsuite_register(ukevent_traps, NULL);

