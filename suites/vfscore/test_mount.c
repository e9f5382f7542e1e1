/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mounting file systems by name, inside each other, read-only, and away again.
 * Each case unmounts what it has mounted.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_mount_testsuite, vfscore_test_multimount)
{
	UK_TEST_EXPECT_ZERO(mkdir("/sys", S_IRWXU));
	UK_TEST_EXPECT_ZERO(mount("", "/sys", "ramfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(mkdir("/dev", S_IRWXU));
	UK_TEST_EXPECT_ZERO(mount("", "/dev", "devfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(mkdir("/tmp", S_IRWXU));
	UK_TEST_EXPECT_NOT_ZERO(mount("", "/tmp", "naivetmpfs", 0, NULL));

	UK_TEST_EXPECT_ZERO(access("/dev/null", F_OK));
	UK_TEST_EXPECT_ZERO(umount("/dev"));
	UK_TEST_EXPECT_ZERO(umount("/sys"));
	UK_TEST_EXPECT_ZERO(rmdir("/dev"));
	UK_TEST_EXPECT_ZERO(rmdir("/sys"));
	UK_TEST_EXPECT_ZERO(rmdir("/tmp"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_errors)
{
	UK_TEST_EXPECT_ZERO(mkdir("/mnt_err", 0700));
	make_file("/mnt_file", "x");
	EXPECT_ERRNO(mount("", "/mnt_err", "nosuchfs", 0, NULL), ENODEV);
	EXPECT_ERRNO(mount("", "/mnt_err", "", 0, NULL), ENODEV);
	EXPECT_ERRNO(mount("", "/mnt_none", "ramfs", 0, NULL), ENOENT);
	EXPECT_ERRNO(mount("", "/mnt_file", "ramfs", 0, NULL), ENOTDIR);
	EXPECT_ERRNO(mount("", NULL, "ramfs", 0, NULL), EFAULT);
	EXPECT_ERRNO(mount("", "/mnt_err", NULL, 0, NULL), EFAULT);
	EXPECT_ERRNO(mount("", "/mnt_err", "ramfs", 0, "nonsense"), EINVAL);
	EXPECT_ERRNO(umount("/mnt_err"), EINVAL);
	EXPECT_ERRNO(umount("/mnt_none"), ENOENT);
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_err"));
	UK_TEST_EXPECT_ZERO(unlink("/mnt_file"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_covers)
{
	struct stat below, above;

	UK_TEST_EXPECT_ZERO(mkdir("/mnt_cov", 0700));
	make_file("/mnt_cov/below", "below");
	UK_TEST_EXPECT_ZERO(stat("/mnt_cov", &below));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_cov", "ramfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(stat("/mnt_cov", &above));
	UK_TEST_EXPECT_SNUM_NQ(above.st_dev, below.st_dev);
	EXPECT_ERRNO(access("/mnt_cov/below", F_OK), ENOENT);
	make_file("/mnt_cov/above", "above");

	/* The mount point leads back up, and cannot be taken away. */
	UK_TEST_EXPECT_ZERO(stat("/mnt_cov/..", &above));
	UK_TEST_EXPECT_SNUM_EQ(above.st_dev, below.st_dev);
	EXPECT_ERRNO(rmdir("/mnt_cov"), EBUSY);
	EXPECT_ERRNO(mount("", "/mnt_cov", "ramfs", 0, NULL), EBUSY);

	UK_TEST_EXPECT_ZERO(umount("/mnt_cov"));
	expect_content("/mnt_cov/below", "below");
	EXPECT_ERRNO(access("/mnt_cov/above", F_OK), ENOENT);
	UK_TEST_EXPECT_ZERO(unlink("/mnt_cov/below"));
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_cov"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_nested)
{
	UK_TEST_EXPECT_ZERO(mkdir("/mnt_a", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_a", "ramfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(mkdir("/mnt_a/b", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_a/b", "ramfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(mkdir("/mnt_a/b/c", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_a/b/c", "devfs", 0, NULL));
	UK_TEST_EXPECT_ZERO(access("/mnt_a/b/c/zero", F_OK));
	UK_TEST_EXPECT_ZERO(access("/mnt_a/b/c/../../b/c/null", F_OK));

	EXPECT_ERRNO(umount("/mnt_a"), EBUSY);
	EXPECT_ERRNO(umount("/mnt_a/b"), EBUSY);
	UK_TEST_EXPECT_ZERO(umount("/mnt_a/b/c"));
	UK_TEST_EXPECT_ZERO(umount("/mnt_a/b"));
	UK_TEST_EXPECT_ZERO(umount("/mnt_a"));
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_a"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_busy)
{
	char cwd[64];
	int fd;

	UK_TEST_EXPECT_ZERO(mkdir("/mnt_busy", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_busy", "ramfs", 0, NULL));
	fd = open("/mnt_busy/file", O_RDWR | O_CREAT, 0600);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	EXPECT_ERRNO(umount("/mnt_busy"), EBUSY);
	UK_TEST_EXPECT_ZERO(unlink("/mnt_busy/file"));
	EXPECT_ERRNO(umount("/mnt_busy"), EBUSY);
	UK_TEST_EXPECT_ZERO(close(fd));

	UK_TEST_EXPECT_ZERO(chdir("/mnt_busy"));
	UK_TEST_EXPECT_PTR_EQ(getcwd(cwd, sizeof(cwd)), cwd);
	UK_TEST_EXPECT_ZERO(strcmp(cwd, "/mnt_busy"));
	EXPECT_ERRNO(umount("/mnt_busy"), EBUSY);
	UK_TEST_EXPECT_ZERO(chdir("/"));
	EXPECT_ERRNO(umount2("/mnt_busy", MNT_FORCE), EINVAL);
	UK_TEST_EXPECT_ZERO(umount2("/mnt_busy", 0));
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_busy"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_readonly)
{
	UK_TEST_EXPECT_ZERO(mkdir("/mnt_ro", 0700));
	UK_TEST_EXPECT_ZERO(mount("", "/mnt_ro", "ramfs", MS_RDONLY, NULL));
	EXPECT_ERRNO(open("/mnt_ro/f", O_WRONLY | O_CREAT, 0600), EROFS);
	EXPECT_ERRNO(open("/mnt_ro/f", O_RDONLY), ENOENT);
	EXPECT_ERRNO(mkdir("/mnt_ro/d", 0700), EROFS);
	EXPECT_ERRNO(mkdir("/mnt_ro/.", 0700), EEXIST);
	EXPECT_ERRNO(chmod("/mnt_ro", 0755), EROFS);
	EXPECT_ERRNO(access("/mnt_ro", W_OK), EROFS);
	UK_TEST_EXPECT_ZERO(access("/mnt_ro", R_OK | X_OK));
	UK_TEST_EXPECT_ZERO(umount("/mnt_ro"));
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_ro"));
}

UK_TESTCASE(vfscore_mount_testsuite, mount_many_times)
{
	int i;

	UK_TEST_EXPECT_ZERO(mkdir("/mnt_many", 0700));
	for (i = 0; i < 20; i++) {
		UK_TEST_EXPECT_ZERO(mount(NULL, "/mnt_many/", "ramfs", 0,
					  NULL));
		make_file("/mnt_many/file", "content");
		UK_TEST_EXPECT_ZERO(umount("/mnt_many"));
	}
	UK_TEST_EXPECT_ZERO(rmdir("/mnt_many"));
}

uk_testsuite_register(vfscore_mount_testsuite, NULL);
