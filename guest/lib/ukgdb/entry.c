/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What has the code stop for a debugger: breakpoints and steps, exceptions,
 * failures, crashes, a byte on the line. All of them come here by a trap, so
 * that the code goes on with whatever registers the debugger has set.
 */
#include <uk/arch/gdb.h>
#include <uk/crash.h>
#include <uk/ctors.h>
#include <uk/gdb.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/interrupt.h>
#include <uk/plat/line.h>
#include "breaks.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define SECOND 1

#define SIGNAL_TRAP 5
#define SIGNAL_ABORT 6

#define FIRST 0
/* After all that mend a fault, uk/nofault.h included. */
#define LAST 9

/* What the command line asks for. */
static struct wishes {
	__u8 is_known, boot, fault, assert, crash;
	/** Steps are made by breakpoints: the processor has none. */
	__u8 steps_by_breaks;
	/** The line of uk/plat/line.h that the debugger has. */
	__u8 line;
} wishes;

/* A stop that the code itself has asked for, by a trap. */
static struct wanted {
	int signal;
	const struct __regs *regs;
} wanted;

int stub_is_busy;

static int asks_for(const char *word)
{
	return ukplat_cmdline_has("uktest.gdb") || ukplat_cmdline_has(word);
}

static const struct wishes *what(void)
{
	if (wishes.is_known)
		return &wishes;
	wishes = (struct wishes){
		.is_known = 1,
		.boot = asks_for("uktest.gdb=boot"),
		.fault = asks_for("uktest.gdb=fault"),
		.assert = asks_for("uktest.gdb=assert"),
		.crash = asks_for("uktest.gdb=crash"),
		.steps_by_breaks =
			ukplat_cmdline_has("uktest.gdb.step=breakpoints"),
		.line = ukplat_cmdline_has("uktest.gdb.line=second") &&
			ukplat_line_exists(SECOND) ? SECOND : 0,
	};
	return &wishes;
}

int stub_lacks_steps(void)
{
	return what()->steps_by_breaks;
}

int stub_shares_console(void)
{
	return what()->line == 0;
}

static int is_on(void)
{
	const struct wishes *all = what();

	return !stub_is_detached() && (stub_is_attached() || all->boot ||
		all->fault || all->assert || all->crash);
}

/* A step of a processor that has none: breakpoints where the code may go. */
static int step_by_breaks(const struct __regs *core)
{
	__uptr next[2];
	unsigned int i, count;

	if (!stub_lacks_steps())
		return 0;
	breaks_lift();
	breaks_remove_steps();
	count = ukarch_gdb_next(core, next);
	for (i = 0; i < count; i++)
		breaks_add_step(next[i]);
	breaks_plant();
	return count > 0;
}

static void go_on(struct __regs *core)
{
	int how = stub_is_attached() ? UKARCH_GDB_INTERRUPTS : 0;

	if (stub_is_stepping() && !step_by_breaks(core))
		how |= UKARCH_GDB_ONE;
	ukarch_gdb_go_on(core, how);
}

/* Stops the code of these registers. 0 where it gets its signal instead. */
static int serve(const struct ukarch_gdb_regs *regs,
		 const struct stub_stop *why)
{
	static int is_open;
	enum stub_next next;

	stub_is_busy = 1;
	if (!is_open) {
		packet_use_line(what()->line);
		ukplat_line_interrupt(what()->line);
	}
	is_open = 1;
	next = stub_serve(regs, why);
	stub_is_busy = 0;
	go_on(regs->core);
	return next == STUB_GO_ON;
}

/* A trap that the code has made to stop. */
static int serve_wanted(struct ukarch_trap_ctx *ctx)
{
	struct ukarch_gdb_regs regs = { ctx->regs, ctx->fp };
	const struct stub_stop why = {
		.signal = wanted.signal,
		.trap.cause = UKARCH_GDB_STEP,
	};
	struct __regs copy;

	wanted.signal = 0;
	if (wanted.regs) {
		/* What has crashed is not what goes on. */
		copy = *wanted.regs;
		regs = (struct ukarch_gdb_regs){ &copy, __NULL };
		wanted.regs = __NULL;
	}
	/* Whatever the signal was, the trap was for this. */
	serve(&regs, &why);
	return 1;
}

static void skip_break(struct __regs *core)
{
#ifdef __aarch64__
	/* The processor of x86 has done so. */
	__REGS_PC(core) += ukarch_gdb_break_bytes;
#else
	(void)core;
#endif
}

/*
 * Whether a trap is the debugger's, or is to be: a step that has not left its
 * range or the stub's printing goes on.
 */
static int serve_trap(struct ukarch_trap_ctx *ctx,
		      const struct ukarch_gdb_trap *trap)
{
	struct ukarch_gdb_regs regs = { ctx->regs, ctx->fp };
	struct stub_stop why = { SIGNAL_TRAP, *trap };

	if (trap->cause == UKARCH_GDB_BREAK) {
		__REGS_PC(ctx->regs) = trap->address;
		if (!breaks_is_asked(trap->address))
			why.trap.cause = UKARCH_GDB_STEP;
	}
	if (stub_is_busy || (why.trap.cause == UKARCH_GDB_STEP &&
			stub_is_in_range(__REGS_PC(ctx->regs)))) {
		go_on(ctx->regs);
		return 1;
	}
	breaks_remove_steps();
	return serve(&regs, &why);
}

static int on_debug(void *data)
{
	struct ukarch_trap_ctx *ctx = data;
	struct ukarch_gdb_trap trap;

	if (!wanted.signal && !is_on())
		return UK_EVENT_NOT_HANDLED;
	ukarch_gdb_stopped(ctx->regs);
	trap = ukarch_gdb_why(ctx);
	if (trap.cause == UKARCH_GDB_BREAK && !breaks_has(trap.address)) {
		if (!wanted.signal) {
			go_on(ctx->regs);
			return UK_EVENT_NOT_HANDLED;
		}
		skip_break(ctx->regs);
		return serve_wanted(ctx);
	}
	return serve_trap(ctx, &trap);
}

/* A breakpoint that is in the code itself, and that nothing else takes. */
static int on_compiled_break(void *data)
{
	struct ukarch_trap_ctx *ctx = data;

	if (stub_is_busy || !stub_is_attached() || stub_is_detached())
		return UK_EVENT_NOT_HANDLED;
	wanted.signal = SIGNAL_TRAP;
	skip_break(ctx->regs);
	return serve_wanted(ctx);
}

static int on_fault(void *data)
{
	struct ukarch_trap_ctx *ctx = data;
	struct ukarch_gdb_regs regs = { ctx->regs, ctx->fp };
	const struct stub_stop why = {
		.signal = ukarch_gdb_signal(ctx),
		.trap.cause = UKARCH_GDB_STEP,
	};

	if (stub_is_busy || !what()->fault || stub_is_detached())
		return UK_EVENT_NOT_HANDLED;
	ukarch_gdb_stopped(ctx->regs);
	return serve(&regs, &why);
}

void stub_stop_here(int signal, const struct __regs *regs)
{
	if (stub_is_busy || stub_is_detached())
		return;
	wanted = (struct wanted){ signal, regs };
	ukarch_gdb_trap();
}

static int on_crash(void *data)
{
	const struct uk_crash_event_param *param = data;

	if (what()->crash)
		stub_stop_here(SIGNAL_ABORT, param->regs);
	return UK_EVENT_HANDLED_CONT;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_DEBUG, on_debug, FIRST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_DEBUG, on_compiled_break, LAST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_INVALID_OP, on_fault, LAST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_PAGE_FAULT, on_fault, LAST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_BUS_ERROR, on_fault, LAST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_MATH, on_fault, LAST);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_SECURITY, on_fault, LAST);
#ifdef UKARCH_TRAP_X86_GP
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_X86_GP, on_fault, LAST);
#endif
UK_EVENT_HANDLER_PRIO(UK_CRASH_EVENT, on_crash, LAST);

void uk_gdb_break(void)
{
	if (is_on())
		stub_stop_here(SIGNAL_TRAP, __NULL);
}

int uk_gdb_is_attached(void)
{
	return stub_is_attached();
}

/* Of uktest and ubsan, which call them after they have printed. */
void uk_test_on_failure(void);
void uk_test_on_failure(void)
{
	if (what()->assert)
		stub_stop_here(SIGNAL_ABORT, __NULL);
}

void ubsan_on_finding(void);
void ubsan_on_finding(void)
{
	if (what()->assert)
		stub_stop_here(SIGNAL_ABORT, __NULL);
}

static int on_interrupt(void *data)
{
	struct ukarch_trap_ctx *ctx = data;
	struct ukarch_gdb_regs regs = { ctx->regs, ctx->fp };
	const struct stub_stop why = {
		.signal = STUB_INTERRUPT,
		.trap.cause = UKARCH_GDB_STEP,
	};
	int is_stop;

	ukplat_interrupt_begin();
	/* A stub that waits for the byte is woken by this, and reads it. */
	is_stop = !stub_is_busy && stub_is_to_stop();
	ukplat_interrupt_end();
	if (!is_stop || stub_is_detached())
		return UK_EVENT_HANDLED;
	ukarch_gdb_stopped(ctx->regs);
	serve(&regs, &why);
	return UK_EVENT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_INTERRUPT, on_interrupt, FIRST);

static void start(void)
{
	if (what()->boot)
		uk_gdb_break();
}

UK_CTOR_PRIO(start, FIRST);
