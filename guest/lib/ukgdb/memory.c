/* SPDX-License-Identifier: BSD-3-Clause */
/* Packets of memory. What is not there makes no fault: see uk/nofault.h. */
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/nofault.h>
#include <uk/gdb/packet.h>
#include <uk/gdb/stub.h>

#define PIECE 64

/* `address,length`, and what follows; 0 where that is not what it is. */
static int parse_range(const char **at, __uptr *address, __uptr *len)
{
	if (!packet_parse(at, address) || *(*at)++ != ',')
		return 0;
	return packet_parse(at, len) && *address + *len >= *address;
}

void memory_read(const char *at)
{
	char piece[PIECE];
	__uptr address, len;
	__sz want, got, all = 0;

	if (!parse_range(&at, &address, &len)) {
		packet_answer(STUB_INVALID);
		return;
	}
	len = MIN(len, (__uptr)PACKET_BYTES / 2);
	packet_begin();
	do {
		want = MIN(len - all, (__uptr)PIECE);
		got = uk_nofault_memcpy(piece, (char *)address + all, want, 0);
		packet_hex(piece, got);
		all += got;
	} while (got == want && all < len);
	/* Nothing of what was asked for is an error; less than that is not. */
	if (len && !all)
		packet_answer(STUB_NO_MEMORY);
	else
		packet_send();
}

static void write(__uptr address, const char *bytes, __uptr len)
{
	__sz done = uk_nofault_memcpy((char *)address, bytes, len, 0);

	ukarch_gdb_written(address, done);
	packet_answer(done == len ? STUB_OK : STUB_NO_MEMORY);
}

void memory_write(const char *at)
{
	static char bytes[PACKET_BYTES / 2];
	__uptr address, len, i;
	int high, low;

	if (!parse_range(&at, &address, &len) || *at++ != ':' ||
	    len > sizeof(bytes) || strlen(at) != 2 * len) {
		packet_answer(STUB_INVALID);
		return;
	}
	for (i = 0; i < len; i++) {
		high = packet_digit(at[2 * i]);
		low = packet_digit(at[2 * i + 1]);
		if (high < 0 || low < 0) {
			packet_answer(STUB_INVALID);
			return;
		}
		bytes[i] = high << 4 | low;
	}
	write(address, bytes, len);
}

void memory_write_binary(const char *at, unsigned int len)
{
	const char *end = at + len;
	__uptr address, count;

	if (!parse_range(&at, &address, &count) || *at++ != ':' ||
	    (__uptr)(end - at) != count)
		packet_answer(STUB_INVALID);
	else
		write(address, at, count);
}
