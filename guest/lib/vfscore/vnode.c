/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * References to vnodes, and what every vnode can be asked.
 * A mount counts the references to its vnodes, to know whether it is in use.
 */
#include <errno.h>
#include <string.h>
#include <uk/assert.h>
#include "vfs.h"

void vfscore_vnode_init(struct vnode *node, struct vfscore_mount *mount,
			const struct vfscore_ops *ops, mode_t type)
{
	node->ops = ops;
	node->mount = mount;
	node->covered_by = NULL;
	node->type = type;
	node->refs = 0;
	vfscore_get(node);
}

struct vnode *vfscore_get(struct vnode *node)
{
	node->refs++;
	if (node->mount)
		node->mount->refs++;
	return node;
}

void vfscore_put(struct vnode *node)
{
	if (!node)
		return;
	UK_ASSERT(node->refs > 0);
	if (node->mount)
		node->mount->refs--;
	if (--node->refs == 0 && node->ops->release)
		node->ops->release(node);
}

int vfs_getattr(struct vnode *node, struct stat *st)
{
	int result;

	memset(st, 0, sizeof(*st));
	result = node->ops->getattr(node, st);
	st->st_dev = node->mount ? node->mount->dev : 0;
	return result;
}

int vfs_truncate(struct vnode *node, off_t len)
{
	int result = vfs_writable(node);

	if (result < 0)
		return result;
	if (!node->ops->truncate)
		return -EINVAL;
	return node->ops->truncate(node, len);
}
