/* SPDX-License-Identifier: BSD-3-Clause */
/* Processors without a step of their own are those of i386 in v86. */
#include <uk/arch/gdb.h>

unsigned int ukarch_gdb_next(const struct __regs *core __unused,
			     __uptr next[2] __unused)
{
	return 0;
}
