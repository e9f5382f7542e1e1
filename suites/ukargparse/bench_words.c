/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How many instructions it takes to split a command line, plain and quoted.
 * Splitting changes the text, so that each round has a copy of its own.
 */
#include <string.h>
#include <uk/argparse.h>
#include <uk/test.h>

#define WORDS	8

/* Splits a copy of the text into as many words as are expected. */
static void split(const char *text, int words)
{
	char copy[128];
	char *argv[WORDS];

	strcpy(copy, text);
	UK_TEST_ASSERT(uk_argparse(copy, argv, WORDS) == words);
}

UK_TEST_BENCH(ukargparse_bench_testsuite, words_plain)
{
	split("vfs.rootfs=ramfs netdev.ip=172.44.0.2/24 -- ls -l /etc", 6);
}
UK_TEST_LIMIT(ukargparse_bench_testsuite, words_plain, instructions, 20000);

UK_TEST_BENCH(ukargparse_bench_testsuite, words_quoted)
{
	split("sh -c 'echo \"two words\"' \"it's\" a\\ b", 5);
}

UK_TEST_BENCH(ukargparse_bench_testsuite, nextarg)
{
	char list[] = "one:two::four:five:six";
	char *rest = list;

	while (rest != NULL)
		uk_test_keep(uk_nextarg(&rest, ':'));
}

uk_testsuite_register(ukargparse_bench_testsuite, NULL);
