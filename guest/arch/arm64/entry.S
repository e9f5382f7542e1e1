/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the first instruction, at EL1 without MMU, to C with it.
 * It does not look at the device tree, which is the platform's business.
 */
#define STACK_BYTES 0x40000
#define EXCEPTION_STACK_BYTES 0x10000

/* 0: normal memory, write back; 1: device */
#define MAIR 0x00ff
#define NORMAL 0x701
#define DEVICE 0x60000000000405
/* 48 bits of address, 4 KiB pages, cached walks, no upper half */
#define TCR 0x100803510
/* MMU, caches, and what always is set; no check of alignment */
#define SCTLR 0x30d0180d

	.cfi_sections .debug_frame

	.section .text.boot, "ax", @progbits
	.globl uk_boot_start
	.type uk_boot_start, @function
uk_boot_start:
	/* Nothing called this: a backtrace ends here. */
	.cfi_startproc
	.cfi_undefined x30
	msr daifset, #15
	/* Floating point from the first C function on. */
	mov x1, #(3 << 20)
	msr cpacr_el1, x1
	ldr x1, =MAIR
	msr mair_el1, x1
	ldr x1, =TCR
	msr tcr_el1, x1
	adrp x1, boot_l0
	msr ttbr0_el1, x1
	tlbi vmalle1
	dsb nsh
	isb
	ldr x1, =SCTLR
	msr sctlr_el1, x1
	isb
	/*
	 * Exceptions use the stack of EL1, all else that of EL0: so a stack
	 * that is used up can be told of.
	 */
	ldr x1, =exception_stack_top
	mov sp, x1
	msr spsel, #0
	ldr x1, =uk_boot_stack_top
	mov sp, x1
	/* The end of the chain of frames. */
	mov x29, xzr
	mov x30, xzr
	bl ukplat_start
1:	wfi
	b 1b
	.cfi_endproc
	.size uk_boot_start, . - uk_boot_start

	.data
	/* One to one: two of four GiB, by tables of 2 MiB. */
	.balign 4096
boot_l0:
	.quad boot_l1 + 3
	.fill 511, 8, 0
boot_l1:
	.quad boot_l2_devices + 3
	.quad uk_boot_l2 + 3
	.fill 510, 8, 0
boot_l2_devices:
	/* Only 2 MiB each: interrupts at 0x08000000, the port at 0x09000000. */
	.fill 64, 8, 0
	.quad 0x08000000 + DEVICE
	.fill 7, 8, 0
	.quad 0x09000000 + DEVICE
	.fill 439, 8, 0
	.globl uk_boot_l2
uk_boot_l2:
	.set address, 0x40000000
	.rept 512
	.quad address + NORMAL
	.set address, address + 0x200000
	.endr
	/* For the 2 MiB around a hole. */
	.globl uk_boot_spare_l3
uk_boot_spare_l3:
	.fill 512, 8, 0

	.section .bss.stack, "aw", @nobits
	.balign 4096
	.globl uk_boot_stack_guard, uk_boot_stack, uk_boot_stack_top
uk_boot_stack_guard:
	.skip 4096
uk_boot_stack:
	.skip STACK_BYTES
uk_boot_stack_top:
	.skip EXCEPTION_STACK_BYTES
exception_stack_top:

	.section .note.GNU-stack, "", @progbits
