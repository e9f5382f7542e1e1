/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values that words of a command line set, and what is said of those that
 * cannot be. The library is "app", as that of values.c.
 */
#include <errno.h>
#include <string.h>
#include <uk/store.h>
#include <uk/test.h>

static __s32 level;
static char name[300];

static int get_level(void *cookie __unused, __s32 *out)
{
	*out = level;
	return 0;
}

static int set_level(void *cookie __unused, __s32 val)
{
	level = val;
	return 0;
}

static int get_name(void *cookie __unused, char **out __unused)
{
	return -EAGAIN;
}

static int set_name(void *cookie __unused, const char *val)
{
	strcpy(name, val);
	return 0;
}

UK_STORE_STATIC_ENTRY(21, word_level, s32, get_level, set_level);
UK_STORE_STATIC_ENTRY(22, word_name, charp, get_name, set_name);
UK_STORE_STATIC_ENTRY(23, word_fixed, s32, get_level, NULL);

static char failed_name[160];
static int failed_error;
static unsigned int failures;

static void note(const char *of, const char *value __unused, int error)
{
	strcpy(failed_name, of);
	failed_error = error;
	failures++;
}

static void set(const char *words)
{
	failed_error = 0;
	failures = 0;
	level = 0;
	strcpy(name, "as it was");
	uk_store_set_words(words, note);
}

UK_TESTCASE(ukstore_words, set_values_in_their_order)
{
	set("first uktest.set=app/word_level=3\tuktest.only=x "
	    "uktest.set=app/word_name=a=b uktest.set=app/word_level=-4");
	UK_TEST_EXPECT_ZERO(failures);
	UK_TEST_EXPECT_SNUM_EQ(level, -4);
	UK_TEST_EXPECT_STR_EQ(name, "a=b");
	set(" ");
	UK_TEST_EXPECT_ZERO(level);
}

UK_TESTCASE(ukstore_words, stand_for_any_byte_but_the_last)
{
	set("uktest.set=app/word_name=50%25%20of%c3%A9");
	UK_TEST_EXPECT_ZERO(failures);
	UK_TEST_EXPECT_STR_EQ(name, "50% of\xc3\xa9");
	set("uktest.set=app/word_name=a%00");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EINVAL);
	set("uktest.set=app/word_name=a%4");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EINVAL);
	set("uktest.set=app/word_name=a%4g");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EINVAL);
	UK_TEST_EXPECT_STR_EQ(name, "as it was");
}

UK_TESTCASE(ukstore_words, that_set_nothing_are_named)
{
	set("uktest.set=app/no_such=1");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -ENOENT);
	UK_TEST_EXPECT_STR_EQ(failed_name, "app/no_such");
	set("uktest.set=other/word_level=1");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -ENOENT);
	set("uktest.set=app");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EINVAL);
	UK_TEST_EXPECT_STR_EQ(failed_name, "app");
	set("uktest.set=app/word_fixed=1");
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EIO);
	set("uktest.set=app/word_level=many");
	UK_TEST_EXPECT(failed_error < 0);
	UK_TEST_EXPECT_UNUM_EQ(failures, 1);
	UK_TEST_EXPECT_ZERO(level);
}

UK_TESTCASE(ukstore_words, may_be_longer_than_there_is_room)
{
	static char words[600];

	strcpy(words, "uktest.set=app/word_name=");
	memset(words + strlen(words), 'x', 255);
	set(words);
	UK_TEST_EXPECT_ZERO(failures);
	UK_TEST_EXPECT_UNUM_EQ(strlen(name), 255);
	strcat(words, "y");
	set(words);
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -ENAMETOOLONG);
	UK_TEST_EXPECT_STR_EQ(name, "as it was");
	memset(words, 0, sizeof(words));
	strcpy(words, "uktest.set=");
	memset(words + strlen(words), 'n', 300);
	set(words);
	UK_TEST_EXPECT_SNUM_EQ(failed_error, -EINVAL);
	UK_TEST_EXPECT_UNUM_EQ(strlen(failed_name), 127);
}

uk_testsuite_register(ukstore_words, NULL);
