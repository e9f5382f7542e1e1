/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keeps the newest messages, those too that the console does not show.
 * It does not allocate: a message in the middle of a crash is kept as well. It
 * does not keep what the host counts on, nor the program's own output.
 */
#include <uk/plat/console.h>
#include <uk/print.h>
#include <uk/print/log.h>

static char ring[CONFIG_LIBUKPRINT_LOGBUF_SIZE];
/* Where the next byte goes. */
static __sz head;
static int is_full;

static void add(char byte)
{
	ring[head++] = byte;
	if (head < sizeof(ring))
		return;
	head = 0;
	is_full = 1;
}

void uk_print_log_write(const char *text, __sz len)
{
	while (len--)
		add(*text++);
}

int uk_print_log_midline(void)
{
	if (!head && !is_full)
		return 0;
	return ring[(head ? head : sizeof(ring)) - 1] != '\n';
}

/*
 * The oldest line may have lost its beginning. When a single line has filled
 * the log, the end of it is all there is.
 */
static __sz first_line(void)
{
	__sz at, i;

	for (i = 0; i < sizeof(ring); i++) {
		at = (head + i) % sizeof(ring);
		if (ring[at] == '\n')
			return (at + 1) % sizeof(ring);
	}
	return head;
}

void uk_print_log_walk(void (*out)(const char *text, __sz len))
{
	__sz from = is_full ? first_line() : 0;

	if (is_full && from >= head) {
		out(ring + from, sizeof(ring) - from);
		from = 0;
	}
	if (from < head)
		out(ring + from, head - from);
}

static void to_console(const char *text, __sz len)
{
	ukplat_coutk(text, len);
}

void uk_print_dmesg(void)
{
	if (ukplat_console_midline())
		ukplat_coutk("\n", 1);
	uk_print_log_walk(to_console);
	if (ukplat_console_midline())
		ukplat_coutk("\n", 1);
}
