/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The caller of a function of x86 that has no frame, for both widths.
 * It does not guess: a number that only looks like a caller is none.
 */
#ifndef __UKARCH_X86_FRAMES_H__
#define __UKARCH_X86_FRAMES_H__

#include <uk/essentials.h>
#include <uk/plat/stack.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Call with a distance: one byte, then four of the distance. */
#define X86_CALL 0xe8
#define X86_CALL_BYTES 5
/* Functions without a frame are short. */
#define X86_FRAMELESS_BYTES 1024

/* The function that a call in front of this address leads to, or 0. */
static inline __uptr x86_called_before(__uptr address)
{
	const __u8 *code = (const __u8 *)(address - X86_CALL_BYTES);
	__u32 distance;

	if (code[0] != X86_CALL)
		return 0;
	distance = code[1] | code[2] << 8 | code[3] << 16
		| (__u32)code[4] << 24;
	return address + (__uptr)(__sptr)(__s32)distance;
}

/** Address after the call, which lies on top of the stack; 0 for none. */
static inline __uptr x86_frameless_caller(__uptr pc, __uptr sp)
{
	__uptr address, function;

	if (sp % sizeof(__uptr) || !ukplat_stack_holds(sp, sizeof(__uptr)))
		return 0;
	address = *(const __uptr *)sp;
	if (!ukplat_text_holds(address) ||
	    !ukplat_text_holds(address - X86_CALL_BYTES))
		return 0;
	/* A jump to nowhere has just been made. */
	if (!ukplat_text_holds(pc))
		return address;
	function = x86_called_before(address);
	return function <= pc && pc - function < X86_FRAMELESS_BYTES
		? address : 0;
}

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_X86_FRAMES_H__ */
