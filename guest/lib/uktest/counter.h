/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The counter of instructions. Only an emulator that counts them has one: QEMU
 * with `-icount shift=0', where the counter of a PC goes up by one with each,
 * and the performance monitor of arm64 has an event for them. Reading it is the
 * same number of instructions each time.
 *
 * Sources: Intel SDM, volume 2, "RDTSC"; Arm ARM, D13.4 "Performance Monitors
 * registers"; QEMU's manual, "-icount".
 */
#ifndef UKTEST_COUNTER_H
#define UKTEST_COUNTER_H

#include <stdbool.h>
#include <stdint.h>
#include <uk/essentials.h>

#if defined(__x86_64__) || defined(__i386__)

static inline bool counter_open(void)
{
	return true;
}

static inline uint64_t counter_read(void)
{
	uint32_t low, high;

	__asm__ __volatile__("lfence\n\trdtsc\n\tlfence"
			     : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

/* The difference of two moments. */
static inline uint64_t counter_between(uint64_t from, uint64_t to,
				       uint64_t coarse __unused)
{
	return to - from;
}

static inline uint64_t counter_coarse(void)
{
	return 0;
}

#elif defined(__aarch64__)

#define COUNTER_EVENT		0x08UL	/* INST_RETIRED */
#define COUNTER_FIRST		1UL	/* event counter 0 */
#define COUNTER_ENABLE		1UL	/* PMCR_EL0.E */
/* ID_AA64DFR0_EL1.PMUVer: 0 and 15 are none. */
#define COUNTER_VERSION(id)	((id) >> 8 & 0xf)

#define COUNTER_GET(name) ({						\
	uint64_t _value;						\
									\
	__asm__ __volatile__("mrs %0, " #name : "=r"(_value));		\
	_value; })
#define COUNTER_SET(name, value)					\
	__asm__ __volatile__("msr " #name ", %0" : : "r"(value))

/* False where the processor does not count instructions. */
static inline bool counter_open(void)
{
	uint64_t version = COUNTER_VERSION(COUNTER_GET(id_aa64dfr0_el1));

	if (version == 0 || version == 15 ||
	    !(COUNTER_GET(pmceid0_el0) >> COUNTER_EVENT & 1))
		return false;
	COUNTER_SET(pmevtyper0_el0, COUNTER_EVENT);
	COUNTER_SET(pmcntenset_el0, COUNTER_FIRST);
	COUNTER_SET(pmcr_el0, COUNTER_GET(pmcr_el0) | COUNTER_ENABLE);
	__asm__ __volatile__("isb" : : : "memory");
	return true;
}

static inline uint64_t counter_read(void)
{
	uint64_t value;

	__asm__ __volatile__("isb\n\tmrs %0, pmevcntr0_el0\n\tisb"
			     : "=r"(value) : : "memory");
	return value;
}

/*
 * The counter has 32 bits. How often it began anew in between is known from the
 * clock, in which an instruction is a nanosecond.
 */
static inline uint64_t counter_between(uint64_t from, uint64_t to,
				       uint64_t coarse)
{
	uint32_t low = (uint32_t)to - (uint32_t)from;
	uint64_t nearest = coarse - low + (1UL << 31);

	if (coarse < low)
		return low;
	return (nearest & ~0xffffffffUL) + low;
}

/* The clock in nanoseconds. */
static inline uint64_t counter_coarse(void)
{
	uint64_t frequency = COUNTER_GET(cntfrq_el0);

	__asm__ __volatile__("isb" : : : "memory");
	return frequency == 0 ? 0 :
	       COUNTER_GET(cntvct_el0) * (1000000000UL / frequency);
}

#else
#error "uktest: no counter of instructions for this architecture"
#endif

#endif /* UKTEST_COUNTER_H */
