/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values that the command line sets: `uktest.set=LIBRARY/ENTRY=VALUE`, any
 * number of times, in the order in which they stand. Blanks, `%` and what is
 * no printable ASCII stand in the value as `%` and two hexadecimal digits.
 * It knows no objects: there are none before the first suite.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "internal.h"

#define WORD "uktest.set="
#define NAME_BYTES 128
#define VALUE_BYTES 256

/* Takes one byte of a value; the number of characters, 0 for a wrong one. */
static __sz byte_at(const char *at, __sz left, char *byte)
{
	char digits[3] = {0};

	*byte = *at;
	if (*at != '%')
		return 1;
	if (left < 3)
		return 0;
	digits[0] = at[1];
	digits[1] = at[2];
	if (!isxdigit(at[1]) || !isxdigit(at[2]))
		return 0;
	*byte = (char)strtoul(digits, NULL, 16);
	return *byte ? 3 : 0;
}

static int decode(const char *from, __sz len, char value[VALUE_BYTES])
{
	__sz at = 0, size = 0, step;

	while (at < len) {
		if (size == VALUE_BYTES - 1)
			return -ENAMETOOLONG;
		step = byte_at(from + at, len - at, &value[size]);
		if (!step)
			return -EINVAL;
		at += step;
		size++;
	}
	value[size] = '\0';
	return 0;
}

struct wanted {
	const char *name;
	const struct uk_store_entry *entry;
};

static const char *plain(const char *library)
{
	return strncmp(library, "lib", 3) == 0 ? library + 3 : library;
}

static int is_wanted(void *cookie, const char *library,
		     const struct uk_store_object *object,
		     const struct uk_store_entry *entry)
{
	struct wanted *wanted = cookie;
	const char *rest = wanted->name;
	__sz len = strlen(plain(library));

	if (object || strncmp(rest, plain(library), len) || rest[len] != '/' ||
	    strcmp(rest + len + 1, entry->name))
		return 0;
	wanted->entry = entry;
	return 1;
}

/* One word, from after its beginning to its end. */
static void set_one(const char *at, __sz len, uk_store_failed_t failed)
{
	const char *equals = memchr(at, '=', len);
	__sz name_len = equals ? (__sz)(equals - at) : len;
	char name[NAME_BYTES], value[VALUE_BYTES] = "";
	struct wanted wanted = { .name = name };
	int result = equals ? 0 : -EINVAL;

	name_len = MIN(name_len, sizeof(name) - 1);
	memcpy(name, at, name_len);
	name[name_len] = '\0';
	if (!result)
		result = decode(equals + 1, at + len - equals - 1, value);
	if (!result && !uk_store_foreach(is_wanted, &wanted))
		result = -ENOENT;
	if (!result)
		result = uk_store_set_value(wanted.entry, charp, value);
	if (result)
		failed(name, value, result);
}

void uk_store_set_words(const char *words, uk_store_failed_t failed)
{
	__sz len;

	while (*words) {
		words += strspn(words, " \t");
		len = strcspn(words, " \t");
		if (!strncmp(words, WORD, sizeof(WORD) - 1))
			set_one(words + sizeof(WORD) - 1,
				len - (sizeof(WORD) - 1), failed);
		words += len;
	}
}
