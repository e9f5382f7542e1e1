/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where an instruction of i386 may lead, for processors without steps: the
 * lengths of instructions and the targets of branches. Nothing here runs.
 * Source of the instructions: Intel SDM, volume 2.
 */
#ifdef __i386__
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/test.h>

#define LONGEST 15
/* Of a branch: what it does not lead to. */
#define NOWHERE 0

static __u8 code[64];
static __u32 pointers[4] = { 0x1000, 0x2000, 0x3000, 0x4000 };
static struct __regs regs;

struct instruction {
	const char *name;
	__u8 bytes[LONGEST];
	/** 0 where it goes elsewhere. */
	unsigned int len;
	/** Distance of the target from its beginning, or an address. */
	int distance;
	__uptr address;
};

static void check(const struct instruction *one)
{
	__uptr next[2] = { 0, 0 };
	unsigned int count, at = 0;

	memcpy(code, one->bytes, LONGEST);
	count = ukarch_gdb_next(&regs, next);
	if (one->len) {
		UK_TEST_ASSERTF(next[at] - regs.eip == one->len,
				"%s has %lu bytes", one->name,
				(unsigned long)(next[at] - regs.eip));
		at++;
	}
	if (one->address || one->distance) {
		const __uptr target = one->address ? one->address
			: regs.eip + one->distance;

		UK_TEST_ASSERTF(next[at] == target, "%s leads to %lx",
				one->name, (unsigned long)next[at]);
		at++;
	}
	UK_TEST_ASSERTF(count == at, "%s has %u ways", one->name, count);
}

#define CHECK_ALL(...)                                                     \
	do {                                                               \
		static const struct instruction all[] = { __VA_ARGS__ };   \
		unsigned int each;                                         \
		for (each = 0; each < ARRAY_SIZE(all); each++)             \
			check(&all[each]);                                 \
	} while (0)

static int set_up(struct uk_testsuite *suite __unused)
{
	regs = (struct __regs){
		.eip = (__uptr)code,
		.eax = 0x10000,
		.ecx = 2,
		.edx = (__uptr)pointers,
		.ebx = (__uptr)pointers - 8,
		.esp = (__uptr)&pointers[3],
	};
	return 0;
}

UK_TESTCASE(ukgdb_next, instructions_have_their_length)
{
	CHECK_ALL(
		{ "nop", { 0x90 }, 1, 0, 0 },
		{ "mov $1, %eax", { 0xb8, 1 }, 5, 0, 0 },
		{ "mov $1, %ax", { 0x66, 0xb8, 1 }, 4, 0, 0 },
		{ "mov $1, %al", { 0xb0, 1 }, 2, 0, 0 },
		{ "mov 4, %eax", { 0xa1, 4 }, 5, 0, 0 },
		{ "mov 4, %eax, of 16", { 0x67, 0xa1, 4 }, 4, 0, 0 },
		{ "mov %eax, %ebx", { 0x89, 0xc3 }, 2, 0, 0 },
		{ "mov (%ebx), %eax", { 0x8b, 0x03 }, 2, 0, 0 },
		{ "mov 1(%ebx), %eax", { 0x8b, 0x43, 1 }, 3, 0, 0 },
		{ "mov 1(%ebx), %eax, of 32", { 0x8b, 0x83, 1 }, 6, 0, 0 },
		{ "mov 4, %ebx", { 0x8b, 0x1d, 4 }, 6, 0, 0 },
		{ "mov (%esp), %eax", { 0x8b, 0x04, 0x24 }, 3, 0, 0 },
		{ "mov 4(,%eax,4), %eax", { 0x8b, 0x04, 0x85, 4 }, 7, 0, 0 },
		{ "mov (%bp+1), %ax", { 0x67, 0x8b, 0x46, 1 }, 4, 0, 0 },
		{ "mov 4, %eax by 16", { 0x67, 0x8b, 0x06, 4 }, 5, 0, 0 },
		{ "mov (%bx), %eax", { 0x67, 0x8b, 0x07 }, 3, 0, 0 },
		{ "imul $1, %ecx, %eax", { 0x69, 0xc1, 1 }, 6, 0, 0 },
		{ "test $1, %al", { 0xf6, 0xc0, 1 }, 3, 0, 0 },
		{ "test $1, %eax", { 0xf7, 0xc0, 1 }, 6, 0, 0 },
		{ "not %eax", { 0xf7, 0xd0 }, 2, 0, 0 },
		{ "enter $16, $0", { 0xc8, 16, 0, 0 }, 4, 0, 0 },
		{ "lock incl (%eax)", { 0xf0, 0xff, 0x00 }, 3, 0, 0 },
		{ "rep movsl", { 0xf3, 0xa5 }, 2, 0, 0 });
}

UK_TESTCASE(ukgdb_next, so_have_those_of_two_bytes)
{
	CHECK_ALL(
		{ "cpuid", { 0x0f, 0xa2 }, 2, 0, 0 },
		{ "wrmsr", { 0x0f, 0x30 }, 2, 0, 0 },
		{ "emms", { 0x0f, 0x77 }, 2, 0, 0 },
		{ "bswap %eax", { 0x0f, 0xc8 }, 2, 0, 0 },
		{ "movzbl %al, %eax", { 0x0f, 0xb6, 0xc0 }, 3, 0, 0 },
		{ "bt $3, %eax", { 0x0f, 0xba, 0xe0, 3 }, 4, 0, 0 },
		{ "shld $1, %eax, %ebx", { 0x0f, 0xa4, 0xc3, 1 }, 4, 0, 0 },
		{ "pshufd", { 0x66, 0x0f, 0x70, 0xc0, 1 }, 5, 0, 0 },
		{ "pshufb", { 0x66, 0x0f, 0x38, 0x00, 0xc1 }, 5, 0, 0 },
		{ "palignr", { 0x66, 0x0f, 0x3a, 0x0f, 0xc1, 1 }, 6, 0, 0 });
}

UK_TESTCASE(ukgdb_next, branches_by_a_distance)
{
	CHECK_ALL(
		{ "je", { 0x74, 0x10 }, 2, 0x12, 0 },
		{ "jne back", { 0x75, 0xf0 }, 2, 2 - 16, 0 },
		{ "loop", { 0xe2, 0x10 }, 2, 0x12, 0 },
		{ "je, far", { 0x0f, 0x84, 0, 1 }, 6, 0x106, 0 },
		{ "jmp", { 0xeb, 0x10 }, NOWHERE, 0x12, 0 },
		{ "jmp, far", { 0xe9, 0, 1 }, NOWHERE, 0x105, 0 },
		{ "call", { 0xe8, 0xfb, 0xfe, 0xff, 0xff }, NOWHERE, -256,
		  0 });
}

UK_TESTCASE(ukgdb_next, branches_by_what_is_in_registers_and_memory)
{
	CHECK_ALL(
		{ "ret", { 0xc3 }, NOWHERE, 0, 0x4000 },
		{ "ret $4", { 0xc2, 4 }, NOWHERE, 0, 0x4000 },
		{ "iret", { 0xcf }, NOWHERE, 0, 0x4000 },
		{ "jmp *%eax", { 0xff, 0xe0 }, NOWHERE, 0, 0x10000 },
		{ "call *%eax", { 0xff, 0xd0 }, NOWHERE, 0, 0x10000 },
		{ "call *(%edx)", { 0xff, 0x12 }, NOWHERE, 0, 0x1000 },
		{ "call *4(%edx)", { 0xff, 0x52, 4 }, NOWHERE, 0, 0x2000 },
		{ "call *8(%edx), of 32", { 0xff, 0x92, 8 }, NOWHERE, 0,
		  0x3000 },
		{ "jmp *(%edx,%ecx,4)", { 0xff, 0x24, 0x8a }, NOWHERE, 0,
		  0x3000 },
		{ "jmp *8(%ebx,%ecx,4)", { 0xff, 0x64, 0x8b, 8 }, NOWHERE, 0,
		  0x3000 },
		{ "jmp *(%esp)", { 0xff, 0x24, 0x24 }, NOWHERE, 0, 0x4000 });
}

/* Addresses in the instruction, and those where nothing is. */
UK_TESTCASE(ukgdb_next, branches_by_addresses)
{
	const __u32 place = (__u32)pointers;
	struct instruction by = { "jmp *pointers", { 0xff, 0x25 }, 0, 0,
				  0x1000 };
	struct instruction table = { "jmp *table(,%ecx,4)",
				     { 0xff, 0x24, 0x8d }, 0, 0, 0x3000 };
	const struct instruction nothing = { "jmp *0", { 0xff, 0x25 }, 0, 0,
					     0 };
	const struct instruction push = { "push (%edx)", { 0xff, 0x32 }, 2, 0,
					  0 };

	memcpy(by.bytes + 2, &place, sizeof(place));
	check(&by);
	memcpy(table.bytes + 3, &place, sizeof(place));
	check(&table);
	check(&nothing);
	check(&push);
}

uk_testsuite_register(ukgdb_next, set_up);
#else
/* The other processors step by themselves. */
#include <uk/arch/gdb.h>
#include <uk/test.h>

UK_TESTCASE(ukgdb_next, other_processors_step)
{
	static const struct __regs regs;
	__uptr next[2];

	UK_TEST_EXPECT_ZERO(ukarch_gdb_next(&regs, next));
}

uk_testsuite_register(ukgdb_next, NULL);
#endif
