/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * devfs: one directory with one file for each device.
 * Nothing can be made or removed in it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <vfscore/mount.h>
#include "devfs.h"

struct devfs {
	struct vnode root;
	struct vnode nodes[DEVFS_DEVICES];
};

static struct devfs *devfs_of(struct vnode *node)
{
	return node->mount->data;
}

static int devfs_lookup(struct vnode *dir, const struct vfscore_name *name,
			struct vnode **out)
{
	size_t i;

	for (i = 0; i < DEVFS_DEVICES; i++) {
		if (strlen(devfs_devices[i].name) != name->len ||
		    memcmp(devfs_devices[i].name, name->text, name->len))
			continue;
		*out = vfscore_get(&devfs_of(dir)->nodes[i]);
		return 0;
	}
	return -ENOENT;
}

static int devfs_readdir(struct vnode *dir, off_t *place, struct dirent *entry)
{
	size_t i = (size_t)*place - 2;

	(void)dir;
	if (i >= DEVFS_DEVICES)
		return -ENOENT;
	entry->d_ino = i + 2;
	entry->d_type = DT_CHR;
	strcpy(entry->d_name, devfs_devices[i].name);
	++*place;
	return 0;
}

int devfs_getattr(struct vnode *node, struct stat *st)
{
	size_t i = node - devfs_of(node)->nodes;

	st->st_mode = S_IFCHR | 0666;
	st->st_ino = i + 2;
	st->st_nlink = 1;
	st->st_blksize = 4096;
	st->st_rdev = devfs_devices[i].major << 8 | devfs_devices[i].minor;
	return 0;
}

static int root_getattr(struct vnode *node, struct stat *st)
{
	(void)node;
	st->st_mode = S_IFDIR | 0755;
	st->st_ino = 1;
	st->st_nlink = 2;
	st->st_blksize = 4096;
	return 0;
}

static const struct vfscore_ops root_ops = {
	.lookup = devfs_lookup,
	.readdir = devfs_readdir,
	.getattr = root_getattr,
};

static int devfs_mount(struct vfscore_mount *mount, const char *dev,
		       const void *data)
{
	struct devfs *fs = calloc(1, sizeof(*fs));
	size_t i;

	(void)dev;
	(void)data;
	if (!fs)
		return -ENOMEM;
	vfscore_vnode_init(&fs->root, mount, &root_ops, S_IFDIR);
	for (i = 0; i < DEVFS_DEVICES; i++) {
		vfscore_vnode_init(&fs->nodes[i], mount, &devfs_devices[i].ops,
				   S_IFCHR);
		vfscore_put(&fs->nodes[i]);
	}
	mount->data = fs;
	mount->root = &fs->root;
	return 0;
}

static void devfs_unmount(struct vfscore_mount *mount)
{
	free(mount->data);
}

static struct vfscore_fs devfs = {
	.name = "devfs",
	.mount = devfs_mount,
	.unmount = devfs_unmount,
};

VFSCORE_FS_REGISTER(devfs);
