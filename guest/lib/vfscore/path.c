/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Follows paths through directories and mounts.
 * There are no symbolic links, and everybody may search every directory.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include "vfs.h"

/* Takes the place of *node: what is mounted there comes first. */
static void follow_mounts(struct vnode **node)
{
	struct vnode *covered;

	while ((*node)->covered_by) {
		covered = *node;
		*node = vfscore_get(covered->covered_by->root);
		vfscore_put(covered);
	}
}

int vfs_up(struct vnode *dir, struct vnode **out)
{
	int result;

	while (vfs_is_mount_root(dir) && dir->mount->covers)
		dir = dir->mount->covers;
	if (vfs_is_mount_root(dir)) {
		*out = vfscore_get(dir);
		return 0;
	}
	result = dir->ops->parent(dir, out);
	if (!result)
		follow_mounts(out);
	return result;
}

static int down(struct vnode *dir, const struct vfscore_name *name,
		struct vnode **out)
{
	int result;

	if (name->len > NAME_MAX)
		return -ENAMETOOLONG;
	if (!dir->ops->lookup)
		return -ENOENT;
	result = dir->ops->lookup(dir, name, out);
	if (!result)
		follow_mounts(out);
	return result;
}

int vfs_walk_last(struct vnode *dir, const struct vfs_last *last,
		  struct vnode **out)
{
	int result = 0;

	switch (last->kind) {
	case LAST_ROOT:
	case LAST_DOT:
		*out = vfscore_get(dir);
		break;
	case LAST_DOTDOT:
		result = vfs_up(dir, out);
		break;
	default:
		result = down(dir, &last->name, out);
		break;
	}
	if (!result && last->slash && !vfs_is_dir(*out)) {
		vfscore_put(*out);
		return -ENOTDIR;
	}
	return result;
}

/* Cuts the first component off a path that begins with one. */
static const char *cut(const char *path, struct vfs_last *last)
{
	struct vfscore_name *name = &last->name;

	name->text = path;
	name->len = strcspn(path, "/");
	path += name->len;
	last->slash = *path == '/';
	if (name->len == 1 && name->text[0] == '.')
		last->kind = LAST_DOT;
	else if (name->len == 2 && name->text[0] == '.' &&
		 name->text[1] == '.')
		last->kind = LAST_DOTDOT;
	else
		last->kind = LAST_NAME;
	return path + strspn(path, "/");
}

static int start(const char *path, struct vnode **at)
{
	if (!path)
		return -EFAULT;
	if (!*path)
		return -ENOENT;
	if (strnlen(path, PATH_MAX) == PATH_MAX)
		return -ENAMETOOLONG;
	return *path == '/' ? vfs_root(at) : vfs_cwd(at);
}

int vfs_walk_parent(const char *path, struct vnode **dir,
		    struct vfs_last *last)
{
	struct vnode *at, *next;
	int result = start(path, &at);

	if (result < 0)
		return result;
	path += strspn(path, "/");
	last->kind = LAST_ROOT;
	last->slash = 0;
	if (*path)
		path = cut(path, last);
	while (*path) {
		/* Something follows, so this one is a directory to enter. */
		result = vfs_walk_last(at, last, &next);
		vfscore_put(at);
		if (result < 0)
			return result;
		at = next;
		path = cut(path, last);
	}
	*dir = at;
	return 0;
}

int vfs_walk(const char *path, struct vnode **out)
{
	struct vfs_last last;
	struct vnode *dir;
	int result = vfs_walk_parent(path, &dir, &last);

	if (result < 0)
		return result;
	result = vfs_walk_last(dir, &last, out);
	vfscore_put(dir);
	return result;
}
