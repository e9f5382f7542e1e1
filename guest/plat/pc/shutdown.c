/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a PC, told to the emulator through its debug port.
 * It does not cover restart or suspend, which end the machine like a halt.
 */
#include <uk/arch/lcpu.h>
#include <uk/gdb.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>
#include "ports.h"

#define DEBUG_EXIT 0xf4
/* QEMU ends with twice the value plus one: 33 and 35. */
#define NORMAL 0x10
#define CRASHED 0x11

/* Of a library that an image may be without. */
#pragma weak uk_gdb_end

void ukplat_end_machine(enum ukplat_gstate request)
{
	if (uk_gdb_end)
		uk_gdb_end(request == UKPLAT_CRASH);
	port_write32(DEBUG_EXIT, request == UKPLAT_CRASH ? CRASHED : NORMAL);
	ukarch_stop();
}

void ukplat_terminate(enum ukplat_gstate request)
{
	uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL, "Unikraft halted\n");
	ukplat_end_machine(request);
}
