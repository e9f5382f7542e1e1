/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The word of uk/plat/tls.h. Nothing of the kit reads it.
 */
#include <uk/plat/tls.h>

static __uptr current;

__uptr ukplat_tlsp_get(void)
{
	return current;
}

void ukplat_tlsp_set(__uptr tlsp)
{
	current = tlsp;
}
