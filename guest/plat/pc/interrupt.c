/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt of a serial port of a PC, by the two controllers of an AT.
 * Source: Intel 8259A and 16550 data sheets; Intel SDM, volume 3, "APIC".
 */
#include <uk/arch/lcpu.h>
#include <uk/arch/paging.h>
#include <uk/arch/traps.h>
#include <uk/plat/interrupt.h>
#include <uk/plat/line.h>
#include "ports.h"

#define FIRST_COMMAND 0x20
#define FIRST_DATA 0x21
#define SECOND_COMMAND 0xa0
#define SECOND_DATA 0xa1
/* Four words follow: where the vectors begin, who is after whom, the mode. */
#define INITIALIZE 0x11
#define SECOND_IS_AFTER_2 0x04
#define IS_AFTER_2 0x02
#define MODE_8086 0x01
#define ALL_MASKED 0xff
/* After the exceptions of the processor. */
#define FIRST_VECTOR 32
#define END 0x20
/* Which register a read of the command port gives. */
#define SHOW_PENDING 0x0a
#define SHOW_ACTIVE 0x0b
#define EACH 8

/* Ports of the lines, and their interrupts. */
static const __u16 bases[] = { 0x3f8, 0x2f8 };
static const __u8 numbers[] = { 4, 3 };
#define INTERRUPT_ENABLE 1
#define RECEIVED 0x01
/* Without this output the port has no interrupt. */
#define MODEM_CONTROL 4
#define MODEM_READY 0x0b

/* Leaf 1 of CPUID, in edx: the processor has a controller of its own. */
#define HAS_LOCAL_CONTROLLER (1U << 9)
/* Its registers: on, with a vector for what is none; the line to it. */
#define LOCAL_CONTROLLER 0xfee00000
#define SPURIOUS 0xf0
#define IS_ON 0x12f
#define LINE_0 0x350
/* As if there were no controller but the other two. */
#define THROUGH 0x700

/* After a reset it lets nothing of the others through. */
static void let_through(void)
{
	__u32 eax = 1, ebx, ecx = 0, edx;
	volatile char *local;

	__asm__ __volatile__("cpuid"
			     : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
	if (!(edx & HAS_LOCAL_CONTROLLER))
		return;
	local = ukarch_paging_borrow(LOCAL_CONTROLLER);
	*(volatile __u32 *)(local + SPURIOUS) = IS_ON;
	*(volatile __u32 *)(local + LINE_0) = THROUGH;
	ukarch_paging_give_back();
}

void ukplat_line_interrupt(unsigned int number)
{
	let_through();
	port_write8(FIRST_COMMAND, INITIALIZE);
	port_write8(SECOND_COMMAND, INITIALIZE);
	port_write8(FIRST_DATA, FIRST_VECTOR);
	port_write8(SECOND_DATA, FIRST_VECTOR + 8);
	port_write8(FIRST_DATA, SECOND_IS_AFTER_2);
	port_write8(SECOND_DATA, IS_AFTER_2);
	port_write8(FIRST_DATA, MODE_8086);
	port_write8(SECOND_DATA, MODE_8086);
	port_write8(FIRST_DATA, ALL_MASKED & ~(1 << numbers[number]));
	port_write8(SECOND_DATA, ALL_MASKED);
	port_write8(bases[number] + MODEM_CONTROL, MODEM_READY);
	port_write8(bases[number] + INTERRUPT_ENABLE, RECEIVED);
}

/*
 * An interrupt is delivered after the instruction that follows on `sti`: one
 * that comes before the processor sleeps wakes it. It is a trap, for which
 * there has to be room.
 */
void ukplat_line_wait(void)
{
	if (ukarch_traps_nest())
		__asm__ __volatile__("sti; hlt; cli" : : : "memory");
	else
		ukarch_spinwait();
}

static __u8 state_of(__u16 command, __u8 what)
{
	port_write8(command, what);
	return port_read8(command);
}

int ukplat_interrupt_get(unsigned int number, struct ukplat_interrupt *state)
{
	__u16 command = number < EACH ? FIRST_COMMAND : SECOND_COMMAND;
	__u8 bit = 1 << number % EACH;

	if (number >= 2 * EACH)
		return 0;
	state->is_enabled = !(port_read8(command + 1) & bit);
	state->is_pending = !!(state_of(command, SHOW_PENDING) & bit);
	state->is_active = !!(state_of(command, SHOW_ACTIVE) & bit);
	return 1;
}

void ukplat_interrupt_begin(void)
{
}

void ukplat_interrupt_end(void)
{
	port_write8(FIRST_COMMAND, END);
}
