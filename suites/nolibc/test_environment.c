/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The environment, and what a program can ask about its machine.
 * Each case leaves the environment empty, as it found it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uk/test.h>

UK_TESTCASE(nolibc_environment_testsuite, set_and_unset)
{
	UK_TEST_EXPECT_NULL(getenv("HOME"));
	UK_TEST_EXPECT(!environ || !environ[0]);
	UK_TEST_EXPECT_ZERO(clearenv());
	UK_TEST_EXPECT_ZERO(setenv("HOME", "/", 0));
	UK_TEST_EXPECT_ZERO(setenv("HO", "short", 0));
	UK_TEST_EXPECT_ZERO(strcmp(getenv("HOME"), "/"));
	UK_TEST_EXPECT_ZERO(setenv("HOME", "/other", 0));
	UK_TEST_EXPECT_ZERO(strcmp(getenv("HOME"), "/"));
	UK_TEST_EXPECT_ZERO(setenv("HOME", "/other", 1));
	UK_TEST_EXPECT_ZERO(strcmp(environ[0], "HOME=/other"));
	UK_TEST_EXPECT_ZERO(unsetenv("HOME"));
	UK_TEST_EXPECT_ZERO(unsetenv("HOME"));
	UK_TEST_EXPECT_ZERO(strcmp(environ[0], "HO=short"));
	UK_TEST_EXPECT_NULL(environ[1]);
	UK_TEST_EXPECT_ZERO(clearenv());
	UK_TEST_EXPECT_NULL(getenv("HO"));
}

UK_TESTCASE(nolibc_environment_testsuite, a_text_of_the_caller)
{
	char text[] = "KEY=old";

	UK_TEST_EXPECT_ZERO(putenv(text));
	memcpy(text + 4, "new", 3);
	UK_TEST_EXPECT_ZERO(strcmp(getenv("KEY"), "new"));
	UK_TEST_EXPECT_PTR_EQ(environ[0], text);
	UK_TEST_EXPECT_ZERO(setenv("KEY", "", 1));
	UK_TEST_EXPECT_ZERO(strlen(getenv("KEY")));
	UK_TEST_EXPECT_ZERO(putenv((char *)"KEY"));
	UK_TEST_EXPECT_NULL(getenv("KEY"));
}

UK_TESTCASE(nolibc_environment_testsuite, what_is_no_name)
{
	UK_TEST_EXPECT_SNUM_EQ(setenv("", "x", 1), -1);
	UK_TEST_EXPECT_SNUM_EQ(setenv("a=b", "x", 1), -1);
	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(unsetenv("a="), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(putenv((char *)"=x"), -1);
	UK_TEST_EXPECT(!environ || !environ[0]);
}

UK_TESTCASE(nolibc_environment_testsuite, the_machine)
{
	char name[32];

	UK_TEST_EXPECT_SNUM_EQ(sysconf(_SC_PAGESIZE), 4096);
	UK_TEST_EXPECT_SNUM_EQ(sysconf(_SC_NPROCESSORS_ONLN), 1);
	UK_TEST_EXPECT_SNUM_GT(sysconf(_SC_OPEN_MAX), 2);
	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(sysconf(-1), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
	UK_TEST_EXPECT_ZERO(gethostname(name, sizeof(name)));
	UK_TEST_EXPECT_SNUM_GT(strlen(name), 0);
	UK_TEST_EXPECT_SNUM_EQ(gethostname(name, 2), -1);
}

uk_testsuite_register(nolibc_environment_testsuite, NULL);
