/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System calls as functions: what each of the four says of a result, and that
 * errno is changed where it has to be and nowhere else.
 */
#include <uk/syscall.h>
#include <uk/test.h>

static int answer;

UK_SYSCALL_R_DEFINE(int, suite_raw, int, first, const char *, text)
{
	if (first < 0)
		return first;
	return first + text[0];
}

UK_SYSCALL_DEFINE(long, suite_errno, int, error)
{
	if (error < 0)
		return -1;
	if (!error)
		return answer;
	errno = error;
	return -1;
}

UK_SYSCALL_R_DEFINE(void *, suite_nothing)
{
	return &answer;
}

UK_LLSYSCALL_R_DEFINE(unsigned long, suite_six, char, a, short, b, int, c,
		      long, d, unsigned char, e, char *, f)
{
	return a * 100000 + b * 10000 + c * 1000 + d * 100 + e * 10 + (f != 0);
}

UK_LLSYSCALL_DEFINE(int, suite_low, int, error)
{
	errno = error;
	return error ? -1 : 5;
}

/* As another file would declare them. */
UK_SYSCALL_E_PROTO(2, suite_raw);
UK_SYSCALL_R_PROTO(2, suite_raw);
UK_SYSCALL_DO_PROTO(6, suite_six);
UK_SYSCALL_R_PROTO(0, suite_nothing);

static void setup(struct uk_testcase *esac __unused)
{
	answer = 7;
	errno = EDOM;
}

UK_TESTCASE(syscall_shim, results_are_the_same_in_all_forms)
{
	const long text = (long)"A";

	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_raw(2, text), 67);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_e_suite_raw(2, text), 67);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_do_suite_raw(2, text), 67);
	UK_TEST_EXPECT_SNUM_EQ(suite_raw(2, "A"), 67);
	UK_TEST_EXPECT_SNUM_EQ(errno, EDOM);
}

UK_TESTCASE(syscall_shim, error_of_a_raw_body)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_raw(-ENOENT, 0), -ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_do_suite_raw(-ENOENT, 0), -ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(errno, EDOM);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_e_suite_raw(-ENOENT, 0), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(suite_raw(-EPERM, NULL), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EPERM);
}

UK_TESTCASE(syscall_shim, negative_number_that_is_no_error)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_e_suite_raw(-100000, 0), -100000);
	UK_TEST_EXPECT_SNUM_EQ(errno, EDOM);
}

UK_TESTCASE(syscall_shim, error_of_a_body_with_errno)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_errno(EBUSY), -EBUSY);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_do_suite_errno(EBUSY), -EBUSY);
	UK_TEST_EXPECT_SNUM_EQ(errno, EDOM);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_e_suite_errno(EBUSY), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EBUSY);
	UK_TEST_EXPECT_SNUM_EQ(suite_errno(EEXIST), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EEXIST);
	UK_TEST_EXPECT_SNUM_EQ(suite_errno(0), 7);
}

UK_TESTCASE(syscall_shim, error_without_a_number)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_errno(-1), -EFAULT);
	UK_TEST_EXPECT_SNUM_EQ(errno, EDOM);
}

UK_TESTCASE(syscall_shim, no_arguments_and_a_pointer)
{
	UK_TEST_EXPECT_PTR_EQ(suite_nothing(), &answer);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_nothing(), (long)&answer);
}

UK_TESTCASE(syscall_shim, six_arguments_have_their_types)
{
	/* Bits that a char and a short do not have are cut off. */
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_do_suite_six(0x101, 0x10002, 3, 4,
						       0x105, 6), 123451);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_six(0, 0, 0, 0, 0, 0), 0);
}

UK_TESTCASE(syscall_shim, call_without_a_name_of_the_c_library)
{
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_r_suite_low(EINTR), -EINTR);
	UK_TEST_EXPECT_SNUM_EQ(uk_syscall_e_suite_low(0), 5);
}

uk_testsuite_fixture(syscall_shim, setup, NULL, NULL);
uk_testsuite_register(syscall_shim, NULL);
