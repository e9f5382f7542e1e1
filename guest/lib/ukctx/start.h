/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What lies on a new stack, for switch.S to begin with. A change here is a
 * change there.
 */
#ifndef UKCTX_START_H
#define UKCTX_START_H

#include <uk/arch/types.h>

struct uk_ctx_start {
	/** Of the function, where arguments are in registers. */
	__uptr args[2];
	/** The stack, once this is taken from it. */
	__uptr sp;
	__uptr ip;
};

/** Takes a struct uk_ctx_start from the stack and goes there. */
extern const char uk_ctx_start[];
/** The same, with all other registers cleared. */
extern const char uk_ctx_start_clear[];

#endif /* UKCTX_START_H */
