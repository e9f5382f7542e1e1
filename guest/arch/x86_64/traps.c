/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of exceptions, and the stack that their handlers run on.
 * No allocation and no printf(): this is fault path.
 */
#include <uk/arch/traps.h>
#include <uk/arch/x86/traps.h>

#define VECTOR_BYTES 16
#define CODE_SEGMENT 0x08
#define TASK_SEGMENT 0x18
#define INTERRUPT_GATE 0x8e
/* A trap in a handler gets the part of the stack below. */
#define LEVELS 4
#define LEVEL_BYTES 0x4000UL
#define STACK_BYTES (LEVELS * LEVEL_BYTES)

struct gate {
	__u16 offset_low, segment;
	__u8 stack, type;
	__u16 offset_middle;
	__u32 offset_high, zero;
} __packed;

struct task_state {
	__u32 reserved0;
	__u64 rsp[3];
	__u64 reserved1;
	__u64 ist[7];
	__u64 reserved2;
	__u16 reserved3, io_map;
} __packed;

struct table_pointer {
	__u16 limit;
	__u64 base;
} __packed;

static struct gate idt[X86_VECTORS];
static struct task_state task;
/*
 * Exceptions have their own stack, since the one of the code may be the very
 * thing that is used up. The processor begins at its top each time, so the
 * top moves down while a handler runs.
 */
static __u8 trap_stack[STACK_BYTES] __align16;

static void set_gate(unsigned int vector)
{
	__u64 offset = (__u64)uk_trap_vectors + vector * VECTOR_BYTES;

	idt[vector] = (struct gate){
		.offset_low = offset & 0xffff,
		.offset_middle = (offset >> 16) & 0xffff,
		.offset_high = offset >> 32,
		.segment = CODE_SEGMENT,
		.stack = 1,
		.type = INTERRUPT_GATE,
	};
}

static void set_task(void)
{
	__u64 base = (__u64)&task;
	__u64 limit = sizeof(task) - 1;

	task.ist[0] = (__u64)trap_stack + STACK_BYTES;
	task.io_map = sizeof(task);
	uk_boot_gdt[TASK_SEGMENT / 8] = limit | (base & 0xffffff) << 16
		| 0x89ULL << 40 | (base >> 24 & 0xff) << 56;
	uk_boot_gdt[TASK_SEGMENT / 8 + 1] = base >> 32;
	__asm__ __volatile__("ltr %w0" : : "r"(TASK_SEGMENT));
}

void ukarch_traps_init(void)
{
	struct table_pointer pointer = { sizeof(idt) - 1, (__u64)idt };
	unsigned int i;

	for (i = 0; i < X86_VECTORS; i++)
		set_gate(i);
	set_task();
	__asm__ __volatile__("lidt %0" : : "m"(pointer));
}

void ukarch_go_on(void (*entry)(void))
{
	entry();
	ukarch_stop();
}

int ukarch_traps_nest(void)
{
	return task.ist[0] - LEVEL_BYTES > (__u64)trap_stack;
}

/** Called by vectors.S; the code goes on where it returns. */
void uk_trap(struct __regs *regs, void *fp);
void uk_trap(struct __regs *regs, void *fp)
{
	unsigned long vaddr = x86_fault_address();
	int is_handled;

	if (task.ist[0] - LEVEL_BYTES <= (__u64)trap_stack)
		x86_crash(regs, vaddr);
	task.ist[0] -= LEVEL_BYTES;
	is_handled = x86_is_handled(regs, fp, vaddr);
	if (!is_handled)
		x86_crash(regs, vaddr);
	task.ist[0] += LEVEL_BYTES;
}
