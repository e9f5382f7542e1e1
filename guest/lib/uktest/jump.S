/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Leaves a case from wherever it is: what setjmp() and longjmp() do, for the
 * three architectures. clang has no __builtin_setjmp() on arm64.
 */

	.text
	.globl	uktest_mark
	.globl	uktest_jump
	.type	uktest_mark, %function
	.type	uktest_jump, %function

#if defined(__x86_64__)

uktest_mark:
	popq	%rdx
	movq	%rbx, (%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	movq	%rsp, 48(%rdi)
	movq	%rdx, 56(%rdi)
	xorl	%eax, %eax
	jmp	*%rdx

uktest_jump:
	movq	(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	movq	48(%rdi), %rsp
	movl	$1, %eax
	jmp	*56(%rdi)

#elif defined(__i386__)

uktest_mark:
	popl	%edx
	movl	(%esp), %ecx
	movl	%ebx, (%ecx)
	movl	%esi, 4(%ecx)
	movl	%edi, 8(%ecx)
	movl	%ebp, 12(%ecx)
	movl	%esp, 16(%ecx)
	movl	%edx, 20(%ecx)
	xorl	%eax, %eax
	jmp	*%edx

uktest_jump:
	movl	4(%esp), %ecx
	movl	(%ecx), %ebx
	movl	4(%ecx), %esi
	movl	8(%ecx), %edi
	movl	12(%ecx), %ebp
	movl	16(%ecx), %esp
	movl	$1, %eax
	jmp	*20(%ecx)

#elif defined(__aarch64__)

uktest_mark:
	stp	x19, x20, [x0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x30, [x0, #80]
	mov	x1, sp
	str	x1, [x0, #96]
	stp	d8, d9, [x0, #104]
	stp	d10, d11, [x0, #120]
	stp	d12, d13, [x0, #136]
	stp	d14, d15, [x0, #152]
	mov	w0, #0
	ret

uktest_jump:
	ldp	x19, x20, [x0]
	ldp	x21, x22, [x0, #16]
	ldp	x23, x24, [x0, #32]
	ldp	x25, x26, [x0, #48]
	ldp	x27, x28, [x0, #64]
	ldp	x29, x30, [x0, #80]
	ldr	x1, [x0, #96]
	mov	sp, x1
	ldp	d8, d9, [x0, #104]
	ldp	d10, d11, [x0, #120]
	ldp	d12, d13, [x0, #136]
	ldp	d14, d15, [x0, #152]
	mov	w0, #1
	ret

#endif

	.section .note.GNU-stack, "", %progbits
