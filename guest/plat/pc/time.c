/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock of a PC: the processor's counter, measured against the timer chip.
 * It does not wait longer than half a millisecond for that.
 */
#include <uk/plat/time.h>
#include "ports.h"

#define TIMER_CHANNEL0 0x40
#define TIMER_COMMAND 0x43
#define LATCH_CHANNEL0 0x00
/* Channel 0, both bytes, mode 2: counts down from 65536 again and again. */
#define RATE_CHANNEL0 0x34
#define TIMER_HZ 1193182ULL
#define MEASURED_TICKS 600
#define TRIES 4
#define FRACTION_BITS 24

/* The same moment by both clocks. */
struct moment {
	__u64 counter;
	__u16 ticks;
};

static __u64 counter_at_boot;
static __u64 nsec_per_count = 1 << FRACTION_BITS;
static __nsec last;

static __u64 read_counter(void)
{
	__u32 low, high;

	__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
	return (__u64)high << 32 | low;
}

static __u16 read_ticks(void)
{
	__u16 low;

	port_write8(TIMER_COMMAND, LATCH_CHANNEL0);
	low = port_read8(TIMER_CHANNEL0);
	return low | port_read8(TIMER_CHANNEL0) << 8;
}

/*
 * A host that stops the guest between the two readings would spoil them: the
 * pair that was read fastest is the best one.
 */
static struct moment read_moment(void)
{
	struct moment best = { 0, 0 };
	__u64 before, took, shortest = ~0ULL;
	__u16 ticks;
	int i;

	for (i = 0; i < TRIES; i++) {
		before = read_counter();
		ticks = read_ticks();
		took = read_counter() - before;
		/* The first one always is, so that each boot runs all lines. */
		if (took < shortest) {
			shortest = took;
			best.counter = before;
			best.ticks = ticks;
		}
	}
	return best;
}

void ukplat_time_init(void)
{
	struct moment start, now;
	__u64 counts, nsec;

	counter_at_boot = read_counter();
	port_write8(TIMER_COMMAND, RATE_CHANNEL0);
	port_write8(TIMER_CHANNEL0, 0);
	port_write8(TIMER_CHANNEL0, 0);
	start = read_moment();
	while ((__u16)(start.ticks - read_ticks()) < MEASURED_TICKS)
		;
	now = read_moment();
	counts = now.counter - start.counter;
	nsec = (__u16)(start.ticks - now.ticks) * 1000000000ULL / TIMER_HZ;
	if (counts)
		nsec_per_count = (nsec << FRACTION_BITS) / counts;
}

__nsec ukplat_monotonic_clock(void)
{
	__u64 counts = read_counter() - counter_at_boot;
	__nsec now;

	/* In two halves, since the product has more than 64 bits. */
	now = ((counts >> 32) * nsec_per_count << (32 - FRACTION_BITS))
		+ ((counts & 0xffffffff) * nsec_per_count >> FRACTION_BITS);
	if (now > last)
		last = now;
	return last;
}
