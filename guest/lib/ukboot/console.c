/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console, on the first serial line of the machine.
 * How bytes get there is the business of the platform.
 */
#include <uk/gdb.h>
#include <uk/plat/console.h>
#include <uk/plat/line.h>

/* Of a library that an image may be without. */
#pragma weak uk_gdb_print

static int midline;

static void put_lines(const char *buf, unsigned int len)
{
	unsigned int from = 0, at;

	for (at = 0; at < len; at++) {
		if (buf[at] != '\n')
			continue;
		ukplat_line_write(0, buf + from, at - from);
		ukplat_line_write(0, "\r\n", 2);
		from = at + 1;
	}
	ukplat_line_write(0, buf + from, len - from);
}

int ukplat_coutk(const char *buf, unsigned int len)
{
	if (!uk_gdb_print || !uk_gdb_print(buf, len))
		put_lines(buf, len);
	if (len)
		midline = buf[len - 1] != '\n';
	return len;
}

int ukplat_cout(const char *buf, unsigned int len)
{
	return ukplat_coutk(buf, len);
}

int ukplat_cink(char *buf, unsigned int maxlen)
{
	unsigned int i = 0;

	while (i < maxlen && ukplat_line_read(0, &buf[i]))
		i++;
	return i;
}

int ukplat_cin(char *buf, unsigned int maxlen)
{
	return ukplat_cink(buf, maxlen);
}

int ukplat_console_midline(void)
{
	return midline;
}
