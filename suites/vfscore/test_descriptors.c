/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Descriptors: copies of them, their flags, and the three at the start.
 * Copies share an open file with its offset and flags.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_descriptors_testsuite, fd_lowest)
{
	int a = open("/", O_RDONLY), b = open("/", O_RDONLY);

	UK_TEST_EXPECT_SNUM_EQ(a, 3);
	UK_TEST_EXPECT_SNUM_EQ(b, 4);
	UK_TEST_EXPECT_ZERO(close(a));
	UK_TEST_EXPECT_SNUM_EQ(open("/", O_RDONLY), 3);
	UK_TEST_EXPECT_ZERO(close(3));
	UK_TEST_EXPECT_ZERO(close(4));
	EXPECT_ERRNO(close(4), EBADF);
	EXPECT_ERRNO(close(-1), EBADF);
	EXPECT_ERRNO(close(1 << 20), EBADF);
}

UK_TESTCASE(vfscore_descriptors_testsuite, fd_dup)
{
	int fd, copy;

	make_file("/fd_dup", "");
	fd = open("/fd_dup", O_RDWR);
	copy = dup(fd);
	UK_TEST_EXPECT_SNUM_GT(copy, fd);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "ab", 2), 2);
	UK_TEST_EXPECT_SNUM_EQ(lseek(copy, 0, SEEK_CUR), 2);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_SNUM_EQ(write(copy, "cd", 2), 2);
	UK_TEST_EXPECT_ZERO(close(copy));
	expect_content("/fd_dup", "abcd");
	EXPECT_ERRNO(dup(fd), EBADF);
	EXPECT_ERRNO(dup(-1), EBADF);
	UK_TEST_EXPECT_ZERO(unlink("/fd_dup"));
}

UK_TESTCASE(vfscore_descriptors_testsuite, fd_dup2)
{
	int a, b;

	make_file("/fd_a", "aaa");
	make_file("/fd_b", "bbb");
	a = open("/fd_a", O_RDWR);
	b = open("/fd_b", O_RDWR);
	UK_TEST_EXPECT_SNUM_EQ(dup2(a, b), b);
	UK_TEST_EXPECT_SNUM_EQ(write(b, "x", 1), 1);
	expect_content("/fd_a", "xaa");
	expect_content("/fd_b", "bbb");
	UK_TEST_EXPECT_SNUM_EQ(dup2(a, a), a);
	UK_TEST_EXPECT_SNUM_EQ(dup2(a, 77), 77);
	UK_TEST_EXPECT_ZERO(close(77));
	EXPECT_ERRNO(dup2(a, -1), EBADF);
	EXPECT_ERRNO(dup2(a, 1 << 20), EBADF);
	UK_TEST_EXPECT_ZERO(close(a));
	EXPECT_ERRNO(dup2(a, b), EBADF);
	EXPECT_ERRNO(dup2(a, a), EBADF);
	/* A failed dup2() leaves its target open. */
	UK_TEST_EXPECT_ZERO(close(b));
	UK_TEST_EXPECT_ZERO(unlink("/fd_a"));
	UK_TEST_EXPECT_ZERO(unlink("/fd_b"));
}

UK_TESTCASE(vfscore_descriptors_testsuite, fd_fcntl)
{
	int fd, copy;

	make_file("/fd_fl", "abc");
	fd = open("/fd_fl", O_RDWR | O_CLOEXEC | O_CREAT, 0600);
	UK_TEST_EXPECT_SNUM_EQ(fcntl(fd, F_GETFL), O_RDWR);
	UK_TEST_EXPECT_SNUM_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	UK_TEST_EXPECT_ZERO(fcntl(fd, F_SETFD, 0));
	UK_TEST_EXPECT_ZERO(fcntl(fd, F_GETFD));
	copy = fcntl(fd, F_DUPFD, 40);
	UK_TEST_EXPECT_SNUM_EQ(copy, 40);
	/* Flags of the file are shared, access modes do not change. */
	UK_TEST_EXPECT_ZERO(fcntl(fd, F_SETFL, O_APPEND | O_WRONLY));
	UK_TEST_EXPECT_SNUM_EQ(fcntl(copy, F_GETFL), O_RDWR | O_APPEND);
	UK_TEST_EXPECT_SNUM_EQ(write(copy, "d", 1), 1);
	expect_content("/fd_fl", "abcd");
	UK_TEST_EXPECT_ZERO(close(copy));
	copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	UK_TEST_EXPECT_SNUM_EQ(fcntl(copy, F_GETFD), FD_CLOEXEC);
	UK_TEST_EXPECT_ZERO(close(copy));
	EXPECT_ERRNO(fcntl(fd, F_DUPFD, -1), EINVAL);
	EXPECT_ERRNO(fcntl(fd, F_DUPFD, 1 << 20), EINVAL);
	EXPECT_ERRNO(fcntl(fd, 12345), EINVAL);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(fcntl(fd, F_GETFL), EBADF);
	UK_TEST_EXPECT_ZERO(unlink("/fd_fl"));
}

UK_TESTCASE(vfscore_descriptors_testsuite, fd_standard)
{
	struct stat st;
	char buf[4];
	int copy, i;

	for (i = 0; i < 3; i++) {
		UK_TEST_EXPECT_ZERO(fstat(i, &st));
		UK_TEST_EXPECT(S_ISCHR(st.st_mode));
		UK_TEST_EXPECT_SNUM_EQ(isatty(i), 1);
		EXPECT_ERRNO(lseek(i, 0, SEEK_SET), ESPIPE);
		EXPECT_ERRNO(fsync(i), EINVAL);
	}
	UK_TEST_EXPECT_SNUM_EQ(write(STDOUT_FILENO, "to stdout\n", 10), 10);
	UK_TEST_EXPECT_SNUM_EQ(write(STDERR_FILENO, "to stderr\n", 10), 10);
	EXPECT_ERRNO(pwrite(STDOUT_FILENO, "x", 1, 0), ESPIPE);
	EXPECT_ERRNO(pread(STDIN_FILENO, buf, 1, 0), ESPIPE);
	/* Even they can be closed, and put back. */
	copy = dup(STDIN_FILENO);
	UK_TEST_EXPECT_ZERO(close(STDIN_FILENO));
	EXPECT_ERRNO(read(STDIN_FILENO, buf, 1), EBADF);
	UK_TEST_EXPECT_ZERO(dup2(copy, STDIN_FILENO));
	UK_TEST_EXPECT_ZERO(close(copy));
	UK_TEST_EXPECT_SNUM_EQ(isatty(STDIN_FILENO), 1);
}

UK_TESTCASE(vfscore_descriptors_testsuite, fd_isatty)
{
	int fd = open("/", O_RDONLY);

	errno = 0;
	UK_TEST_EXPECT_ZERO(isatty(fd));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOTTY);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(isatty(fd));
	UK_TEST_EXPECT_SNUM_EQ(errno, EBADF);
}

UK_TESTCASE(vfscore_descriptors_testsuite, dup3_refuses_what_dup2_takes)
{
	int fd = open(".", O_RDONLY);
	int other = dup3(fd, 40, O_CLOEXEC);

	UK_TEST_EXPECT_SNUM_EQ(other, 40);
	UK_TEST_EXPECT_SNUM_EQ(fcntl(other, F_GETFD), FD_CLOEXEC);
	UK_TEST_EXPECT_SNUM_EQ(dup3(fd, 40, 0), 40);
	UK_TEST_EXPECT_ZERO(fcntl(other, F_GETFD));
	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(dup3(fd, fd, 0), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(dup3(fd, 41, O_APPEND), -1);
	UK_TEST_EXPECT_ZERO(close(other));
	UK_TEST_EXPECT_ZERO(close(fd));
}

uk_testsuite_register(vfscore_descriptors_testsuite, NULL);
