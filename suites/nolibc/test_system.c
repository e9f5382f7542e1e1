/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Character classes, time, jumps, and what headers promise.
 * What ends the machine is not called here.
 */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <uk/test.h>

/* Counts the characters of a class. */
static int members(int (*is)(int))
{
	int c, count = 0;

	for (c = -1; c < 256; c++)
		count += is(c) != 0;
	return count;
}

UK_TESTCASE(nolibc_system_testsuite, ctype_classes)
{
	UK_TEST_EXPECT_SNUM_EQ(members(isdigit), 10);
	UK_TEST_EXPECT_SNUM_EQ(members(isxdigit), 22);
	UK_TEST_EXPECT_SNUM_EQ(members(isupper), 26);
	UK_TEST_EXPECT_SNUM_EQ(members(islower), 26);
	UK_TEST_EXPECT_SNUM_EQ(members(isalpha), 52);
	UK_TEST_EXPECT_SNUM_EQ(members(isalnum), 62);
	UK_TEST_EXPECT_SNUM_EQ(members(isspace), 6);
	UK_TEST_EXPECT_SNUM_EQ(members(isblank), 2);
	UK_TEST_EXPECT_SNUM_EQ(members(iscntrl), 33);
	UK_TEST_EXPECT_SNUM_EQ(members(isprint), 95);
	UK_TEST_EXPECT_SNUM_EQ(members(isgraph), 94);
	UK_TEST_EXPECT_SNUM_EQ(members(ispunct), 32);
	UK_TEST_EXPECT_SNUM_EQ(members(isascii), 128);
	UK_TEST_EXPECT_SNUM_EQ(toupper('q'), 'Q');
	UK_TEST_EXPECT_SNUM_EQ(tolower('Q'), 'q');
	UK_TEST_EXPECT_SNUM_EQ(toupper('1'), '1');
	UK_TEST_EXPECT_SNUM_EQ(tolower(-1), -1);
}

UK_TESTCASE(nolibc_system_testsuite, clock_runs)
{
	struct timespec a, b, wait = { 0, 2000000 };
	struct timeval tv;
	int64_t passed;

	UK_TEST_EXPECT_ZERO(clock_gettime(CLOCK_MONOTONIC, &a));
	UK_TEST_EXPECT_ZERO(nanosleep(&wait, NULL));
	UK_TEST_EXPECT_ZERO(clock_gettime(CLOCK_MONOTONIC, &b));
	passed = (int64_t)(b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec -
		 a.tv_nsec;
	UK_TEST_EXPECT_SNUM_GE(passed, 2000000);
	UK_TEST_EXPECT_SNUM_LT(b.tv_nsec, 1000000000);
	UK_TEST_EXPECT_ZERO(gettimeofday(&tv, NULL));
	UK_TEST_EXPECT_SNUM_GE(tv.tv_sec, b.tv_sec);
	UK_TEST_EXPECT_SNUM_GE(time(NULL), b.tv_sec);
	UK_TEST_EXPECT_ZERO(usleep(10));
	UK_TEST_EXPECT_ZERO(clock_getres(CLOCK_REALTIME, &a));
}

UK_TESTCASE(nolibc_system_testsuite, clock_errors)
{
	struct timespec ts = { 0, 1000000000 };

	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(nanosleep(&ts, NULL), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
	ts.tv_sec = -1;
	UK_TEST_EXPECT_SNUM_EQ(nanosleep(&ts, NULL), -1);
	UK_TEST_EXPECT_SNUM_EQ(clock_gettime(99, &ts), -1);
	UK_TEST_EXPECT_SNUM_EQ(clock_getres(99, &ts), -1);
}

static jmp_buf env;

static __noinline void jump(int value)
{
	longjmp(env, value);
}

static __noinline void jump_from_below(int value)
{
	volatile char room[256];

	room[value] = (char)value;
	jump(room[value]);
}

UK_TESTCASE(nolibc_system_testsuite, setjmp_returns_again)
{
	volatile int times = 0;
	int value = setjmp(env);

	times++;
	if (value == 0 && times == 1)
		jump_from_below(7);
	UK_TEST_EXPECT_SNUM_EQ(value, times == 2 ? 7 : 1);
	/* A jump with 0 arrives as 1. */
	if (times == 2)
		jump(0);
	UK_TEST_EXPECT_SNUM_EQ(times, 3);
}

UK_TESTCASE(nolibc_system_testsuite, math_classes)
{
	volatile double zero = 0.0, one = 1.0, tiny = 4.94e-324;

	UK_TEST_EXPECT(isnan(NAN));
	UK_TEST_EXPECT(!isnan(one));
	UK_TEST_EXPECT(isinf(INFINITY));
	UK_TEST_EXPECT(isinf(-HUGE_VAL));
	UK_TEST_EXPECT(isfinite(one));
	UK_TEST_EXPECT(!isfinite(INFINITY));
	UK_TEST_EXPECT(signbit(-zero));
	UK_TEST_EXPECT_SNUM_EQ(fpclassify(zero), FP_ZERO);
	UK_TEST_EXPECT_SNUM_EQ(fpclassify(one), FP_NORMAL);
	UK_TEST_EXPECT_SNUM_EQ(fpclassify(tiny), FP_SUBNORMAL);
	UK_TEST_EXPECT_SNUM_EQ(fpclassify(NAN), FP_NAN);
	UK_TEST_EXPECT_SNUM_EQ(fpclassify(INFINITY), FP_INFINITE);
	UK_TEST_EXPECT_FLOAT_EQ(fabs(-one), 1.0);
}

UK_TESTCASE(nolibc_system_testsuite, headers_agree)
{
	static_assert(sizeof(ssize_t) == sizeof(size_t), "size of sizes");
	static_assert(sizeof(off_t) == sizeof(long), "size of offsets");

	assert(1 + 1 == 2);
	UK_TEST_EXPECT_SNUM_EQ(EWOULDBLOCK, EAGAIN);
	UK_TEST_EXPECT_SNUM_EQ(ENOTSUP, EOPNOTSUPP);
	UK_TEST_EXPECT_SNUM_EQ(ENOSYS, 38);
	UK_TEST_EXPECT_SNUM_EQ(CHAR_BIT, 8);
	UK_TEST_EXPECT_NULL(getenv("HOME"));
}

uk_testsuite_register(nolibc_system_testsuite, NULL);
