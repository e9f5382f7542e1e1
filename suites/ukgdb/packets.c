/* SPDX-License-Identifier: BSD-3-Clause */
/* See packets.h. */
#include <stdio.h>
#include <string.h>
#include <uk/test.h>

#include "packets.h"

#define PACKETS 32

struct debugger debugger;

static const char *packets[PACKETS];
static char texts[PACKETS][PACKET_CHARS];
static size_t count;

void begin(void)
{
	memset(&debugger, 0, sizeof(debugger));
	debugger.damaged = (size_t)-1;
	count = 0;
}

void add(const char *packet)
{
	packets[count++] = packet;
}

void add_value(const char *before, unsigned long value, const char *after)
{
	snprintf(texts[count], PACKET_CHARS, "%s%lx%s", before, value, after);
	add(texts[count]);
}

void add_more(const char *text)
{
	char *last = texts[count - 1];

	snprintf(last + strlen(last), PACKET_CHARS - strlen(last), "%s", text);
}

void add_command(const char *command)
{
	size_t at = snprintf(texts[count], PACKET_CHARS, "qRcmd,");

	for (; *command; command++, at += 2)
		snprintf(texts[count] + at, PACKET_CHARS - at, "%02x",
			 (unsigned int)*command);
	add(texts[count]);
}

void add_end(void)
{
	add("D");
	debugger.packets = packets;
	debugger.count = count;
}

bool is_reply(size_t n, const char *text)
{
	const char *reply = debugger_reply(&debugger, n);
	const size_t len = strlen(text);

	return reply && strncmp(reply, text, len) == 0 && reply[len] == '\n';
}
