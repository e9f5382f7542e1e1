/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Steps, breakpoints and watchpoints of x86, for both widths. The registers
 * of each are in gdb.c of its own folder.
 * Source: Intel SDM, volume 3, chapter "Debug".
 */
#include <uk/arch/gdb.h>
#include <uk/arch/x86/gdb.h>

#define DEBUG 1
#define BREAKPOINT 3

#define FLAG_TRAP 0x100UL
#define FLAG_RESUME 0x10000UL
#define FLAG_INTERRUPTS 0x200UL

/* DR6: which breakpoint, and whether it was a step. Nothing resets it. */
#define DR6_QUIET 0xffff0ff0UL
#define DR6_STEP 0x4000UL
/* DR7: two bits to enable each, then four for its kind and length. */
#define SLOTS 4
#define ENABLE(slot) (1UL << (2 * (slot)))
#define SHIFT(slot) (16 + 4 * (slot))

const __u8 ukarch_gdb_break[] = { 0xcc };
const unsigned int ukarch_gdb_break_bytes = sizeof(ukarch_gdb_break);

static struct slot {
	char kind;
	__uptr address;
	__sz len;
} slots[SLOTS];

/* There is no instruction that takes the number of a debug register. */
static void set_address(unsigned int slot, __uptr address)
{
	switch (slot) {
	case 0:
		__asm__ __volatile__("mov %0, %%db0" : : "r"(address));
		break;
	case 1:
		__asm__ __volatile__("mov %0, %%db1" : : "r"(address));
		break;
	case 2:
		__asm__ __volatile__("mov %0, %%db2" : : "r"(address));
		break;
	default:
		__asm__ __volatile__("mov %0, %%db3" : : "r"(address));
	}
}

static void set_dr7(unsigned long value)
{
	__asm__ __volatile__("mov %0, %%db7" : : "r"(value));
}

/*
 * The kind and the length of a slot, in the four bits of DR7. There is none
 * for reads alone: the debugger passes over those that changed the value.
 */
static unsigned long nibble_of(const struct slot *slot)
{
	static const __u8 lengths[] = { 0, 0, 1, 0, 3, 0, 0, 0, 2 };

	if (slot->kind == '1')
		return 0;
	return (slot->kind == '2' ? 1 : 3) | lengths[slot->len] << 2;
}

static unsigned long dr7(void)
{
	unsigned long value = 0;
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].kind)
			value |= ENABLE(i) | nibble_of(&slots[i]) << SHIFT(i);
	return value;
}

int ukarch_gdb_hard_set(char kind, __uptr address, __sz len)
{
	const __sz most = sizeof(long);
	unsigned int i;

	if (kind == '1')
		len = 1;
	else if (len == 0 || len > most || (len & (len - 1)) ||
		 address & (len - 1))
		return -1;
	ukarch_gdb_hard_clear(kind, address, len);
	for (i = 0; i < SLOTS; i++) {
		if (slots[i].kind)
			continue;
		slots[i] = (struct slot){ kind, address, len };
		return 0;
	}
	return -1;
}

int ukarch_gdb_hard_clear(char kind, __uptr address, __sz len)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].kind == kind && slots[i].address == address &&
		    (kind == '1' || slots[i].len == len))
			slots[i].kind = 0;
	return 0;
}

void ukarch_gdb_hard_clear_all(void)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		slots[i].kind = 0;
}

/* The slot of a trap; SLOTS for none. */
static unsigned int hit(unsigned long dr6)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (dr6 & 1UL << i && slots[i].kind)
			return i;
	return SLOTS;
}

struct ukarch_gdb_trap ukarch_gdb_why(const struct ukarch_trap_ctx *ctx)
{
	struct ukarch_gdb_trap why = { UKARCH_GDB_STEP, 0, 0 };
	unsigned long dr6;
	unsigned int slot;

	if (ctx->trapnr == BREAKPOINT) {
		why.cause = UKARCH_GDB_BREAK;
		why.address = __REGS_PC(ctx->regs) - ukarch_gdb_break_bytes;
		return why;
	}
	__asm__ __volatile__("mov %%db6, %0" : "=r"(dr6));
	__asm__ __volatile__("mov %0, %%db6" : : "r"(DR6_QUIET));
	slot = hit(dr6);
	if (slot == SLOTS)
		return why;
	why.address = slots[slot].address;
	why.kind = slots[slot].kind;
	why.cause = why.kind == '1' ? UKARCH_GDB_HARD_BREAK : UKARCH_GDB_WATCH;
	return why;
}

/* The code had no interrupts, and has them while it runs for a debugger. */
static unsigned long lent;

void ukarch_gdb_go_on(struct __regs *core, int how)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].kind)
			set_address(i, slots[i].address);
	set_dr7(dr7());
	if (how & UKARCH_GDB_ONE)
		core->eflags |= FLAG_TRAP;
	lent = how & UKARCH_GDB_INTERRUPTS ? ~core->eflags & FLAG_INTERRUPTS
					   : 0;
	core->eflags |= lent;
	/* A breakpoint of the processor stops in front of its instruction. */
	core->eflags |= FLAG_RESUME;
}

void ukarch_gdb_stopped(struct __regs *core)
{
	set_dr7(0);
	core->eflags &= ~(FLAG_TRAP | FLAG_RESUME | lent);
	lent = 0;
}

void ukarch_gdb_written(__uptr address __unused, __sz len __unused)
{
	/* The processor sees for itself. */
}

int ukarch_gdb_signal(const struct ukarch_trap_ctx *ctx)
{
	static const __u8 signals[] = {
		[0] = 8, [1] = 5, [2] = 2, [3] = 5, [6] = 4, [7] = 8,
		[11] = 10, [12] = 10, [13] = 11, [14] = 11, [16] = 8,
		[17] = 10, [19] = 8, [21] = 11,
	};
	unsigned int vector = ctx->trapnr;

	return vector < sizeof(signals) && signals[vector] ? signals[vector]
							    : 5;
}

#define READ(register, value) \
	__asm__ __volatile__("mov %%" register ", %0" : "=r"(value))

static unsigned long base_of(unsigned int at)
{
	__u32 low, high;

	__asm__ __volatile__("rdmsr" : "=a"(low), "=d"(high) : "c"(at));
	return low | (__u64)high << 16 << 16;
}

/* Two bits for each register, of which `fxsave` keeps one: 3 is empty. */
static unsigned long tags_of(const __u8 *fxsave)
{
	unsigned long tags = 0;
	unsigned int i;

	for (i = 0; i < 8; i++)
		if (!(fxsave[4] & 1U << i))
			tags |= 3UL << 2 * i;
	return tags;
}

unsigned long ukarch_gdb_live(const struct ukarch_gdb_regs *regs,
			      unsigned int at)
{
	unsigned long value = 0;

	switch (at) {
	case X86_GDB_TAGS:
		return tags_of(regs->fp);
	case X86_GDB_DS:
		return x86_gdb_data(regs->core);
	case X86_GDB_FS:
		READ("fs", value);
		return value & 0xffff;
	case X86_GDB_GS:
		READ("gs", value);
		return value & 0xffff;
	case X86_GDB_FS_BASE:
		return base_of(0xc0000100);
	case X86_GDB_GS_BASE:
		return base_of(0xc0000101);
	case X86_GDB_CR0:
		READ("cr0", value);
		return value;
	case X86_GDB_CR2:
		READ("cr2", value);
		return value;
	case X86_GDB_CR3:
		READ("cr3", value);
		return value;
	case X86_GDB_CR4:
		READ("cr4", value);
		return value;
	default:
		return 0;
	}
}
