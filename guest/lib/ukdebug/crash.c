/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The crash screen: title, registers, stack, call trace, end of the machine.
 * It neither allocates nor uses printf(), since it runs when anything may
 * be broken; it reads a known stack only, and without faults.
 */
#include <uk/arch/traps.h>
#include <uk/crash.h>
#include <uk/nofault.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/stack.h>
#include <uk/symbol.h>

/* Of a library that an image may be without. */
#pragma weak uk_resolve_symbol

#define STACK_ROWS 8
#define ROW_BYTES 8
#define FRAMES_MAX 32
#define WORD_DIGITS (2 * sizeof(unsigned long))

UK_EVENT(UK_CRASH_EVENT);

static int depth;
static const char *crash_name;

__weak void uk_crash_on_screen(const struct __regs *regs __unused)
{
}

/* Whatever the handlers say, the machine ends. */
static void raise(const struct __regs *regs)
{
	struct uk_crash_event_param param = {
		.regs = regs,
		.what = crash_name,
	};

	uk_raise_event(UK_CRASH_EVENT, &param);
	uk_crash_on_screen(regs);
}

void uk_crash_enter(const char *what)
{
	depth++;
	if (depth == 1) {
		crash_name = what;
		return;
	}
	if (depth == 2) {
		uk_crash_line(__NULL, __NULL, 0);
		uk_crash_text("Nested crash while reporting a crash: ");
		uk_crash_text(what);
		uk_crash_end();
		raise(__NULL);
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

/* Whether there was a row: a stack may be broken in more than one way. */
static int say_row(__uptr at)
{
	__u8 bytes[ROW_BYTES];
	char text[ROW_BYTES];
	unsigned int i;

	if (!ukplat_stack_holds(at, ROW_BYTES) ||
	    uk_nofault_memcpy((char *)bytes, (const char *)at, ROW_BYTES, 0) !=
		    ROW_BYTES)
		return 0;
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
	return 1;
}

static void say_stack(__uptr sp)
{
	__uptr at = ALIGN_DOWN(sp, sizeof(long));
	unsigned int i;

	say("Stack:");
	for (i = 0; i < STACK_ROWS; i++, at += ROW_BYTES) {
		if (say_row(at))
			continue;
		if (i == 0)
			say(" Bad stack address");
		return;
	}
}

static void say_frame(__uptr address)
{
	struct uk_symbol symbol;

	uk_crash_line(__NULL, __NULL, 0);
	uk_crash_text(" [0x");
	uk_crash_hex(address, 16);
	uk_crash_text("]");
	if (uk_resolve_symbol && uk_resolve_symbol(address, &symbol)) {
		uk_crash_text(" ");
		uk_crash_text(symbol.name);
		uk_crash_text("+");
		uk_crash_hex(address - symbol.addr, 1);
	}
	uk_crash_end();
}

/* The caller's frame and the address after the call, where there is a frame. */
static int read_frame(__uptr fp, __uptr frame[2])
{
	const __sz len = 2 * sizeof(__uptr);

	return fp % sizeof(__uptr) == 0 && ukplat_stack_holds(fp, len) &&
		uk_nofault_memcpy((char *)frame, (const char *)fp, len, 0) ==
			len;
}

/*
 * Each frame begins with the address of the one that called it, then the
 * address after the call. The byte before that belongs to the call itself,
 * so it is what has the right line.
 */
static void say_callers(__uptr fp)
{
	__uptr frame[2];
	unsigned int i;

	for (i = 2; i < FRAMES_MAX && fp; i++) {
		if (!read_frame(fp, frame)) {
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
	__uptr frame[2];

	say("Call Trace:");
	say_frame(__REGS_PC(regs));
	if (caller && !(read_frame(fp, frame) && frame[1] == caller))
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
	raise(regs);
	ukplat_terminate(UKPLAT_CRASH);
}
