/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files as file systems see them: a vnode each, and the functions that a file
 * system has for its vnodes. Paths, descriptors, offsets and access modes are
 * vfscore's own business and never get here.
 */
#ifndef __VFSCORE_VNODE_H__
#define __VFSCORE_VNODE_H__

#include <dirent.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vfscore_mount;
struct vfscore_ops;

/** One component of a path: neither empty, nor "." or "..". */
struct vfscore_name {
	const char *text;
	size_t len;
};

/** A file, directory or device. */
struct vnode {
	const struct vfscore_ops *ops;
	/** Mount that it belongs to; NULL for one outside of the tree. */
	struct vfscore_mount *mount;
	/** What is mounted on this directory, or NULL. */
	struct vfscore_mount *covered_by;
	/** One of S_IFREG, S_IFDIR and S_IFCHR. */
	mode_t type;
	/** Users of the vnode. */
	unsigned int refs;
};

/**
 * The functions of a file system. Results are 0 (or a number of bytes) on
 * success and negative errno numbers otherwise. A function that is missing
 * means that the file system cannot do that; vfscore picks the error. Names
 * are at most NAME_MAX long, and offsets are not negative.
 */
struct vfscore_ops {
	/** Finds an entry; *out gets a new reference. -ENOENT if none. */
	int (*lookup)(struct vnode *dir, const struct vfscore_name *name,
		      struct vnode **out);
	/** Directory above; not called for the root of a mount. */
	int (*parent)(struct vnode *dir, struct vnode **out);
	/** Makes a file (S_IFREG) or directory (S_IFDIR) that is not there. */
	int (*create)(struct vnode *dir, const struct vfscore_name *name,
		      mode_t mode, struct vnode **out);
	/** Removes an entry: a file, or a directory (-ENOTEMPTY). */
	int (*remove)(struct vnode *dir, const struct vfscore_name *name,
		      struct vnode *node);
	/** Makes one more entry for a file. */
	int (*link)(struct vnode *dir, const struct vfscore_name *name,
		    struct vnode *node);
	/** Moves an entry; `replaced` is what has the new name, or NULL. */
	int (*rename)(struct vnode *from, const struct vfscore_name *old_name,
		      struct vnode *node, struct vnode *to,
		      const struct vfscore_name *new_name,
		      struct vnode *replaced);
	/**
	 * Fills in the first entry at or after *place, which is at least 2,
	 * and sets *place after it. -ENOENT at the end.
	 */
	int (*readdir)(struct vnode *dir, off_t *place, struct dirent *entry);
	ssize_t (*read)(struct vnode *node, void *buf, size_t len,
			off_t offset);
	/** What was written before memory ran out counts; else -ENOSPC. */
	ssize_t (*write)(struct vnode *node, const void *buf, size_t len,
			 off_t offset);
	int (*truncate)(struct vnode *node, off_t len);
	/** Fills in everything but st_dev. */
	int (*getattr)(struct vnode *node, struct stat *st);
	/** Sets the permission bits. */
	int (*chmod)(struct vnode *node, mode_t mode);
	int (*sync)(struct vnode *node);
	/** Nobody uses the vnode any more. */
	void (*release)(struct vnode *node);
	/** For devices: offsets mean nothing and lseek() fails. */
	int is_stream;
	/** For devices: a terminal. */
	int is_terminal;
};

/** One more user; returns the vnode. */
struct vnode *vfscore_get(struct vnode *node);
/** One user less; NULL is allowed. */
void vfscore_put(struct vnode *node);

#ifdef __cplusplus
}
#endif

#endif /* __VFSCORE_VNODE_H__ */
