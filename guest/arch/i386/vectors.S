/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record, and
 * back again where it was handled. Call frame information leads a debugger
 * from here to the code that was interrupted.
 */
/* What fxsave writes: the registers that C uses for floating point. */
#define FLOAT_BYTES 512
/* Data for code of level 1. */
#define DATA_OF_CODE 0x31

	.cfi_sections .debug_frame

	/*
	 * What the processor pushes on the stack of code of its own level:
	 * flags, cs and eip from the top.
	 */
	.macro interrupted pushed
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_def_cfa esp, 12 + \pushed
	.cfi_offset eip, -12
	.cfi_offset 9, -4
	.endm

	.text
	.macro vector number, has_error
	.balign 16
	interrupted 4*\has_error
	.if \has_error == 0
	pushl $0
	.cfi_adjust_cfa_offset 4
	.endif
	pushl $\number
	.cfi_adjust_cfa_offset 4
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

	/*
	 * The processor pushed flags, segment, address, error code, and in
	 * front of them the stack of the code where that is of another level.
	 * If not, the record gets it below: it is what lies after.
	 */
	.type trap_common, @function
trap_common:
	interrupted 8
	cld
	pushal
	.cfi_adjust_cfa_offset 32
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
	/*
	 * A register that C keeps, so that the record is found from there. It
	 * is whole now, with the stack of the code at 52.
	 */
1:	movl %eax, %ebx
	.cfi_def_cfa ebx, 60
	.cfi_rel_offset edi, 0
	.cfi_rel_offset esi, 4
	.cfi_rel_offset ebp, 8
	.cfi_rel_offset ebx, 16
	.cfi_rel_offset edx, 20
	.cfi_rel_offset ecx, 24
	.cfi_rel_offset eax, 28
	.cfi_rel_offset eip, 40
	.cfi_rel_offset 9, 48
	.cfi_rel_offset esp, 52
	xorl %ebp, %ebp
	andl $-16, %esp
	subl $FLOAT_BYTES, %esp
	fxsave (%esp)
	movl %esp, %ecx
	subl $8, %esp
	pushl %ecx
	pushl %eax
	call uk_trap
	/* Handled: the code goes on with what the record says now. */
	addl $16, %esp
	fxrstor (%esp)
	movl %ebx, %esp
	testb $3, 44(%esp)
	jnz 3f
	/*
	 * Of the same level: iret takes no stack, so the three words that it
	 * takes go below that of the code, and a register below them.
	 */
	movl 52(%esp), %eax
	subl $12, %eax
	.irp at, 0, 4, 8
	movl 40+\at(%esp), %ecx
	movl %ecx, \at(%eax)
	.endr
	movl 28(%esp), %ecx
	movl %ecx, -4(%eax)
	movl 0(%esp), %edi
	movl 4(%esp), %esi
	movl 8(%esp), %ebp
	movl 16(%esp), %ebx
	movl 20(%esp), %edx
	movl 24(%esp), %ecx
	movl %eax, %esp
	movl -4(%esp), %eax
	iret
3:	movl $DATA_OF_CODE, %eax
	movl %eax, %ds
	movl %eax, %es
	popal
	addl $8, %esp
	iret
	.cfi_endproc
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
	/* Nothing called what follows: a backtrace ends here. */
	.cfi_startproc
	.cfi_undefined eip
1:	xorl %ebp, %ebp
	call *%edx
2:	jmp 2b
	.cfi_endproc
	.size ukarch_go_on, . - ukarch_go_on

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
	.cfi_startproc
	pushl %eax
	.cfi_adjust_cfa_offset 4
	movl 8(%esp), %eax
	movl %edi, 0(%eax)
	movl %esi, 4(%eax)
	movl %ebp, 8(%eax)
	movl $0, 12(%eax)
	movl %ebx, 16(%eax)
	movl %edx, 20(%eax)
	movl %ecx, 24(%eax)
	popl 28(%eax)
	.cfi_adjust_cfa_offset -4
	movl $0, 32(%eax)
	movl $0, 36(%eax)
	movl (%esp), %ecx
	movl %ecx, 40(%eax)
	movl $0, 44(%eax)
	movw %cs, 44(%eax)
	pushfl
	.cfi_adjust_cfa_offset 4
	popl 48(%eax)
	.cfi_adjust_cfa_offset -4
	leal 4(%esp), %ecx
	movl %ecx, 52(%eax)
	movl $0, 56(%eax)
	movw %ss, 56(%eax)
	ret
	.cfi_endproc
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
