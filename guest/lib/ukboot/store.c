/* SPDX-License-Identifier: BSD-3-Clause */
/* How long the boot has been going on, as a value of the store. */
#include <uk/plat/time.h>
#include <uk/store.h>

static int get_uptime_ns(void *cookie __unused, __u64 *out)
{
	*out = ukplat_monotonic_clock();
	return 0;
}
UK_STORE_STATIC_ENTRY(1, uptime_ns, u64, get_uptime_ns, __NULL);
