/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * open(): finds or makes a file and gives it a descriptor.
 * Everybody may do everything, as the only user there is.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <uk/trace.h>
#include "vfs.h"

/* What F_GETFL does not show: it only matters while opening. */
#define OPEN_ONLY	(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC)

UK_TRACEPOINT(trace_vfs_open, "\"%s\" 0x%x 0%0o", const char *, int, mode_t);
UK_TRACEPOINT(trace_vfs_open_ret, "%d", int);
UK_TRACEPOINT(trace_vfs_open_err, "%d", int);

static mode_t mask = S_IWGRP | S_IWOTH;

mode_t umask(mode_t wanted)
{
	mode_t old = mask;

	mask = wanted & 0777;
	return old;
}

mode_t vfs_masked(mode_t mode)
{
	return mode & 07777 & ~mask;
}

static int make(struct vnode *dir, const struct vfs_last *last, mode_t mode,
		struct vnode **out)
{
	int result = vfs_writable(dir);

	if (last->slash)
		return -EISDIR;
	if (result < 0)
		return result;
	if (!dir->ops->create)
		return -EPERM;
	return dir->ops->create(dir, &last->name, S_IFREG | vfs_masked(mode),
				out);
}

static int find_or_make(const char *path, int flags, mode_t mode,
			struct vnode **out, int *is_new)
{
	struct vfs_last last;
	struct vnode *dir;
	int result = vfs_walk_parent(path, &dir, &last);

	if (result < 0)
		return result;
	result = vfs_walk_last(dir, &last, out);
	if (!result && flags & O_EXCL) {
		vfscore_put(*out);
		result = -EEXIST;
	} else if (result == -ENOENT && last.kind == LAST_NAME) {
		result = make(dir, &last, mode, out);
		*is_new = !result;
	}
	vfscore_put(dir);
	return result;
}

/* May this be opened so? Empties it if it is to be emptied. */
static int prepare(struct vnode *node, int flags, int is_new)
{
	int writing = (flags & O_ACCMODE) != O_RDONLY;

	if (vfs_is_dir(node))
		return writing || flags & (O_TRUNC | O_CREAT) ? -EISDIR : 0;
	if (flags & O_DIRECTORY)
		return -ENOTDIR;
	if (node->type != S_IFREG || is_new)
		return 0;
	if (flags & O_TRUNC)
		return vfs_truncate(node, 0);
	return writing ? vfs_writable(node) : 0;
}

static int open_node(const char *path, int flags, mode_t mode,
		     struct vnode **out)
{
	int is_new = 0, result;

	if ((flags & O_ACCMODE) == O_ACCMODE ||
	    (flags & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY))
		return -EINVAL;
	if (flags & O_CREAT)
		result = find_or_make(path, flags, mode, out, &is_new);
	else
		result = vfs_walk(path, out);
	if (result < 0)
		return result;
	result = prepare(*out, flags, is_new);
	if (result < 0)
		vfscore_put(*out);
	return result;
}

int open(const char *path, int flags, ...)
{
	struct vfs_file *file;
	mode_t mode = 0;
	va_list ap;
	int fd, result;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	trace_vfs_open(path, flags, mode);
	/* Nothing may be made or emptied if there is no room for it here. */
	fd = vfs_fd_reserve(0);
	if (fd < 0) {
		trace_vfs_open_err(-fd);
		return vfs_result(fd);
	}
	file = calloc(1, sizeof(*file));
	result = file ? open_node(path, flags, mode, &file->node) : -ENOMEM;
	if (result < 0) {
		free(file);
		vfs_fd_cancel(fd);
		trace_vfs_open_err(-result);
		return vfs_result(result);
	}
	file->flags = flags & ~OPEN_ONLY;
	vfs_fd_fill(fd, file, !!(flags & O_CLOEXEC));
	trace_vfs_open_ret(fd);
	return fd;
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
