/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the sanitizer's run time needs of the kernel that it is part of, where
 * the kit and Unikraft differ. It is no part of the public headers.
 */
#ifndef UBSAN_PORT_H
#define UBSAN_PORT_H

#include <stdbool.h>
#include <uk/plat/bootstrap.h>

/* A flag of the kit's levels, which Unikraft has not. */
#ifndef UK_PRINT_PROTOCOL
#define UK_PRINT_PROTOCOL 0
#endif

/** Whether each report ends the machine. */
static inline bool ubsan_aborts(void)
{
#ifdef __Unikraft__
	/* LIBUBSAN_ABORT has the compiler call the fatal handlers. */
	return false;
#else
	return ukplat_cmdline_has("ubsan.abort");
#endif
}

#endif /* UBSAN_PORT_H */
