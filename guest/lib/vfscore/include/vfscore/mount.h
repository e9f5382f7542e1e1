/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * File systems, and the places where they are mounted.
 * Programs mount with sys/mount.h; this is for those who write file systems.
 */
#ifndef __VFSCORE_MOUNT_H__
#define __VFSCORE_MOUNT_H__

#include <sys/types.h>
#include <uk/ctors.h>
#include <vfscore/vnode.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A file system that is mounted somewhere. */
struct vfscore_mount {
	const struct vfscore_fs *fs;
	/** MS_* flags. */
	unsigned long flags;
	/** Number of the mount, for st_dev. */
	dev_t dev;
	/** Its root; the file system sets it, with one reference. */
	struct vnode *root;
	/** Directory that it covers; NULL for the root of all. */
	struct vnode *covers;
	/** References to its vnodes altogether. */
	unsigned int refs;
	/** Whatever the file system needs. */
	void *data;
	struct vfscore_mount *next;
};

/** A kind of file system. */
struct vfscore_fs {
	/** Name for mount(). */
	const char *name;
	/** Fills in `root`, and `data` if it likes; 0 or a negative errno. */
	int (*mount)(struct vfscore_mount *mount, const char *dev,
		     const void *data);
	/** Frees everything; nobody but the mount uses a vnode any more. */
	void (*unmount)(struct vfscore_mount *mount);
	struct vfscore_fs *next;
};

/** Makes a file system known under its name. */
void vfscore_fs_add(struct vfscore_fs *fs);
/** The file system of a name, or NULL. */
struct vfscore_fs *vfscore_fs_find(const char *name);

/** Initializes what vfscore looks after in a vnode, with one reference. */
void vfscore_vnode_init(struct vnode *node, struct vfscore_mount *mount,
			const struct vfscore_ops *ops, mode_t type);

/** Has a file system made known during the boot, before all suites. */
#define VFSCORE_FS_REGISTER(fs)						\
	static void vfscore_register_##fs(void)				\
	{								\
		vfscore_fs_add(&(fs));					\
	}								\
	UK_CTOR_PRIO(vfscore_register_##fs, 0)

#ifdef __cplusplus
}
#endif

#endif /* __VFSCORE_MOUNT_H__ */
