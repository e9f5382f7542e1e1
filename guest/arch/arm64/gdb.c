/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of arm64 for a debugger; its steps, breakpoints, watchpoints.
 * Source: Arm ARM, "AArch64 Self-hosted Debug"; GDB manual, "AArch64
 * Features".
 */
#include <uk/arch/gdb.h>

/* MDSCR_EL1: a step; debug of EL1 itself; breakpoints of the processor. */
#define MDSCR_STEP (1UL << 0)
#define MDSCR_KERNEL (1UL << 13)
#define MDSCR_MONITOR (1UL << 15)
/* SPSR: the step has not been made yet; debug exceptions are masked. */
#define SPSR_STEP (1UL << 21)
#define SPSR_MASKED (1UL << 9)
/* Interrupts are masked. */
#define SPSR_NO_INTERRUPTS (1UL << 7)

/* DBGBCR and DBGWCR: on, at EL1, which bytes, which access. */
#define CONTROL_ON 0x1UL
#define CONTROL_EL1 (1UL << 1)
#define CONTROL_BYTES 5
#define CONTROL_LOAD (1UL << 3)
#define CONTROL_STORE (2UL << 3)
#define WORD_BYTES 8
/* As many as are used; every processor has two. */
#define SLOTS 2

#define CLASS(esr) ((esr) >> 26 & 0x3f)

const __u8 ukarch_gdb_break[] = { 0x00, 0x00, 0x20, 0xd4 };
const unsigned int ukarch_gdb_break_bytes = sizeof(ukarch_gdb_break);

#define CORE(bytes, field) \
	{ (bytes), (bytes), UKARCH_GDB_CORE, \
	  __builtin_offsetof(struct __regs, field) }
#define X(n) CORE(8, x[n])
#define V(n) { 16, 16, UKARCH_GDB_FLOAT, 16 + 16 * (n) }

const struct ukarch_gdb_register ukarch_gdb_registers[] = {
	X(0), X(1), X(2), X(3), X(4), X(5), X(6), X(7), X(8), X(9), X(10),
	X(11), X(12), X(13), X(14), X(15), X(16), X(17), X(18), X(19), X(20),
	X(21), X(22), X(23), X(24), X(25), X(26), X(27), X(28), X(29),
	CORE(8, lr), CORE(8, sp), CORE(8, elr_el1), CORE(4, spsr_el1),
	V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), V(8), V(9), V(10),
	V(11), V(12), V(13), V(14), V(15), V(16), V(17), V(18), V(19), V(20),
	V(21), V(22), V(23), V(24), V(25), V(26), V(27), V(28), V(29), V(30),
	V(31), { 4, 4, UKARCH_GDB_FLOAT, 0 }, { 4, 4, UKARCH_GDB_FLOAT, 8 },
	CORE(8, esr_el1), CORE(8, far_el1),
};
const unsigned int ukarch_gdb_register_count =
	ARRAY_SIZE(ukarch_gdb_registers);
const unsigned int ukarch_gdb_general_count =
	ARRAY_SIZE(ukarch_gdb_registers) - 2;

#define R(n) "<reg name=\"x" #n "\" bitsize=\"64\"/>"
#define F(n) "<reg name=\"v" #n "\" bitsize=\"128\" type=\"vec\"/>"
#define FIELD(name, bit) \
	"<field name=\"" name "\" start=\"" #bit "\" end=\"" #bit "\"/>"
#define SYSTEM(name) \
	"<reg name=\"" name "\" bitsize=\"64\" group=\"system\"" \
	" save-restore=\"no\"/>"

const char ukarch_gdb_target[] =
	"<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">"
	"<target><architecture>aarch64</architecture><osabi>none</osabi>"
	"<feature name=\"org.gnu.gdb.aarch64.core\">"
	"<flags id=\"flags\" size=\"4\">"
	FIELD("SP", 0) FIELD("EL", 2) FIELD("F", 6) FIELD("I", 7)
	FIELD("A", 8) FIELD("D", 9) FIELD("IL", 20) FIELD("SS", 21)
	FIELD("V", 28) FIELD("C", 29) FIELD("Z", 30) FIELD("N", 31) "</flags>"
	R(0) R(1) R(2) R(3) R(4) R(5) R(6) R(7) R(8) R(9) R(10) R(11) R(12)
	R(13) R(14) R(15) R(16) R(17) R(18) R(19) R(20) R(21) R(22) R(23)
	R(24) R(25) R(26) R(27) R(28) R(29) R(30)
	"<reg name=\"sp\" bitsize=\"64\" type=\"data_ptr\"/>"
	"<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\"/>"
	"<reg name=\"cpsr\" bitsize=\"32\" type=\"flags\"/></feature>"
	"<feature name=\"org.gnu.gdb.aarch64.fpu\">"
	"<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/>"
	"<vector id=\"v2u\" type=\"uint64\" count=\"2\"/>"
	"<vector id=\"v2i\" type=\"int64\" count=\"2\"/>"
	"<vector id=\"v4f\" type=\"ieee_single\" count=\"4\"/>"
	"<vector id=\"v4u\" type=\"uint32\" count=\"4\"/>"
	"<vector id=\"v4i\" type=\"int32\" count=\"4\"/>"
	"<vector id=\"v16b\" type=\"uint8\" count=\"16\"/>"
	"<union id=\"vd\"><field name=\"f\" type=\"v2d\"/>"
	"<field name=\"u\" type=\"v2u\"/><field name=\"s\" type=\"v2i\"/>"
	"</union><union id=\"vs\"><field name=\"f\" type=\"v4f\"/>"
	"<field name=\"u\" type=\"v4u\"/><field name=\"s\" type=\"v4i\"/>"
	"</union><union id=\"vec\"><field name=\"d\" type=\"vd\"/>"
	"<field name=\"s\" type=\"vs\"/><field name=\"b\" type=\"v16b\"/>"
	"<field name=\"q\" type=\"uint128\"/></union>"
	F(0) F(1) F(2) F(3) F(4) F(5) F(6) F(7) F(8) F(9) F(10) F(11) F(12)
	F(13) F(14) F(15) F(16) F(17) F(18) F(19) F(20) F(21) F(22) F(23)
	F(24) F(25) F(26) F(27) F(28) F(29) F(30) F(31)
	"<reg name=\"fpsr\" bitsize=\"32\"/><reg name=\"fpcr\" bitsize=\"32\"/>"
	"</feature><feature name=\"org.unikraft.system\">"
	SYSTEM("esr") SYSTEM("far") "</feature></target>";

unsigned long ukarch_gdb_live(const struct ukarch_gdb_regs *regs __unused,
			      unsigned int at __unused)
{
	return 0;
}

static struct slot {
	char kind;
	__uptr address;
	__sz len;
} breaks[SLOTS], watches[SLOTS];
/* What the code had and does not have while a debugger lets it run. */
static unsigned long was_masked;

static struct slot *find(struct slot *slots, char kind, __uptr address,
			 __sz len)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (slots[i].kind == kind && slots[i].address == address &&
		    slots[i].len == len)
			return &slots[i];
	return __NULL;
}

static struct slot *slots_for(char kind)
{
	return kind == '1' ? breaks : watches;
}

int ukarch_gdb_hard_set(char kind, __uptr address, __sz len)
{
	struct slot *slots = slots_for(kind);
	struct slot *slot;

	if (kind == '1')
		len = sizeof(ukarch_gdb_break);
	else if (len == 0 || address % WORD_BYTES + len > WORD_BYTES)
		return -1;
	slot = find(slots, kind, address, len);
	if (!slot)
		for (slot = slots; slot < slots + SLOTS && slot->kind; slot++)
			;
	if (slot == slots + SLOTS)
		return -1;
	*slot = (struct slot){ kind, address, len };
	return 0;
}

int ukarch_gdb_hard_clear(char kind, __uptr address, __sz len)
{
	struct slot *slot;

	if (kind == '1')
		len = sizeof(ukarch_gdb_break);
	slot = find(slots_for(kind), kind, address, len);
	if (slot)
		slot->kind = 0;
	return 0;
}

void ukarch_gdb_hard_clear_all(void)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		breaks[i].kind = watches[i].kind = 0;
}

static unsigned long break_control(const struct slot *slot)
{
	if (!slot->kind)
		return 0;
	return CONTROL_ON | CONTROL_EL1 | 0xfUL << CONTROL_BYTES;
}

static unsigned long watch_control(const struct slot *slot)
{
	unsigned long bytes = ((1UL << slot->len) - 1)
		<< slot->address % WORD_BYTES;
	unsigned long access = (slot->kind != '2' ? CONTROL_LOAD : 0)
		| (slot->kind != '3' ? CONTROL_STORE : 0);

	if (!slot->kind)
		return 0;
	return CONTROL_ON | CONTROL_EL1 | access | bytes << CONTROL_BYTES;
}

#define WRITE(register, value) \
	__asm__ __volatile__("msr " register ", %0" : : "r"(value))
#define READ(register, value) \
	__asm__ __volatile__("mrs %0, " register : "=r"(value))

/* Writes what is set; says whether anything is. */
static int write_slots(void)
{
	WRITE("dbgbvr0_el1", breaks[0].address);
	WRITE("dbgbcr0_el1", break_control(&breaks[0]));
	WRITE("dbgbvr1_el1", breaks[1].address);
	WRITE("dbgbcr1_el1", break_control(&breaks[1]));
	WRITE("dbgwvr0_el1", ALIGN_DOWN(watches[0].address, WORD_BYTES));
	WRITE("dbgwcr0_el1", watch_control(&watches[0]));
	WRITE("dbgwvr1_el1", ALIGN_DOWN(watches[1].address, WORD_BYTES));
	WRITE("dbgwcr1_el1", watch_control(&watches[1]));
	return breaks[0].kind || breaks[1].kind || watches[0].kind ||
		watches[1].kind;
}

void ukarch_gdb_go_on(struct __regs *core, int how)
{
	unsigned long mdscr;

	READ("mdscr_el1", mdscr);
	mdscr &= ~(MDSCR_STEP | MDSCR_KERNEL | MDSCR_MONITOR);
	/* The lock of debug registers, closed after a reset. */
	WRITE("oslar_el1", 0UL);
	if (write_slots())
		mdscr |= MDSCR_KERNEL | MDSCR_MONITOR;
	if (how & UKARCH_GDB_ONE) {
		mdscr |= MDSCR_KERNEL | MDSCR_STEP;
		core->spsr_el1 |= SPSR_STEP;
	}
	was_masked = 0;
	if (mdscr & MDSCR_KERNEL)
		was_masked |= core->spsr_el1 & SPSR_MASKED;
	if (how & UKARCH_GDB_INTERRUPTS)
		was_masked |= core->spsr_el1 & SPSR_NO_INTERRUPTS;
	core->spsr_el1 &= ~was_masked;
	WRITE("mdscr_el1", mdscr);
	__asm__ __volatile__("isb");
}

void ukarch_gdb_stopped(struct __regs *core)
{
	unsigned long mdscr;

	READ("mdscr_el1", mdscr);
	WRITE("mdscr_el1",
	      mdscr & ~(MDSCR_STEP | MDSCR_KERNEL | MDSCR_MONITOR));
	__asm__ __volatile__("isb");
	core->spsr_el1 = (core->spsr_el1 & ~SPSR_STEP) | was_masked;
	was_masked = 0;
}

/* The address may be any that the instruction accesses. */
static struct slot *watch_near(__uptr address)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (watches[i].kind &&
		    address / WORD_BYTES == watches[i].address / WORD_BYTES)
			return &watches[i];
	return watches[0].kind ? &watches[0] : &watches[1];
}

struct ukarch_gdb_trap ukarch_gdb_why(const struct ukarch_trap_ctx *ctx)
{
	struct ukarch_gdb_trap why = { UKARCH_GDB_BREAK, 0, 0 };
	struct slot *slot;

	why.address = __REGS_PC(ctx->regs);
	switch (CLASS(ctx->esr)) {
	case 0x30:
	case 0x31:
		why.cause = UKARCH_GDB_HARD_BREAK;
		break;
	case 0x32:
	case 0x33:
		why.cause = UKARCH_GDB_STEP;
		break;
	case 0x34:
	case 0x35:
		slot = watch_near(ctx->far);
		why.cause = UKARCH_GDB_WATCH;
		why.address = slot->address;
		why.kind = slot->kind;
		break;
	}
	return why;
}

void ukarch_gdb_written(__uptr address, __sz len)
{
	__uptr at;

	for (at = ALIGN_DOWN(address, 4); at < address + len; at += 4)
		__asm__ __volatile__("dc cvau, %0; dsb ish; ic ivau, %0"
				     : : "r"(at) : "memory");
	__asm__ __volatile__("dsb ish; isb" : : : "memory");
}

int ukarch_gdb_signal(const struct ukarch_trap_ctx *ctx)
{
	switch (CLASS(ctx->esr)) {
	case 0x00:
	case 0x0e:
	case 0x0d:
	case 0x1c:
		return 4;
	case 0x20:
	case 0x21:
	case 0x24:
	case 0x25:
		/* Translation and permission; the rest is of the bus. */
		return (ctx->esr & 0x3f) >= 4 && (ctx->esr & 0x3f) <= 15 ? 11
									  : 10;
	case 0x22:
	case 0x26:
		return 10;
	case 0x28:
	case 0x2c:
		return 8;
	default:
		return 5;
	}
}
