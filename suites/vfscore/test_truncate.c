/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Making files shorter and longer, and what is then after the old end.
 * Also what happens when there is no room left.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_truncate_testsuite, truncate_path)
{
	make_file("/tr_p", "0123456789");
	UK_TEST_EXPECT_ZERO(truncate("/tr_p", 4));
	expect_content("/tr_p", "0123");
	UK_TEST_EXPECT_ZERO(truncate("/tr_p", 0));
	expect_content("/tr_p", "");
	UK_TEST_EXPECT_ZERO(unlink("/tr_p"));
}

UK_TESTCASE(vfscore_truncate_testsuite, truncate_zeros)
{
	int fd = open("/tr_z", O_RDWR | O_CREAT, 0600);
	char buf[8];

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "secret", 6), 6);
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 2));
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 8));
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 0), 8);
	UK_TEST_EXPECT_BYTES_EQ(buf, "se\0\0\0\0\0\0", 8);
	/* The offset stays where it was, after the end or not. */
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 0));
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 0, SEEK_CUR), 6);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "x", 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 0), 7);
	UK_TEST_EXPECT_BYTES_EQ(buf, "\0\0\0\0\0\0x", 7);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/tr_z"));
}

UK_TESTCASE(vfscore_truncate_testsuite, truncate_pages)
{
	static char page[4096];
	int fd = open("/tr_pg", O_RDWR | O_CREAT, 0600), i;
	struct stat st;

	memset(page, 'p', sizeof(page));
	for (i = 0; i < 100; i++)
		UK_TEST_EXPECT_SNUM_EQ(write(fd, page, 4096), 4096);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_blocks, 800);
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 4096 * 65 + 1));
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_blocks, 66 * 8);
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 4096));
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_blocks, 8);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, page, 4096, 0), 4096);
	UK_TEST_EXPECT_SNUM_EQ(page[4095], 'p');
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 0));
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_ZERO(st.st_blocks);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/tr_pg"));
}

UK_TESTCASE(vfscore_truncate_testsuite, truncate_errors)
{
	int fd;

	make_file("/tr_e", "x");
	UK_TEST_EXPECT_ZERO(mkdir("/tr_d", 0700));
	EXPECT_ERRNO(truncate("/tr_e", -1), EINVAL);
	EXPECT_ERRNO(truncate("/tr_none", 0), ENOENT);
	EXPECT_ERRNO(truncate("/tr_d", 0), EISDIR);
	EXPECT_ERRNO(truncate("/tr_e/x", 0), ENOTDIR);
	fd = open("/tr_e", O_RDONLY);
	EXPECT_ERRNO(ftruncate(fd, 0), EINVAL);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(ftruncate(fd, 0), EBADF);
	fd = open("/tr_e", O_WRONLY);
	EXPECT_ERRNO(ftruncate(fd, -1), EINVAL);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(ftruncate(1, 0), EINVAL);
	UK_TEST_EXPECT_ZERO(rmdir("/tr_d"));
	UK_TEST_EXPECT_ZERO(unlink("/tr_e"));
}

UK_TESTCASE(vfscore_truncate_testsuite, space_limit)
{
	static char data[8192];
	int fd;

	UK_TEST_EXPECT_ZERO(mkdir("/tr_s", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/tr_s", "ramfs", 0, "size=16k"));
	fd = open("/tr_s/f", O_RDWR | O_CREAT, 0600);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, data, 8192), 8192);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, data, 100), 100);
	/* What still fits is written, and only then it fails. */
	UK_TEST_EXPECT_SNUM_EQ(write(fd, data, 8192), 8092);
	EXPECT_ERRNO(write(fd, data, 1), ENOSPC);
	UK_TEST_EXPECT_SNUM_EQ(pwrite(fd, "x", 1, 0), 1);
	UK_TEST_EXPECT_ZERO(ftruncate(fd, 8192));
	UK_TEST_EXPECT_SNUM_EQ(pwrite(fd, data, 8192, 8192), 8192);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/tr_s/f"));
	make_file("/tr_s/g", "room again");
	UK_TEST_EXPECT_ZERO(umount("/tr_s"));
	UK_TEST_EXPECT_ZERO(rmdir("/tr_s"));
}

uk_testsuite_register(vfscore_truncate_testsuite, NULL);
