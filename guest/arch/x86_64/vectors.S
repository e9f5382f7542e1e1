/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record.
 * It does not return, since no exception is handled.
 */
	.text
	.macro vector number, has_error
	.balign 16
	.if \has_error == 0
	pushq $0
	.endif
	pushq $\number
	jmp trap_common
	.endm

	/* Every entry is 16 bytes, so that traps.c can count. */
	.balign 16
	.globl uk_trap_vectors
uk_trap_vectors:
	.set number, 0
	.rept 32
	.if number == 8 || (number >= 10 && number <= 14) || number == 17 || \
	    number == 21 || number == 29 || number == 30
	vector number, 1
	.else
	vector number, 0
	.endif
	.set number, number + 1
	.endr

	.type trap_common, @function
trap_common:
	cld
	pushq %rdi
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %rax
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, %rdi
	xorl %ebp, %ebp
	andq $-16, %rsp
	call uk_trap
1:	cli
	hlt
	jmp 1b
	.size trap_common, . - trap_common

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
	movq %r15, 0(%rdi)
	movq %r14, 8(%rdi)
	movq %r13, 16(%rdi)
	movq %r12, 24(%rdi)
	movq %rbp, 32(%rdi)
	movq %rbx, 40(%rdi)
	movq %r11, 48(%rdi)
	movq %r10, 56(%rdi)
	movq %r9, 64(%rdi)
	movq %r8, 72(%rdi)
	movq %rax, 80(%rdi)
	movq %rcx, 88(%rdi)
	movq %rdx, 96(%rdi)
	movq %rsi, 104(%rdi)
	movq %rdi, 112(%rdi)
	movq $0, 120(%rdi)
	movq $0, 128(%rdi)
	movq (%rsp), %rax
	movq %rax, 136(%rdi)
	movq $0, 144(%rdi)
	movw %cs, 144(%rdi)
	pushfq
	popq 152(%rdi)
	leaq 8(%rsp), %rax
	movq %rax, 160(%rdi)
	movq $0, 168(%rdi)
	movw %ss, 168(%rdi)
	ret
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
