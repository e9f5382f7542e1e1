/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets that begin with `q` and `Q`: what the stub can do, the description
 * of the registers, threads, commands, sums and searches.
 * Source: GDB manual, "General Query Packets".
 */
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/nofault.h>
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define CRC_POLYNOMIAL 0x04c11db7U
#define PATTERN_BYTES 256

static const char threads[] =
	"<?xml version=\"1.0\"?><threads>"
	"<thread id=\"1\" name=\"init\" core=\"0\"/></threads>";

/* A piece `offset,length` of a text: `m` where more follows, else `l`. */
static void answer_piece(const char *text, const char *at)
{
	const __sz all = strlen(text);
	__uptr offset, len;

	if (!packet_parse(&at, &offset) || *at++ != ',' ||
	    !packet_parse(&at, &len) || offset > all) {
		packet_answer(STUB_INVALID);
		return;
	}
	len = MIN(len, (__uptr)PACKET_BYTES - 1);
	packet_begin();
	packet_text(offset + len < all ? "m" : "l");
	for (; len > 0 && text[offset]; len--, offset++)
		packet_byte(text[offset]);
	packet_send();
}

/* The sum of gdb's `compare-sections`: most significant bit first. */
static void answer_sum(const char *at)
{
	__uptr address, len, i;
	__u32 crc = 0xffffffff;
	unsigned int bit;
	__u8 byte;

	if (!packet_parse(&at, &address) || *at++ != ',' ||
	    !packet_parse(&at, &len)) {
		packet_answer(STUB_INVALID);
		return;
	}
	for (i = 0; i < len; i++) {
		if (!uk_nofault_try_read(byte, (__u8 *)(address + i))) {
			packet_answer(STUB_NO_MEMORY);
			return;
		}
		crc ^= (__u32)byte << 24;
		for (bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc >> 31 ? CRC_POLYNOMIAL : 0);
	}
	packet_begin();
	packet_text("C");
	packet_number(crc);
	packet_send();
}

/* `address;length;pattern`, the pattern as it is. */
static void answer_search(const char *at, const char *end)
{
	char there[PATTERN_BYTES];
	__uptr address, len, i;
	__sz bytes;

	if (!packet_parse(&at, &address) || *at++ != ';' ||
	    !packet_parse(&at, &len) || *at++ != ';') {
		packet_answer(STUB_INVALID);
		return;
	}
	bytes = end - at;
	if (bytes == 0 || bytes > sizeof(there)) {
		packet_answer("");
		return;
	}
	for (i = 0; i + bytes <= len; i++) {
		if (uk_nofault_memcpy(there, (char *)address + i, bytes, 0) !=
		    bytes) {
			packet_answer(STUB_NO_MEMORY);
			return;
		}
		if (memcmp(there, at, bytes) != 0)
			continue;
		packet_begin();
		packet_text("1,");
		packet_number(address + i);
		packet_send();
		return;
	}
	packet_answer("0");
}

static void answer_supported(void)
{
	packet_begin();
	packet_text("PacketSize=");
	packet_number(PACKET_BYTES);
	packet_text(";qXfer:features:read+;qXfer:threads:read+;swbreak+;"
		    "hwbreak+;QStartNoAckMode+;vContSupported+");
	packet_send();
}

static void start_no_acks(void)
{
	/* The answer is still acknowledged. */
	packet_answer(STUB_OK);
	packet_set_acks(0);
}

/* What follows a name; __NULL where the packet has another one. */
static const char *after(const char *packet, const char *name)
{
	const __sz len = strlen(name);

	return strncmp(packet, name, len) == 0 ? packet + len : __NULL;
}

void query_answer(const char *packet, unsigned int len)
{
	const char *rest;

	if (after(packet, "qSupported"))
		answer_supported();
	else if (after(packet, "QStartNoAckMode"))
		start_no_acks();
	else if ((rest = after(packet, "qXfer:features:read:target.xml:")))
		answer_piece(ukarch_gdb_target, rest);
	else if ((rest = after(packet, "qXfer:threads:read::")))
		answer_piece(threads, rest);
	else if ((rest = after(packet, "qRcmd,")))
		monitor_answer(rest);
	else if ((rest = after(packet, "qCRC:")))
		answer_sum(rest);
	else if ((rest = after(packet, "qSearch:memory:")))
		answer_search(rest, packet + len);
	else if (after(packet, "qAttached"))
		packet_answer("1");
	else if (after(packet, "qfThreadInfo"))
		packet_answer("m1");
	else if (after(packet, "qsThreadInfo"))
		packet_answer("l");
	else if (strcmp(packet, "qC") == 0)
		packet_answer("QC1");
	else
		packet_answer("");
}
