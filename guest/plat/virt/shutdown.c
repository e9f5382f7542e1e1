/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a virt machine, by semihosting when the host asked for a code.
 * It does not cover restart or suspend, which end the machine like a halt.
 */
#include <uk/arch/lcpu.h>
#include <uk/gdb.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>

#define SEMIHOSTING_WORD "uktest.exit=semihosting"
#define SYS_EXIT 0x18
#define APPLICATION_EXIT 0x20026UL
#define PSCI_SYSTEM_OFF 0x84000008UL
/* What the debug port of a PC makes of its two codes. */
#define NORMAL 33
#define CRASHED 35

static void end_with_code(unsigned long code)
{
	const unsigned long block[2] = { APPLICATION_EXIT, code };
	register unsigned long call __asm__("x0") = SYS_EXIT;
	register const unsigned long *args __asm__("x1") = block;

	/* Without a host that listens this is an exception: hence the word. */
	__asm__ __volatile__("hlt #0xf000"
			     : "+r"(call) : "r"(args) : "memory");
}

/* Of a library that an image may be without. */
#pragma weak uk_gdb_end

void ukplat_end_machine(enum ukplat_gstate request)
{
	register unsigned long call __asm__("x0");

	if (uk_gdb_end)
		uk_gdb_end(request == UKPLAT_CRASH);
	if (ukplat_cmdline_has(SEMIHOSTING_WORD))
		end_with_code(request == UKPLAT_CRASH ? CRASHED : NORMAL);
	call = PSCI_SYSTEM_OFF;
	__asm__ __volatile__("hvc #0" : "+r"(call) : : "x1", "x2", "x3",
			     "memory");
	ukarch_stop();
}

void ukplat_terminate(enum ukplat_gstate request)
{
	uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL, "Unikraft halted\n");
	ukplat_end_machine(request);
}
