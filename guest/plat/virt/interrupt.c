/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt of the serial port of QEMU's virt machine, by a GICv2.
 * Source: Arm GIC architecture specification, version 2; PL011 manual.
 */
#include <uk/arch/types.h>
#include <uk/essentials.h>
#include <uk/plat/interrupt.h>
#include <uk/plat/line.h>

#define REGISTER(address) (*(volatile __u32 *)(address))
#define DISTRIBUTOR 0x08000000UL
#define DISTRIBUTOR_ON REGISTER(DISTRIBUTOR)
#define TYPE REGISTER(DISTRIBUTOR + 0x04)
#define PENDING(id) REGISTER(DISTRIBUTOR + 0x200 + (id) / 32 * 4)
#define ACTIVE(id) REGISTER(DISTRIBUTOR + 0x300 + (id) / 32 * 4)
#define ENABLE(id) REGISTER(DISTRIBUTOR + 0x100 + (id) / 32 * 4)
#define TARGET(id) \
	(*(volatile __u8 *)(DISTRIBUTOR + 0x800 + (id)))
#define PROCESSOR 0x08010000UL
#define PROCESSOR_ON REGISTER(PROCESSOR)
#define LEAST_PRIORITY REGISTER(PROCESSOR + 0x04)
#define ACKNOWLEDGE REGISTER(PROCESSOR + 0x0c)
#define END REGISTER(PROCESSOR + 0x10)
/* The second one that the processors share: 32 are their own. */
#define LINE 33
#define NONE 1023

#define PL011 0x09000000UL
#define INTERRUPT_ENABLE REGISTER(PL011 + 0x38)
/* A byte has come; some have, and no more come. */
#define RECEIVED 0x50

static __u32 current = NONE;

void ukplat_line_interrupt(unsigned int number __unused)
{
	DISTRIBUTOR_ON = 1;
	TARGET(LINE) = 1;
	ENABLE(LINE) = 1U << LINE % 32;
	LEAST_PRIORITY = 0xff;
	PROCESSOR_ON = 1;
	INTERRUPT_ENABLE = RECEIVED;
}

void ukplat_interrupt_begin(void)
{
	current = ACKNOWLEDGE & NONE;
}

void ukplat_interrupt_end(void)
{
	if (current != NONE)
		END = current;
}

/* It wakes for an interrupt that it does not let through, too. */
void ukplat_line_wait(void)
{
	__asm__ __volatile__("dsb sy; wfi" : : : "memory");
}

int ukplat_interrupt_get(unsigned int number, struct ukplat_interrupt *state)
{
	__u32 bit = 1U << number % 32;

	/* As many times 32, less one. */
	if (number >= ((TYPE & 0x1f) + 1) * 32)
		return 0;
	state->is_enabled = !!(ENABLE(number) & bit);
	state->is_pending = !!(PENDING(number) & bit);
	state->is_active = !!(ACTIVE(number) & bit);
	return 1;
}
