/* SPDX-License-Identifier: BSD-3-Clause */
/* See debugger.h. Source: GDB manual, "Packet Acknowledgment". */
#include <string.h>
#include <uk/arch/gdb.h>

#include "debugger.h"
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define TRIES 500

static struct debugger *now;

/* Below 0 where they are none. */
static int value_of(const char *digits)
{
	return packet_digit(digits[0]) < 0 ? -1
		: packet_digit(digits[0]) << 4 | packet_digit(digits[1]);
}

static void queue(const char *bytes, size_t len)
{
	if (now->sent_at == now->sent_len)
		now->sent_at = now->sent_len = 0;
	if (now->sent_len + len > sizeof(now->sent))
		return;
	memcpy(now->sent + now->sent_len, bytes, len);
	now->sent_len += len;
}

static void send_packet(void)
{
	static const char digits[] = "0123456789abcdef";
	const char *data = now->packets[now->current];
	unsigned char sum = 0;
	size_t i;

	for (i = 0; data[i]; i++)
		sum += data[i];
	now->is_acknowledged = false;
	now->is_running = strchr("csCS", data[0]) ||
		strncmp(data, "vCont;", 6) == 0;
	queue("$", 1);
	queue(data, i);
	queue("#", 1);
	queue(&digits[sum >> 4], 1);
	queue(&digits[sum & 15], 1);
}

static void note(const char *data, size_t len)
{
	if (now->transcript_len + len + 2 > TRANSCRIPT_BYTES)
		return;
	memcpy(now->transcript + now->transcript_len, data, len);
	now->transcript_len += len;
	now->transcript[now->transcript_len++] = '\n';
	now->transcript[now->transcript_len] = '\0';
}

/* A whole frame: `data#cc`. */
static void hear_frame(void)
{
	const size_t len = now->heard_len - 3;
	unsigned char sum = 0;
	size_t i;

	for (i = 0; i < len; i++)
		sum += now->heard[i];
	if (sum != value_of(now->heard + len + 1)) {
		queue("-", 1);
		return;
	}
	/* One that comes instead of an acknowledgement is passed over. */
	if (!now->is_acknowledged)
		return;
	queue("+", 1);
	note(now->heard, len);
	/* What a command prints is not its end. */
	if (now->heard[0] == 'O' && now->heard[1] != 'K')
		return;
	now->is_running = false;
	if (++now->current < now->count)
		send_packet();
}

static void hear(char byte)
{
	if (byte == '$') {
		now->is_hearing = true;
		now->heard_len = 0;
		return;
	}
	if (!now->is_hearing) {
		if (byte == '+')
			now->is_acknowledged = true;
		else if (byte == '-' && !now->is_acknowledged)
			send_packet();
		return;
	}
	if (now->heard_len < sizeof(now->heard))
		now->heard[now->heard_len++] = byte;
	if (now->heard_len < 3 || now->heard[now->heard_len - 3] != '#')
		return;
	now->is_hearing = false;
	hear_frame();
}

static enum damage damage_now(void)
{
	return now->bytes++ == now->damaged ? now->damage : NO_DAMAGE;
}

static void write_bytes(const char *bytes, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		switch (damage_now()) {
		case DROPPED:
			break;
		case DOUBLED:
			hear(bytes[i]);
			hear(bytes[i]);
			break;
		case FLIPPED:
			hear(bytes[i] ^ 0x10);
			break;
		case NO_DAMAGE:
			hear(bytes[i]);
		}
	}
}

/* The stub waits and so does the debugger: it asks again. */
static void run_late(void)
{
	if (++now->tries == TRIES)
		now->has_given_up = true;
	if (now->has_given_up)
		queue("+$D#44", 6);
	else if (now->is_acknowledged)
		queue("-", 1);
	else
		send_packet();
}

/* Whether a whole frame begins after a `$`: its sum is that of its data. */
static bool is_frame(const char *data, size_t len)
{
	unsigned char sum = 0;
	size_t i;

	for (i = 0; i < len && data[i] != '#'; i++)
		sum += data[i];
	return i + 3 <= len && sum == value_of(data + i + 1);
}

static unsigned int read_byte(char *byte)
{
	if (now->sent_at == now->sent_len) {
		/* Nothing has to come while the code runs. */
		if (now->is_running)
			return 0;
		run_late();
	}
	*byte = now->sent[now->sent_at++];
	switch (damage_now()) {
	case DROPPED:
		return 0;
	case DOUBLED:
		now->sent_at--;
		break;
	case FLIPPED:
		*byte ^= 0x10;
		/* Such a frame is what was sent, to everybody. */
		if (*byte == '$' && is_frame(now->sent + now->sent_at,
					     now->sent_len - now->sent_at))
			*byte ^= 0x10;
		break;
	case NO_DAMAGE:
		break;
	}
	return 1;
}

/* All that the debugger says is there at once. */
static void no_wait(void)
{
}

void debugger_begin(struct debugger *debugger)
{
	static const struct packet_line played = {
		read_byte, write_bytes, no_wait,
	};

	now = debugger;
	queue(debugger->noise ? debugger->noise : "", debugger->noise_len);
	send_packet();
	packet_use(&played);
	packet_set_acks(1);
}

void debugger_end(void)
{
	packet_use(__NULL);
}

void debugger_interrupt(void)
{
	queue("\x03", 1);
}

void debugger_run(struct debugger *debugger)
{
	static unsigned char fp[544] __align16;
	static struct __regs core;
	const struct ukarch_gdb_regs regs = { &core, fp };
	const struct stub_stop why = {
		.signal = 5,
		.trap.cause = UKARCH_GDB_STEP,
	};

	debugger_begin(debugger);
	while (stub_serve(&regs, &why), !stub_is_detached())
		;
	debugger_end();
}

void debugger_text(const struct debugger *debugger, char *text, size_t bytes)
{
	const char *at = debugger->transcript;
	size_t len = 0;

	for (; at && *at; at = strchr(at, '\n'), at += at != NULL) {
		if (at[0] != 'O' || at[1] == 'K')
			continue;
		for (at++; *at != '\n' && len + 1 < bytes; at += 2)
			text[len++] = value_of(at);
	}
	text[len] = '\0';
}

const char *debugger_reply(const struct debugger *debugger, size_t n)
{
	const char *at = debugger->transcript;

	while (n-- > 0) {
		at = strchr(at, '\n');
		if (at == NULL)
			return NULL;
		at++;
	}
	return *at ? at : NULL;
}
