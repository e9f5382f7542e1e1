/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of the kernel: to the console, as far as its level goes, and to the
 * log of an image that has one.
 * It does not know how a line looks, and formats each message once.
 */
#include <uk/format.h>
#include <uk/print.h>
#include <uk/print/log.h>
#include "output.h"

/* Of a library that an image may be without. */
#pragma weak uk_print_log_write
#pragma weak uk_print_log_midline

unsigned int uk_print_console_level = KLVL_DEBUG;

static struct output log_output = {
	.out = uk_print_log_write,
	.is_midline = uk_print_log_midline,
	.fields = PREFIX_TIME | PREFIX_SOURCE,
};

struct message {
	struct prefix prefix;
	int is_shown;
	int is_kept;
};

unsigned int uk_print_level(void)
{
	return uk_print_console_level;
}

void uk_print_set_level(unsigned int level)
{
	uk_print_console_level = level;
}

static void put(void *cookie, const char *text, size_t len)
{
	const struct message *message = cookie;

	if (message->is_shown)
		output_text(&output_console, &message->prefix, text, len);
	if (message->is_kept)
		output_text(&log_output, &message->prefix, text, len);
}

static void print(const struct prefix *prefix, const char *fmt, va_list ap)
{
	unsigned int level = prefix->level & UK_PRINT_KLVL_MASK;
	int is_protocol = !!(prefix->level & UK_PRINT_PROTOCOL);
	struct message message = {
		.prefix = *prefix,
		.is_shown = is_protocol || level <= uk_print_console_level,
		.is_kept = !is_protocol && uk_print_log_write,
	};

	if (!message.is_shown && !message.is_kept)
		return;
	message.prefix.time = ukplat_monotonic_clock();
	/* The crash screen does not ask: the function may be what is broken. */
	if (output_console.fields & PREFIX_THREAD)
		message.prefix.thread = uk_print_thread_name();
	uk_vformat(put, &message, fmt, ap);
}

void _uk_vprintk(int lvl, const char *libname, const char *srcname,
		 unsigned int srcline, const char *fmt, va_list ap)
{
	const struct prefix prefix = {
		.level = lvl,
		.library = libname,
		.source = srcname,
		.line = srcline,
		.caller = __return_addr(0),
		.frame = __frame_addr(0),
	};

	print(&prefix, fmt, ap);
}

void _uk_printk(int lvl, const char *libname, const char *srcname,
		unsigned int srcline, const char *fmt, ...)
{
	const struct prefix prefix = {
		.level = lvl,
		.library = libname,
		.source = srcname,
		.line = srcline,
		.caller = __return_addr(0),
		.frame = __frame_addr(0),
	};
	va_list ap;

	va_start(ap, fmt);
	print(&prefix, fmt, ap);
	va_end(ap);
}
