/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From the first instruction, as multiboot has it, to C with paging.
 * It does not look at what the loader says, which is the platform's business.
 */
#define MULTIBOOT_HEADER 0x1badb002
/* Modules on page boundaries, and a map of the memory. */
#define MULTIBOOT_FLAGS 0x3
#define STACK_BYTES 0x40000

	.cfi_sections .debug_frame

	.section .text.boot, "ax", @progbits
	.balign 4
	.long MULTIBOOT_HEADER
	.long MULTIBOOT_FLAGS
	.long -(MULTIBOOT_HEADER + MULTIBOOT_FLAGS)

	.globl uk_boot_start
	.type uk_boot_start, @function
uk_boot_start:
	/* Nothing called this: a backtrace ends here. */
	.cfi_startproc
	.cfi_undefined eip
	cli
	cld
	movl %eax, %esi
	/* A loader may leave no table of segments at all: own one first. */
	lgdt boot_gdt_pointer
	ljmp $0x08, $1f
1:	movl $0x10, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs
	movl $uk_boot_pd, %eax
	movl %eax, %cr3
	/* Large pages, and SSE with its exceptions */
	movl $0x610, %eax
	movl %eax, %cr4
	/* paging, write protection, native FPU errors, FPU there, protection */
	movl $0x80010033, %eax
	movl %eax, %cr0
	movl $uk_boot_stack_top, %esp
	fninit
	/* The end of the chain of frames. */
	xorl %ebp, %ebp
	subl $8, %esp
	pushl %ebx
	pushl %esi
	call ukplat_start
2:	cli
	hlt
	jmp 2b
	.cfi_endproc
	.size uk_boot_start, . - uk_boot_start

	.data
	.balign 8
	.globl uk_boot_gdt
uk_boot_gdt:
	.quad 0
	.quad 0x00cf9a000000ffff
	.quad 0x00cf92000000ffff
	/* Room for the descriptor of the task state, which traps.c fills. */
	.quad 0, 0
	/* The same two for level 1. */
	.quad 0x00cfba000000ffff
	.quad 0x00cfb2000000ffff
boot_gdt_end:
boot_gdt_pointer:
	.word boot_gdt_end - uk_boot_gdt - 1
	.long uk_boot_gdt

	/* One to one: the first 4 MiB in pages, the rest of 1 GiB in 4 MiB. */
	.balign 4096
	.globl uk_boot_pd
uk_boot_pd:
	.long boot_pt + 3
	.set address, 0x400000
	.rept 255
	.long address + 0x83
	.set address, address + 0x400000
	.endr
	.fill 768, 4, 0
boot_pt:
	.set address, 0
	.rept 1024
	.long address + 3
	.set address, address + 0x1000
	.endr
	/* For the 4 MiB around a hole elsewhere. */
	.globl uk_boot_spare_pt
uk_boot_spare_pt:
	.fill 1024, 4, 0

	.section .bss.stack, "aw", @nobits
	.balign 4096
	.globl uk_boot_stack_guard, uk_boot_stack, uk_boot_stack_top
uk_boot_stack_guard:
	.skip 4096
uk_boot_stack:
	.skip STACK_BYTES
uk_boot_stack_top:

	.section .note.GNU-stack, "", @progbits
