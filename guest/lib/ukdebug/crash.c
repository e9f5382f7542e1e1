/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crash screen: title, registers, stack, call trace, end of the machine.
 * It neither allocates nor uses printf(), since it runs when anything may
 * be broken, and it reads no memory but that of a known stack.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/stack.h>

#define STACK_ROWS 8
#define ROW_BYTES 8
#define FRAMES_MAX 32
#define WORD_DIGITS (2 * sizeof(unsigned long))

static int depth;

void uk_crash_enter(const char *what)
{
	depth++;
	if (depth == 1)
		return;
	if (depth == 2) {
		uk_crash_line(__NULL, __NULL, 0);
		uk_crash_text("Nested crash while reporting a crash: ");
		uk_crash_text(what);
		uk_crash_end();
		ukplat_terminate(UKPLAT_CRASH);
	}
	/* Even the one line failed. */
	ukplat_end_machine(UKPLAT_CRASH);
}

static void say(const char *text)
{
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text(text);
	uk_crash_end();
}

void uk_crash_address(__uptr address)
{
	if (ukplat_stack_guards(address))
		say("Stack overflow: the stack of the tests is used up");
}

static void say_row(__uptr at)
{
	const __u8 *bytes = (const __u8 *)at;
	char text[ROW_BYTES];
	unsigned int i;

	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text(" ");
	uk_crash_hex(at, WORD_DIGITS);
	uk_crash_text(" ");
	for (i = 0; i < ROW_BYTES; i++) {
		uk_crash_text(" ");
		uk_crash_hex(bytes[i], 2);
		text[i] = bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '.';
	}
	uk_crash_text("  |");
	uk_crash_bytes(text, sizeof(text));
	uk_crash_text("|");
	uk_crash_end();
}

static void say_stack(__uptr sp)
{
	__uptr at = ALIGN_DOWN(sp, sizeof(long));
	unsigned int i;

	say("Stack:");
	for (i = 0; i < STACK_ROWS; i++, at += ROW_BYTES) {
		if (!ukplat_stack_holds(at, ROW_BYTES)) {
			if (i == 0)
				say(" Bad stack address");
			return;
		}
		say_row(at);
	}
}

static void say_frame(__uptr address)
{
	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text(" [0x");
	uk_crash_hex(address, 16);
	uk_crash_text("]");
	uk_crash_end();
}

static int is_frame(__uptr fp)
{
	return fp % sizeof(__uptr) == 0 &&
		ukplat_stack_holds(fp, 2 * sizeof(__uptr));
}

/*
 * Each frame begins with the address of the one that called it, then the
 * address after the call. The byte before that belongs to the call itself,
 * so it is what has the right line.
 */
static void say_callers(__uptr fp)
{
	const __uptr *frame;
	unsigned int i;

	for (i = 2; i < FRAMES_MAX && fp; i++) {
		frame = (const __uptr *)fp;
		if (!is_frame(fp)) {
			say(" Bad frame pointer");
			return;
		}
		if (!frame[1])
			return;
		say_frame(frame[1] - 1);
		/* Callers lie higher; anything else would go in circles. */
		if (frame[0] && frame[0] <= fp) {
			say(" Bad frame pointer");
			return;
		}
		fp = frame[0];
	}
}

static void say_trace(const struct __regs *regs)
{
	__uptr caller = ukarch_frameless_caller(regs);
	__uptr fp = __REGS_FP(regs);

	say("Call Trace:");
	say_frame(__REGS_PC(regs));
	if (caller && !(is_frame(fp) && ((const __uptr *)fp)[1] == caller))
		say_frame(caller - 1);
	say_callers(fp);
}

void uk_crash(const struct __regs *regs)
{
	say("Unikraft crash - " CONFIG_UK_CODENAME
	    " (" CONFIG_UK_FULLVERSION ")");
	ukarch_regs_say(regs);
	say_stack(__REGS_SP(regs));
	say_trace(regs);
	ukplat_terminate(UKPLAT_CRASH);
}
