/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of exceptions, and the task that tells of a broken stack.
 * It refuses to handle any. No allocation and no printf(): this is fault path.
 */
#include <uk/arch/traps.h>
#include <uk/arch/x86/traps.h>

#define VECTOR_BYTES 16
#define CODE_SEGMENT 0x08
#define DATA_SEGMENT 0x10
#define TASK_SEGMENT 0x18
#define FAULT_TASK_SEGMENT 0x20
#define INTERRUPT_GATE 0x8e
#define TASK_GATE 0x85
#define FLAGS_RESERVED 0x2
#define STACK_BYTES 0x4000

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

extern const char uk_trap_vectors[];
extern __u64 uk_boot_gdt[];
extern __u32 uk_boot_pd[];
void uk_trap_double_fault(void);

static struct gate idt[X86_EXCEPTIONS];
static struct task_state task, fault_task;
static __u8 fault_stack[STACK_BYTES] __align16;

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

static void set_descriptor(unsigned int segment, const struct task_state *state)
{
	__u64 base = (__u32)state;

	uk_boot_gdt[segment / 8] = (sizeof(*state) - 1)
		| (base & 0xffffff) << 16 | 0x89ULL << 40
		| (base >> 24 & 0xff) << 56;
}

/*
 * On this architecture an exception uses the stack of the code. Where that is
 * used up the processor cannot even push, and a double fault follows: it gets
 * a task, and with it a stack, of its own.
 */
static void set_tasks(void)
{
	task.io_map = sizeof(task);
	fault_task = (struct task_state){
		.cr3 = (__u32)uk_boot_pd,
		.eip = (__u32)uk_trap_double_fault,
		.eflags = FLAGS_RESERVED,
		.esp = (__u32)fault_stack + STACK_BYTES,
		.cs = CODE_SEGMENT,
		.ss = DATA_SEGMENT,
		.ds = DATA_SEGMENT,
		.es = DATA_SEGMENT,
		.io_map = sizeof(fault_task),
	};
	set_descriptor(TASK_SEGMENT, &task);
	set_descriptor(FAULT_TASK_SEGMENT, &fault_task);
	idt[X86_DOUBLE_FAULT] = (struct gate){
		.segment = FAULT_TASK_SEGMENT,
		.type = TASK_GATE,
	};
	__asm__ __volatile__("ltr %w0" : : "r"(TASK_SEGMENT));
}

void ukarch_traps_init(void)
{
	struct table_pointer pointer = { sizeof(idt) - 1, (__u32)idt };
	unsigned int i;

	for (i = 0; i < X86_EXCEPTIONS; i++)
		set_gate(i);
	set_tasks();
	__asm__ __volatile__("lidt %0" : : "m"(pointer));
}

/** Called by vectors.S. */
void uk_trap(const struct __regs *regs) __noreturn;
void uk_trap(const struct __regs *regs)
{
	x86_crash(regs);
}

/** Called by vectors.S; the processor has put the registers into the task. */
void uk_trap_from_task(void) __noreturn;
void uk_trap_from_task(void)
{
	const struct __regs regs = {
		.edi = task.edi, .esi = task.esi, .ebp = task.ebp,
		.ebx = task.ebx, .edx = task.edx, .ecx = task.ecx,
		.eax = task.eax, .vector = X86_DOUBLE_FAULT, .eip = task.eip,
		.cs = task.cs, .eflags = task.eflags, .esp = task.esp,
		.ss = task.ss,
	};

	uk_trap(&regs);
}
