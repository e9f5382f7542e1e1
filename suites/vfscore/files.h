/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the suites of vfscore have in common: making files, judging errors.
 * It makes no difference to the file system beyond that.
 */
#ifndef __SUITES_VFSCORE_FILES_H__
#define __SUITES_VFSCORE_FILES_H__

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>
#include <uk/test.h>

/** The call returns -1 and leaves this errno. */
#define EXPECT_ERRNO(call, number)					\
	do {								\
		errno = 0;						\
		UK_TEST_EXPECT_SNUM_EQ(call, -1);			\
		UK_TEST_EXPECT_SNUM_EQ(errno, number);			\
	} while (0)

/** Makes a file with this text, or replaces it. */
static inline void make_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	UK_TEST_EXPECT_SNUM_GE(fd, 0);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, text, strlen(text)), strlen(text));
	UK_TEST_EXPECT_ZERO(close(fd));
}

/** The file holds exactly this text. */
static inline void expect_content(const char *path, const char *text)
{
	char buf[128];
	int fd = open(path, O_RDONLY);
	ssize_t len;

	UK_TEST_EXPECT_SNUM_GE(fd, 0);
	len = read(fd, buf, sizeof(buf));
	UK_TEST_EXPECT_SNUM_EQ(len, strlen(text));
	if (len == (ssize_t)strlen(text))
		UK_TEST_EXPECT_BYTES_EQ(buf, text, len);
	UK_TEST_EXPECT_ZERO(close(fd));
}

#endif /* __SUITES_VFSCORE_FILES_H__ */
