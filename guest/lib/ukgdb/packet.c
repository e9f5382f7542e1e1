/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * See uk/gdb/packet.h. Two buffers and no allocation: a stub works when nothing else
 * does. A line that damages something is answered as the protocol says; what
 * it has lost comes again, since the debugger asks again.
 */
#include <string.h>
#include <uk/plat/line.h>
#include <uk/gdb/packet.h>

#define INTERRUPT '\x03'
#define ESCAPE '}'
#define ESCAPED 0x20
/* A reader that rejects everything gets no more of it. */
#define REPEATS 50
/* Looks at the line, before the processor sleeps: some milliseconds. */
#define POLLS 2000

/* Below 0, as what is no digit: its sender sends it again, if it is asked. */
#define DAMAGED -1
/* Its sender is gone, or has begun anew: there is nothing to ask for. */
#define CUT -2

static unsigned int number;

static unsigned int read_line(char *byte)
{
	return ukplat_line_read(number, byte);
}

static void write_line(const char *bytes, unsigned int len)
{
	ukplat_line_write(number, bytes, len);
}

static const struct packet_line serial = {
	.read = read_line,
	.write = write_line,
	.wait = ukplat_line_wait,
};
static const struct packet_line *line = &serial;

static const char digits[] = "0123456789abcdef";
static char out[PACKET_BYTES + 8];
static unsigned int used;
static int acks = 1;
/* A byte that was read too early. */
static int kept = -1;

static char wait_byte(void)
{
	unsigned int polls = 0;
	char byte;

	if (kept >= 0) {
		byte = kept;
		kept = -1;
		return byte;
	}
	while (!line->read(&byte)) {
		/* A debugger asks again at once, or not for a long time. */
		if (polls < POLLS)
			polls++;
		else
			line->wait();
	}
	return byte;
}

static void put(const char *bytes, unsigned int len)
{
	line->write(bytes, len);
}

void packet_use(const struct packet_line *other)
{
	line = other ? other : &serial;
	kept = -1;
}

void packet_use_line(unsigned int wanted)
{
	number = wanted;
}

int packet_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int packet_parse(const char **at, __uptr *value)
{
	const char *from = *at;

	*value = 0;
	for (; packet_digit(**at) >= 0; (*at)++)
		*value = *value << 4 | packet_digit(**at);
	return *at != from;
}

/*
 * The data up to the sum; -1 where it is too long. What another one begins in
 * is none: its sender has begun anew.
 */
static int read_data(char *data, __u8 *sum)
{
	unsigned int len = 0;
	char byte;

	for (*sum = 0; (byte = wait_byte()) != '#'; *sum += byte) {
		if (byte == '$') {
			*sum = -byte;
			len = 0;
			continue;
		}
		if (len == PACKET_BYTES)
			return -1;
		data[len++] = byte;
	}
	return len;
}

/*
 * A digit of a sum, below 0 for another byte. What stands at a beginning only
 * is that of another packet, or of another debugger: this one was cut.
 */
static int read_digit(void)
{
	const char byte = wait_byte();

	if (byte == '$')
		kept = byte;
	return byte == '$' || byte == '+' ? CUT : packet_digit(byte);
}

/* A packet without its beginning; below 0 where it is none. */
static int read_rest(char *data)
{
	__u8 sum;
	int len = read_data(data, &sum);
	int high, low;

	if (len < 0)
		return DAMAGED;
	high = read_digit();
	low = high == CUT ? CUT : read_digit();
	if (low == CUT)
		return CUT;
	return high < 0 || low < 0 || (high << 4 | low) != sum ? DAMAGED : len;
}

static unsigned int unescape(char *data, unsigned int len)
{
	unsigned int from, to = 0;

	for (from = 0; from < len; from++) {
		if (data[from] == ESCAPE && from + 1 < len)
			data[to++] = data[++from] ^ ESCAPED;
		else
			data[to++] = data[from];
	}
	return to;
}

unsigned int packet_read(char data[PACKET_BYTES + 1])
{
	int len;

	for (;;) {
		while (wait_byte() != '$')
			;
		len = read_rest(data);
		if (len >= 0)
			break;
		if (acks && len == DAMAGED)
			put("-", 1);
	}
	if (acks)
		put("+", 1);
	len = unescape(data, len);
	data[len] = '\0';
	return len;
}

enum packet_sign packet_poll(void)
{
	char byte;

	for (;;) {
		if (kept < 0 && line->read(&byte))
			kept = (__u8)byte;
		if (kept < 0)
			return PACKET_NOTHING;
		if (kept == '$')
			return PACKET_BEGINS;
		byte = kept;
		kept = -1;
		if (byte == INTERRUPT)
			return PACKET_INTERRUPT;
	}
}

void packet_begin(void)
{
	out[0] = '$';
	used = 1;
}

void packet_byte(char byte)
{
	if (used <= PACKET_BYTES)
		out[used++] = byte;
}

void packet_text(const char *text)
{
	while (*text)
		packet_byte(*text++);
}

void packet_hex(const void *bytes, __sz len)
{
	const __u8 *at = bytes;

	for (; len > 0; at++, len--) {
		packet_byte(digits[*at >> 4]);
		packet_byte(digits[*at & 15]);
	}
}

void packet_number(unsigned long long value)
{
	int shift = 60;

	while (shift > 0 && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		packet_byte(digits[value >> shift & 15]);
}

/* Whether the answer is through: a packet that begins says so too. */
static int is_taken(void)
{
	char byte;

	for (;;) {
		byte = wait_byte();
		if (byte == '+')
			return 1;
		if (byte == '-')
			return 0;
		if (byte == '$' || byte == INTERRUPT) {
			kept = byte;
			return 1;
		}
	}
}

void packet_send(void)
{
	unsigned int i;
	__u8 sum = 0;

	for (i = 1; i < used; i++)
		sum += out[i];
	out[used] = '#';
	out[used + 1] = digits[sum >> 4];
	out[used + 2] = digits[sum & 15];
	for (i = 0; i < REPEATS; i++) {
		put(out, used + 3);
		if (!acks || is_taken())
			return;
	}
}

void packet_answer(const char *text)
{
	packet_begin();
	packet_text(text);
	packet_send();
}

void packet_set_acks(int is_on)
{
	/* Who begins with them waits for that of the packet at hand. */
	if (is_on && !acks)
		put("+", 1);
	acks = is_on;
}
