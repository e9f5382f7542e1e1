/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of descriptors, and the calls that only need that table.
 * Descriptors 0 to 2 are the console from the start.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uk/trace.h>
#include "vfs.h"

UK_TRACEPOINT(trace_vfs_close, "%d", int);
UK_TRACEPOINT(trace_vfs_close_ret, "");
UK_TRACEPOINT(trace_vfs_close_err, "%d", int);

#define KEPT_FLAGS	(O_APPEND | O_NONBLOCK)

struct descriptor {
	struct vfs_file *file;
	int reserved;
	int cloexec;
};

static struct vfs_file console_file = { &vfs_console, O_RDWR, 0, 3 };

static struct descriptor table[VFS_FDS] = {
	{ &console_file, 0, 0 }, { &console_file, 0, 0 },
	{ &console_file, 0, 0 },
};

struct vfs_file *vfs_file_of(int fd)
{
	return fd < 0 || fd >= VFS_FDS ? NULL : table[fd].file;
}

int vfs_fd_reserve(int least)
{
	int fd;

	for (fd = least; fd < VFS_FDS; fd++) {
		if (table[fd].file || table[fd].reserved)
			continue;
		table[fd].reserved = 1;
		return fd;
	}
	return -EMFILE;
}

void vfs_fd_fill(int fd, struct vfs_file *file, int cloexec)
{
	table[fd].file = file;
	table[fd].reserved = 0;
	table[fd].cloexec = cloexec;
	file->refs++;
}

void vfs_fd_cancel(int fd)
{
	table[fd].reserved = 0;
}

static void release_file(struct vfs_file *file)
{
	if (--file->refs || file == &console_file)
		return;
	vfscore_put(file->node);
	free(file);
}

int close(int fd)
{
	struct vfs_file *file = vfs_file_of(fd);

	trace_vfs_close(fd);
	if (!file) {
		trace_vfs_close_err(EBADF);
		return vfs_result(-EBADF);
	}
	table[fd].file = NULL;
	release_file(file);
	trace_vfs_close_ret();
	return 0;
}

static int duplicate(int fd, int least, int cloexec)
{
	struct vfs_file *file = vfs_file_of(fd);
	int copy;

	if (!file)
		return vfs_result(-EBADF);
	if (least < 0 || least >= VFS_FDS)
		return vfs_result(-EINVAL);
	copy = vfs_fd_reserve(least);
	if (copy >= 0)
		vfs_fd_fill(copy, file, cloexec);
	return vfs_result(copy);
}

int dup(int fd)
{
	return duplicate(fd, 0, 0);
}

int dup2(int fd, int wanted)
{
	struct vfs_file *file = vfs_file_of(fd);
	struct vfs_file *closed = vfs_file_of(wanted);

	if (!file || wanted < 0 || wanted >= VFS_FDS)
		return vfs_result(-EBADF);
	if (fd == wanted)
		return fd;
	vfs_fd_fill(wanted, file, 0);
	if (closed)
		release_file(closed);
	return wanted;
}

int dup3(int fd, int wanted, int flags)
{
	if (fd == wanted || flags & ~O_CLOEXEC)
		return vfs_result(-EINVAL);
	if (dup2(fd, wanted) < 0)
		return -1;
	if (flags)
		fcntl(wanted, F_SETFD, FD_CLOEXEC);
	return wanted;
}

int fcntl(int fd, int command, ...)
{
	struct vfs_file *file = vfs_file_of(fd);
	va_list ap;
	int arg = 0;

	if (!file)
		return vfs_result(-EBADF);
	if (command != F_GETFD && command != F_GETFL) {
		va_start(ap, command);
		arg = va_arg(ap, int);
		va_end(ap);
	}
	switch (command) {
	case F_DUPFD:
		return duplicate(fd, arg, 0);
	case F_DUPFD_CLOEXEC:
		return duplicate(fd, arg, 1);
	case F_GETFD:
		return table[fd].cloexec ? FD_CLOEXEC : 0;
	case F_SETFD:
		table[fd].cloexec = arg & FD_CLOEXEC;
		return 0;
	case F_GETFL:
		return file->flags;
	case F_SETFL:
		file->flags = (file->flags & ~KEPT_FLAGS) | (arg & KEPT_FLAGS);
		return 0;
	default:
		return vfs_result(-EINVAL);
	}
}

int isatty(int fd)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (file && file->node->ops->is_terminal)
		return 1;
	errno = file ? ENOTTY : EBADF;
	return 0;
}
