/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * open() with every flag that means something here, and every error.
 * What happens to open files is the other suites' subject.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_open_testsuite, open_create)
{
	struct stat st;
	int fd;

	EXPECT_ERRNO(open("/open_new", O_RDWR), ENOENT);
	fd = open("/open_new", O_RDWR | O_CREAT, 0604);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode, S_IFREG | 0604);
	UK_TEST_EXPECT_ZERO(st.st_size);
	UK_TEST_EXPECT_ZERO(close(fd));
	/* There already: neither emptied nor changed. */
	make_file("/open_new", "kept");
	fd = open("/open_new", O_RDWR | O_CREAT, 0777);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode, S_IFREG | 0604);
	UK_TEST_EXPECT_SNUM_EQ(st.st_size, 4);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/open_new"));
}

UK_TESTCASE(vfscore_open_testsuite, open_exclusive)
{
	int fd = open("/open_excl", O_WRONLY | O_CREAT | O_EXCL, 0600);

	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(open("/open_excl", O_WRONLY | O_CREAT | O_EXCL, 0600),
		     EEXIST);
	EXPECT_ERRNO(open("/", O_RDONLY | O_CREAT | O_EXCL, 0600), EEXIST);
	UK_TEST_EXPECT_ZERO(unlink("/open_excl"));
}

UK_TESTCASE(vfscore_open_testsuite, open_truncate)
{
	struct stat st;
	int fd;

	make_file("/open_trunc", "something");
	fd = open("/open_trunc", O_WRONLY | O_TRUNC);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_ZERO(st.st_size);
	UK_TEST_EXPECT_ZERO(close(fd));
	make_file("/open_trunc", "something");
	fd = creat("/open_trunc", 0600);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(close(fd));
	expect_content("/open_trunc", "");
	UK_TEST_EXPECT_ZERO(unlink("/open_trunc"));
}

UK_TESTCASE(vfscore_open_testsuite, open_access_modes)
{
	char buf[4];
	int fd;

	make_file("/open_modes", "abc");
	fd = open("/open_modes", O_RDONLY);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 3), 3);
	EXPECT_ERRNO(write(fd, "x", 1), EBADF);
	UK_TEST_EXPECT_ZERO(close(fd));
	fd = open("/open_modes", O_WRONLY);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "x", 1), 1);
	EXPECT_ERRNO(read(fd, buf, 1), EBADF);
	UK_TEST_EXPECT_ZERO(close(fd));
	fd = open("/open_modes", O_RDWR);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(buf[0], 'x');
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "y", 1), 1);
	UK_TEST_EXPECT_ZERO(close(fd));
	expect_content("/open_modes", "xyc");
	EXPECT_ERRNO(open("/open_modes", O_ACCMODE), EINVAL);
	UK_TEST_EXPECT_ZERO(unlink("/open_modes"));
}

UK_TESTCASE(vfscore_open_testsuite, open_directory)
{
	char buf[4];
	int fd;

	make_file("/open_plain", "x");
	UK_TEST_EXPECT_ZERO(mkdir("/open_dir", 0700));
	fd = open("/open_dir", O_RDONLY | O_DIRECTORY);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	EXPECT_ERRNO(read(fd, buf, sizeof(buf)), EISDIR);
	EXPECT_ERRNO(write(fd, buf, 1), EBADF);
	EXPECT_ERRNO(ftruncate(fd, 0), EINVAL);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(open("/open_dir", O_WRONLY), EISDIR);
	EXPECT_ERRNO(open("/open_dir", O_RDWR), EISDIR);
	EXPECT_ERRNO(open("/open_dir", O_RDONLY | O_CREAT, 0600), EISDIR);
	EXPECT_ERRNO(open("/open_dir", O_RDONLY | O_TRUNC), EISDIR);
	EXPECT_ERRNO(open("/open_plain", O_RDONLY | O_DIRECTORY), ENOTDIR);
	EXPECT_ERRNO(open("/open_new/", O_WRONLY | O_CREAT, 0600), EISDIR);
	UK_TEST_EXPECT_ZERO(rmdir("/open_dir"));
	UK_TEST_EXPECT_ZERO(unlink("/open_plain"));
}

UK_TESTCASE(vfscore_open_testsuite, open_paths)
{
	static char name[NAME_MAX + 3];

	make_file("/open_p", "x");
	EXPECT_ERRNO(open("", O_RDONLY), ENOENT);
	EXPECT_ERRNO(open("", O_WRONLY | O_CREAT, 0600), ENOENT);
	EXPECT_ERRNO(open(NULL, O_RDONLY), EFAULT);
	EXPECT_ERRNO(open("/open_p/x", O_RDONLY), ENOTDIR);
	EXPECT_ERRNO(open("/open_p/x", O_WRONLY | O_CREAT, 0600), ENOTDIR);
	EXPECT_ERRNO(open("/open_p/", O_RDONLY), ENOTDIR);
	EXPECT_ERRNO(open("/open_none/x", O_WRONLY | O_CREAT, 0600), ENOENT);
	memset(name, 'n', sizeof(name) - 1);
	name[0] = '/';
	EXPECT_ERRNO(open(name, O_WRONLY | O_CREAT, 0600), ENAMETOOLONG);
	name[NAME_MAX + 1] = '\0';
	UK_TEST_EXPECT_ZERO(close(creat(name, 0600)));
	UK_TEST_EXPECT_ZERO(unlink(name));
	UK_TEST_EXPECT_ZERO(unlink("//open_p"));
}

UK_TESTCASE(vfscore_open_testsuite, open_too_many)
{
	int fds[1024], count = 0, fd;

	while ((fd = open("/", O_RDONLY)) >= 0 && count < 1024)
		fds[count++] = fd;
	UK_TEST_EXPECT_SNUM_EQ(errno, EMFILE);
	UK_TEST_EXPECT_SNUM_GT(count, 16);
	/* A file that cannot be opened is not made, either. */
	EXPECT_ERRNO(creat("/open_many", 0600), EMFILE);
	EXPECT_ERRNO(access("/open_many", F_OK), ENOENT);
	EXPECT_ERRNO(dup(0), EMFILE);
	while (count)
		close(fds[--count]);
	fd = open("/", O_RDONLY);
	UK_TEST_EXPECT_SNUM_EQ(fd, fds[0]);
	UK_TEST_EXPECT_ZERO(close(fd));
}

uk_testsuite_register(vfscore_open_testsuite, NULL);
