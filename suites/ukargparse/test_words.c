/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Splitting command lines into words: blanks, quotes, escapes and limits.
 * The table says what each text must yield.
 */
#include <string.h>
#include <uk/argparse.h>
#include <uk/essentials.h>
#include <uk/test.h>

#define MAX_WORDS	16

/* Splits a copy of a text and compares the words. */
static void expect_words(const char *text, const char *const words[])
{
	char buf[128];
	char *argv[MAX_WORDS] = { NULL };
	int count = 0, argc, i;

	while (words[count])
		count++;
	strlcpy(buf, text, sizeof(buf));
	argc = uk_argparse(buf, argv, MAX_WORDS);
	UK_TEST_EXPECT_SNUM_EQ(argc, count);
	for (i = 0; i < argc && i < count; i++)
		UK_TEST_ASSERTF(!strcmp(argv[i], words[i]),
				"word %d of <%s> is <%s>, expected <%s>",
				i, text, argv[i], words[i]);
}

#define EXPECT_WORDS(text, ...)						\
	expect_words((text), (const char *const[]){ __VA_ARGS__, NULL })

UK_TESTCASE(ukargparse_words_testsuite, words_nothing)
{
	char empty[] = "", blanks[] = " \t \n ";
	char *argv[2] = { NULL, NULL };

	UK_TEST_EXPECT_ZERO(uk_argparse(empty, argv, 2));
	UK_TEST_EXPECT_ZERO(uk_argparse(blanks, argv, 2));
	UK_TEST_EXPECT_NULL(argv[0]);
}

UK_TESTCASE(ukargparse_words_testsuite, words_blanks)
{
	EXPECT_WORDS("one", "one");
	EXPECT_WORDS("a/b -x 1 --long=2", "a/b", "-x", "1", "--long=2");
	EXPECT_WORDS("  one two  ", "one", "two");
	EXPECT_WORDS("one\t\ttwo\r\n\vthree", "one", "two", "three");
}

UK_TESTCASE(ukargparse_words_testsuite, words_quotes)
{
	EXPECT_WORDS("'a b' \"c d\"", "a b", "c d");
	EXPECT_WORDS("\"it's\" 'say \"no\"'", "it's", "say \"no\"");
	EXPECT_WORDS("x'y'z\"1 2\"3", "xyz1 23");
	EXPECT_WORDS("a'' b", "a", "b");
	EXPECT_WORDS("a '' b", "a", "", "b");
	EXPECT_WORDS("'open at the end", "open at the end");
}

UK_TESTCASE(ukargparse_words_testsuite, words_escapes)
{
	EXPECT_WORDS("a\\ b", "a b");
	EXPECT_WORDS("\\' \\\"", "'", "\"");
	EXPECT_WORDS("\\a\\\\b", "a\\b");
	EXPECT_WORDS("\"\\a \\\" \\\\\"", "\\a \" \\");
	EXPECT_WORDS("'\\a \\\" \\\\'", "\\a \\\" \\\\");
	EXPECT_WORDS("'it'\\''s'", "it's");
	EXPECT_WORDS("end \\", "end", "\\");
}

UK_TESTCASE(ukargparse_words_testsuite, words_count_limit)
{
	char text[] = "one two three";
	char *argv[3] = { NULL, NULL, NULL };

	UK_TEST_EXPECT_SNUM_EQ(uk_argparse(text, argv, 2), 2);
	UK_TEST_EXPECT_STR_EQ(argv[0], "one");
	UK_TEST_EXPECT_STR_EQ(argv[1], "two");
	UK_TEST_EXPECT_NULL(argv[2]);
	UK_TEST_EXPECT_ZERO(uk_argparse(text, argv, 0));
}

UK_TESTCASE(ukargparse_words_testsuite, words_length_limit)
{
	char text[] = "one two three";
	char whole[] = "onetwo";
	char *argv[4] = { NULL };

	UK_TEST_EXPECT_SNUM_EQ(uk_argnparse(text, 5, argv, 4), 2);
	UK_TEST_EXPECT_STR_EQ(argv[0], "one");
	UK_TEST_EXPECT_SNUM_EQ(argv[1][0], 't');
	/* Nothing after the limit may change. */
	UK_TEST_EXPECT_BYTES_EQ(text + 5, "wo three", 9);
	UK_TEST_EXPECT_SNUM_EQ(uk_argnparse(whole, 3, argv, 4), 1);
	UK_TEST_EXPECT_STR_EQ(whole, "onetwo");
	UK_TEST_EXPECT_ZERO(uk_argnparse(whole, 0, argv, 4));
}

uk_testsuite_register(ukargparse_words_testsuite, NULL);
