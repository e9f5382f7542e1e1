/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of the kernel: a prefix in front of each line, then the text.
 * It has no length limit, and keeps no message for later.
 */
#include <uk/format.h>
#include <uk/plat/console.h>
#include <uk/print.h>
#include "prefix.h"

struct message {
	struct prefix prefix;
	int level;
};

/* Level of the text that waits for its line feed. */
static int open_level;

static void put(void *cookie, const char *text, size_t len)
{
	const struct message *message = cookie;
	size_t end;

	while (len) {
		/*
		 * A line that someone else has begun is ended, unless it is
		 * the beginning of this one.
		 */
		if (!prefix_is_open() || open_level != message->level) {
			prefix_print(&message->prefix);
			open_level = message->level;
		}
		end = 0;
		while (end < len && text[end] != '\n')
			end++;
		if (end < len)
			end++;
		ukplat_coutk(text, end);
		if (text[end - 1] == '\n')
			prefix_close();
		text += end;
		len -= end;
	}
}

void _uk_vprintk(int lvl, const char *libname, const char *srcname,
		 unsigned int srcline, const char *fmt, va_list ap)
{
	struct message message = {
		.prefix = { lvl, libname, srcname, srcline },
		.level = lvl,
	};

	uk_vformat(put, &message, fmt, ap);
}

void _uk_printk(int lvl, const char *libname, const char *srcname,
		unsigned int srcline, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	_uk_vprintk(lvl, libname, srcname, srcline, fmt, ap);
	va_end(ap);
}
