/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one routine that may fault and goes on nevertheless, and the table that
 * says where. What is made of it is the business of lib/uknofault.
 */
#ifndef __UKARCH_NOFAULT_H__
#define __UKARCH_NOFAULT_H__

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __ASSEMBLER__
/* A fault at `at` goes on at `to`; each number is relative to itself. */
	.macro uk_may_fault at, to
	.pushsection .uk_excpttab, "a", %progbits
	.balign 4
	.long \at - .
	.long \to - .
	.popsection
	.endm
#else
#include <uk/essentials.h>

/** An instruction that may fault, relative to the fields themselves. */
struct ukarch_excpt_entry {
	__s32 at;
	__s32 to;
};

/**
 * Copies bytes, ascending, up to the first that cannot be read or written.
 *
 * @return number of bytes copied
 */
__sz ukarch_nofault_copy(void *dst, const void *src, __sz len);

/* Of the linker script. */
extern const struct ukarch_excpt_entry uk_excpttab_start[], uk_excpttab_end[];
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_NOFAULT_H__ */
