/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record, and
 * back again where it was handled. Call frame information leads a debugger
 * from here to the code that was interrupted.
 */
/* What fxsave writes: the registers that C uses for floating point. */
#define FLOAT_BYTES 512

	.cfi_sections .debug_frame

	/* What the processor pushes: ss, rsp, flags, cs and rip from the top. */
	.macro interrupted pushed
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_def_cfa rsp, 40 + \pushed
	.cfi_offset rip, -40
	.cfi_offset 49, -24
	.cfi_offset rsp, -16
	.endm

	.macro save register
	pushq %\register
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \register, 0
	.endm

	.text
	.macro vector number, has_error
	.balign 16
	interrupted 8*\has_error
	.if \has_error == 0
	pushq $0
	.cfi_adjust_cfa_offset 8
	.endif
	pushq $\number
	.cfi_adjust_cfa_offset 8
	jmp trap_common
	.cfi_endproc
	.endm

	/* Every entry is 16 bytes, so that traps.c can count. */
	.balign 16
	.globl uk_trap_vectors
uk_trap_vectors:
	.set number, 0
	.rept 48
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
	interrupted 16
	cld
	save rdi
	save rsi
	save rdx
	save rcx
	save rax
	save r8
	save r9
	save r10
	save r11
	save rbx
	save rbp
	save r12
	save r13
	save r14
	save r15
	movq %rsp, %rdi
	/* A register that C keeps, so that the record is found from there. */
	movq %rsp, %rbx
	.cfi_def_cfa_register rbx
	xorl %ebp, %ebp
	andq $-16, %rsp
	subq $FLOAT_BYTES, %rsp
	fxsave (%rsp)
	movq %rsp, %rsi
	call uk_trap
	/* Handled: the code goes on with what the record says now. */
	fxrstor (%rsp)
	movq %rbx, %rsp
	.cfi_def_cfa_register rsp
	.irp register, r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, \
		rcx, rdx, rsi, rdi
	popq %\register
	.cfi_adjust_cfa_offset -8
	.cfi_restore \register
	.endr
	addq $16, %rsp
	.cfi_adjust_cfa_offset -16
	iretq
	.cfi_endproc
	.size trap_common, . - trap_common

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
	.cfi_startproc
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
	.cfi_adjust_cfa_offset 8
	popq 152(%rdi)
	.cfi_adjust_cfa_offset -8
	leaq 8(%rsp), %rax
	movq %rax, 160(%rdi)
	movq $0, 168(%rdi)
	movw %ss, 168(%rdi)
	ret
	.cfi_endproc
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
