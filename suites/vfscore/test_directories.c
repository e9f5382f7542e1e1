/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Making, removing and reading directories, and working in them.
 * Streams have to cope with entries that come and go meanwhile.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

UK_TESTCASE(vfscore_directories_testsuite, mkdir_errors)
{
	UK_TEST_EXPECT_ZERO(mkdir("/dir_e", 0700));
	make_file("/dir_file", "x");
	EXPECT_ERRNO(mkdir("/dir_e", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("/dir_e/", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("/dir_e/.", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("/dir_e/..", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("/dir_file", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("/", 0700), EEXIST);
	EXPECT_ERRNO(mkdir("", 0700), ENOENT);
	EXPECT_ERRNO(mkdir("/dir_none/x", 0700), ENOENT);
	EXPECT_ERRNO(mkdir("/dir_file/x", 0700), ENOTDIR);
	UK_TEST_EXPECT_ZERO(mkdir("/dir_e//sub//", 0700));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_e/sub/"));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_e"));
	UK_TEST_EXPECT_ZERO(unlink("/dir_file"));
}

UK_TESTCASE(vfscore_directories_testsuite, rmdir_errors)
{
	UK_TEST_EXPECT_ZERO(mkdir("/dir_r", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/dir_r/sub", 0700));
	make_file("/dir_r_file", "x");
	EXPECT_ERRNO(rmdir("/dir_r"), ENOTEMPTY);
	EXPECT_ERRNO(rmdir("/dir_r/sub/."), EINVAL);
	EXPECT_ERRNO(rmdir("/dir_r/sub/.."), ENOTEMPTY);
	EXPECT_ERRNO(rmdir("/dir_r_file"), ENOTDIR);
	EXPECT_ERRNO(rmdir("/dir_r_none"), ENOENT);
	EXPECT_ERRNO(rmdir("/"), EBUSY);
	EXPECT_ERRNO(rmdir(""), ENOENT);
	UK_TEST_EXPECT_ZERO(rmdir("/dir_r/sub"));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_r"));
	EXPECT_ERRNO(rmdir("/dir_r"), ENOENT);
	UK_TEST_EXPECT_ZERO(unlink("/dir_r_file"));
}

UK_TESTCASE(vfscore_directories_testsuite, readdir_entries)
{
	int dots = 0, files = 0, dirs = 0, others = 0;
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	UK_TEST_EXPECT_ZERO(mkdir("/dir_l", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/dir_l/d", 0700));
	make_file("/dir_l/f", "x");
	UK_TEST_EXPECT_ZERO(stat("/dir_l/f", &st));
	dir = opendir("/dir_l");
	UK_TEST_EXPECT_NOT_NULL(dir);
	errno = 0;
	while ((entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") ||
		    !strcmp(entry->d_name, ".."))
			dots += entry->d_type == DT_DIR;
		else if (!strcmp(entry->d_name, "f"))
			files += entry->d_type == DT_REG &&
				 entry->d_ino == st.st_ino;
		else if (!strcmp(entry->d_name, "d"))
			dirs += entry->d_type == DT_DIR;
		else
			others++;
	}
	UK_TEST_EXPECT_ZERO(errno);
	UK_TEST_EXPECT_SNUM_EQ(dots, 2);
	UK_TEST_EXPECT_SNUM_EQ(files, 1);
	UK_TEST_EXPECT_SNUM_EQ(dirs, 1);
	UK_TEST_EXPECT_ZERO(others);
	UK_TEST_EXPECT_NULL(readdir(dir));
	UK_TEST_EXPECT_ZERO(closedir(dir));
	UK_TEST_EXPECT_ZERO(unlink("/dir_l/f"));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_l/d"));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_l"));
}

/* Counts what a stream still has to say. */
static int count_rest(DIR *dir)
{
	int count = 0;

	while (readdir(dir))
		count++;
	return count;
}

UK_TESTCASE(vfscore_directories_testsuite, readdir_into_an_entry)
{
	struct dirent entry, *result = NULL;
	DIR *dir = opendir("/");
	int count = 0;

	UK_TEST_REQUIRE_NOT_NULL(dir);
	errno = ENOENT;
	while (readdir_r(dir, &entry, &result) == 0 && result) {
		UK_TEST_EXPECT_PTR_EQ(result, &entry);
		UK_TEST_EXPECT(count > 1 || entry.d_name[0] == '.');
		count++;
	}
	UK_TEST_EXPECT_NULL(result);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	rewinddir(dir);
	UK_TEST_EXPECT_SNUM_EQ(count_rest(dir), count);
	UK_TEST_EXPECT_ZERO(closedir(dir));
}

UK_TESTCASE(vfscore_directories_testsuite, readdir_places)
{
	char name[32], seen[32];
	DIR *dir;
	long place;
	int i;

	UK_TEST_EXPECT_ZERO(mkdir("/dir_p", 0700));
	for (i = 0; i < 10; i++) {
		snprintf(name, sizeof(name), "/dir_p/%d", i);
		make_file(name, "x");
	}
	dir = opendir("/dir_p");
	UK_TEST_EXPECT_SNUM_EQ(count_rest(dir), 12);
	rewinddir(dir);
	for (i = 0; i < 5; i++)
		UK_TEST_EXPECT_NOT_NULL(readdir(dir));
	place = telldir(dir);
	strlcpy(seen, readdir(dir)->d_name, sizeof(seen));
	UK_TEST_EXPECT_SNUM_EQ(count_rest(dir), 6);
	seekdir(dir, place);
	UK_TEST_EXPECT_ZERO(strcmp(readdir(dir)->d_name, seen));
	UK_TEST_EXPECT_SNUM_EQ(count_rest(dir), 6);
	/* Removing what was read must not hide what was not. */
	rewinddir(dir);
	for (i = 0; i < 7; i++)
		UK_TEST_EXPECT_NOT_NULL(readdir(dir));
	for (i = 0; i < 5; i++) {
		snprintf(name, sizeof(name), "/dir_p/%d", i);
		UK_TEST_EXPECT_ZERO(unlink(name));
	}
	UK_TEST_EXPECT_SNUM_EQ(count_rest(dir), 5);
	UK_TEST_EXPECT_ZERO(closedir(dir));
	for (i = 5; i < 10; i++) {
		snprintf(name, sizeof(name), "/dir_p/%d", i);
		UK_TEST_EXPECT_ZERO(unlink(name));
	}
	UK_TEST_EXPECT_ZERO(rmdir("/dir_p"));
}

UK_TESTCASE(vfscore_directories_testsuite, opendir_errors)
{
	int fd;

	make_file("/dir_o", "x");
	errno = 0;
	UK_TEST_EXPECT_NULL(opendir("/dir_o"));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOTDIR);
	UK_TEST_EXPECT_NULL(opendir("/dir_o_none"));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	fd = open("/dir_o", O_RDONLY);
	UK_TEST_EXPECT_NULL(fdopendir(fd));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOTDIR);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_NULL(fdopendir(fd));
	UK_TEST_EXPECT_SNUM_EQ(errno, EBADF);
	UK_TEST_EXPECT_ZERO(unlink("/dir_o"));
}

UK_TESTCASE(vfscore_directories_testsuite, cwd_relative_paths)
{
	char cwd[64], *made;

	UK_TEST_EXPECT_ZERO(mkdir("/dir_w", 0700));
	UK_TEST_EXPECT_ZERO(mkdir("/dir_w/sub", 0700));
	UK_TEST_EXPECT_ZERO(chdir("/dir_w"));
	make_file("file", "here");
	expect_content("/dir_w/file", "here");
	UK_TEST_EXPECT_ZERO(chdir("sub"));
	expect_content("../file", "here");
	expect_content("../sub/./../file", "here");
	UK_TEST_EXPECT_PTR_EQ(getcwd(cwd, sizeof(cwd)), cwd);
	UK_TEST_EXPECT_ZERO(strcmp(cwd, "/dir_w/sub"));
	made = getcwd(NULL, 0);
	UK_TEST_EXPECT_ZERO(strcmp(made, "/dir_w/sub"));
	free(made);
	UK_TEST_EXPECT_ZERO(chdir("../../../../.."));
	UK_TEST_EXPECT_ZERO(strcmp(getcwd(cwd, sizeof(cwd)), "/"));
	UK_TEST_EXPECT_ZERO(unlink("dir_w/file"));
	UK_TEST_EXPECT_ZERO(rmdir("dir_w/sub"));
	UK_TEST_EXPECT_ZERO(rmdir("dir_w"));
}

UK_TESTCASE(vfscore_directories_testsuite, cwd_errors)
{
	char cwd[8];
	int fd;

	make_file("/dir_c_file", "x");
	UK_TEST_EXPECT_ZERO(mkdir("/dir_c_long_name", 0700));
	EXPECT_ERRNO(chdir("/dir_c_none"), ENOENT);
	EXPECT_ERRNO(chdir("/dir_c_file"), ENOTDIR);
	fd = open("/dir_c_long_name", O_RDONLY);
	UK_TEST_EXPECT_ZERO(fchdir(fd));
	UK_TEST_EXPECT_ZERO(close(fd));
	EXPECT_ERRNO(fchdir(fd), EBADF);
	UK_TEST_EXPECT_NULL(getcwd(cwd, sizeof(cwd)));
	UK_TEST_EXPECT_SNUM_EQ(errno, ERANGE);
	UK_TEST_EXPECT_NULL(getcwd(cwd, 0));
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
	UK_TEST_EXPECT_ZERO(chdir("/"));
	UK_TEST_EXPECT_NULL(getcwd(cwd, 1));
	UK_TEST_EXPECT_SNUM_EQ(errno, ERANGE);
	UK_TEST_EXPECT_ZERO(rmdir("/dir_c_long_name"));
	UK_TEST_EXPECT_ZERO(unlink("/dir_c_file"));
}

UK_TESTCASE(vfscore_directories_testsuite, cwd_removed)
{
	char cwd[32];

	UK_TEST_EXPECT_ZERO(mkdir("/dir_gone", 0700));
	UK_TEST_EXPECT_ZERO(chdir("/dir_gone"));
	UK_TEST_EXPECT_ZERO(rmdir("/dir_gone"));
	UK_TEST_EXPECT_NULL(getcwd(cwd, sizeof(cwd)));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	EXPECT_ERRNO(creat("file", 0600), ENOENT);
	EXPECT_ERRNO(mkdir("sub", 0700), ENOENT);
	UK_TEST_EXPECT_ZERO(access(".", F_OK));
	UK_TEST_EXPECT_ZERO(chdir("/"));
}

uk_testsuite_register(vfscore_directories_testsuite, NULL);
