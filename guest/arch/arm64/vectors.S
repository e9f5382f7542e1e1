/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record, and
 * back again where it was handled. Call frame information leads a debugger
 * from here to the code that was interrupted.
 */
/* The record is struct __regs: 36 registers. */
#define RECORD_BYTES 288
/* The registers of floating point, which C uses: two, and 32 of 16 bytes. */
#define FLOAT_BYTES 528
/* In call frame information: the program counter, which is not in x30. */
#define DWARF_PC 32

	.cfi_sections .debug_frame

	.macro float_all op
	\op q0, q1, [sp, #16]
	\op q2, q3, [sp, #48]
	\op q4, q5, [sp, #80]
	\op q6, q7, [sp, #112]
	\op q8, q9, [sp, #144]
	\op q10, q11, [sp, #176]
	\op q12, q13, [sp, #208]
	\op q14, q15, [sp, #240]
	\op q16, q17, [sp, #272]
	\op q18, q19, [sp, #304]
	\op q20, q21, [sp, #336]
	\op q22, q23, [sp, #368]
	\op q24, q25, [sp, #400]
	\op q26, q27, [sp, #432]
	\op q28, q29, [sp, #464]
	\op q30, q31, [sp, #496]
	.endm

	.text
	/* Which of the sixteen it was goes to x0, once that is saved. */
	.macro vector number
	.balign 0x80
	sub sp, sp, #RECORD_BYTES
	str x0, [sp, #0]
	mov x0, #\number
	b trap_common
	.endm

	.balign 0x800
	.globl uk_trap_vectors
uk_trap_vectors:
	/*
	 * Until here the address was in elr_el1 alone, which no rule can name:
	 * a backtrace from an earlier instruction is none.
	 */
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vector \number
	.endr

	.type trap_common, @function
trap_common:
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_return_column DWARF_PC
	.cfi_def_cfa sp, RECORD_BYTES
	str x1, [sp, #8]
	stp x2, x3, [sp, #16]
	stp x4, x5, [sp, #32]
	stp x6, x7, [sp, #48]
	stp x8, x9, [sp, #64]
	stp x10, x11, [sp, #80]
	stp x12, x13, [sp, #96]
	stp x14, x15, [sp, #112]
	stp x16, x17, [sp, #128]
	stp x18, x19, [sp, #144]
	stp x20, x21, [sp, #160]
	stp x22, x23, [sp, #176]
	stp x24, x25, [sp, #192]
	stp x26, x27, [sp, #208]
	stp x28, x29, [sp, #224]
	/* The first four are of the stack that all code but this one uses. */
	mrs x2, sp_el0
	cmp x0, #4
	b.lo 1f
	add x2, sp, #RECORD_BYTES
1:	stp x30, x2, [sp, #240]
	mrs x2, elr_el1
	mrs x3, spsr_el1
	stp x2, x3, [sp, #256]
	mrs x2, esr_el1
	mrs x3, far_el1
	stp x2, x3, [sp, #272]
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, \
		17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32
	.cfi_rel_offset \number, 8*\number
	.endr
	/* Two that C keeps: the record, and which of the sixteen it was. */
	mov x19, sp
	.cfi_def_cfa_register x19
	mov x20, x0
	sub sp, sp, #FLOAT_BYTES
	float_all stp
	mrs x2, fpsr
	mrs x3, fpcr
	stp x2, x3, [sp, #0]
	mov x2, sp
	mov x1, x20
	mov x0, x19
	mov x29, xzr
	mov x30, xzr
	bl uk_trap
	/* Handled: the code goes on with what the record says now. */
	ldp x2, x3, [sp, #0]
	msr fpsr, x2
	msr fpcr, x3
	float_all ldp
	mov sp, x19
	ldp x2, x3, [sp, #256]
	msr elr_el1, x2
	msr spsr_el1, x3
	cmp x20, #4
	b.hs 2f
	ldr x2, [sp, #248]
	msr sp_el0, x2
2:	ldp x2, x3, [sp, #16]
	ldp x4, x5, [sp, #32]
	ldp x6, x7, [sp, #48]
	ldp x8, x9, [sp, #64]
	ldp x10, x11, [sp, #80]
	ldp x12, x13, [sp, #96]
	ldp x14, x15, [sp, #112]
	ldp x16, x17, [sp, #128]
	ldp x18, x19, [sp, #144]
	ldp x20, x21, [sp, #160]
	ldp x22, x23, [sp, #176]
	ldp x24, x25, [sp, #192]
	ldp x26, x27, [sp, #208]
	ldp x28, x29, [sp, #224]
	ldr x30, [sp, #240]
	ldp x0, x1, [sp, #0]
	add sp, sp, #RECORD_BYTES
	eret
	.cfi_endproc
	.size trap_common, . - trap_common

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
	.cfi_startproc
	stp x0, x1, [x0, #0]
	stp x2, x3, [x0, #16]
	stp x4, x5, [x0, #32]
	stp x6, x7, [x0, #48]
	stp x8, x9, [x0, #64]
	stp x10, x11, [x0, #80]
	stp x12, x13, [x0, #96]
	stp x14, x15, [x0, #112]
	stp x16, x17, [x0, #128]
	stp x18, x19, [x0, #144]
	stp x20, x21, [x0, #160]
	stp x22, x23, [x0, #176]
	stp x24, x25, [x0, #192]
	stp x26, x27, [x0, #208]
	stp x28, x29, [x0, #224]
	mov x1, sp
	stp x30, x1, [x0, #240]
	mrs x1, nzcv
	stp x30, x1, [x0, #256]
	stp xzr, xzr, [x0, #272]
	ret
	.cfi_endproc
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
