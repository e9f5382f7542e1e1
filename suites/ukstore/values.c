/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values of libraries, read and written in whatever type. Objects are in
 * objects.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/arch/limits.h>
#include <uk/print.h>
#include <uk/store.h>
#include <uk/test.h>

static __u64 large = __U64_MAX;
static __s8 small = -128;
static char text[24] = "42";

static int get_large(void *cookie, __u64 *out)
{
	*out = large;
	return cookie ? -EINVAL : 0;
}

static int set_large(void *cookie __unused, __u64 val)
{
	large = val;
	return 0;
}

static int get_small(void *cookie __unused, __s8 *out)
{
	*out = small;
	return 0;
}

static int set_small(void *cookie __unused, __s8 val)
{
	small = val;
	return 0;
}

static int get_text(void *cookie __unused, char **out)
{
	*out = strdup(text);
	return *out ? 0 : -ENOMEM;
}

static int set_text(void *cookie __unused, const char *val)
{
	if (strlen(val) >= sizeof(text))
		return -ENAMETOOLONG;
	strcpy(text, val);
	return 0;
}

static int get_nothing(void *cookie __unused, __u32 *out __unused)
{
	return -EAGAIN;
}

UK_STORE_STATIC_ENTRY(1, large, u64, get_large, set_large);
UK_STORE_STATIC_ENTRY(2, small, s8, get_small, set_small);
UK_STORE_STATIC_ENTRY(3, text, charp, get_text, set_text);
UK_STORE_STATIC_ENTRY(4, nothing, u32, get_nothing, NULL);
UK_STORE_STATIC_ENTRY(5, closed, u32, NULL, NULL);

static const struct uk_store_entry *own(__u64 id)
{
	return uk_store_static_entry_get(uk_store_libid("app"), id);
}

UK_TESTCASE(ukstore_values, are_found_by_number)
{
	UK_TEST_REQUIRE_NOT_NULL(own(1));
	UK_TEST_EXPECT_STR_EQ(own(1)->name, "large");
	UK_TEST_EXPECT_STR_EQ(own(3)->name, "text");
	UK_TEST_EXPECT_NULL(own(6));
	UK_TEST_EXPECT_NULL(uk_store_static_entry_get(0, 1));
	UK_TEST_EXPECT_NULL(uk_store_static_entry_get(999, 1));
	UK_TEST_EXPECT_ZERO(uk_store_libid("libnosuch"));
	UK_TEST_EXPECT_UNUM_EQ(uk_store_libid("libapp"),
			       uk_store_libid("app"));
	UK_TEST_EXPECT_NULL(uk_store_libname(999));
}

UK_TESTCASE(ukstore_values, have_the_layout_of_unikraft)
{
#ifdef __LP64__
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct uk_store_entry), 40);
	UK_TEST_EXPECT_UNUM_EQ(__builtin_offsetof(struct uk_store_entry, type),
			       36);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct uk_store_object), 80);
#else
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct uk_store_entry), 32);
	UK_TEST_EXPECT_UNUM_EQ(__builtin_offsetof(struct uk_store_entry, type),
			       24);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct uk_store_object), 48);
#endif
	UK_TEST_EXPECT_SNUM_EQ(UK_STORE_ENTRY_TYPE(charp), 10);
}

UK_TESTCASE(ukstore_values, convert_or_say_that_they_do_not_fit)
{
	__u64 u64;
	__s64 s64;
	__u8 u8;
	__s8 s8;
	__u32 u32;

	UK_TEST_EXPECT_ZERO(uk_store_get_value(own(1), u64, &u64));
	UK_TEST_EXPECT_UNUM_EQ(u64, __U64_MAX);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(1), s64, &s64), -ERANGE);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(1), u8, &u8), -ERANGE);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(own(2), s8, &s8));
	UK_TEST_EXPECT_SNUM_EQ(s8, -128);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(own(2), s64, &s64));
	UK_TEST_EXPECT_SNUM_EQ(s64, -128);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(2), u32, &u32), -ERANGE);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(own(3), u32, &u32));
	UK_TEST_EXPECT_UNUM_EQ(u32, 42);
}

UK_TESTCASE(ukstore_values, have_a_text_with_all_their_digits)
{
	char room[21];
	char *copy;

	UK_TEST_REQUIRE_ZERO(uk_store_get_value(own(1), charp, &copy));
	UK_TEST_EXPECT_STR_EQ(copy, "18446744073709551615");
	free(copy);
	UK_TEST_EXPECT_ZERO(_uk_store_get_ncharp(own(1), room, 21));
	UK_TEST_EXPECT_STR_EQ(room, "18446744073709551615");
	UK_TEST_EXPECT_SNUM_EQ(_uk_store_get_ncharp(own(1), room, 20),
			       -ERANGE);
	UK_TEST_EXPECT_ZERO(_uk_store_get_ncharp(own(2), room, 5));
	UK_TEST_EXPECT_STR_EQ(room, "-128");
}

UK_TESTCASE(ukstore_values, are_written_from_any_type)
{
	__u64 u64;

	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(1), u8, 7));
	UK_TEST_EXPECT_UNUM_EQ(large, 7);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_set_value(own(1), s8, -1), -ERANGE);
	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(1), charp,
					       "18446744073709551615"));
	UK_TEST_EXPECT_UNUM_EQ(large, __U64_MAX);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_set_value(own(1), charp,
						  "18446744073709551616"),
			       -ERANGE);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_set_value(own(2), s16, -129), -ERANGE);
	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(2), s64, 127));
	UK_TEST_EXPECT_SNUM_EQ(small, 127);
	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(2), charp, "-128"));
	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(3), s32, -5));
	UK_TEST_EXPECT_STR_EQ(text, "-5");
	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(3), u64, &u64), -ERANGE);
	UK_TEST_EXPECT_ZERO(uk_store_set_value(own(3), charp, "42"));
}

UK_TESTCASE(ukstore_values, say_what_is_wrong)
{
	__u32 u32 = 1;

	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(4), u32, &u32), -EAGAIN);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_get_value(own(5), u32, &u32), -EIO);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_set_value(own(4), u32, 1), -EIO);
	for (const char *const *bad = (const char *const []){
		     "", "-", "4 2", "4x", "0x10", NULL }; *bad; bad++)
		UK_TEST_EXPECT_SNUM_EQ(uk_store_set_value(own(1), charp, *bad),
				       -EINVAL);
	UK_TEST_EXPECT_UNUM_EQ(u32, 1);
}

UK_TESTCASE(ukstore_values, of_the_kit_are_those_of_its_libraries)
{
	const __u16 heap = uk_store_libid("libukalloc");
	const __u16 print = uk_store_libid("libukdebug");
	const struct uk_store_entry *level;
	unsigned int before = uk_print_level();
	__s64 now, then;
	void *block;

	UK_TEST_REQUIRE(heap && print);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(
		uk_store_static_entry_get(heap, 9), s64, &now));
	block = malloc(100);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(
		uk_store_static_entry_get(heap, 9), s64, &then));
	free(block);
	UK_TEST_EXPECT_SNUM_EQ(then - now, 100);
	level = uk_store_static_entry_get(print, 1);
	UK_TEST_EXPECT_STR_EQ(level->name, "console_lvl");
	UK_TEST_EXPECT_ZERO(uk_store_set_value(level, charp, "2"));
	UK_TEST_EXPECT_UNUM_EQ(uk_print_level(), KLVL_ERR);
	uk_print_set_level(before);
}

uk_testsuite_register(ukstore_values, NULL);
