/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * rename() as POSIX describes it: what may take the place of what.
 * Where it fails, nothing may have changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_rename_testsuite, rename_file)
{
	struct stat before, after;

	make_file("/ren_a", "content");
	UK_TEST_EXPECT_ZERO(stat("/ren_a", &before));
	UK_TEST_EXPECT_ZERO(rename("/ren_a", "/ren_b"));
	EXPECT_ERRNO(access("/ren_a", F_OK), ENOENT);
	expect_content("/ren_b", "content");
	UK_TEST_EXPECT_ZERO(stat("/ren_b", &after));
	UK_TEST_EXPECT_SNUM_EQ(before.st_ino, after.st_ino);
	UK_TEST_EXPECT_SNUM_EQ(after.st_nlink, 1);
	UK_TEST_EXPECT_ZERO(rename("/ren_b", "/ren_b"));
	expect_content("/ren_b", "content");
	UK_TEST_EXPECT_ZERO(unlink("/ren_b"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_over_file)
{
	char buf[8];
	int fd;

	make_file("/ren_from", "from");
	make_file("/ren_over", "over");
	fd = open("/ren_over", O_RDONLY);
	UK_TEST_EXPECT_ZERO(rename("/ren_from", "/ren_over"));
	EXPECT_ERRNO(access("/ren_from", F_OK), ENOENT);
	expect_content("/ren_over", "from");
	/* Who had the old file open still has it. */
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 8), 4);
	UK_TEST_EXPECT_BYTES_EQ(buf, "over", 4);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink("/ren_over"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_directory)
{
	struct stat st;

	UK_TEST_EXPECT_ZERO(mkdir("/ren_d", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/ren_to", 0700));
	make_file("/ren_d/file", "deep");
	UK_TEST_EXPECT_ZERO(rename("/ren_d/", "/ren_to/moved/"));
	expect_content("/ren_to/moved/file", "deep");
	expect_content("/ren_to/moved/../moved/file", "deep");
	UK_TEST_EXPECT_ZERO(stat("/ren_to", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 3);
	UK_TEST_EXPECT_ZERO(stat("/ren_to/moved", &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_nlink, 2);
	UK_TEST_EXPECT_ZERO(unlink("/ren_to/moved/file"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_to/moved"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_to"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_over_directory)
{
	UK_TEST_EXPECT_ZERO(mkdir("/ren_x", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/ren_y", 0700));
	make_file("/ren_x/file", "x");
	UK_TEST_EXPECT_ZERO(rename("/ren_x", "/ren_y"));
	EXPECT_ERRNO(access("/ren_x", F_OK), ENOENT);
	expect_content("/ren_y/file", "x");
	UK_TEST_EXPECT_ZERO(mkdir("/ren_x", 0700));
	EXPECT_ERRNO(rename("/ren_x", "/ren_y"), ENOTEMPTY);
	UK_TEST_EXPECT_ZERO(access("/ren_x", F_OK));
	UK_TEST_EXPECT_ZERO(unlink("/ren_y/file"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_y"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_x"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_kinds)
{
	UK_TEST_EXPECT_ZERO(mkdir("/ren_dir", 0700));
	make_file("/ren_file", "x");
	EXPECT_ERRNO(rename("/ren_dir", "/ren_file"), ENOTDIR);
	EXPECT_ERRNO(rename("/ren_file", "/ren_dir"), EISDIR);
	EXPECT_ERRNO(rename("/ren_file/", "/ren_new"), ENOTDIR);
	EXPECT_ERRNO(rename("/ren_file", "/ren_new/"), ENOTDIR);
	EXPECT_ERRNO(rename("/ren_none", "/ren_new"), ENOENT);
	EXPECT_ERRNO(rename("/ren_file", "/ren_none/new"), ENOENT);
	EXPECT_ERRNO(rename("/ren_file", "/ren_file/new"), ENOTDIR);
	EXPECT_ERRNO(rename("/ren_file", ""), ENOENT);
	EXPECT_ERRNO(rename("", "/ren_new"), ENOENT);
	expect_content("/ren_file", "x");
	UK_TEST_EXPECT_ZERO(unlink("/ren_file"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_dir"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_into_itself)
{
	UK_TEST_EXPECT_ZERO(mkdir("/ren_p", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/ren_p/q", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/ren_p/q/r", 0700));
	EXPECT_ERRNO(rename("/ren_p", "/ren_p/new"), EINVAL);
	EXPECT_ERRNO(rename("/ren_p", "/ren_p/q/r/new"), EINVAL);
	EXPECT_ERRNO(rename("/ren_p", "/ren_p/q"), EINVAL);
	EXPECT_ERRNO(rename("/ren_p/q", "/ren_p"), ENOTEMPTY);
	EXPECT_ERRNO(rename("/ren_p/.", "/ren_new"), EINVAL);
	EXPECT_ERRNO(rename("/ren_p/q", "/ren_p/q/.."), EINVAL);
	EXPECT_ERRNO(rename("/", "/ren_new"), EBUSY);
	/* A name that only starts alike is somewhere else. */
	UK_TEST_EXPECT_ZERO(mkdir("/ren_pp", 0700));
	UK_TEST_EXPECT_ZERO(rename("/ren_p", "/ren_pp/p"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_pp/p/q/r"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_pp/p/q"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_pp/p"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_pp"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_across_mounts)
{
	UK_TEST_EXPECT_ZERO(mkdir("/ren_m", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/ren_m2", 0700));
	make_file("/ren_mf", "x");
	UK_TEST_EXPECT_ZERO(mount("", "/ren_m", "ramfs", 0, NULL));
	EXPECT_ERRNO(rename("/ren_mf", "/ren_m/x"), EXDEV);
	EXPECT_ERRNO(rename("/ren_m", "/ren_new"), EBUSY);
	EXPECT_ERRNO(rename("/ren_m2", "/ren_m"), EBUSY);
	expect_content("/ren_mf", "x");
	UK_TEST_EXPECT_ZERO(umount("/ren_m"));
	UK_TEST_EXPECT_ZERO(unlink("/ren_mf"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_m"));
	UK_TEST_EXPECT_ZERO(rmdir("/ren_m2"));
}

UK_TESTCASE(vfscore_rename_testsuite, rename_two_names)
{
	make_file("/ren_l1", "x");
	UK_TEST_EXPECT_ZERO(link("/ren_l1", "/ren_l2"));
	UK_TEST_EXPECT_ZERO(rename("/ren_l1", "/ren_l2"));
	UK_TEST_EXPECT_ZERO(access("/ren_l1", F_OK));
	UK_TEST_EXPECT_ZERO(access("/ren_l2", F_OK));
	UK_TEST_EXPECT_ZERO(unlink("/ren_l1"));
	UK_TEST_EXPECT_ZERO(unlink("/ren_l2"));
}

uk_testsuite_register(vfscore_rename_testsuite, NULL);
