/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Announces the moments between cases to an emulator that looks into the guest
 * then: one write to a port, with the address of a struct uk_boundary. It does
 * so where the word `uktest.boundary` is on the command line, since on a real
 * machine another device may listen. It measures nothing.
 */
#include <uk/boundary.h>
#include <uk/essentials.h>
#include <uk/plat/bootstrap.h>
#include "ports.h"

#define BOUNDARY_PORT 0xe4

static int announce(void *boundary)
{
	static int wanted = -1;

	if (wanted < 0)
		wanted = ukplat_cmdline_has("uktest.boundary");
	if (wanted)
		port_write32(BOUNDARY_PORT, (__u32)(__uptr)boundary);
	return UK_EVENT_NOT_HANDLED;
}
UK_EVENT_HANDLER(UKTEST_EVENT_BOUNDARY, announce);
