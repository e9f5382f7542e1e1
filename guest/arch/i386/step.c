/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the code goes with its next instruction, for processors that cannot
 * stop after one: v86 has no trap flag. It reads the length of instructions
 * and the targets of near branches; what changes the segment is not followed.
 * Source: Intel SDM, volume 2, "Opcode Map" and "Instruction Format".
 */
#include <uk/arch/gdb.h>
#include <uk/nofault.h>

#define LONGEST 15

/* What follows an opcode: a byte for registers and memory, a constant. */
enum {
	MODRM = 1,
	BYTE = 2,
	WORD = 4,
	/* As wide as an operand. */
	FULL = 8,
	/* As wide as an address. */
	WHERE = 16,
};

/* A row for each sixteen opcodes. */
static const __u8 one_byte[256] = {
#define ALU 1, 1, 1, 1, BYTE, FULL, 0, 0
	ALU, ALU, ALU, ALU, ALU, ALU, ALU, ALU,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 1, 1, 0, 0, 0, 0,
	FULL, MODRM | FULL, BYTE, MODRM | BYTE, 0, 0, 0, 0,
	BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE,
	BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE,
	MODRM | BYTE, MODRM | FULL, MODRM | BYTE, MODRM | BYTE, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, FULL | WORD, 0, 0, 0, 0, 0,
	WHERE, WHERE, WHERE, WHERE, 0, 0, 0, 0,
	BYTE, FULL, 0, 0, 0, 0, 0, 0,
	BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE,
	FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL,
	MODRM | BYTE, MODRM | BYTE, WORD, 0, 1, 1, MODRM | BYTE, MODRM | FULL,
	WORD | BYTE, 0, WORD, 0, 0, BYTE, 0, 0,
	1, 1, 1, 1, BYTE, BYTE, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
	BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE,
	FULL, FULL, FULL | WORD, BYTE, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1,
#undef ALU
};

struct instruction {
	const __u8 *bytes;
	unsigned int len;
	/** After the prefixes; above 0xff for those that begin with 0x0f. */
	unsigned int opcode;
	unsigned int modrm_at;
	/** Bytes of an operand and of an address. */
	unsigned int operand, address;
};

static int is_prefix(__u8 byte)
{
	return byte == 0x26 || byte == 0x2e || byte == 0x36 || byte == 0x3e ||
		(byte >= 0x64 && byte <= 0x67) || byte == 0xf0 ||
		byte == 0xf2 || byte == 0xf3;
}

/* What follows an opcode after 0x0f, and for the two tables below that. */
static unsigned int two_bytes(unsigned int opcode)
{
	if (opcode >= 0x80 && opcode <= 0x8f)
		return FULL;
	if ((opcode >= 0x05 && opcode <= 0x09) || opcode == 0x0b ||
	    (opcode >= 0x30 && opcode <= 0x37) || opcode == 0x77 ||
	    (opcode & 0xf6) == 0xa0 || opcode == 0xa2 || opcode == 0xaa ||
	    (opcode >= 0xc8 && opcode <= 0xcf))
		return 0;
	if ((opcode >= 0x70 && opcode <= 0x73) || opcode == 0xa4 ||
	    opcode == 0xac || opcode == 0xba || opcode == 0xc2 ||
	    (opcode >= 0xc4 && opcode <= 0xc6) || opcode == 0x3a)
		return MODRM | BYTE;
	return MODRM;
}

/* Bytes of the operand that is a register or memory, its own byte included. */
static unsigned int modrm_len(const struct instruction *in)
{
	const __u8 *at = in->bytes + in->modrm_at;
	const unsigned int mod = at[0] >> 6, rm = at[0] & 7;
	unsigned int len = 1;

	if (mod == 3)
		return 1;
	if (in->address == 2)
		return mod == 0 ? (rm == 6 ? 3 : 1) : 1 + mod;
	if (rm == 4)
		len++;
	if (mod == 1)
		return len + 1;
	if (mod == 2 || rm == 5 || (rm == 4 && (at[1] & 7) == 5))
		len += 4;
	return len;
}

static unsigned int constant_len(const struct instruction *in,
				 unsigned int follows)
{
	return (follows & BYTE ? 1 : 0) + (follows & WORD ? 2 : 0) +
		(follows & FULL ? in->operand : 0) +
		(follows & WHERE ? in->address : 0);
}

static void read_prefixes(struct instruction *in)
{
	for (; in->len < LONGEST - 1 && is_prefix(in->bytes[in->len]);
	     in->len++) {
		if (in->bytes[in->len] == 0x66)
			in->operand = 2;
		if (in->bytes[in->len] == 0x67)
			in->address = 2;
	}
}

static void decode(struct instruction *in)
{
	unsigned int follows;

	read_prefixes(in);
	in->opcode = in->bytes[in->len++];
	if (in->opcode == 0x0f) {
		in->opcode = 0x100 | in->bytes[in->len++];
		follows = two_bytes(in->opcode & 0xff);
		if (in->opcode == 0x138 || in->opcode == 0x13a)
			in->len++;
	} else {
		follows = one_byte[in->opcode];
	}
	in->modrm_at = in->len;
	/* The first two of this group have a constant. */
	if ((in->opcode & 0xfe) == 0xf6 && in->opcode < 0x100 &&
	    (in->bytes[in->len] >> 3 & 7) < 2)
		follows |= in->opcode == 0xf6 ? BYTE : FULL;
	if (follows & MODRM)
		in->len += modrm_len(in);
	in->len += constant_len(in, follows);
}

static unsigned long register_of(const struct __regs *core, unsigned int n)
{
	const unsigned long registers[] = {
		core->eax, core->ecx, core->edx, core->ebx,
		core->esp, core->ebp, core->esi, core->edi,
	};

	return registers[n & 7];
}

static __u32 number_at(const __u8 *at)
{
	return at[0] | at[1] << 8 | at[2] << 16 | (__u32)at[3] << 24;
}

/* Address of the operand in memory, with addresses of 32 bits. */
static __u32 address_of(const struct __regs *core, const __u8 *at)
{
	const unsigned int mod = at[0] >> 6, rm = at[0] & 7;
	__u32 address = 0;

	if (rm == 4) {
		const __u8 sib = *++at;

		if ((sib >> 3 & 7) != 4)
			address = register_of(core, sib >> 3) << (sib >> 6);
		if ((sib & 7) == 5 && mod == 0)
			return address + number_at(at + 1);
		address += register_of(core, sib);
	} else if (rm == 5 && mod == 0) {
		return number_at(at + 1);
	} else {
		address = register_of(core, rm);
	}
	if (mod == 1)
		address += (__s8)at[1];
	if (mod == 2)
		address += number_at(at + 1);
	return address;
}

/* Where a call or a jump by an operand goes; 0 where that cannot be read. */
static __uptr operand_target(const struct __regs *core,
			     const struct instruction *in)
{
	const __u8 *at = in->bytes + in->modrm_at;
	__uptr target = 0;

	if (*at >> 6 == 3)
		return register_of(core, *at);
	(void)uk_nofault_try_read(target, (__uptr *)address_of(core, at));
	return target;
}

static __uptr relative(const struct __regs *core,
		       const struct instruction *in, unsigned int bytes)
{
	const __u8 *at = in->bytes + in->len - bytes;
	const long distance = bytes == 1 ? (__s8)*at : (__s32)number_at(at);

	return core->eip + in->len + distance;
}

static __uptr top_of_stack(const struct __regs *core)
{
	__uptr target = 0;

	(void)uk_nofault_try_read(target, (__uptr *)core->esp);
	return target;
}

/* The target of a branch; 0 where the instruction is none. */
static __uptr target_of(const struct __regs *core,
			const struct instruction *in, int *goes_on)
{
	const unsigned int group = in->bytes[in->modrm_at] >> 3 & 7;

	*goes_on = 1;
	if ((in->opcode >= 0x70 && in->opcode <= 0x7f) ||
	    (in->opcode >= 0xe0 && in->opcode <= 0xe3))
		return relative(core, in, 1);
	if (in->opcode >= 0x180 && in->opcode <= 0x18f)
		return relative(core, in, 4);
	*goes_on = 0;
	if (in->opcode == 0xeb)
		return relative(core, in, 1);
	if (in->opcode == 0xe8 || in->opcode == 0xe9)
		return relative(core, in, 4);
	if (in->opcode == 0xc2 || in->opcode == 0xc3 || in->opcode == 0xcf)
		return top_of_stack(core);
	if (in->opcode == 0xff && (group == 2 || group == 4))
		return operand_target(core, in);
	*goes_on = 1;
	return 0;
}

unsigned int ukarch_gdb_next(const struct __regs *core, __uptr next[2])
{
	__u8 bytes[LONGEST + 8] = { 0 };
	struct instruction in = { .bytes = bytes, .operand = 4, .address = 4 };
	unsigned int count = 0;
	__uptr target;
	int goes_on;

	uk_nofault_memcpy((char *)bytes, (const char *)core->eip, LONGEST, 0);
	decode(&in);
	target = target_of(core, &in, &goes_on);
	if (goes_on)
		next[count++] = core->eip + in.len;
	if (target)
		next[count++] = target;
	return count;
}
