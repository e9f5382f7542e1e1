/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * uk_suite_keep(store, load, out): has 1, 2, 3 and so on in the registers that
 * a call keeps, switches, and writes down what they are after it.
 */

	.text
	.globl	uk_suite_keep

#if defined(__i386__)

uk_suite_keep:
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	pushl	%ebp
	movl	20(%esp), %ecx
	movl	24(%esp), %eax
	movl	$1, %ebx
	movl	$2, %esi
	movl	$3, %edi
	movl	$4, %ebp
	pushl	%eax
	pushl	%ecx
	call	ukarch_ctx_switch
	addl	$8, %esp
	movl	28(%esp), %eax
	movl	%ebx, 0(%eax)
	movl	%esi, 4(%eax)
	movl	%edi, 8(%eax)
	movl	%ebp, 12(%eax)
	popl	%ebp
	popl	%edi
	popl	%esi
	popl	%ebx
	ret

#elif defined(__x86_64__)

uk_suite_keep:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	pushq	%rdx
	movq	$1, %rbx
	movq	$2, %rbp
	movq	$3, %r12
	movq	$4, %r13
	movq	$5, %r14
	movq	$6, %r15
	call	ukarch_ctx_switch
	popq	%rdx
	movq	%rbx, 0(%rdx)
	movq	%rbp, 8(%rdx)
	movq	%r12, 16(%rdx)
	movq	%r13, 24(%rdx)
	movq	%r14, 32(%rdx)
	movq	%r15, 40(%rdx)
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret

#elif defined(__aarch64__)

uk_suite_keep:
	sub	sp, sp, #176
	stp	x19, x20, [sp, #0]
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	str	x2, [sp, #160]
	.irp	n, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
	mov	x\n, #(\n - 18)
	.endr
	.irp	n, 8, 9, 10, 11, 12, 13, 14, 15
	mov	x9, #(\n + 4)
	fmov	d\n, x9
	.endr
	bl	ukarch_ctx_switch
	ldr	x2, [sp, #160]
	.irp	n, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
	str	x\n, [x2, #((\n - 19) * 8)]
	.endr
	.irp	n, 8, 9, 10, 11, 12, 13, 14, 15
	str	d\n, [x2, #((\n + 3) * 8)]
	.endr
	ldp	x19, x20, [sp, #0]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	add	sp, sp, #176
	ret

#endif

	.section .note.GNU-stack, "", %progbits
