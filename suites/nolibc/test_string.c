/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions of string.h on strings, with empty ones and full buffers.
 * Where a size limits them, the byte after has to stay.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uk/test.h>

UK_TESTCASE(nolibc_string_testsuite, strlen_lengths)
{
	UK_TEST_EXPECT_ZERO(strlen(""));
	UK_TEST_EXPECT_SNUM_EQ(strlen("abc"), 3);
	UK_TEST_EXPECT_SNUM_EQ(strnlen("abc", 2), 2);
	UK_TEST_EXPECT_SNUM_EQ(strnlen("abc", 9), 3);
	UK_TEST_EXPECT_ZERO(strnlen("abc", 0));
}

UK_TESTCASE(nolibc_string_testsuite, strcmp_order)
{
	UK_TEST_EXPECT_ZERO(strcmp("", ""));
	UK_TEST_EXPECT_ZERO(strcmp("abc", "abc"));
	UK_TEST_EXPECT_SNUM_LT(strcmp("ab", "abc"), 0);
	UK_TEST_EXPECT_SNUM_GT(strcmp("abc", "ab"), 0);
	UK_TEST_EXPECT_SNUM_GT(strcmp("\xe4", "z"), 0);
	UK_TEST_EXPECT_ZERO(strncmp("abc", "abd", 2));
	UK_TEST_EXPECT_SNUM_LT(strncmp("abc", "abd", 3), 0);
	UK_TEST_EXPECT_ZERO(strncmp("ab", "ab", 10));
	UK_TEST_EXPECT_ZERO(strncmp("a", "b", 0));
	UK_TEST_EXPECT_ZERO(strcoll("a", "a"));
	UK_TEST_EXPECT_ZERO(strcasecmp("HeLLo", "hEllO"));
	UK_TEST_EXPECT_SNUM_LT(strcasecmp("A", "b"), 0);
	UK_TEST_EXPECT_ZERO(strncasecmp("ABx", "aby", 2));
}

UK_TESTCASE(nolibc_string_testsuite, strcpy_copies)
{
	char buf[8];

	memset(buf, '-', 8);
	UK_TEST_EXPECT_PTR_EQ(strcpy(buf, "abc"), buf);
	UK_TEST_EXPECT_BYTES_EQ(buf, "abc\0----", 8);
	UK_TEST_EXPECT_PTR_EQ(stpcpy(buf, "xy"), buf + 2);
	UK_TEST_EXPECT_BYTES_EQ(buf, "xy\0\0----", 8);
	memset(buf, '-', 8);
	UK_TEST_EXPECT_PTR_EQ(strncpy(buf, "ab", 5), buf);
	UK_TEST_EXPECT_BYTES_EQ(buf, "ab\0\0\0---", 8);
	strncpy(buf, "abcdef", 3);
	UK_TEST_EXPECT_BYTES_EQ(buf, "abc\0\0---", 8);
	UK_TEST_EXPECT_PTR_EQ(stpncpy(buf, "abcdef", 3), buf + 3);
}

UK_TESTCASE(nolibc_string_testsuite, strlcpy_limits)
{
	char buf[8];

	memset(buf, '-', 8);
	UK_TEST_EXPECT_SNUM_EQ(strlcpy(buf, "abcdef", 4), 6);
	UK_TEST_EXPECT_BYTES_EQ(buf, "abc\0----", 8);
	UK_TEST_EXPECT_SNUM_EQ(strlcpy(buf, "x", 0), 1);
	UK_TEST_EXPECT_SNUM_EQ(strlcat(buf, "defgh", 6), 8);
	UK_TEST_EXPECT_BYTES_EQ(buf, "abcde\0--", 8);
	UK_TEST_EXPECT_SNUM_EQ(strlcat(buf, "zz", 3), 5);
	UK_TEST_EXPECT_STR_EQ(buf, "abcde");
}

UK_TESTCASE(nolibc_string_testsuite, strcat_joins)
{
	char buf[16] = "ab";

	UK_TEST_EXPECT_PTR_EQ(strcat(buf, "cd"), buf);
	UK_TEST_EXPECT_STR_EQ(strcat(buf, ""), "abcd");
	UK_TEST_EXPECT_STR_EQ(strncat(buf, "efgh", 2), "abcdef");
	UK_TEST_EXPECT_STR_EQ(strncat(buf, "gh", 9), "abcdefgh");
}

UK_TESTCASE(nolibc_string_testsuite, strchr_finds)
{
	const char *text = "hello";

	UK_TEST_EXPECT_PTR_EQ(strchr(text, 'l'), text + 2);
	UK_TEST_EXPECT_PTR_EQ(strrchr(text, 'l'), text + 3);
	UK_TEST_EXPECT_NULL(strchr(text, 'x'));
	UK_TEST_EXPECT_NULL(strrchr(text, 'x'));
	UK_TEST_EXPECT_PTR_EQ(strchr(text, 0), text + 5);
	UK_TEST_EXPECT_PTR_EQ(strrchr(text, 0), text + 5);
	UK_TEST_EXPECT_PTR_EQ(strchrnul(text, 'x'), text + 5);
	UK_TEST_EXPECT_PTR_EQ(index(text, 'e'), text + 1);
	UK_TEST_EXPECT_PTR_EQ(rindex(text, 'o'), text + 4);
}

UK_TESTCASE(nolibc_string_testsuite, strstr_finds)
{
	const char *text = "one onion";

	UK_TEST_EXPECT_PTR_EQ(strstr(text, "oni"), text + 4);
	UK_TEST_EXPECT_PTR_EQ(strstr(text, ""), text);
	UK_TEST_EXPECT_PTR_EQ(strstr(text, "on"), text);
	UK_TEST_EXPECT_NULL(strstr(text, "onions"));
	UK_TEST_EXPECT_NULL(strstr("", "a"));
	UK_TEST_EXPECT_PTR_EQ(strcasestr(text, "ONI"), text + 4);
	UK_TEST_EXPECT_NULL(strcasestr(text, "ONIX"));
	UK_TEST_EXPECT_PTR_EQ(strcasestr(text, ""), text);
}

UK_TESTCASE(nolibc_string_testsuite, strspn_counts)
{
	UK_TEST_EXPECT_SNUM_EQ(strspn("aabbc", "ab"), 4);
	UK_TEST_EXPECT_ZERO(strspn("abc", ""));
	UK_TEST_EXPECT_SNUM_EQ(strspn("abc", "cba"), 3);
	UK_TEST_EXPECT_SNUM_EQ(strcspn("path/to", "/:"), 4);
	UK_TEST_EXPECT_SNUM_EQ(strcspn("abc", ""), 3);
	UK_TEST_EXPECT_STR_EQ(strpbrk("key=val", ":="), "=val");
	UK_TEST_EXPECT_NULL(strpbrk("key", ":="));
}

UK_TESTCASE(nolibc_string_testsuite, strtok_splits)
{
	char text[] = "::a:b,:c", more[] = "x y";
	char *state, *rest = text;

	UK_TEST_EXPECT_STR_EQ(strtok_r(text, ":,", &state), "a");
	UK_TEST_EXPECT_STR_EQ(strtok(more, " "), "x");
	UK_TEST_EXPECT_STR_EQ(strtok_r(NULL, ":,", &state), "b");
	UK_TEST_EXPECT_STR_EQ(strtok_r(NULL, ":,", &state), "c");
	UK_TEST_EXPECT_NULL(strtok_r(NULL, ":,", &state));
	UK_TEST_EXPECT_NULL(strtok_r(NULL, ":,", &state));
	UK_TEST_EXPECT_STR_EQ(strtok(NULL, " "), "y");
	UK_TEST_EXPECT_NULL(strtok(NULL, " "));

	strcpy(text, "a::b");
	UK_TEST_EXPECT_STR_EQ(strsep(&rest, ":"), "a");
	UK_TEST_EXPECT_STR_EQ(strsep(&rest, ":"), "");
	UK_TEST_EXPECT_STR_EQ(strsep(&rest, ":"), "b");
	UK_TEST_EXPECT_NULL(strsep(&rest, ":"));
}

UK_TESTCASE(nolibc_string_testsuite, strdup_copies)
{
	char *a = strdup("copy"), *b = strndup("copy", 2);
	char *c = strndup("copy", 99);

	UK_TEST_EXPECT_STR_EQ(a, "copy");
	UK_TEST_EXPECT_STR_EQ(b, "co");
	UK_TEST_EXPECT_STR_EQ(c, "copy");
	free(a);
	free(b);
	free(c);
}

UK_TESTCASE(nolibc_string_testsuite, strerror_texts)
{
	char buf[8];

	UK_TEST_EXPECT_STR_EQ(strerror(0), "Success");
	UK_TEST_EXPECT_STR_EQ(strerror(ENOENT), "No such file or directory");
	UK_TEST_EXPECT_STR_EQ(strerror(ENOTSUP), "Operation not supported");
	UK_TEST_EXPECT_STR_EQ(strerror(4711), "Unknown error 4711");
	UK_TEST_EXPECT_STR_EQ(strerror(-1), "Unknown error -1");
	UK_TEST_EXPECT_SNUM_EQ(strerror_r(EINVAL, buf, sizeof(buf)), ERANGE);
	UK_TEST_EXPECT_STR_EQ(buf, "Invalid");
	UK_TEST_EXPECT_ZERO(ffs(0));
	UK_TEST_EXPECT_SNUM_EQ(ffs(0x50), 5);
}

uk_testsuite_register(nolibc_string_testsuite, NULL);
