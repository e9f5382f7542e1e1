/* SPDX-License-Identifier: BSD-3-Clause */
/* See uk/gdb/stub.h. One thread: the kit runs one piece of code after the other. */
#include <string.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>
#include "breaks.h"
#include <uk/gdb/packet.h>
#include "registers.h"
#include <uk/gdb/stub.h>

static struct session {
	/** A debugger has sent a packet, and has not left. */
	int is_attached;
	int is_detached;
	/** The debugger lets the code run and waits for a stop. */
	int is_awaited;
	int is_stepping;
	/** Steps between these are one. */
	__uptr range_start, range_end;
} session;

static const struct ukarch_gdb_regs *now;
static const struct stub_stop *stop;

int stub_is_in_range(__uptr address)
{
	return session.is_stepping && address >= session.range_start &&
		address < session.range_end;
}

int stub_is_stepping(void)
{
	return session.is_stepping;
}

int stub_is_attached(void)
{
	return session.is_attached;
}

int stub_is_detached(void)
{
	return session.is_detached;
}

void stub_forget(void)
{
	session = (struct session){ 0 };
}

void stub_reset(void)
{
	session.is_awaited = 0;
}

int stub_is_to_stop(void)
{
	switch (packet_poll()) {
	case PACKET_BEGINS:
		stub_reset();
		return 1;
	case PACKET_INTERRUPT:
		return 1;
	default:
		return 0;
	}
}

static void put_reason(const struct ukarch_gdb_trap *trap)
{
	switch (trap->cause) {
	case UKARCH_GDB_BREAK:
		packet_text("swbreak:;");
		break;
	case UKARCH_GDB_HARD_BREAK:
		packet_text("hwbreak:;");
		break;
	case UKARCH_GDB_WATCH:
		packet_text(trap->kind == '2' ? "watch:" :
			    trap->kind == '3' ? "rwatch:" : "awatch:");
		packet_number(trap->address);
		packet_text(";");
		break;
	case UKARCH_GDB_STEP:
		break;
	}
}

static void report(void)
{
	const __u8 signal = stop->signal;

	packet_begin();
	packet_text("T");
	packet_hex(&signal, 1);
	put_reason(&stop->trap);
	packet_text("thread:1;");
	packet_send();
}

static void answer_registers(void)
{
	packet_begin();
	registers_put_all(now);
	packet_send();
}

static void answer_register(const char *at)
{
	__uptr number;

	packet_begin();
	if (packet_parse(&at, &number) && registers_put(now, number))
		packet_send();
	else
		packet_answer(STUB_INVALID);
}

static void set_register(const char *at)
{
	__uptr number;

	packet_answer(packet_parse(&at, &number) && *at == '=' &&
		      registers_set(now, number, at + 1)
			      ? STUB_OK : STUB_INVALID);
}

/* `Ztype,address,kind` */
static void change_break(const char *packet)
{
	const int is_set = packet[0] == 'Z';
	const char kind = packet[1];
	const char *at = packet + 3;
	__uptr address, len;
	int result;

	if (packet[2] != ',' || !packet_parse(&at, &address) || *at++ != ',' ||
	    !packet_parse(&at, &len)) {
		packet_answer(STUB_INVALID);
		return;
	}
	if (kind == '0')
		result = is_set ? breaks_add(address) : breaks_remove(address);
	else if (kind >= '1' && kind <= '4' && !stub_lacks_steps())
		result = is_set ? ukarch_gdb_hard_set(kind, address, len)
				: ukarch_gdb_hard_clear(kind, address, len);
	else {
		packet_answer("");
		return;
	}
	packet_answer(result == 0 ? STUB_OK : STUB_INVALID);
}

static enum stub_next resume(int is_step, int signal)
{
	session.is_stepping = is_step;
	session.is_awaited = 1;
	/* A trap of the debugger's own is nothing that the code waits for. */
	return signal && signal == stop->signal && signal != 5 && signal != 2
		       ? STUB_DELIVER : STUB_GO_ON;
}

/* `c`, `s`, `C` and `S`, and where to go on: `[signal;]address` */
static enum stub_next resume_at(const char *packet)
{
	const char *at = packet + 1;
	__uptr signal = 0, address;

	session.range_start = session.range_end = 0;
	if (packet[0] == 'C' || packet[0] == 'S') {
		packet_parse(&at, &signal);
		if (*at == ';')
			at++;
	}
	if (packet_parse(&at, &address))
		__REGS_PC(now->core) = address;
	return resume(packet[0] == 's' || packet[0] == 'S', signal);
}

/* The first action is that of the only thread. */
static enum stub_next resume_as_told(const char *at)
{
	const char action = *at++;
	__uptr signal = 0;

	session.range_start = session.range_end = 0;
	if (action == 'C' || action == 'S')
		packet_parse(&at, &signal);
	if (action == 'r' && packet_parse(&at, &session.range_start) &&
	    *at++ == ',')
		packet_parse(&at, &session.range_end);
	if (!strchr("cCsSr", action)) {
		packet_answer(STUB_INVALID);
		return STUB_STAY;
	}
	return resume(action != 'c' && action != 'C', signal);
}

static enum stub_next detach(void)
{
	breaks_forget();
	ukarch_gdb_hard_clear_all();
	packet_answer(STUB_OK);
	session = (struct session){ .is_detached = 1 };
	return STUB_GO_ON;
}

static void kill(void)
{
	session.is_attached = 0;
	ukplat_end_machine(UKPLAT_CRASH);
}

static enum stub_next answer_v(const char *packet)
{
	if (strncmp(packet, "vCont;", 6) == 0)
		return resume_as_told(packet + 6);
	if (strcmp(packet, "vCont?") == 0)
		packet_answer("vCont;c;C;s;S;r");
	else if (strncmp(packet, "vKill", 5) == 0) {
		packet_answer(STUB_OK);
		kill();
	} else
		packet_answer("");
	return STUB_STAY;
}

/* A new debugger knows of nothing that another one has asked for. */
static void begin_session(void)
{
	packet_set_acks(1);
	breaks_forget();
	ukarch_gdb_hard_clear_all();
	session.is_awaited = 0;
	session.is_attached = 1;
}

static enum stub_next answer(const char *packet, unsigned int len)
{
	switch (packet[0]) {
	case '?':
		report();
		return STUB_STAY;
	case 'g':
		answer_registers();
		return STUB_STAY;
	case 'G':
		packet_answer(registers_set_all(now, packet + 1)
				      ? STUB_OK : STUB_INVALID);
		return STUB_STAY;
	case 'p':
		answer_register(packet + 1);
		return STUB_STAY;
	case 'P':
		set_register(packet + 1);
		return STUB_STAY;
	case 'm':
		memory_read(packet + 1);
		return STUB_STAY;
	case 'M':
		memory_write(packet + 1);
		return STUB_STAY;
	case 'X':
		memory_write_binary(packet + 1, len - 1);
		return STUB_STAY;
	case 'Z':
	case 'z':
		change_break(packet);
		return STUB_STAY;
	case 'c':
	case 's':
	case 'C':
	case 'S':
		return resume_at(packet);
	case 'v':
		return answer_v(packet);
	case 'D':
		return detach();
	case 'k':
		kill();
		return STUB_STAY;
	case 'H':
	case 'T':
		packet_answer(STUB_OK);
		return STUB_STAY;
	case 'q':
	case 'Q':
		if (strncmp(packet, "qSupported", 10) == 0)
			begin_session();
		query_answer(packet, len);
		return STUB_STAY;
	default:
		packet_answer("");
		return STUB_STAY;
	}
}

enum stub_next stub_serve(const struct ukarch_gdb_regs *regs,
			  const struct stub_stop *why)
{
	static char packet[PACKET_BYTES + 1];
	enum stub_next next;
	unsigned int len;

	now = regs;
	stop = why;
	breaks_lift();
	if (!session.is_attached)
		uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL,
			  "Waiting for a debugger on %s line\n",
			  stub_shares_console() ? "this" : "the second");
	if (session.is_awaited)
		report();
	session.is_awaited = session.is_stepping = 0;
	do {
		len = packet_read(packet);
		session.is_attached = 1;
		next = answer(packet, len);
	} while (next == STUB_STAY);
	breaks_plant();
	return next;
}
