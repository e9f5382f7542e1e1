/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lays bytes out in columns and hands them on, to a string, a stream or the
 * console. It keeps no line of its own: any number of bytes needs no memory.
 * What cannot be read is two question marks.
 */
#include <string.h>
#include <uk/assert.h>
#include <uk/format.h>
#include <uk/hexdump.h>
#include <uk/nofault.h>

#define GROUPS                                                             \
	(UK_HXDF_GRPBYTE | UK_HXDF_GRPWORD | UK_HXDF_GRPDWORD |            \
	 UK_HXDF_GRPQWORD)

/* Where the text goes, and how much of it there was. */
struct out {
	uk_format_sink sink;
	void *cookie;
	int count;
};

static void __printf(2, 3) put(struct out *out, const char *fmt, ...)
{
	va_list ap;
	int count;

	va_start(ap, fmt);
	count = uk_vformat(out->sink, out->cookie, fmt, ap);
	va_end(ap);
	out->count += count;
}

/* Bytes of a group, 0 for no groups at all. */
static size_t group_bytes(int flags)
{
	switch (flags & GROUPS) {
	case 0:
		return 0;
	case UK_HXDF_GRPBYTE:
		return 1;
	case UK_HXDF_GRPWORD:
		return 2;
	case UK_HXDF_GRPDWORD:
		return 4;
	default:
		UK_ASSERT((flags & GROUPS) == UK_HXDF_GRPQWORD);
		return 8;
	}
}

/*
 * One line. Unikraft ends no group after the very first byte, so groups of
 * one byte begin with a pair.
 */
static void line(struct out *out, const unsigned char *data, size_t len,
		 size_t full, int flags)
{
	size_t group = group_bytes(flags);
	size_t columns = flags & UK_HXDF_ASCIISEC ? full : len;
	unsigned char byte;
	size_t i;

	for (i = 0; i < columns; i++) {
		if (i >= len)
			put(out, "   ");
		else if (uk_nofault_try_read(byte, &data[i]))
			put(out, "%02x ", byte);
		else
			put(out, "?? ");
		if (i && group && (i + 1) % group == 0)
			put(out, " ");
	}
	if (flags & UK_HXDF_ASCIISEC) {
		put(out, group ? "|" : " |");
		for (i = 0; i < len; i++)
			put(out, "%c",
			    uk_nofault_try_read(byte, &data[i]) &&
				    byte >= ' ' && byte <= '~' ? byte : '.');
		put(out, "|");
	}
	put(out, "\n");
}

static void dump(struct out *out, const unsigned char *data, size_t len,
		 size_t addr0, int flags, unsigned int groups,
		 const char *prefix)
{
	size_t full = groups * (group_bytes(flags) ? group_bytes(flags) : 1);
	size_t at, bytes;
	int repeats = 0;

	UK_ASSERT(groups >= 1);
	for (at = 0; at < len; at += full) {
		bytes = MIN(len - at, full);
		if (at && (flags & UK_HXDF_COMPRESS) &&
		    uk_nofault_probe_r((__uptr)data + at - full, full + bytes,
				       0) == full + bytes &&
		    memcmp(data + at - full, data + at, bytes) == 0) {
			if (!repeats++)
				put(out, "*\n");
			continue;
		}
		repeats = 0;
		if (prefix)
			put(out, "%s", prefix);
		if (flags & UK_HXDF_ADDR)
			put(out, "%08lx  ", (unsigned long)(addr0 + at));
		line(out, data + at, bytes, full, flags);
	}
}

static void put_stream(void *cookie, const char *text, size_t len)
{
	fwrite(text, 1, len, cookie);
}

int uk_hexdumpf(FILE *fp, const void *data, size_t len, size_t addr0, int flags,
		unsigned int grps_per_line, const char *line_prefix)
{
	struct out out = { put_stream, fp, 0 };

	UK_ASSERT(fp);
	dump(&out, data, len, addr0, flags, grps_per_line, line_prefix);
	return out.count;
}

struct string {
	char *at;
	/* Bytes that are left, the terminating NUL included. */
	size_t room;
};

static void put_string(void *cookie, const char *text, size_t len)
{
	struct string *string = cookie;
	size_t fits = MIN(len, string->room ? string->room - 1 : 0);

	memcpy(string->at, text, fits);
	string->at += fits;
	string->room -= fits;
}

int uk_hexdumpsn(char *str, size_t size, const void *data, size_t len,
		 size_t addr0, int flags, unsigned int grps_per_line,
		 const char *line_prefix)
{
	struct string string = { str, size };
	struct out out = { put_string, &string, 0 };

	UK_ASSERT(str);
	dump(&out, data, len, addr0, flags, grps_per_line, line_prefix);
	if (size)
		*string.at = '\0';
	return out.count;
}

struct message {
	int lvl;
	const char *libname, *srcname;
	unsigned int srcline;
};

static void put_message(void *cookie, const char *text, size_t len)
{
	const struct message *message = cookie;

	if (len)
		_uk_printk(message->lvl, message->libname, message->srcname,
			   message->srcline, "%.*s", (int)len, text);
}

void _uk_hexdumpk(int lvl, const char *libname, const char *srcname,
		  unsigned int srcline, const void *data, size_t len,
		  int flags, unsigned int grps_per_line,
		  const char *line_prefix)
{
	struct message message = { lvl, libname, srcname, srcline };
	struct out out = { put_message, &message, 0 };

	dump(&out, data, len, (size_t)data, flags, grps_per_line, line_prefix);
}
