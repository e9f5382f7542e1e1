/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record.
 * It refuses to return, since no exception is handled.
 */
	.text
	.macro vector number, has_error
	.balign 16
	.if \has_error == 0
	pushl $0
	.endif
	pushl $\number
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

	/*
	 * The processor pushed flags, segment, address, error code; behind
	 * them is the stack of the code. The record wants that and its segment
	 * as well, so it is built below.
	 */
	.type trap_common, @function
trap_common:
	cld
	pushal
	movl %esp, %esi
	subl $60, %esp
	movl %esp, %edi
	movl $13, %ecx
	rep movsl
	/* %esi is what the stack pointer was, %edi the last two of the record. */
	movl %esi, 0(%edi)
	movl %ss, %eax
	movl %eax, 4(%edi)
	movl %esp, %eax
	xorl %ebp, %ebp
	andl $-16, %esp
	subl $12, %esp
	pushl %eax
	call uk_trap
1:	cli
	hlt
	jmp 1b
	.size trap_common, . - trap_common

	/* A double fault starts here as a task of its own, on a good stack. */
	.globl uk_trap_double_fault
	.type uk_trap_double_fault, @function
uk_trap_double_fault:
	cld
	/* The switch of tasks forbade floating point, which C may use. */
	clts
	xorl %ebp, %ebp
	andl $-16, %esp
	call uk_trap_from_task
1:	cli
	hlt
	jmp 1b
	.size uk_trap_double_fault, . - uk_trap_double_fault

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
	pushl %eax
	movl 8(%esp), %eax
	movl %edi, 0(%eax)
	movl %esi, 4(%eax)
	movl %ebp, 8(%eax)
	movl $0, 12(%eax)
	movl %ebx, 16(%eax)
	movl %edx, 20(%eax)
	movl %ecx, 24(%eax)
	popl 28(%eax)
	movl $0, 32(%eax)
	movl $0, 36(%eax)
	movl (%esp), %ecx
	movl %ecx, 40(%eax)
	movl $0, 44(%eax)
	movw %cs, 44(%eax)
	pushfl
	popl 48(%eax)
	leal 4(%esp), %ecx
	movl %ecx, 52(%eax)
	movl $0, 56(%eax)
	movw %ss, 56(%eax)
	ret
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
