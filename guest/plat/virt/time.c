/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock of arm64: the virtual counter, whose frequency a register holds.
 * It does not count between two calls.
 */
#include <uk/plat/time.h>

static __u64 counter_at_boot;

static __u64 read_counter(void)
{
	__u64 value;

	__asm__ __volatile__("isb; mrs %0, cntvct_el0" : "=r"(value));
	return value;
}

void ukplat_time_init(void)
{
	counter_at_boot = read_counter();
}

__nsec ukplat_monotonic_clock(void)
{
	__u64 counts = read_counter() - counter_at_boot;
	__u64 frequency;

	__asm__ __volatile__("mrs %0, cntfrq_el0" : "=r"(frequency));
	if (!frequency)
		return 0;
	/* In two parts, since the product may have more than 64 bits. */
	return counts / frequency * UKARCH_NSEC_PER_SEC
		+ counts % frequency * UKARCH_NSEC_PER_SEC / frequency;
}
