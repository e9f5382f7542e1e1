/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record.
 * It does not return, since no exception is handled.
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
	 * The processor pushed flags, segment, address, error code, and in
	 * front of them the stack of the code where that is of another level.
	 * If not, the record gets it below: it is what lies after.
	 */
	.type trap_common, @function
trap_common:
	cld
	pushal
	movl $0x10, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %esp, %eax
	testb $3, 44(%esp)
	jnz 1f
	movl %esp, %esi
	subl $60, %esp
	movl %esp, %edi
	movl $13, %ecx
	rep movsl
	movl %esi, 0(%edi)
	movl %ss, %eax
	movl %eax, 4(%edi)
	movl %esp, %eax
1:	xorl %ebp, %ebp
	andl $-16, %esp
	subl $12, %esp
	pushl %eax
	call uk_trap
2:	cli
	hlt
	jmp 2b
	.size trap_common, . - trap_common

	/* Goes on at level 1, with ports, on the boot's stack from its top. */
	.globl ukarch_go_on
	.type ukarch_go_on, @function
ukarch_go_on:
	movl 4(%esp), %edx
	movl $uk_boot_stack_top, %ecx
	pushl $0x31
	pushl %ecx
	pushl $0x1002
	pushl $0x29
	pushl $1f
	movl $0x31, %eax
	movl %eax, %ds
	movl %eax, %es
	iret
1:	xorl %ebp, %ebp
	call *%edx
2:	jmp 2b
	.size ukarch_go_on, . - ukarch_go_on

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
