/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading and writing open files, and the place where that happens.
 * Access modes and offsets are checked here, so that no file system has to.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <sys/uio.h>
#include <unistd.h>
#include <uk/trace.h>
#include "vfs.h"

UK_TRACEPOINT(trace_vfs_read, "%d %p 0x%x", int, void *, size_t);
UK_TRACEPOINT(trace_vfs_read_ret, "%d", ssize_t);
UK_TRACEPOINT(trace_vfs_write, "%d %p 0x%x", int, const void *, size_t);
UK_TRACEPOINT(trace_vfs_write_ret, "%d", ssize_t);
UK_TRACEPOINT(trace_vfs_io_err, "%d", int);

static ssize_t fail(int error)
{
	trace_vfs_io_err(error);
	errno = error;
	return -1;
}

/* Has the file been opened for this, and is the buffer possible? */
static int check(struct vfs_file *file, int unwanted, const void *buf,
		 size_t len)
{
	if (!file || (file->flags & O_ACCMODE) == unwanted)
		return EBADF;
	if (len > PTRDIFF_MAX)
		return EINVAL;
	return buf || !len ? 0 : EFAULT;
}

static ssize_t read_at(struct vfs_file *file, void *buf, size_t len,
		       off_t offset)
{
	struct vnode *node = file->node;
	ssize_t done;

	if (vfs_is_dir(node))
		return fail(EISDIR);
	if (!node->ops->read)
		return fail(EINVAL);
	if (!len)
		return 0;
	done = node->ops->read(node, buf, len, offset);
	return done < 0 ? fail((int)-done) : done;
}

static ssize_t write_at(struct vfs_file *file, const void *buf, size_t len,
			off_t offset)
{
	struct vnode *node = file->node;
	ssize_t done;

	if (!node->ops->write)
		return fail(EINVAL);
	if (!len)
		return 0;
	if (offset == LONG_MAX)
		return fail(EFBIG);
	if (len > (size_t)(LONG_MAX - offset))
		len = (size_t)(LONG_MAX - offset);
	done = node->ops->write(node, buf, len, offset);
	return done < 0 ? fail((int)-done) : done;
}

static void advance(struct vfs_file *file, off_t offset, ssize_t done)
{
	if (done > 0 && file->node->type == S_IFREG)
		file->offset = offset + done;
}

ssize_t read(int fd, void *buf, size_t len)
{
	struct vfs_file *file = vfs_file_of(fd);
	int error = check(file, O_WRONLY, buf, len);
	ssize_t done;

	trace_vfs_read(fd, buf, len);
	if (error)
		return fail(error);
	done = read_at(file, buf, len, file->offset);
	advance(file, file->offset, done);
	trace_vfs_read_ret(done);
	return done;
}

ssize_t write(int fd, const void *buf, size_t len)
{
	struct vfs_file *file = vfs_file_of(fd);
	int error = check(file, O_RDONLY, buf, len);
	struct stat st;
	off_t offset;
	ssize_t done;

	trace_vfs_write(fd, buf, len);
	if (error)
		return fail(error);
	offset = file->offset;
	if (file->flags & O_APPEND && file->node->type == S_IFREG) {
		vfs_getattr(file->node, &st);
		offset = st.st_size;
	}
	done = write_at(file, buf, len, offset);
	advance(file, offset, done);
	trace_vfs_write_ret(done);
	return done;
}

/* The errors that reading and writing at a place have in common. */
static int check_place(struct vfs_file *file, off_t offset)
{
	if (!file)
		return EBADF;
	if (file->node->ops->is_stream)
		return ESPIPE;
	return offset < 0 ? EINVAL : 0;
}

ssize_t pread(int fd, void *buf, size_t len, off_t offset)
{
	struct vfs_file *file = vfs_file_of(fd);
	int error = check_place(file, offset);

	if (!error)
		error = check(file, O_WRONLY, buf, len);
	return error ? fail(error) : read_at(file, buf, len, offset);
}

ssize_t pwrite(int fd, const void *buf, size_t len, off_t offset)
{
	struct vfs_file *file = vfs_file_of(fd);
	int error = check_place(file, offset);

	if (!error)
		error = check(file, O_RDONLY, buf, len);
	return error ? fail(error) : write_at(file, buf, len, offset);
}

static int check_vector(const struct iovec *iov, int count)
{
	size_t total = 0;
	int i;

	if (count < 0 || count > IOV_MAX)
		return EINVAL;
	for (i = 0; i < count; i++) {
		if (iov[i].iov_len > PTRDIFF_MAX - total)
			return EINVAL;
		total += iov[i].iov_len;
	}
	return 0;
}

ssize_t readv(int fd, const struct iovec *iov, int count)
{
	int error = check_vector(iov, count), i;
	ssize_t total = 0, done;

	if (error)
		return fail(error);
	for (i = 0; i < count; i++) {
		done = read(fd, iov[i].iov_base, iov[i].iov_len);
		if (done < 0)
			return total ? total : done;
		total += done;
		if ((size_t)done < iov[i].iov_len)
			break;
	}
	return total;
}

ssize_t writev(int fd, const struct iovec *iov, int count)
{
	int error = check_vector(iov, count), i;
	ssize_t total = 0, done;

	if (error)
		return fail(error);
	for (i = 0; i < count; i++) {
		done = write(fd, iov[i].iov_base, iov[i].iov_len);
		if (done < 0)
			return total ? total : done;
		total += done;
		if ((size_t)done < iov[i].iov_len)
			break;
	}
	return total;
}

off_t lseek(int fd, off_t offset, int whence)
{
	struct vfs_file *file = vfs_file_of(fd);
	struct stat st;
	off_t from = 0, place;

	if (!file)
		return fail(EBADF);
	if (file->node->ops->is_stream)
		return fail(ESPIPE);
	if (whence == SEEK_CUR) {
		from = file->offset;
	} else if (whence == SEEK_END) {
		vfs_getattr(file->node, &st);
		from = st.st_size;
	} else if (whence != SEEK_SET) {
		return fail(EINVAL);
	}
	if (__builtin_add_overflow(from, offset, &place))
		return fail(EOVERFLOW);
	if (place < 0)
		return fail(EINVAL);
	/* Devices have no places, yet some let one pretend. */
	if (file->node->type == S_IFCHR)
		return 0;
	file->offset = place;
	return place;
}
