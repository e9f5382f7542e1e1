/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A copy that ends at the first byte that cannot be accessed. It is not fast:
 * four bytes at once, and one by one from where four have failed.
 */
#include <uk/arch/nofault.h>

	.cfi_sections .debug_frame

	.text
	.globl ukarch_nofault_copy
	.type ukarch_nofault_copy, @function
ukarch_nofault_copy:
	.cfi_startproc
	pushl %esi
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset esi, 0
	pushl %edi
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset edi, 0
	movl 12(%esp), %edi
	movl 16(%esp), %esi
	movl 20(%esp), %edx
	xorl %eax, %eax
1:	cmpl $4, %edx
	jb 4f
2:	movl (%esi, %eax), %ecx
3:	movl %ecx, (%edi, %eax)
	addl $4, %eax
	subl $4, %edx
	jmp 1b
4:	testl %edx, %edx
	jz 7f
5:	movb (%esi, %eax), %cl
6:	movb %cl, (%edi, %eax)
	incl %eax
	decl %edx
	jmp 4b
7:	popl %edi
	.cfi_adjust_cfa_offset -4
	.cfi_restore edi
	popl %esi
	.cfi_adjust_cfa_offset -4
	.cfi_restore esi
	ret
	.cfi_endproc
	.size ukarch_nofault_copy, . - ukarch_nofault_copy

	uk_may_fault 2b, 4b
	uk_may_fault 3b, 4b
	uk_may_fault 5b, 7b
	uk_may_fault 6b, 7b

	.section .note.GNU-stack, "", @progbits
