/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first instructions of every exception: all registers into a record.
 * It does not return, since no exception is handled.
 */
/* The record is struct __regs: 36 registers. */
#define RECORD_BYTES 288

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
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vector \number
	.endr

	.type trap_common, @function
trap_common:
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
	mov x1, x0
	mov x0, sp
	mov x29, xzr
	mov x30, xzr
	bl uk_trap
2:	wfi
	b 2b
	.size trap_common, . - trap_common

	.globl ukarch_capture
	.type ukarch_capture, @function
ukarch_capture:
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
	.size ukarch_capture, . - ukarch_capture

	.section .note.GNU-stack, "", @progbits
