/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What devfs knows about a device.
 * Nobody outside this folder includes it.
 */
#ifndef __DEVFS_H__
#define __DEVFS_H__

#include <vfscore/vnode.h>

struct devfs_device {
	const char *name;
	/* Linux' major and minor number, for st_rdev. */
	unsigned int major;
	unsigned int minor;
	struct vfscore_ops ops;
};

#define DEVFS_DEVICES	7

extern const struct devfs_device devfs_devices[DEVFS_DEVICES];

int devfs_getattr(struct vnode *vnode, struct stat *st);

#endif /* __DEVFS_H__ */
