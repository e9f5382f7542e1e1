/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Code on stacks of its own: where it starts, what it is given, and that both
 * sides of a switch find their registers and their variables again.
 */
#include <string.h>
#include <uk/arch/ctx.h>
#include <uk/lcpu.h>
#include <uk/test.h>

#define STACK_BYTES 8192
#define ROUNDS 3

static char stack[2][STACK_BYTES] __align(16);
struct ukarch_ctx here;
static struct ukarch_ctx there, second;

/* What the other side has seen. */
long seen[2];
__uptr seen_frame;
static int rounds;
static double sum;

static __uptr end_of(char *bytes)
{
	return (__uptr)bytes + STACK_BYTES;
}

static void setup(struct uk_testcase *esac __unused)
{
	memset(stack, 0, sizeof(stack));
	memset(seen, 0, sizeof(seen));
	seen_frame = 0;
	rounds = 0;
	sum = 0;
}

static void __noreturn go_back(void)
{
	ukarch_ctx_jump(&here);
}

static void __noreturn take_none(void)
{
	seen_frame = __frame_addr(0);
	go_back();
}

static void __noreturn take_one(long arg)
{
	seen[0] = arg;
	take_none();
}

static void __noreturn take_two(long arg0, long arg1)
{
	seen[1] = arg1;
	take_one(arg0);
}

/* Whether a frame lies in a stack, where calls of C want it. */
static int is_frame_of(const char *bytes)
{
	/* Two words lie between the aligned stack and the frame on x86. */
	const __uptr words = sizeof(__uptr) * 2;
	const __uptr misfit = (seen_frame + words) % 16;

	return seen_frame > (__uptr)bytes &&
		seen_frame < (__uptr)bytes + STACK_BYTES && misfit == 0;
}

UK_TESTCASE(ukctx_switch, function_without_arguments)
{
	ukarch_ctx_init_entry0(&there, end_of(stack[0]), 0, take_none);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT(is_frame_of(stack[0]));
}

UK_TESTCASE(ukctx_switch, function_with_one_argument)
{
	ukarch_ctx_init_entry1(&there, end_of(stack[0]), 1, take_one, -7);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT_SNUM_EQ(seen[0], -7);
}

UK_TESTCASE(ukctx_switch, function_with_two_arguments)
{
	ukarch_ctx_init_entry2(&there, end_of(stack[0]) - 5, 0, take_two, 41,
			       (long)&there);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT_SNUM_EQ(seen[0], 41);
	UK_TEST_EXPECT_PTR_EQ((void *)seen[1], &there);
	UK_TEST_EXPECT(is_frame_of(stack[0]));
}

static void __noreturn count(long step)
{
	/* Values that live in registers across the switch. */
	long total = step;
	double half = 0.5;

	for (;;) {
		total += step;
		half += 0.25;
		seen[0] = total;
		sum = half;
		rounds++;
		ukarch_ctx_switch(&there, &here);
	}
}

UK_TESTCASE(ukctx_switch, both_sides_go_on_where_they_were)
{
	long mine = 1;
	int i;

	ukarch_ctx_init_entry1(&there, end_of(stack[0]), 0, count, 100);
	for (i = 1; i <= ROUNDS; i++) {
		mine *= 3;
		ukarch_ctx_switch(&here, &there);
		UK_TEST_EXPECT_SNUM_EQ(rounds, i);
		UK_TEST_EXPECT_SNUM_EQ(seen[0], 100 + i * 100);
		UK_TEST_EXPECT_FLOAT_EQ(sum, 0.5 + i * 0.25);
	}
	UK_TEST_EXPECT_SNUM_EQ(mine, 27);
}

static void __noreturn pass_on(long arg)
{
	ukarch_ctx_init_entry2(&second, end_of(stack[1]), 0, take_two, arg, 2);
	ukarch_ctx_jump(&second);
}

#if defined(__i386__)
#define KEPT 4
#elif defined(__x86_64__)
#define KEPT 6
#else
#define KEPT 19
#endif

/* Of keep.S. */
void uk_suite_keep(struct ukarch_ctx *store, struct ukarch_ctx *load,
		   unsigned long *out);

/* Begins with cleared registers, and clears those that are left. */
static void __noreturn change_all(void)
{
#ifdef __aarch64__
	__asm__ __volatile__("fmov d8, xzr\n\tfmov d9, xzr\n\t"
			     "fmov d10, xzr\n\tfmov d11, xzr\n\t"
			     "fmov d12, xzr\n\tfmov d13, xzr\n\t"
			     "fmov d14, xzr\n\tfmov d15, xzr");
#endif
	go_back();
}

UK_TESTCASE(ukctx_switch, registers_that_a_call_keeps)
{
	unsigned long out[KEPT];
	int i;

	ukarch_ctx_init_entry0(&there, end_of(stack[0]), 0, change_all);
	uk_suite_keep(&here, &there, out);
	for (i = 0; i < KEPT; i++)
		UK_TEST_EXPECT_UNUM_EQ(out[i], i + 1);
}

UK_TESTCASE(ukctx_switch, one_context_begins_another)
{
	ukarch_ctx_init_entry1(&there, end_of(stack[0]), 0, pass_on, 9);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT_SNUM_EQ(seen[0], 9);
	UK_TEST_EXPECT(is_frame_of(stack[1]));
}

/* Without a function around it: what it pushes is below the end given. */
void uk_suite_ctx_bare(void);
__asm__(".pushsection .text\n"
	".globl uk_suite_ctx_bare\n"
	"uk_suite_ctx_bare:\n"
#if defined(__i386__)
	"movl %ebp, seen\n"
	"movl %esp, seen_frame\n"
	"pushl $here\n"
	"call ukarch_ctx_jump\n"
#elif defined(__x86_64__)
	"movq %rbp, seen\n"
	"movq %rsp, seen_frame\n"
	"leaq here(%rip), %rdi\n"
	"jmp ukarch_ctx_jump\n"
#else
	"adrp x9, seen\n"
	"str x29, [x9, :lo12:seen]\n"
	"mov x10, sp\n"
	"adrp x9, seen_frame\n"
	"str x10, [x9, :lo12:seen_frame]\n"
	"adrp x0, here\n"
	"add x0, x0, :lo12:here\n"
	"b ukarch_ctx_jump\n"
#endif
	".popsection\n");

UK_TESTCASE(ukctx_switch, instruction_with_cleared_registers)
{
	seen[0] = 1;
	ukarch_ctx_init(&there, end_of(stack[0]), 0,
			(__uptr)uk_suite_ctx_bare);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT_ZERO(seen[0]);
	UK_TEST_EXPECT_UNUM_EQ(seen_frame, end_of(stack[0]));
}

UK_TESTCASE(ukctx_switch, instruction_with_kept_registers)
{
	ukarch_ctx_init(&there, end_of(stack[0]), 1,
			(__uptr)uk_suite_ctx_bare);
	ukarch_ctx_switch(&here, &there);
	UK_TEST_EXPECT_UNUM_EQ((__uptr)seen[0], __frame_addr(0));
	UK_TEST_EXPECT_UNUM_EQ(seen_frame, end_of(stack[0]));
}

UK_TESTCASE(ukctx_switch, pointer_of_a_thread_is_kept)
{
	const __uptr before = ukplat_tlsp_get();

	uk_lcpu_tlsp_set((__uptr)stack);
	UK_TEST_EXPECT_UNUM_EQ(ukplat_tlsp_get(), (__uptr)stack);
	ukplat_tlsp_set(before);
	UK_TEST_EXPECT_UNUM_EQ(uk_lcpu_tlsp_get(), before);
}

uk_testsuite_fixture(ukctx_switch, setup, NULL, NULL);
uk_testsuite_register(ukctx_switch, NULL);
