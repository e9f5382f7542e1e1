/* SPDX-License-Identifier: BSD-3-Clause */
/* Turns all mocks off: no case begins with what another one has turned on. */
#include <uk/test/record.h>

#include "run.h"

void uktest_mocks_off(void)
{
	const struct uk_testmeta *meta;

	for (meta = uk_testmeta_start; meta < uk_testmeta_end; meta++) {
		struct uk_testmock *mock = (struct uk_testmock *)meta->value;

		if (meta->kind != UK_TESTMETA_MOCK)
			continue;
		mock->calls = 0;
		mock->is_on = false;
	}
}
