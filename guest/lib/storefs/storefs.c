/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * storefs: the values of ukstore as files, in a directory for each library
 * and, below that, for each object. Nothing can be made or removed in it.
 */
#include <errno.h>
#include <stdlib.h>
#include "storefs.h"

static void storefs_release(struct vnode *vnode)
{
	struct storefs_node *node = storefs_node_of(vnode);
	struct storefs *fs = vnode->mount->data;
	struct storefs_node **at = &fs->nodes;

	/* The root is a part of the mount. */
	if (node == &fs->root)
		return;
	while (*at != node)
		at = &(*at)->next;
	*at = node->next;
	free(node);
}

static int storefs_getattr(struct vnode *vnode, struct stat *st)
{
	struct storefs_node *node = storefs_node_of(vnode);

	st->st_ino = node->ino;
	st->st_blksize = 4096;
	if (vnode->type == S_IFDIR) {
		st->st_mode = S_IFDIR | 0555;
		st->st_nlink = 2;
		return 0;
	}
	/* How long the text is would take a call of the getter. */
	st->st_mode = S_IFREG | storefs_mode(&node->place);
	st->st_nlink = 1;
	return 0;
}

static const struct vfscore_ops storefs_dir_ops = {
	.lookup = storefs_lookup,
	.parent = storefs_parent,
	.readdir = storefs_readdir,
	.getattr = storefs_getattr,
	.release = storefs_release,
};

static const struct vfscore_ops storefs_file_ops = {
	.read = storefs_read,
	.write = storefs_write,
	.truncate = storefs_truncate,
	.getattr = storefs_getattr,
	.release = storefs_release,
};

static int is_same(const struct storefs_place *a, const struct storefs_place *b)
{
	return a->kind == b->kind && a->library == b->library &&
	       a->has_object == b->has_object && a->object == b->object &&
	       a->entry == b->entry;
}

int storefs_node_get(struct vfscore_mount *mount,
		     const struct storefs_place *place, struct vnode **out)
{
	int is_file = place->kind == STOREFS_ENTRY;
	struct storefs *fs = mount->data;
	struct storefs_node *node;

	*out = &fs->root.vnode;
	for (node = fs->nodes; node; node = node->next)
		if (is_same(&node->place, place))
			*out = &node->vnode;
	if (place->kind == STOREFS_ROOT || *out != &fs->root.vnode) {
		vfscore_get(*out);
		return 0;
	}
	node = calloc(1, sizeof(*node));
	if (!node)
		return -ENOMEM;
	node->place = *place;
	node->ino = ++fs->last_ino;
	node->next = fs->nodes;
	fs->nodes = node;
	vfscore_vnode_init(&node->vnode, mount,
			   is_file ? &storefs_file_ops : &storefs_dir_ops,
			   is_file ? S_IFREG : S_IFDIR);
	*out = &node->vnode;
	return 0;
}

static int storefs_mount(struct vfscore_mount *mount, const char *dev,
			 const void *data)
{
	struct storefs *fs = calloc(1, sizeof(*fs));

	(void)dev;
	(void)data;
	if (!fs)
		return -ENOMEM;
	fs->root.ino = fs->last_ino = 1;
	vfscore_vnode_init(&fs->root.vnode, mount, &storefs_dir_ops, S_IFDIR);
	mount->data = fs;
	mount->root = &fs->root.vnode;
	return 0;
}

static void storefs_unmount(struct vfscore_mount *mount)
{
	free(mount->data);
}

static struct vfscore_fs storefs = {
	.name = "storefs",
	.mount = storefs_mount,
	.unmount = storefs_unmount,
};

VFSCORE_FS_REGISTER(storefs);
