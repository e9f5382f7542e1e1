/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A copy that ends at the first byte that cannot be accessed. It is not fast:
 * eight bytes at once, and one by one from where eight have failed.
 */
#include <uk/arch/nofault.h>

	.cfi_sections .debug_frame

	.text
	.globl ukarch_nofault_copy
	.type ukarch_nofault_copy, @function
ukarch_nofault_copy:
	.cfi_startproc
	mov x3, xzr
1:	cmp x2, #8
	b.lo 4f
2:	ldr x4, [x1, x3]
3:	str x4, [x0, x3]
	add x3, x3, #8
	sub x2, x2, #8
	b 1b
4:	cbz x2, 7f
5:	ldrb w4, [x1, x3]
6:	strb w4, [x0, x3]
	add x3, x3, #1
	sub x2, x2, #1
	b 4b
7:	mov x0, x3
	ret
	.cfi_endproc
	.size ukarch_nofault_copy, . - ukarch_nofault_copy

	uk_may_fault 2b, 4b
	uk_may_fault 3b, 4b
	uk_may_fault 5b, 7b
	uk_may_fault 6b, 7b

	.section .note.GNU-stack, "", @progbits
