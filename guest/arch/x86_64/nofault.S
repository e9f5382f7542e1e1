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
	xorl %eax, %eax
1:	cmpq $8, %rdx
	jb 4f
2:	movq (%rsi, %rax), %rcx
3:	movq %rcx, (%rdi, %rax)
	addq $8, %rax
	subq $8, %rdx
	jmp 1b
4:	testq %rdx, %rdx
	jz 7f
5:	movb (%rsi, %rax), %cl
6:	movb %cl, (%rdi, %rax)
	incq %rax
	decq %rdx
	jmp 4b
7:	ret
	.cfi_endproc
	.size ukarch_nofault_copy, . - ukarch_nofault_copy

	uk_may_fault 2b, 4b
	uk_may_fault 3b, 4b
	uk_may_fault 5b, 7b
	uk_may_fault 6b, 7b

	.section .note.GNU-stack, "", @progbits
