/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Kinds of file systems, and the table of mounts.
 * As long as nobody mounts a root, the first path mounts a ramfs there.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "vfs.h"

static struct vfscore_fs *kinds;
static struct vfscore_mount *mounts;
/* The root of all, and the one that came by itself and may be below it. */
static struct vfscore_mount *root, *own_root;

void vfscore_fs_add(struct vfscore_fs *fs)
{
	fs->next = kinds;
	kinds = fs;
}

struct vfscore_fs *vfscore_fs_find(const char *name)
{
	struct vfscore_fs *fs = kinds;

	while (fs && strcmp(fs->name, name))
		fs = fs->next;
	return fs;
}

unsigned int vfs_mount_count(void)
{
	const struct vfscore_mount *mount;
	unsigned int count = 0;

	for (mount = mounts; mount; mount = mount->next)
		count++;
	return count;
}

static int attach(const char *dev, const char *fstype, unsigned long flags,
		  const void *data, struct vfscore_mount **out)
{
	static dev_t last_dev;
	struct vfscore_fs *fs = vfscore_fs_find(fstype);
	struct vfscore_mount *mount;
	int result;

	if (!fs)
		return -ENODEV;
	mount = calloc(1, sizeof(*mount));
	if (!mount)
		return -ENOMEM;
	mount->fs = fs;
	mount->flags = flags;
	mount->dev = ++last_dev;
	result = fs->mount(mount, dev ? dev : "", data);
	if (result < 0) {
		free(mount);
		return result;
	}
	mount->next = mounts;
	mounts = mount;
	*out = mount;
	return 0;
}

static void detach(struct vfscore_mount *mount)
{
	struct vfscore_mount **place = &mounts;

	while (*place != mount)
		place = &(*place)->next;
	*place = mount->next;
	mount->fs->unmount(mount);
	free(mount);
}

int vfs_root(struct vnode **out)
{
	int result;

	if (!root) {
		result = attach("", "ramfs", 0, NULL, &own_root);
		if (result < 0)
			return result == -ENODEV ? -ENOENT : result;
		root = own_root;
	}
	*out = vfscore_get(root->root);
	return 0;
}

static int mount_root(const char *dev, const char *fstype, unsigned long flags,
		      const void *data)
{
	/* The root that came by itself does not count as one. */
	if (root != own_root)
		return -EBUSY;
	return attach(dev, fstype, flags, data, &root);
}

static int mount_on(struct vnode *dir, const char *dev, const char *fstype,
		    unsigned long flags, const void *data)
{
	struct vfscore_mount *mount;
	int result;

	if (!vfs_is_dir(dir))
		return -ENOTDIR;
	if (vfs_is_mount_root(dir))
		return dir->mount == root
			? mount_root(dev, fstype, flags, data) : -EBUSY;
	result = attach(dev, fstype, flags, data, &mount);
	if (result < 0)
		return result;
	mount->covers = vfscore_get(dir);
	dir->covered_by = mount;
	return 0;
}

int mount(const char *dev, const char *dir, const char *fstype,
	  unsigned long flags, const void *data)
{
	struct vnode *node;
	int result;

	if (!dir || !fstype)
		return vfs_result(-EFAULT);
	if (!vfscore_fs_find(fstype))
		return vfs_result(-ENODEV);
	if (!root && !strcmp(dir, "/"))
		return vfs_result(mount_root(dev, fstype, flags, data));
	result = vfs_walk(dir, &node);
	if (result < 0)
		return vfs_result(result);
	result = mount_on(node, dev, fstype, flags, data);
	vfscore_put(node);
	return vfs_result(result);
}

static int unmount(struct vfscore_mount *mount)
{
	struct vnode *covers = mount->covers;

	/* One reference is the mount's own. */
	if (mount->refs > 1)
		return -EBUSY;
	if (mount == root)
		root = mount == own_root ? NULL : own_root;
	if (mount == own_root)
		own_root = NULL;
	if (covers)
		covers->covered_by = NULL;
	detach(mount);
	vfscore_put(covers);
	return 0;
}

int umount2(const char *dir, int flags)
{
	struct vfscore_mount *mount;
	struct vnode *node;
	int result;

	if (flags)
		return vfs_result(-EINVAL);
	result = vfs_walk(dir, &node);
	if (result < 0)
		return vfs_result(result);
	mount = vfs_is_mount_root(node) ? node->mount : NULL;
	vfscore_put(node);
	return vfs_result(mount ? unmount(mount) : -EINVAL);
}

int umount(const char *dir)
{
	return umount2(dir, 0);
}
