/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes and removes entries of directories.
 * What is removed lives on as long as it is open.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "vfs.h"

static int make_directory(struct vnode *dir, const struct vfs_last *last,
			  mode_t mode)
{
	struct vnode *node;
	int result;

	result = vfs_walk_last(dir, last, &node);
	if (!result)
		vfscore_put(node);
	if (!result || result == -ENOTDIR)
		return -EEXIST;
	if (result != -ENOENT || last->kind != LAST_NAME)
		return result;
	result = vfs_writable(dir);
	if (result < 0)
		return result;
	if (!dir->ops->create)
		return -EPERM;
	result = dir->ops->create(dir, &last->name, S_IFDIR | vfs_masked(mode),
				  &node);
	if (!result)
		vfscore_put(node);
	return result;
}

int mkdir(const char *path, mode_t mode)
{
	struct vfs_last last;
	struct vnode *dir;
	int result = vfs_walk_parent(path, &dir, &last);

	if (result < 0)
		return vfs_result(result);
	result = make_directory(dir, &last, mode);
	vfscore_put(dir);
	return vfs_result(result);
}

static int remove_entry(struct vnode *dir, const struct vfs_last *last,
			struct vnode *node)
{
	int result;

	if (vfs_is_mount_root(node))
		return -EBUSY;
	result = vfs_writable(dir);
	if (result < 0)
		return result;
	return dir->ops->remove ? dir->ops->remove(dir, &last->name, node)
				: -EPERM;
}

/* Removes a directory, or anything else. */
static int remove_path(const char *path, int want_dir)
{
	struct vnode *dir, *node;
	struct vfs_last last;
	int result = vfs_walk_parent(path, &dir, &last);

	if (result < 0)
		return result;
	result = vfs_walk_last(dir, &last, &node);
	if (!result) {
		if (vfs_is_dir(node) != want_dir)
			result = want_dir ? -ENOTDIR : -EISDIR;
		else if (last.kind == LAST_DOT)
			result = -EINVAL;
		else if (last.kind == LAST_DOTDOT)
			result = -ENOTEMPTY;
		else
			result = remove_entry(dir, &last, node);
		vfscore_put(node);
	}
	vfscore_put(dir);
	return result;
}

int rmdir(const char *path)
{
	return vfs_result(remove_path(path, 1));
}

int unlink(const char *path)
{
	return vfs_result(remove_path(path, 0));
}

int remove(const char *path)
{
	int result = remove_path(path, 0);

	return vfs_result(result == -EISDIR ? remove_path(path, 1) : result);
}

static int link_node(struct vnode *node, struct vnode *dir,
		     const struct vfs_last *last)
{
	struct vnode *there;
	int result;

	result = vfs_walk_last(dir, last, &there);
	if (!result) {
		vfscore_put(there);
		return -EEXIST;
	}
	if (result != -ENOENT || last->kind != LAST_NAME)
		return result;
	if (last->slash)
		return -ENOENT;
	if (node->mount != dir->mount)
		return -EXDEV;
	result = vfs_writable(dir);
	if (result < 0)
		return result;
	return dir->ops->link ? dir->ops->link(dir, &last->name, node)
			      : -EPERM;
}

int link(const char *from, const char *to)
{
	struct vnode *node, *dir;
	struct vfs_last last;
	int result = vfs_walk(from, &node);

	if (result < 0)
		return vfs_result(result);
	result = vfs_is_dir(node) ? -EPERM : vfs_walk_parent(to, &dir, &last);
	if (!result) {
		result = link_node(node, dir, &last);
		vfscore_put(dir);
	}
	vfscore_put(node);
	return vfs_result(result);
}
