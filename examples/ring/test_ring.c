/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The suite of the ring, as it would stand in a Unikraft tree. It tests what
 * ring.h promises, the full and the empty ring above all.
 */
#include <uk/test.h>

#include "ring.h"

UK_TESTCASE(ring_testsuite, first_in_first_out)
{
	struct ring ring = { .used = 0 };

	UK_TEST_EXPECT_ZERO(ring_put(&ring, 'a'));
	UK_TEST_EXPECT_ZERO(ring_put(&ring, 'b'));
	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), 'a');
	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), 'b');
}

UK_TESTCASE(ring_testsuite, empty)
{
	struct ring ring = { .used = 0 };

	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), -1);
	UK_TEST_EXPECT_ZERO(ring_put(&ring, 'a'));
	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), 'a');
	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), -1);
}

UK_TESTCASE(ring_testsuite, full)
{
	struct ring ring = { .used = 0 };

	for (int i = 0; i < RING_BYTES; i++)
		UK_TEST_EXPECT_ZERO(ring_put(&ring, (unsigned char)i));
	UK_TEST_EXPECT_SNUM_EQ(ring_put(&ring, 'x'), -1);
	UK_TEST_EXPECT_ZERO(ring_take(&ring));
	UK_TEST_EXPECT_ZERO(ring_put(&ring, 'y'));
	UK_TEST_EXPECT_SNUM_EQ(ring_take(&ring), 1);
}

uk_testsuite_register(ring_testsuite, NULL);
