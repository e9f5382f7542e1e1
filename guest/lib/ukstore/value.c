/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values in whatever type somebody wants them: numbers of each width, text.
 * It does not know where an entry comes from.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/arch/limits.h>
#include <uk/assert.h>
#include "internal.h"

/* All digits of the largest number, a sign, a NUL. */
#define NUMBER_BYTES 22

/* A number between the least signed and the largest unsigned one. */
struct number {
	int is_negative;
	/* Without the sign. */
	__u64 size;
};

static struct number of_signed(__s64 value)
{
	return (struct number){
		.is_negative = value < 0,
		/* The least one has no counterpart above 0. */
		.size = value < 0 ? -(__u64)value : (__u64)value,
	};
}

static struct number of_unsigned(__u64 value)
{
	return (struct number){ .size = value };
}

/* Digits with a sign, all of the text. */
static int of_text(const char *text, struct number *number)
{
	const char *at = text;
	__u64 digit;

	number->is_negative = *at == '-';
	if (*at == '-' || *at == '+')
		at++;
	if (!*at)
		return -EINVAL;
	for (number->size = 0; *at; at++) {
		if (*at < '0' || *at > '9')
			return -EINVAL;
		digit = *at - '0';
		if (number->size > (__U64_MAX - digit) / 10)
			return -ERANGE;
		number->size = number->size * 10 + digit;
	}
	return 0;
}

static int to_signed(struct number number, __s64 most, __s64 *out)
{
	if (number.size > (__u64)most + (number.is_negative ? 1 : 0))
		return -ERANGE;
	*out = number.is_negative ? (__s64)-number.size : (__s64)number.size;
	return 0;
}

static int to_unsigned(struct number number, __u64 most, __u64 *out)
{
	if (number.size > most || (number.is_negative && number.size))
		return -ERANGE;
	*out = number.size;
	return 0;
}

static void *cookie_of(const struct uk_store_entry *e)
{
	if (e->flags & UK_STORE_ENTRY_FLAG_STATIC)
		return NULL;
	return __containerof(e, struct uk_store_object_entry, entry)
		->object->cookie;
}

/* What the getter of a number says; one of text is text_of()'s. */
static int read_number(const struct uk_store_entry *e, struct number *number)
{
	void *cookie = cookie_of(e);
	int result;

#define READ(type, kind)                                                   \
	{                                                                  \
		__##type value;                                            \
									   \
		result = e->get.type(cookie, &value);                      \
		if (!result)                                               \
			*number = kind(value);                             \
		return result;                                             \
	}

	switch (e->type) {
	case UK_STORE_ENTRY_TYPE(s8):
		READ(s8, of_signed);
	case UK_STORE_ENTRY_TYPE(u8):
		READ(u8, of_unsigned);
	case UK_STORE_ENTRY_TYPE(s16):
		READ(s16, of_signed);
	case UK_STORE_ENTRY_TYPE(u16):
		READ(u16, of_unsigned);
	case UK_STORE_ENTRY_TYPE(s32):
		READ(s32, of_signed);
	case UK_STORE_ENTRY_TYPE(u32):
		READ(u32, of_unsigned);
	case UK_STORE_ENTRY_TYPE(s64):
		READ(s64, of_signed);
	case UK_STORE_ENTRY_TYPE(u64):
		READ(u64, of_unsigned);
	case UK_STORE_ENTRY_TYPE(uptr):
		READ(uptr, of_unsigned);
	default:
		return -EINVAL;
	}
#undef READ
}

/* All getters lie at the same place, so any tells whether there is one. */
static int can_read(const struct uk_store_entry *e)
{
	UK_ASSERT(e);
	return e->get.u8 != NULL;
}

static int can_write(const struct uk_store_entry *e)
{
	UK_ASSERT(e);
	return e->set.u8 != NULL;
}

static int get_number(const struct uk_store_entry *e, struct number *number)
{
	char *text;
	int result;

	if (!can_read(e))
		return -EIO;
	if (e->type != UK_STORE_ENTRY_TYPE(charp))
		return read_number(e, number);
	result = e->get.charp(cookie_of(e), &text);
	if (result)
		return result;
	result = of_text(text, number);
	free(text);
	return result;
}

#define GETTER(type, wide, most)                                           \
	int _uk_store_get_##type(const struct uk_store_entry *e,           \
				 __##type *out)                            \
	{                                                                  \
		struct number number;                                      \
		wide value;                                                \
		int result;                                                \
									   \
		UK_ASSERT(out);                                            \
		result = get_number(e, &number);                           \
		if (!result)                                               \
			result = TO_##wide(number, (most), &value);        \
		if (!result)                                               \
			*out = (__##type)value;                            \
		return result;                                             \
	}

#define TO___s64 to_signed
#define TO___u64 to_unsigned

GETTER(s8, __s64, __S8_MAX)
GETTER(u8, __u64, __U8_MAX)
GETTER(s16, __s64, __S16_MAX)
GETTER(u16, __u64, __U16_MAX)
GETTER(s32, __s64, __S32_MAX)
GETTER(u32, __u64, __U32_MAX)
GETTER(s64, __s64, __S64_MAX)
GETTER(u64, __u64, __U64_MAX)
GETTER(uptr, __u64, (__uptr)-1)

static void number_text(struct number number, char text[NUMBER_BYTES])
{
	snprintf(text, NUMBER_BYTES, "%s%llu",
		 number.is_negative && number.size ? "-" : "",
		 (unsigned long long)number.size);
}

int _uk_store_get_charp(const struct uk_store_entry *e, char **out)
{
	struct number number;
	char text[NUMBER_BYTES];
	int result;

	UK_ASSERT(out);
	if (can_read(e) && e->type == UK_STORE_ENTRY_TYPE(charp))
		return e->get.charp(cookie_of(e), out);
	result = get_number(e, &number);
	if (result)
		return result;
	number_text(number, text);
	*out = strdup(text);
	return *out ? 0 : -ENOMEM;
}

int _uk_store_get_ncharp(const struct uk_store_entry *e, char *out,
			 __sz maxlen)
{
	char *text;
	int result;

	UK_ASSERT(out);
	result = _uk_store_get_charp(e, &text);
	if (result)
		return result;
	if (strlen(text) < maxlen)
		strcpy(out, text);
	else
		result = -ERANGE;
	free(text);
	return result;
}

static int write_text(const struct uk_store_entry *e, struct number number)
{
	char text[NUMBER_BYTES];

	number_text(number, text);
	return e->set.charp(cookie_of(e), text);
}

static int set_number(const struct uk_store_entry *e, struct number number)
{
	void *cookie;
	int result;

	if (!can_write(e))
		return -EIO;
	cookie = cookie_of(e);

#define WRITE(type, wide, most)                                            \
	{                                                                  \
		wide value;                                                \
									   \
		result = TO_##wide(number, (most), &value);                \
		return result ? result                                     \
			      : e->set.type(cookie, (__##type)value);      \
	}

	switch (e->type) {
	case UK_STORE_ENTRY_TYPE(s8):
		WRITE(s8, __s64, __S8_MAX);
	case UK_STORE_ENTRY_TYPE(u8):
		WRITE(u8, __u64, __U8_MAX);
	case UK_STORE_ENTRY_TYPE(s16):
		WRITE(s16, __s64, __S16_MAX);
	case UK_STORE_ENTRY_TYPE(u16):
		WRITE(u16, __u64, __U16_MAX);
	case UK_STORE_ENTRY_TYPE(s32):
		WRITE(s32, __s64, __S32_MAX);
	case UK_STORE_ENTRY_TYPE(u32):
		WRITE(u32, __u64, __U32_MAX);
	case UK_STORE_ENTRY_TYPE(s64):
		WRITE(s64, __s64, __S64_MAX);
	case UK_STORE_ENTRY_TYPE(u64):
		WRITE(u64, __u64, __U64_MAX);
	case UK_STORE_ENTRY_TYPE(uptr):
		WRITE(uptr, __u64, (__uptr)-1);
	case UK_STORE_ENTRY_TYPE(charp):
		return write_text(e, number);
	default:
		return -EINVAL;
	}
#undef WRITE
}

#define SETTER(type, kind)                                                 \
	int _uk_store_set_##type(const struct uk_store_entry *e,           \
				 __##type val)                             \
	{                                                                  \
		return set_number(e, kind(val));                           \
	}

SETTER(s8, of_signed)
SETTER(u8, of_unsigned)
SETTER(s16, of_signed)
SETTER(u16, of_unsigned)
SETTER(s32, of_signed)
SETTER(u32, of_unsigned)
SETTER(s64, of_signed)
SETTER(u64, of_unsigned)
SETTER(uptr, of_unsigned)

int _uk_store_set_charp(const struct uk_store_entry *e, const char *val)
{
	struct number number;
	int result;

	UK_ASSERT(val);
	if (!can_write(e))
		return -EIO;
	if (e->type == UK_STORE_ENTRY_TYPE(charp))
		return e->set.charp(cookie_of(e), val);
	result = of_text(val, &number);
	return result ? result : set_number(e, number);
}
