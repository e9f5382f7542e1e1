/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Switching of stacks: what a call has to keep goes on the stack that is left.
 * Signal masks and control words are left alone.
 */

	.text

#if defined(__i386__)

	.globl	ukarch_ctx_switch
	.type	ukarch_ctx_switch, @function
ukarch_ctx_switch:
	movl	4(%esp), %eax
	movl	8(%esp), %edx
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	pushl	%ebp
	movl	$1f, 0(%eax)
	movl	%esp, 4(%eax)
	movl	4(%edx), %esp
	jmp	*0(%edx)
1:	popl	%ebp
	popl	%edi
	popl	%esi
	popl	%ebx
	ret
	.size	ukarch_ctx_switch, . - ukarch_ctx_switch

	.globl	ukarch_ctx_jump
	.type	ukarch_ctx_jump, @function
ukarch_ctx_jump:
	movl	4(%esp), %edx
	movl	4(%edx), %esp
	jmp	*0(%edx)
	.size	ukarch_ctx_jump, . - ukarch_ctx_jump

	.globl	uk_ctx_start_clear
	.globl	uk_ctx_start
uk_ctx_start_clear:
	xorl	%ebx, %ebx
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%esi, %esi
	xorl	%edi, %edi
	xorl	%ebp, %ebp
uk_ctx_start:
	/* The arguments are on the stack that is gone to. */
	movl	12(%esp), %eax
	movl	8(%esp), %esp
	jmp	*%eax

#elif defined(__x86_64__)

	.globl	ukarch_ctx_switch
	.type	ukarch_ctx_switch, @function
ukarch_ctx_switch:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	$1f, 0(%rdi)
	movq	%rsp, 8(%rdi)
	movq	8(%rsi), %rsp
	jmp	*0(%rsi)
1:	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret
	.size	ukarch_ctx_switch, . - ukarch_ctx_switch

	.globl	ukarch_ctx_jump
	.type	ukarch_ctx_jump, @function
ukarch_ctx_jump:
	movq	8(%rdi), %rsp
	jmp	*0(%rdi)
	.size	ukarch_ctx_jump, . - ukarch_ctx_jump

	.globl	uk_ctx_start_clear
	.globl	uk_ctx_start
uk_ctx_start_clear:
	xorl	%ebx, %ebx
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%ebp, %ebp
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	xorl	%r12d, %r12d
	xorl	%r13d, %r13d
	xorl	%r14d, %r14d
	xorl	%r15d, %r15d
uk_ctx_start:
	movq	0(%rsp), %rdi
	movq	8(%rsp), %rsi
	movq	24(%rsp), %rax
	movq	16(%rsp), %rsp
	jmp	*%rax

#elif defined(__aarch64__)

	.globl	ukarch_ctx_switch
	.type	ukarch_ctx_switch, %function
ukarch_ctx_switch:
	sub	sp, sp, #160
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
	adr	x9, 1f
	mov	x10, sp
	stp	x9, x10, [x0]
	ldp	x16, x17, [x1]
	mov	sp, x17
	br	x16
1:	ldp	x19, x20, [sp, #0]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	add	sp, sp, #160
	ret
	.size	ukarch_ctx_switch, . - ukarch_ctx_switch

	.globl	ukarch_ctx_jump
	.type	ukarch_ctx_jump, %function
ukarch_ctx_jump:
	ldp	x16, x17, [x0]
	mov	sp, x17
	br	x16
	.size	ukarch_ctx_jump, . - ukarch_ctx_jump

	.globl	uk_ctx_start_clear
	.globl	uk_ctx_start
uk_ctx_start_clear:
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19
	mov	x\n, xzr
	.endr
	.irp	n, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
	mov	x\n, xzr
	.endr
uk_ctx_start:
	ldp	x0, x1, [sp, #0]
	ldp	x16, x17, [sp, #16]
	mov	sp, x16
	br	x17

#endif

	.section .note.GNU-stack, "", %progbits
