/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The length of files, and writing them back.
 * All files are in memory, so there is little to write back.
 */
#include <errno.h>
#include <unistd.h>
#include "vfs.h"

int truncate(const char *path, off_t len)
{
	struct vnode *node;
	int result;

	if (len < 0)
		return vfs_result(-EINVAL);
	result = vfs_walk(path, &node);
	if (result < 0)
		return vfs_result(result);
	result = vfs_is_dir(node) ? -EISDIR : vfs_truncate(node, len);
	vfscore_put(node);
	return vfs_result(result);
}

int ftruncate(int fd, off_t len)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (!file)
		return vfs_result(-EBADF);
	if (len < 0 || (file->flags & O_ACCMODE) == O_RDONLY)
		return vfs_result(-EINVAL);
	return vfs_result(vfs_truncate(file->node, len));
}

int fsync(int fd)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (!file)
		return vfs_result(-EBADF);
	if (file->node->type == S_IFCHR)
		return vfs_result(-EINVAL);
	if (!file->node->ops->sync)
		return 0;
	return vfs_result(file->node->ops->sync(file->node));
}

int fdatasync(int fd)
{
	return fsync(fd);
}

void sync(void)
{
}
