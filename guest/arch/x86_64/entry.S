/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the first instruction, in 32-bit mode as PVH has it, to C in long mode.
 * It does not look at what the loader says, which is the platform's business.
 */
#define PVH_MAGIC 0x336ec578
#define XEN_ELFNOTE_PHYS32_ENTRY 18
#define EFER 0xc0000080
#define STACK_BYTES 0x40000

	.cfi_sections .debug_frame

	.section .note.xen, "a", @note
	.balign 4
	.long 4, 8, XEN_ELFNOTE_PHYS32_ENTRY
	.asciz "Xen"
	.quad uk_boot_start

	.section .text.boot, "ax", @progbits
	.code32
	.globl uk_boot_start
	.type uk_boot_start, @function
uk_boot_start:
	cli
	cld
	lgdt boot_gdt_pointer
	movl $boot_pml4, %eax
	movl %eax, %cr3
	/* PAE, and SSE with its exceptions */
	movl $0x620, %eax
	movl %eax, %cr4
	movl $EFER, %ecx
	rdmsr
	/* long mode */
	orl $0x100, %eax
	wrmsr
	/* paging, write protection, native FPU errors, FPU there, protection */
	movl $0x80010033, %eax
	movl %eax, %cr0
	ljmp $0x08, $boot_long_mode
	.size uk_boot_start, . - uk_boot_start

	.code64
	.type boot_long_mode, @function
boot_long_mode:
	/* Nothing called this: a backtrace ends here. */
	.cfi_startproc
	.cfi_undefined rip
	movl $0x10, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs
	movl $uk_boot_stack_top, %esp
	fninit
	/* The end of the chain of frames. */
	xorl %ebp, %ebp
	movl $PVH_MAGIC, %edi
	movl %ebx, %esi
	call ukplat_start
1:	cli
	hlt
	jmp 1b
	.cfi_endproc
	.size boot_long_mode, . - boot_long_mode

	.data
	.balign 8
	.globl uk_boot_gdt
uk_boot_gdt:
	.quad 0
	.quad 0x00af9a000000ffff
	.quad 0x00cf92000000ffff
	/* Room for the descriptor of the task state, which traps.c fills. */
	.quad 0, 0
boot_gdt_end:
boot_gdt_pointer:
	.word boot_gdt_end - uk_boot_gdt - 1
	.long uk_boot_gdt
	.long 0

	/* One to one: the first 2 MiB in pages, the rest of 1 GiB in 2 MiB. */
	.balign 4096
boot_pml4:
	.quad boot_pdpt + 3
	.fill 511, 8, 0
boot_pdpt:
	.quad uk_boot_pd + 3
	.fill 511, 8, 0
	.globl uk_boot_pd
uk_boot_pd:
	.quad boot_pt + 3
	.set address, 0x200000
	.rept 511
	.quad address + 0x83
	.set address, address + 0x200000
	.endr
boot_pt:
	.set address, 0
	.rept 512
	.quad address + 3
	.set address, address + 0x1000
	.endr
	/* For the 2 MiB around a hole elsewhere. */
	.globl uk_boot_spare_pt
uk_boot_spare_pt:
	.fill 512, 8, 0

	.section .bss.stack, "aw", @nobits
	.balign 4096
	.globl uk_boot_stack_guard, uk_boot_stack, uk_boot_stack_top
uk_boot_stack_guard:
	.skip 4096
uk_boot_stack:
	.skip STACK_BYTES
uk_boot_stack_top:

	.section .note.GNU-stack, "", @progbits
