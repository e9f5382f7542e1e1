/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The devices of devfs, and that nothing can be made or removed beside them.
 * The suite mounts it in a directory of its own.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

#define DEV	"/devfs_suite"

UK_TESTCASE(vfscore_devfs_testsuite, devfs_null)
{
	int fd = open(DEV "/null", O_RDWR);
	char buf[4];

	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "gone", 4), 4);
	UK_TEST_EXPECT_ZERO(read(fd, buf, 4));
	UK_TEST_EXPECT_ZERO(lseek(fd, 100, SEEK_SET));
	EXPECT_ERRNO(ftruncate(fd, 0), EINVAL);
	UK_TEST_EXPECT_ZERO(close(fd));
	/* O_TRUNC and O_CREAT mean nothing to a device. */
	fd = open(DEV "/null", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_zero)
{
	int fd = open(DEV "/zero", O_RDWR);
	char buf[16], zeros[16] = { 0 };

	memset(buf, 'x', sizeof(buf));
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 16), 16);
	UK_TEST_EXPECT_BYTES_EQ(buf, zeros, 16);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, buf, 16), 16);
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_full)
{
	int fd = open(DEV "/full", O_RDWR);
	char byte = 'x';

	EXPECT_ERRNO(write(fd, "x", 1), ENOSPC);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, &byte, 1), 1);
	UK_TEST_EXPECT_ZERO(byte);
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_random)
{
	int fd = open(DEV "/random", O_RDONLY);
	unsigned char a[32], b[32];

	UK_TEST_EXPECT_SNUM_EQ(read(fd, a, 32), 32);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, b, 32), 32);
	UK_TEST_EXPECT_NOT_ZERO(memcmp(a, b, 32));
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_console)
{
	int fd = open(DEV "/console", O_RDWR);

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "to the console\n", 15), 15);
	UK_TEST_EXPECT_SNUM_EQ(isatty(fd), 1);
	EXPECT_ERRNO(lseek(fd, 0, SEEK_SET), ESPIPE);
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_attributes)
{
	struct stat st, zero;

	UK_TEST_EXPECT_ZERO(stat(DEV "/null", &st));
	UK_TEST_EXPECT(S_ISCHR(st.st_mode));
	UK_TEST_EXPECT_SNUM_EQ(st.st_rdev, 0x103);
	UK_TEST_EXPECT_ZERO(st.st_size);
	UK_TEST_EXPECT_ZERO(stat(DEV "/zero", &zero));
	UK_TEST_EXPECT_SNUM_NQ(st.st_ino, zero.st_ino);
	UK_TEST_EXPECT_SNUM_EQ(st.st_dev, zero.st_dev);
	UK_TEST_EXPECT_ZERO(stat(DEV, &st));
	UK_TEST_EXPECT(S_ISDIR(st.st_mode));
	EXPECT_ERRNO(stat(DEV "/null/x", &st), ENOTDIR);
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_directory)
{
	struct dirent *entry;
	DIR *dir = opendir(DEV);
	int found = 0, count = 0;

	while ((entry = readdir(dir)) != NULL) {
		count++;
		found += !strcmp(entry->d_name, "null") &&
			 entry->d_type == DT_CHR;
	}
	UK_TEST_EXPECT_SNUM_EQ(found, 1);
	UK_TEST_EXPECT_SNUM_GE(count, 6);
	UK_TEST_EXPECT_ZERO(closedir(dir));
}

UK_TESTCASE(vfscore_devfs_testsuite, devfs_fixed)
{
	EXPECT_ERRNO(creat(DEV "/new", 0600), EPERM);
	EXPECT_ERRNO(mkdir(DEV "/new", 0700), EPERM);
	EXPECT_ERRNO(unlink(DEV "/null"), EPERM);
	EXPECT_ERRNO(rename(DEV "/null", DEV "/new"), EPERM);
	EXPECT_ERRNO(link(DEV "/null", DEV "/new"), EPERM);
	EXPECT_ERRNO(chmod(DEV "/null", 0600), EPERM);
	EXPECT_ERRNO(truncate(DEV "/null", 0), EINVAL);
	EXPECT_ERRNO(open(DEV "/new", O_RDONLY), ENOENT);
}

static int mount_devfs(struct uk_testsuite *suite __unused)
{
	if (mkdir(DEV, 0700) < 0)
		return -1;
	return mount("", DEV, "devfs", 0, NULL);
}

uk_testsuite_register(vfscore_devfs_testsuite, mount_devfs);
