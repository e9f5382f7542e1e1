/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Removing files, also while they are open, and files with several names.
 * A directory is not removed like that.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_unlink_testsuite, unlink_file)
{
	make_file("/unl_f", "x");
	UK_TEST_EXPECT_ZERO(unlink("/unl_f"));
	EXPECT_ERRNO(access("/unl_f", F_OK), ENOENT);
	EXPECT_ERRNO(unlink("/unl_f"), ENOENT);
}

UK_TESTCASE(vfscore_unlink_testsuite, unlink_errors)
{
	UK_TEST_EXPECT_ZERO(mkdir("/unl_d", 0700));
	make_file("/unl_e", "x");
	EXPECT_ERRNO(unlink("/unl_d"), EISDIR);
	EXPECT_ERRNO(unlink("/"), EISDIR);
	EXPECT_ERRNO(unlink("/unl_e/"), ENOTDIR);
	EXPECT_ERRNO(unlink("/unl_e/x"), ENOTDIR);
	EXPECT_ERRNO(unlink(""), ENOENT);
	UK_TEST_EXPECT_ZERO(remove("/unl_d"));
	UK_TEST_EXPECT_ZERO(remove("/unl_e"));
	EXPECT_ERRNO(remove("/unl_e"), ENOENT);
}

UK_TESTCASE(vfscore_unlink_testsuite, unlink_open_file)
{
	struct stat st;
	char buf[8];
	int fd = open("/unl_open", O_RDWR | O_CREAT, 0600);

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "alive", 5), 5);
	UK_TEST_EXPECT_ZERO(unlink("/unl_open"));
	EXPECT_ERRNO(open("/unl_open", O_RDONLY), ENOENT);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_ZERO(st.st_nlink);
	UK_TEST_EXPECT_SNUM_EQ(st.st_size, 5);
	/* The same name is a new file now. */
	make_file("/unl_open", "new");
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "!", 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 0), 6);
	UK_TEST_EXPECT_BYTES_EQ(buf, "alive!", 6);
	expect_content("/unl_open", "new");
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/unl_open"));
}

UK_TESTCASE(vfscore_unlink_testsuite, link_two_names)
{
	struct stat a, b;

	make_file("/unl_a", "shared");
	UK_TEST_EXPECT_ZERO(link("/unl_a", "/unl_b"));
	UK_TEST_EXPECT_ZERO(stat("/unl_a", &a));
	UK_TEST_EXPECT_ZERO(stat("/unl_b", &b));
	UK_TEST_EXPECT_SNUM_EQ(a.st_ino, b.st_ino);
	UK_TEST_EXPECT_SNUM_EQ(a.st_nlink, 2);
	UK_TEST_EXPECT_ZERO(unlink("/unl_a"));
	expect_content("/unl_b", "shared");
	UK_TEST_EXPECT_ZERO(stat("/unl_b", &b));
	UK_TEST_EXPECT_SNUM_EQ(b.st_nlink, 1);
	UK_TEST_EXPECT_ZERO(unlink("/unl_b"));
}

UK_TESTCASE(vfscore_unlink_testsuite, link_errors)
{
	make_file("/unl_l", "x");
	UK_TEST_EXPECT_ZERO(mkdir("/unl_ld", 0700));
	EXPECT_ERRNO(link("/unl_none", "/unl_l2"), ENOENT);
	EXPECT_ERRNO(link("/unl_l", "/unl_l"), EEXIST);
	EXPECT_ERRNO(link("/unl_l", "/unl_ld"), EEXIST);
	EXPECT_ERRNO(link("/unl_ld", "/unl_l2"), EPERM);
	EXPECT_ERRNO(link("/unl_l", "/unl_none/x"), ENOENT);
	EXPECT_ERRNO(link("/unl_l", "/unl_l2/"), ENOENT);
	UK_TEST_EXPECT_ZERO(mount("", "/unl_ld", "ramfs", 0, NULL));
	EXPECT_ERRNO(link("/unl_l", "/unl_ld/x"), EXDEV);
	UK_TEST_EXPECT_ZERO(umount("/unl_ld"));
	UK_TEST_EXPECT_ZERO(rmdir("/unl_ld"));
	UK_TEST_EXPECT_ZERO(unlink("/unl_l"));
}

uk_testsuite_register(vfscore_unlink_testsuite, NULL);
