/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The other file of the suite uktest_places: a helper function and cases, but
 * no registration.
 */
#include <uk/test.h>

#include "places.h"

void assert_elsewhere(int value)
{
	UK_TEST_EXPECT_SNUM_EQ(value, 3);
}

UK_TESTCASE_DESC(uktest_places, elsewhere, "a case in another file")
{
	UK_TEST_EXPECT_STR_EQ(esac->name, "elsewhere");
	assert_elsewhere(3);
}
