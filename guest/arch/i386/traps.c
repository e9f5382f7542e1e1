/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of exceptions, and the stack that their handlers run on.
 * No allocation and no printf(): this is fault path.
 */
#include <uk/arch/paging.h>
#include <uk/arch/traps.h>
#include <uk/arch/x86/traps.h>

#define VECTOR_BYTES 16
#define GENERAL_PROTECTION 13
#define CODE_SEGMENT 0x08
#define DATA_SEGMENT 0x10
#define TASK_SEGMENT 0x18
/* The software exceptions may come from all privilege levels. */
#define INTERRUPT_GATE 0xee
/* A trap in a handler stays on its stack: room for a few of them. */
#define LEVELS 4
/* Of a selector: 0 may do everything. */
#define PRIVILEGE 3
#define STACK_BYTES 0x10000
#define HLT 0xf4

struct gate {
	__u16 offset_low, segment;
	__u8 zero, type;
	__u16 offset_high;
} __packed;

struct task_state {
	__u32 link, esp0, ss0, esp1, ss1, esp2, ss2;
	__u32 cr3, eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
	__u32 es, cs, ss, ds, fs, gs, ldt;
	__u16 trap, io_map;
} __packed;

struct table_pointer {
	__u16 limit;
	__u32 base;
} __packed;

static struct gate idt[X86_VECTORS];
static struct task_state task;
static __u8 trap_stack[STACK_BYTES] __align16;

static void set_gate(unsigned int vector)
{
	__u32 offset = (__u32)uk_trap_vectors + vector * VECTOR_BYTES;

	idt[vector] = (struct gate){
		.offset_low = offset & 0xffff,
		.offset_high = offset >> 16,
		.segment = CODE_SEGMENT,
		.type = INTERRUPT_GATE,
	};
}

/*
 * An exception changes to another stack only where it changes the privilege.
 * So all but the boot runs at level 1, which for memory is as good as level 0:
 * then a stack that is used up can still be told of.
 */
static void set_task(void)
{
	__u64 base = (__u32)&task;

	task.esp0 = (__u32)trap_stack + STACK_BYTES;
	task.ss0 = DATA_SEGMENT;
	task.io_map = sizeof(task);
	uk_boot_gdt[TASK_SEGMENT / 8] = (sizeof(task) - 1)
		| (base & 0xffffff) << 16 | 0x89ULL << 40
		| (base >> 24 & 0xff) << 56;
	__asm__ __volatile__("ltr %w0" : : "r"(TASK_SEGMENT));
}

void ukarch_traps_init(void)
{
	struct table_pointer pointer = { sizeof(idt) - 1, (__u32)idt };
	unsigned int i;

	for (i = 0; i < X86_VECTORS; i++)
		set_gate(i);
	set_task();
	__asm__ __volatile__("lidt %0" : : "m"(pointer));
}

/*
 * The two instructions of level 0 that code of a library may use. This one
 * stops for ever, which is what the code wanted.
 */
static int wants_to_stop(const struct __regs *regs)
{
	return regs->vector == GENERAL_PROTECTION && regs->error == 0 &&
		*(const __u8 *)regs->eip == HLT;
}

/*
 * Stops for ever as if the code had called this: who looks for the callers of
 * the processor from outside finds the code, and not the way of a trap.
 */
static void __noreturn ukarch_stop_for(const struct __regs *regs)
{
	__asm__ __volatile__("mov %0, %%esp\n\tpush %1\n\tpush %2\n"
			     "\tmov %%esp, %%ebp\n"
			     "1:\tcli\n\thlt\n\tjmp 1b"
			     : : "r"(regs->esp), "r"(regs->eip + 1),
			     "r"(regs->ebp) : "memory");
	__builtin_unreachable();
}

/* `mov %eax, %cr3` has the processor see changed tables: paging.c of x86. */
static int wants_to_flush(const struct __regs *regs)
{
	static const __u8 flush[] = { 0x0f, 0x22, 0xd8 };
	const __u8 *code = (const __u8 *)regs->eip;
	unsigned int i;

	if (regs->vector != GENERAL_PROTECTION || regs->error != 0 ||
	    regs->eax != (__uptr)ukarch_paging_root())
		return 0;
	for (i = 0; i < sizeof(flush) && code[i] == flush[i]; i++)
		;
	return i == sizeof(flush);
}

static unsigned int level;

int ukarch_traps_nest(void)
{
	__u16 segment;

	/* A handler has the privilege; the code stops for ever instead. */
	__asm__ __volatile__("mov %%cs, %0" : "=r"(segment));
	return !(segment & PRIVILEGE) && level < LEVELS;
}

/** Called by vectors.S; the code goes on where it returns. */
void uk_trap(struct __regs *regs, void *fp);
void uk_trap(struct __regs *regs, void *fp)
{
	unsigned long vaddr = x86_fault_address();

	if (wants_to_stop(regs))
		ukarch_stop_for(regs);
	if (wants_to_flush(regs)) {
		ukarch_paging_flush();
		regs->eip += 3;
		return;
	}
	if (level == LEVELS)
		x86_crash(regs, vaddr);
	level++;
	if (!x86_is_handled(regs, fp, vaddr))
		x86_crash(regs, vaddr);
	level--;
}
