/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * rename(), with all that POSIX wants to be checked before anything moves.
 * Nothing moves from one mount to another.
 */
#include <errno.h>
#include <stdio.h>
#include "vfs.h"

struct end {
	struct vnode *dir;
	struct vfs_last last;
	/* What has the name; NULL if nothing does. */
	struct vnode *node;
};

static void drop(struct end *end)
{
	vfscore_put(end->node);
	vfscore_put(end->dir);
}

static int find(const char *path, struct end *end)
{
	int result = vfs_walk_parent(path, &end->dir, &end->last);

	end->node = NULL;
	if (result < 0) {
		end->dir = NULL;
		return result;
	}
	if (end->last.kind == LAST_ROOT)
		return -EBUSY;
	if (end->last.kind != LAST_NAME)
		return -EINVAL;
	result = vfs_walk_last(end->dir, &end->last, &end->node);
	if (result < 0)
		end->node = NULL;
	return result;
}

/* Is a directory this one, or somewhere below it? */
static int is_inside(struct vnode *dir, struct vnode *top)
{
	struct vnode *at = vfscore_get(dir), *next;
	int inside;

	while (at != top && !vfs_is_mount_root(at)) {
		if (at->ops->parent(at, &next) < 0)
			break;
		vfscore_put(at);
		at = next;
	}
	inside = at == top;
	vfscore_put(at);
	return inside;
}

/* Compares what is there with what is to take its place. */
static int check_replaced(const struct vnode *node, const struct vnode *there)
{
	if (!there)
		return 0;
	if (vfs_is_mount_root(there))
		return -EBUSY;
	if (vfs_is_dir(node) && !vfs_is_dir(there))
		return -ENOTDIR;
	return !vfs_is_dir(node) && vfs_is_dir(there) ? -EISDIR : 0;
}

static int move(struct end *from, struct end *to)
{
	int result;

	if (vfs_is_mount_root(from->node))
		return -EBUSY;
	if (from->dir->mount != to->dir->mount)
		return -EXDEV;
	if (to->last.slash && !vfs_is_dir(from->node))
		return -ENOTDIR;
	result = check_replaced(from->node, to->node);
	if (result < 0)
		return result;
	if (vfs_is_dir(from->node) && is_inside(to->dir, from->node))
		return -EINVAL;
	result = vfs_writable(to->dir);
	if (result < 0)
		return result;
	/* Two names of one file: POSIX wants both to stay. */
	if (from->node == to->node)
		return 0;
	if (!to->dir->ops->rename)
		return -EPERM;
	return to->dir->ops->rename(from->dir, &from->last.name, from->node,
				    to->dir, &to->last.name, to->node);
}

int rename(const char *old_path, const char *new_path)
{
	struct end from, to = { NULL, { { NULL, 0 }, LAST_NAME, 0 }, NULL };
	int result = find(old_path, &from);

	if (!result) {
		result = find(new_path, &to);
		if (!result || (result == -ENOENT && to.dir))
			result = move(&from, &to);
	}
	drop(&to);
	drop(&from);
	return vfs_result(result);
}
