/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading and writing, at every place of a file and across pages.
 * Also lseek(), holes, and the calls with several buffers.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <uk/test.h>
#include "files.h"

static int open_new(const char *path, int flags)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | flags, 0600);

	UK_TEST_EXPECT_SNUM_GT(fd, 2);
	return fd;
}

static void close_and_remove(int fd, const char *path)
{
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_ZERO(unlink(path));
}

UK_TESTCASE(vfscore_io_testsuite, io_read_write)
{
	int fd = open_new("/io_rw", 0);
	char buf[16];

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "hello world", 11), 11);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 16), 0);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 6, SEEK_SET), 6);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 16), 5);
	UK_TEST_EXPECT_BYTES_EQ(buf, "world", 5);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 0, SEEK_CUR), 11);
	UK_TEST_EXPECT_ZERO(lseek(fd, 0, SEEK_SET));
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "J", 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, buf, 4), 4);
	UK_TEST_EXPECT_BYTES_EQ(buf, "ello", 4);
	close_and_remove(fd, "/io_rw");
}

UK_TESTCASE(vfscore_io_testsuite, io_errors)
{
	int fd = open_new("/io_err", 0);
	char buf[4];

	UK_TEST_EXPECT_ZERO(read(fd, NULL, 0));
	UK_TEST_EXPECT_ZERO(write(fd, NULL, 0));
	EXPECT_ERRNO(read(fd, NULL, 1), EFAULT);
	EXPECT_ERRNO(write(fd, NULL, 1), EFAULT);
	EXPECT_ERRNO(read(fd, buf, SIZE_MAX), EINVAL);
	EXPECT_ERRNO(write(fd, buf, SIZE_MAX), EINVAL);
	EXPECT_ERRNO(pread(fd, buf, 1, -1), EINVAL);
	EXPECT_ERRNO(pwrite(fd, buf, 1, -1), EINVAL);
	EXPECT_ERRNO(pwrite(fd, buf, 1, LONG_MAX), EFBIG);
	close_and_remove(fd, "/io_err");
	EXPECT_ERRNO(read(fd, buf, 1), EBADF);
	EXPECT_ERRNO(write(fd, buf, 1), EBADF);
	EXPECT_ERRNO(pread(fd, buf, 1, 0), EBADF);
	EXPECT_ERRNO(pwrite(fd, buf, 1, 0), EBADF);
	EXPECT_ERRNO(lseek(fd, 0, SEEK_SET), EBADF);
	EXPECT_ERRNO(fsync(fd), EBADF);
	EXPECT_ERRNO(read(-1, buf, 1), EBADF);
}

UK_TESTCASE(vfscore_io_testsuite, io_positioned)
{
	int fd = open_new("/io_pos", 0);
	char buf[8];

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "0123456789", 10), 10);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 3, 4), 3);
	UK_TEST_EXPECT_BYTES_EQ(buf, "456", 3);
	UK_TEST_EXPECT_SNUM_EQ(pwrite(fd, "ab", 2, 1), 2);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 8), 2);
	UK_TEST_EXPECT_ZERO(pread(fd, buf, 8, 10));
	UK_TEST_EXPECT_ZERO(pread(fd, buf, 8, 1000));
	/* The offset of the file does not move. */
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 0, SEEK_CUR), 10);
	expect_content("/io_pos", "0ab3456789");
	close_and_remove(fd, "/io_pos");
}

UK_TESTCASE(vfscore_io_testsuite, io_append)
{
	int fd = open_new("/io_app", O_APPEND);
	int other = open("/io_app", O_WRONLY);

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "one", 3), 3);
	UK_TEST_EXPECT_SNUM_EQ(pwrite(other, "two", 3, 3), 3);
	UK_TEST_EXPECT_ZERO(lseek(fd, 0, SEEK_SET));
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "three", 5), 5);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 0, SEEK_CUR), 11);
	expect_content("/io_app", "onetwothree");
	UK_TEST_EXPECT_ZERO(close(other));
	close_and_remove(fd, "/io_app");
}

UK_TESTCASE(vfscore_io_testsuite, io_lseek)
{
	int fd = open_new("/io_seek", 0);

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "12345", 5), 5);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, -2, SEEK_END), 3);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, -1, SEEK_CUR), 2);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 10, SEEK_END), 15);
	EXPECT_ERRNO(lseek(fd, -1, SEEK_SET), EINVAL);
	EXPECT_ERRNO(lseek(fd, -6, SEEK_END), EINVAL);
	EXPECT_ERRNO(lseek(fd, 0, 77), EINVAL);
	EXPECT_ERRNO(lseek(fd, LONG_MAX, SEEK_CUR), EOVERFLOW);
	EXPECT_ERRNO(lseek(0, 0, SEEK_CUR), ESPIPE);
	/* Errors do not move the offset. */
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, 0, SEEK_CUR), 15);
	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, LONG_MAX, SEEK_SET), LONG_MAX);
	EXPECT_ERRNO(write(fd, "x", 1), EFBIG);
	close_and_remove(fd, "/io_seek");
}

UK_TESTCASE(vfscore_io_testsuite, io_sparse)
{
	int fd = open_new("/io_hole", 0);
	char buf[8], zeros[8] = { 0 };
	struct stat st;
	off_t far = 1L << 30;

	UK_TEST_EXPECT_SNUM_EQ(lseek(fd, far, SEEK_SET), far);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_ZERO(st.st_size);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "end", 3), 3);
	UK_TEST_EXPECT_ZERO(fstat(fd, &st));
	UK_TEST_EXPECT_SNUM_EQ(st.st_size, far + 3);
	/* Only what was written takes room. */
	UK_TEST_EXPECT_SNUM_EQ(st.st_blocks, st.st_blksize / 512);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 4096 * 1000 - 4), 8);
	UK_TEST_EXPECT_BYTES_EQ(buf, zeros, 8);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, far - 2), 5);
	UK_TEST_EXPECT_BYTES_EQ(buf, "\0\0end", 5);
	UK_TEST_EXPECT_SNUM_EQ(pwrite(fd, "start", 5, 0), 5);
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, buf, 8, 0), 8);
	UK_TEST_EXPECT_BYTES_EQ(buf, "start\0\0\0", 8);
	close_and_remove(fd, "/io_hole");
}

UK_TESTCASE(vfscore_io_testsuite, io_pages)
{
	static unsigned char data[20000], back[20000];
	int fd = open_new("/io_pages", 0), piece;
	size_t i, len;

	for (i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 7 + i / 256);
	for (i = 0, piece = 1; i < sizeof(data); i += len, piece += 333) {
		len = (size_t)piece < sizeof(data) - i ? (size_t)piece
						       : sizeof(data) - i;
		UK_TEST_EXPECT_SNUM_EQ(write(fd, data + i, len), len);
	}
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, back, sizeof(back), 0), 20000);
	UK_TEST_EXPECT_BYTES_EQ(back, data, sizeof(data));
	UK_TEST_EXPECT_SNUM_EQ(pread(fd, back, 10, 4091), 10);
	UK_TEST_EXPECT_BYTES_EQ(back, data + 4091, 10);
	close_and_remove(fd, "/io_pages");
}

UK_TESTCASE(vfscore_io_testsuite, io_vectors)
{
	int fd = open_new("/io_vec", 0);
	char a[3], b[4], c[4];
	struct iovec out[3] = {
		{ "abc", 3 }, { NULL, 0 }, { "defg", 4 },
	};
	struct iovec in[3] = { { a, 3 }, { b, 2 }, { c, 4 } };

	UK_TEST_EXPECT_SNUM_EQ(writev(fd, out, 3), 7);
	UK_TEST_EXPECT_ZERO(lseek(fd, 0, SEEK_SET));
	UK_TEST_EXPECT_SNUM_EQ(readv(fd, in, 3), 7);
	UK_TEST_EXPECT_BYTES_EQ(a, "abc", 3);
	UK_TEST_EXPECT_BYTES_EQ(b, "de", 2);
	UK_TEST_EXPECT_BYTES_EQ(c, "fg", 2);
	UK_TEST_EXPECT_ZERO(writev(fd, out, 0));
	EXPECT_ERRNO(writev(fd, out, -1), EINVAL);
	EXPECT_ERRNO(readv(fd, in, IOV_MAX + 1), EINVAL);
	out[1].iov_len = SIZE_MAX;
	EXPECT_ERRNO(writev(fd, out, 3), EINVAL);
	close_and_remove(fd, "/io_vec");
	EXPECT_ERRNO(readv(fd, in, 1), EBADF);
}

uk_testsuite_register(vfscore_io_testsuite, NULL);
