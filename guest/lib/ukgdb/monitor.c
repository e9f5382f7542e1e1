/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Commands of the debugger's `monitor`: which there are, and how they answer.
 * Those of other libraries are theirs.
 */
#include <string.h>
#include <uk/gdb.h>
#include <uk/plat/bootstrap.h>
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define COMMAND_BYTES 256
#define DIGITS 20

/* Of the linker script. */
extern const struct uk_gdb_command uk_gdbtab_start[], uk_gdbtab_end[];

void uk_gdb_say(const char *text)
{
	packet_begin();
	packet_text("O");
	packet_hex(text, strlen(text));
	packet_send();
}

void uk_gdb_say_hex(unsigned long long value)
{
	char text[2 * sizeof(value) + 3];
	char *at = &text[sizeof(text) - 1];

	*at = '\0';
	do
		*--at = "0123456789abcdef"[value & 15];
	while (value >>= 4);
	*--at = 'x';
	*--at = '0';
	uk_gdb_say(at);
}

void uk_gdb_say_decimal(unsigned long long value)
{
	char text[DIGITS + 1];
	char *at = &text[DIGITS];

	*at = '\0';
	do
		*--at = '0' + value % 10;
	while (value /= 10);
	uk_gdb_say(at);
}

static void help(const char *words __unused)
{
	const struct uk_gdb_command *one;

	for (one = uk_gdbtab_start; one < uk_gdbtab_end; one++) {
		uk_gdb_say(one->name);
		uk_gdb_say("\t");
		uk_gdb_say(one->help);
		uk_gdb_say("\n");
	}
}

static void reset(const char *words __unused)
{
	packet_answer(STUB_OK);
	ukplat_end_machine(UKPLAT_RESTART);
}

UK_GDB_COMMAND(help, "lists the commands", help);
UK_GDB_COMMAND(reset, "ends the machine", reset);

static const struct uk_gdb_command *find(const char *name, __sz len)
{
	const struct uk_gdb_command *one;

	for (one = uk_gdbtab_start; one < uk_gdbtab_end; one++)
		if (strlen(one->name) == len &&
		    strncmp(one->name, name, len) == 0)
			return one;
	return __NULL;
}

/* The text of a command; 0 where it is none, or too long. */
static int decode(const char *hex, char text[COMMAND_BYTES])
{
	unsigned int i;
	int high, low;

	for (i = 0; hex[2 * i]; i++) {
		high = packet_digit(hex[2 * i]);
		low = packet_digit(hex[2 * i + 1]);
		if (high < 0 || low < 0 || i == COMMAND_BYTES - 1)
			return 0;
		text[i] = high << 4 | low;
	}
	text[i] = '\0';
	return 1;
}

void monitor_answer(const char *hex)
{
	const struct uk_gdb_command *one;
	char text[COMMAND_BYTES];
	__sz len;

	if (!decode(hex, text)) {
		packet_answer(STUB_INVALID);
		return;
	}
	len = strcspn(text, " ");
	one = find(text, len);
	if (one)
		one->run(text + len + strspn(text + len, " "));
	else
		uk_gdb_say("There is no such command: see monitor help\n");
	/* Without this the debugger waits for more. */
	packet_answer(STUB_OK);
}
