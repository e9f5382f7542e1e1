/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What files are, and their permission bits.
 * The bits are kept and shown, but they keep nobody from anything.
 */
#include <errno.h>
#include <unistd.h>
#include "vfs.h"

int stat(const char *restrict path, struct stat *restrict st)
{
	struct vnode *node;
	int result;

	/* POSIX leaves this open, and suites for Unikraft rely on EINVAL. */
	if (!path)
		return vfs_result(-EINVAL);
	if (!st)
		return vfs_result(-EFAULT);
	result = vfs_walk(path, &node);
	if (result < 0)
		return vfs_result(result);
	result = vfs_getattr(node, st);
	vfscore_put(node);
	return vfs_result(result);
}

int lstat(const char *restrict path, struct stat *restrict st)
{
	return stat(path, st);
}

int fstat(int fd, struct stat *st)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (!file)
		return vfs_result(-EBADF);
	if (!st)
		return vfs_result(-EFAULT);
	return vfs_result(vfs_getattr(file->node, st));
}

static int check_access(struct vnode *node, int mode)
{
	struct stat st;
	int result;

	if (mode & W_OK && node->type != S_IFCHR) {
		result = vfs_writable(node);
		if (result < 0)
			return result;
	}
	if (!(mode & X_OK) || vfs_is_dir(node))
		return 0;
	result = vfs_getattr(node, &st);
	if (result < 0)
		return result;
	return st.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH) ? 0 : -EACCES;
}

int access(const char *path, int mode)
{
	struct vnode *node;
	int result;

	if (mode & ~(R_OK | W_OK | X_OK))
		return vfs_result(-EINVAL);
	result = vfs_walk(path, &node);
	if (result < 0)
		return vfs_result(result);
	result = check_access(node, mode);
	vfscore_put(node);
	return vfs_result(result);
}

static int change_mode(struct vnode *node, mode_t mode)
{
	int result = vfs_writable(node);

	if (result < 0)
		return result;
	if (!node->ops->chmod)
		return -EPERM;
	return node->ops->chmod(node, mode & 07777);
}

int chmod(const char *path, mode_t mode)
{
	struct vnode *node;
	int result = vfs_walk(path, &node);

	if (result < 0)
		return vfs_result(result);
	result = change_mode(node, mode);
	vfscore_put(node);
	return vfs_result(result);
}

int fchmod(int fd, mode_t mode)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (!file)
		return vfs_result(-EBADF);
	return vfs_result(change_mode(file->node, mode));
}
