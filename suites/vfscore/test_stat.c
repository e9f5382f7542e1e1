/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stat() and its kin say about files, and what changes it.
 * This suite mounts the root, as programs do that bring their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_stat_testsuite, vfscore_test_newfile)
{
	int fd;

	fd = open("/newfile.txt", O_WRONLY | O_CREAT, S_IRWXU);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "hello\n", sizeof("hello\n")), 7);
	UK_TEST_EXPECT_ZERO(fsync(fd));
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_stat_testsuite, vfscore_test_stat)
{
	struct stat st;
	int fd;

	make_file("/stat.txt", "hello\n");
	UK_TEST_EXPECT_ZERO(stat("/stat.txt", &st));
	UK_TEST_EXPECT(S_ISREG(st.st_mode));
	UK_TEST_EXPECT_SNUM_EQ(st.st_size, 6);

	fd = open("/stat.txt", O_RDONLY);
	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_size, 6);
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 1);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(fstat(fd, &st), EBADF);
	EXPECT_ERRNO(stat("/stat-missing.txt", &st), ENOENT);
}

UK_TESTCASE(vfscore_stat_testsuite, stat_directory)
{
	struct stat st, root;

	UK_TEST_EXPECT_ZERO(stat("/", &root));
	UK_TEST_EXPECT(S_ISDIR(root.st_mode));
	UK_TEST_EXPECT_ZERO(mkdir("/stat_dir", 0750));
	UK_TEST_EXPECT_ZERO(stat("/stat_dir", &st));
	UK_TEST_EXPECT(S_ISDIR(st.st_mode));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode & 07777, 0750);
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 2);
	UK_TEST_EXPECT_SNUM_EQ(st.st_dev, root.st_dev);
	UK_TEST_EXPECT_SNUM_NQ(st.st_ino, root.st_ino);

	UK_TEST_EXPECT_ZERO(mkdir("/stat_dir/sub", 0700));
	UK_TEST_EXPECT_ZERO(stat("/stat_dir", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 3);
	UK_TEST_EXPECT_ZERO(rmdir("/stat_dir/sub"));
	UK_TEST_EXPECT_ZERO(stat("/stat_dir", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 2);
	UK_TEST_EXPECT_ZERO(rmdir("/stat_dir"));
}

UK_TESTCASE(vfscore_stat_testsuite, stat_same_file)
{
	struct stat a, b;
	int fd;

	make_file("/stat_same", "x");
	fd = open("/stat_same", O_RDONLY);
	UK_TEST_EXPECT_ZERO(stat("/stat_same", &a));
	UK_TEST_EXPECT_ZERO(fstat(fd, &b));
	UK_TEST_EXPECT_SNUM_EQ(a.st_ino, b.st_ino);
	UK_TEST_EXPECT_SNUM_EQ(a.st_dev, b.st_dev);
	UK_TEST_EXPECT_ZERO(lstat("/stat_same", &b));
	UK_TEST_EXPECT_SNUM_EQ(a.st_ino, b.st_ino);
	UK_TEST_EXPECT_ZERO(close(fd));
}

UK_TESTCASE(vfscore_stat_testsuite, stat_errors)
{
	static char name[PATH_MAX + 8];
	struct stat st;

	make_file("/stat_file", "x");
	EXPECT_ERRNO(stat("", &st), ENOENT);
	EXPECT_ERRNO(stat("/stat_file/x", &st), ENOTDIR);
	EXPECT_ERRNO(stat("/stat_file/", &st), ENOTDIR);
	EXPECT_ERRNO(stat("/stat_none/x", &st), ENOENT);
	EXPECT_ERRNO(stat(NULL, &st), EINVAL);
	EXPECT_ERRNO(stat("/stat_file", NULL), EFAULT);
	EXPECT_ERRNO(fstat(-1, &st), EBADF);
	EXPECT_ERRNO(fstat(100000, &st), EBADF);

	memset(name, 'a', NAME_MAX + 2);
	name[0] = '/';
	EXPECT_ERRNO(stat(name, &st), ENAMETOOLONG);
	name[NAME_MAX + 1] = '\0';
	EXPECT_ERRNO(stat(name, &st), ENOENT);
	memset(name, '/', PATH_MAX);
	EXPECT_ERRNO(stat(name, &st), ENAMETOOLONG);
	name[PATH_MAX - 1] = '\0';
	UK_TEST_EXPECT_ZERO(stat(name, &st));
}

UK_TESTCASE(vfscore_stat_testsuite, stat_times)
{
	struct stat before, after;

	make_file("/stat_times", "x");
	UK_TEST_EXPECT_ZERO(stat("/stat_times", &before));
	usleep(1000);
	make_file("/stat_times", "y");
	UK_TEST_EXPECT_ZERO(stat("/stat_times", &after));
	UK_TEST_EXPECT(after.st_mtim.tv_sec > before.st_mtim.tv_sec ||
		       after.st_mtim.tv_nsec > before.st_mtim.tv_nsec);
	UK_TEST_EXPECT_SNUM_EQ(after.st_ino, before.st_ino);
}

UK_TESTCASE(vfscore_stat_testsuite, stat_chmod)
{
	struct stat st;
	int fd;

	make_file("/stat_chmod", "x");
	UK_TEST_EXPECT_ZERO(chmod("/stat_chmod", 0711));
	UK_TEST_EXPECT_ZERO(stat("/stat_chmod", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode, S_IFREG | 0711);
	fd = open("/stat_chmod", O_RDONLY);
	UK_TEST_EXPECT_ZERO(fchmod(fd, 0600));
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode, S_IFREG | 0600);
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(chmod("/stat_chmod_none", 0600), ENOENT);
	EXPECT_ERRNO(fchmod(fd, 0600), EBADF);
}

UK_TESTCASE(vfscore_stat_testsuite, stat_umask)
{
	mode_t old = umask(027);
	struct stat st;

	UK_TEST_EXPECT_SNUM_EQ(umask(027), 027);
	UK_TEST_EXPECT_SNUM_GE(close(creat("/stat_umask", 0666)), 0);
	UK_TEST_EXPECT_ZERO(stat("/stat_umask", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode & 07777, 0640);
	UK_TEST_EXPECT_ZERO(mkdir("/stat_umask_dir", 0777));
	UK_TEST_EXPECT_ZERO(stat("/stat_umask_dir", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_mode & 07777, 0750);
	umask(old);
	UK_TEST_EXPECT_ZERO(rmdir("/stat_umask_dir"));
	UK_TEST_EXPECT_ZERO(unlink("/stat_umask"));
}

UK_TESTCASE(vfscore_stat_testsuite, stat_access)
{
	make_file("/stat_access", "x");
	UK_TEST_EXPECT_ZERO(access("/stat_access", F_OK));
	UK_TEST_EXPECT_ZERO(access("/stat_access", R_OK | W_OK));
	EXPECT_ERRNO(access("/stat_access", X_OK), EACCES);
	UK_TEST_EXPECT_ZERO(chmod("/stat_access", 0744));
	UK_TEST_EXPECT_ZERO(access("/stat_access", X_OK));
	UK_TEST_EXPECT_ZERO(access("/", X_OK));
	EXPECT_ERRNO(access("/stat_access_none", F_OK), ENOENT);
	EXPECT_ERRNO(access("/stat_access", 64), EINVAL);
	UK_TEST_EXPECT_ZERO(unlink("/stat_access"));
}

static int mount_root(struct uk_testsuite *suite __unused)
{
	return mount("", "/", "ramfs", 0, NULL);
}

uk_testsuite_register(vfscore_stat_testsuite, mount_root);
